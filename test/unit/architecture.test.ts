import assert from 'node:assert/strict'
import { readdir } from 'node:fs/promises'
import path from 'node:path'
import { ESLint } from 'eslint'

/** Lints text as if it stood in a file of the project, by the rules of the house alone; none of the files need exist. */
const eslint = new ESLint({
  overrideConfig: { languageOptions: { parserOptions: { projectService: false } } },
  ruleFilter: ({ ruleId }) => ['house/arrows', 'no-restricted-syntax'].includes(ruleId),
})

async function complaints(filePath: string, code: string): Promise<string[]> {
  const [result] = await eslint.lintText(code, { filePath })
  return result!.messages.map(({ message }) => message)
}

function forbids(filePath: string, code: string, reason: RegExp): void {
  it(`forbids in ${filePath}: ${code}`, async () => {
    const messages = await complaints(filePath, code)
    assert.equal(messages.length, 1, `one complaint, not ${JSON.stringify(messages)}`)
    assert.match(messages[0]!, reason)
  })
}

function allows(filePath: string, code: string): void {
  it(`allows in ${filePath}: ${code}`, async () => {
    assert.deepEqual(await complaints(filePath, code), [])
  })
}

describe('the rules of the house', function () {
  // The first lint loads the whole configuration.
  this.timeout(30_000)

  describe('a room imports what the drawing allows, and nothing else', () => {
    /** One file of each room, and one of each place outside the package. */
    const files = {
      redact: 'src/redact',
      errors: 'src/errors',
      turn: 'src/turn',
      http: 'src/http/client',
      oauth1: 'src/oauth1/signer',
      oauth2: 'src/oauth2/token-cache',
      store: 'src/store/embedded/names',
      documents: 'src/documents/ccr/read',
      providers: 'src/providers/razcode/gateway',
      sandbox: 'src/sandbox/razcode/service',
      qr: 'src/qr',
      vendor: 'src/vendor/saxes',
      index: 'src/index',
      kit: 'nodes/kit/account',
      editor: 'nodes/kit/editor/typed',
      account: 'nodes/razcode-account/razcode-account',
      node: 'nodes/healthjibe-notify/healthjibe-notify',
      test: 'test/support/server',
      scripts: 'scripts/lib/paths.mjs',
      bench: 'bench/http.mjs',
      roomless: 'src/oauth3/client',
    }
    type Room = keyof typeof files
    const ground: Room[] = ['errors', 'redact', 'turn']
    const client: Room[] = ['oauth1', 'oauth2', 'http', ...ground]
    const library: Room[] = ['providers', ...client, 'store', 'documents', 'qr', 'vendor']

    /** What the room may import, and what further by `import type`. A room may import itself. */
    const drawing: [from: Room, may: Room[], types?: Room[]][] = [
      ['redact', []],
      ['errors', ['redact']],
      ['turn', []],
      ['http', ground],
      ['oauth1', ['http', ...ground]],
      ['oauth2', ['http', ...ground]],
      ['store', ground],
      ['documents', ground],
      ['qr', [...ground, 'vendor']],
      ['providers', client],
      ['sandbox', ['vendor']],
      ['vendor', []],
      ['index', library],
      ['kit', [...library, 'index', 'sandbox'], ['account', 'node']],
      ['editor', []],
      ['account', [...library, 'index', 'kit'], ['node', 'sandbox']],
      ['node', [...library, 'index', 'kit'], ['account']],
    ]

    const imported = (keyword: string, from: Room, to: Room) =>
      `${keyword} { x } from './${path.posix.relative(path.posix.dirname(files[from]), files[to])}'`

    for (const [from, may, types = []] of drawing) {
      for (const [keyword, allowed] of [
        ['import', may],
        ['import type', [...may, ...types]],
      ] as const) {
        it(`${from}, by ${keyword}: ${allowed.join(', ') || 'nothing'}`, async () => {
          const taken: Room[] = []
          for (const to of Object.keys(files) as Room[]) {
            const messages = await complaints(`${files[from]}.ts`, imported(keyword, from, to))
            if (messages.length === 0) taken.push(to)
          }
          assert.deepEqual(new Set(taken), new Set([from, ...allowed]))
        })
      }
    }

    it('has every room that there is', async () => {
      const paths = await readdir('src', { withFileTypes: true })
      const known = Object.values(files).map((file) => file.split('/')[1])
      for (const { name } of paths)
        assert.ok(known.includes(name.replace('.ts', '')), `src/${name} has a room`)
    })
  })

  describe('says why', () => {
    forbids('src/http/client.ts', "import { x } from '../oauth1/signer'", /carries bytes/)
    forbids('src/http/client.ts', "import { x } from '../documents/outgoing'", /carries bytes/)
    forbids('src/documents/outgoing.ts', "import { x } from '../http/client'", /nor the network/)
    forbids('src/store/shared-stores.ts', "import { x } from '../http/client'", /keeps what it is given/)
    forbids('src/oauth1/signer.ts', "import type { Store } from '../store/store'", /for any provider/)
    forbids('src/redact.ts', "import { x } from './http/client'", /everything stands on it/)
    forbids('src/errors.ts', "import { x } from './http/client'", /everything but the redactor/)
    forbids('src/providers/razcode/gateway.ts', "import { x } from '../../store/store'", /bytes with a media/)
    forbids('src/sandbox/server.ts', "import { x } from '../errors'", /must not share their code/)
    forbids('src/qr.ts', "import { x } from './http/client'", /knows nobody who wants it/)
    forbids('src/vendor/saxes.ts', "import { x } from '../errors'", /only passes a library on/)
    forbids('src/index.ts', "export * from './sandbox/sandbox'", /without the sandbox/)
    forbids('nodes/kit/editor/typed.ts', "import { x } from '../inputs'", /runs in the browser/)
    forbids('nodes/kit/stores.ts', "import { x } from '../health-store/health-store'", /runs none of them/)
    forbids('src/oauth3/client.ts', "import { x } from '../errors'", /no room in scripts\/lib\/arrows/)
    for (const node of ['razcode-account/razcode-account', 'health-store/health-store']) {
      forbids(`nodes/${node}.ts`, "import { x } from '../healthjibe-connect/x'", /another/)
    }
  })

  describe('a room is more than its first folder', () => {
    allows('src/providers/razcode/gateway.ts', "import { x } from '../healthjibe/endpoints'")
    allows('src/store/embedded/names.ts', "import { x } from '../store'")
    allows('src/sandbox/razcode/service.ts', "import { x } from '../refusal'")
    allows('nodes/healthjibe-notify/healthjibe-notify.ts', "import { x } from './texts'")
    allows('nodes/healthjibe-notify/healthjibe-notify.ts', "import type { X } from '../razcode-account/x'")
    forbids('nodes/healthjibe-notify/x.ts', "import { x } from '../healthjibe-notify-two/x'", /another node/)
    forbids('src/errors.ts', "import { x } from './redact-more'", /stands on it/)
    forbids('src/http/client.ts', "import { x } from '..'", /carries bytes/)
  })

  describe('Node-RED stays in nodes/', () => {
    forbids('src/http/pool.ts', "import type { Node } from 'node-red'", /no Node-RED/)
    forbids('src/http/pool.ts', "import { util } from '@node-red/util'", /no Node-RED/)
    forbids('src/vendor/red.ts', "export { x } from 'node-red'", /no Node-RED/)
    allows('nodes/kit/runner.ts', "import type { Node } from 'node-red'")
    forbids('nodes/kit/runner.ts', "import { red } from 'node-red'", /only the types/)
  })

  describe('only the runner listens to the input', () => {
    const reason = /Only nodes\/kit\/runner\.ts listens/
    const file = 'nodes/healthjibe-notify/healthjibe-notify.ts'
    for (const method of ['on', 'once', 'addListener', 'prependListener', 'prependOnceListener']) {
      forbids(file, `node.${method}('input', () => {})`, reason)
    }
    forbids(file, 'node.on(`input`, () => {})', reason)
    forbids(file, "node['on']('input', () => {})", reason)
    forbids(file, "this.on('input', () => {})", reason)
    forbids('nodes/kit/action-node.ts', "node.on('input', () => {})", reason)
    allows('nodes/kit/runner.ts', "node.on('input', () => {})")
    allows(file, "node.on('close', () => {})")
  })

  describe('what ships is declared', () => {
    for (const library of ['saxes', 'find-my-way', 'cookie', 'fast-check']) {
      forbids('src/documents/ccr/read.ts', `import { x } from '${library}'`, /bundle it through src\/vendor/)
    }
    forbids('nodes/kit/runner.ts', "import { SaxesParser } from 'saxes'", /only the types/)
    allows('src/vendor/saxes.ts', "export { SaxesParser } from 'saxes'")
    allows('src/sandbox/ccr/read.ts', "import { SaxesParser } from '../../vendor/saxes'")
    allows('src/http/pool.ts', "import { Pool } from 'undici'")
    allows('src/http/pool.ts', "import { once } from 'node:events'")
  })

  describe('every way to import counts', () => {
    const reason = /carries bytes/
    forbids('src/http/pool.ts', "import type { X } from '../sandbox/server'", reason)
    forbids('src/http/pool.ts', "import '../sandbox'", reason)
    forbids('src/http/pool.ts', "export { x } from '../sandbox/server'", reason)
    forbids('src/http/pool.ts', "export * from '../sandbox/server'", reason)
    forbids('src/http/pool.ts', "void import('../sandbox/server')", reason)
    forbids('src/http/pool.ts', "import server = require('../sandbox/server')", reason)
    forbids('src/http/pool.ts', "const server = require('../sandbox/server')", reason)
    forbids('src/http/pool.ts', "type X = import('../sandbox/server').X", reason)
    forbids('src/http/pool.ts', 'void import(`../sandbox/server`)', /plain quotes/)
    forbids('src/http/pool.ts', 'require(name)', /plain quotes/)
  })

  it('cannot be switched off by a comment', async () => {
    const code = "/* eslint-disable */\nimport { x } from '../sandbox/server'"
    const messages = await complaints('src/http/pool.ts', code)
    assert.ok(messages.some((message) => message.includes('carries bytes')))
    assert.ok(messages.some((message) => message.includes('noInlineConfig')))
  })
})
