import assert from 'node:assert/strict'
import { openAsBlob } from 'node:fs'
import path from 'node:path'
import { type NodeRed, startNodeRed } from './support/node-red'
import { catalog, examples, languages, manifest, nodeTypes } from './support/package'

interface NodeSet {
  id: string
  types: string[]
  enabled: boolean
  version: string
  err?: string
}

const types = nodeTypes.map(({ type }) => type).sort()

function assertAllLoaded(sets: NodeSet[]): void {
  assert.deepEqual(
    sets.map(({ err, enabled }) => ({ err, enabled })),
    sets.map(() => ({ err: undefined, enabled: true })),
  )
  assert.deepEqual(sets.flatMap((set) => set.types).sort(), types)
}

describe('the packed package in Node-RED', function () {
  this.timeout(60_000)
  let nodeRed: NodeRed

  before(async () => {
    nodeRed = await startNodeRed()
  })
  after(() => nodeRed.stop())

  it('is loaded with all its nodes and without a word in the log', async () => {
    const sets = (await nodeRed.adminJson('/nodes')) as (NodeSet & { module: string })[]
    assertAllLoaded(sets.filter(({ module }) => module === manifest.name))
    assert.doesNotMatch(nodeRed.log, /\[(error|warn)\].*(health-gateways|health|razcode)/i)
    assert.doesNotMatch(nodeRed.log, /Deprecat/)
  })

  it('has an icon of its own for every node in the palette', async () => {
    const icons = (await nodeRed.adminJson('/icons')) as Record<string, string[]>
    const expected = nodeTypes.filter(({ isConfig }) => !isConfig).map(({ type }) => `${type}.svg`)
    assert.deepEqual([...new Set(icons[manifest.name])].sort(), expected.sort())
    for (const icon of expected) {
      const response = await nodeRed.admin(`/icons/${manifest.name}/${icon}`)
      assert.match(response.headers.get('content-type') ?? '', /^image\/svg\+xml/)
      assert.match(await response.text(), /^<svg/)
    }
  })

  for (const language of languages) {
    it(`hands out the ${language} catalogs`, async () => {
      for (const type of types) {
        const served = await nodeRed.adminJson(`/locales/${manifest.name}/${type}?lng=${language}`)
        assert.deepEqual(served, catalog(type, language), type)
      }
    })

    it(`hands out the ${language} help`, async () => {
      const pages = await Promise.all(types.map((type) => readHelp(type, language)))
      for (const [index, page] of pages.entries()) {
        assert.match(page, new RegExp(`data-help-name=["']${types[index]}["']`))
      }
    })
  }

  it('does not hand out one language for another', async () => {
    const pages = await Promise.all(languages.map((language) => readHelp(types[0]!, language)))
    assert.equal(new Set(pages).size, languages.length)
  })

  async function readHelp(type: string, language: string): Promise<string> {
    const response = await nodeRed.admin(`/nodes/${manifest.name}/${type}`, {
      headers: { accept: 'text/html', 'accept-language': language },
    })
    return response.text()
  }

  it('offers its examples to import', async () => {
    const listed = (await nodeRed.adminJson(`/library/examples/flows/${manifest.name}/`)) as { fn: string }[]
    assert.deepEqual(
      listed.map(({ fn }) => fn).sort(),
      examples.map(({ name }) => name),
    )
    for (const { name, flow } of examples) {
      const file = encodeURIComponent(name)
      const served = await nodeRed.adminJson(`/library/examples/flows/${manifest.name}/${file}`)
      assert.deepEqual(served, flow)
    }
  })

  it('serves the script that its dialogs share', async () => {
    const response = await nodeRed.admin(`/resources/${manifest.name}/editor.js`)
    assert.equal(response.status, 200)
    assert.match(response.headers.get('content-type') ?? '', /javascript/)
  })
})

describe('the package in the palette manager', function () {
  this.timeout(120_000)
  let nodeRed: NodeRed

  before(async () => {
    // npm asks the registry only for what it has not kept from an earlier installation.
    nodeRed = await startNodeRed({ withPackage: false, env: { npm_config_prefer_offline: 'true' } })
  })
  after(() => nodeRed.stop())

  it('installs from an uploaded tarball, without a restart', async () => {
    const { prepare } = await import('../../scripts/setup.mjs')
    const { tarball } = await prepare({ install: 'package' })
    const form = new FormData()
    form.append('tarball', await openAsBlob(tarball!), path.basename(tarball!))
    const answer = await nodeRed.adminJson('/nodes', { method: 'POST', body: form })
    const { name, version, nodes } = answer as { name: string; version: string; nodes: NodeSet[] }
    assert.equal(name, manifest.name)
    assert.equal(version, manifest.version)
    assertAllLoaded(nodes)
  })

  it('is removed again', async () => {
    const response = await nodeRed.admin(`/nodes/${manifest.name}`, { method: 'DELETE' })
    assert.equal(response.status, 204)
    const sets = (await nodeRed.adminJson('/nodes')) as { module: string }[]
    assert.deepEqual(
      sets.filter(({ module }) => module === manifest.name),
      [],
    )
  })
})
