import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'

const html = (category: string) => `<script>RED.nodes.registerType('x', { category: '${category}' })</script>`
const registered = {
  'node-red': { nodes: { read: 'dist/nodes/read/read.js', account: 'dist/nodes/account/account.js' } },
}

/** A package with nothing missing: one node for the palette, one config node, two languages. */
const complete = {
  'nodes/kit/runner.ts': '',
  'nodes/read/read.ts': '',
  'nodes/read/read.html': html('health gateways'),
  'nodes/account/account.ts': '',
  'nodes/account/account.html': html('config'),
  'icons/read.svg': '<svg/>',
  ...catalogs('en-US'),
  ...catalogs('de'),
  'examples/01 - Read.json': JSON.stringify([{ type: 'read' }, { type: 'account' }]),
}

function catalogs(language: string): Record<string, string> {
  const files = ['common.json', 'read.json', 'read.html', 'account.json', 'account.html']
  return Object.fromEntries(files.map((file) => [`locales/${language}/${file}`, '{}']))
}

describe('the check of what the build needs', () => {
  let root: string

  beforeEach(() => {
    root = mkdtempSync(path.join(os.tmpdir(), 'hg-gaps-'))
  })
  afterEach(() => {
    rmSync(root, { recursive: true })
  })

  async function gaps(files: Record<string, string | undefined>, manifest = registered): Promise<string[]> {
    for (const [file, text] of Object.entries(files)) {
      if (text === undefined) continue
      mkdirSync(path.dirname(path.join(root, file)), { recursive: true })
      writeFileSync(path.join(root, file), text)
    }
    const { findGaps } = await import('../../../scripts/lib/completeness.mjs')
    return findGaps(root, manifest)
  }

  it('finds nothing in a complete package', async () => {
    assert.deepEqual(await gaps(complete), [])
  })

  const needed = Object.keys(complete).filter((file) => !/kit|common|examples/.test(file))
  for (const file of needed) {
    it(`misses ${file}`, async () => {
      const found = await gaps({ ...complete, [file]: undefined })
      assert.ok(
        found.some((gap) => gap.endsWith(`: ${file} is missing`)),
        JSON.stringify(found),
      )
    })
  }

  it('asks for en-US where no language has anything', async () => {
    const withoutLocales = Object.entries(complete).filter(([file]) => !file.startsWith('locales/'))
    const found = await gaps(Object.fromEntries(withoutLocales))
    assert.equal(found.filter((gap) => gap.includes('locales/en-US/')).length, 4)
  })

  it('misses an example for a node of the palette, and asks none for a config node', async () => {
    const found = await gaps({ ...complete, 'examples/01 - Read.json': '[{"type":"inject"}]' })
    assert.deepEqual(found, ['read: no file in examples/ uses it'])
  })

  it('says which example is no flow', async () => {
    const found = await gaps({ ...complete, 'examples/02 - Broken.json': '[{' })
    assert.match(found.join('\n'), /^examples\/02 - Broken\.json is not a flow: /)
  })

  it('finds a folder that is not registered', async () => {
    assert.deepEqual(await gaps({ ...complete, 'nodes/write/write.ts': '' }), [
      'nodes/write is not registered in package.json (node-red.nodes)',
    ])
  })

  it('finds an icon and a catalog that belong to no type', async () => {
    const stray = { 'icons/write.svg': '', 'locales/de/write.json': '{}' }
    assert.deepEqual(await gaps({ ...complete, ...stray }), [
      'icons/write.svg belongs to no registered type',
      'locales/de/write.json belongs to no registered type',
    ])
  })

  it('finds a type that is registered for another file', async () => {
    const nodes = { ...registered['node-red'].nodes, read: 'dist/nodes/read.js' }
    assert.deepEqual(await gaps(complete, { 'node-red': { nodes } }), [
      'read: package.json names dist/nodes/read.js, not dist/nodes/read/read.js',
    ])
  })

  it('puts the shared catalog into each, and finds a key that stands in both', async () => {
    const twice = { 'locales/de/common.json': '{"a":1}', 'locales/de/read.json': '{"b":2}' }
    assert.deepEqual(await gaps({ ...complete, ...twice }), [])
    const { catalog } = await import('../../../scripts/lib/completeness.mjs')
    assert.deepEqual(catalog(root, 'de', 'read'), { a: 1, b: 2 })
    assert.deepEqual(await gaps({ ...complete, ...twice, 'locales/de/read.json': '{"a":2}' }), [
      'read: locales/de/read.json has the key a, which common.json has already',
    ])
  })
})
