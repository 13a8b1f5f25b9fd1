import assert from 'node:assert/strict'
import { ESLint } from 'eslint'

/** Lints text as if it stood in a file of the project, by the import rules alone; none of the files need exist. */
const eslint = new ESLint({
  overrideConfig: { languageOptions: { parserOptions: { projectService: false } } },
  ruleFilter: ({ ruleId }) => ruleId === 'house/arrows',
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

describe('the import rules of the house', function () {
  // The first lint loads the whole configuration.
  this.timeout(30_000)

  describe('the library knows no Node-RED and nothing of what uses it', () => {
    forbids('src/http/pool.ts', "import type { Node } from 'node-red'", /no Node-RED/)
    forbids('src/http/pool.ts', "import { util } from '@node-red/util'", /no Node-RED/)
    forbids('src/store/embedded/store.ts', "import { x } from '../../../nodes/kit/runner'", /what uses it/)
    forbids('src/http/pool.ts', "export { x } from '../../test/support/server'", /what uses it/)
    allows('nodes/kit/runner.ts', "import { GatewayError } from '../../src/errors'")
    allows('nodes/kit/runner.ts', "import type { Node } from 'node-red'")
    forbids('nodes/kit/runner.ts', "import { red } from 'node-red'", /only the types/)
    forbids(
      'nodes/kit/runner.ts',
      "import { x } from '../../test/support/server'",
      /no.* part of the package/,
    )
  })

  describe('arrows point down', () => {
    for (const file of ['documents/ccr/read', 'oauth1/sign', 'http/pool', 'store/outbox']) {
      const up = '../'.repeat(file.split('/').length - 1)
      forbids(`src/${file}.ts`, `import { x } from '${up}providers/razcode/client'`, /arrows point down/)
    }
    forbids('src/errors.ts', "import { x } from './providers/razcode/client'", /arrows point down/)
    forbids('src/redact.ts', "import { x } from './providers'", /arrows point down/)
    allows('src/providers/razcode/client.ts', "import { sign } from '../../oauth1/sign'")
    allows('src/providers/razcode/client.ts', "import { client } from '../../http/client'")
    forbids(
      'src/providers/razcode/client.ts',
      "import { x } from '../../documents/ccr/read'",
      /bytes with a media type/,
    )
    forbids(
      'src/providers/razcode/client.ts',
      "import type { Store } from '../../store/store'",
      /bytes with a media/,
    )
    allows('src/index.ts', "export * from './providers/razcode/client'")
  })

  describe('the sandbox stands alone', () => {
    for (const file of ['providers/razcode/client', 'documents/ccr/read', 'http/pool', 'index', 'errors']) {
      const up = './' + '../'.repeat(file.split('/').length - 1)
      forbids(`src/${file}.ts`, `import { x } from '${up}sandbox/server'`, /only nodes may know the sandbox/)
    }
    for (const target of [
      'oauth1/sign',
      'http/pool',
      'providers/razcode/endpoints',
      'documents/omhe/read',
      'errors',
    ]) {
      forbids(
        'src/sandbox/razcode/server.ts',
        `import { x } from '../../${target}'`,
        /must not share their code/,
      )
    }
    allows('src/sandbox/razcode/server.ts', "import { x } from '../form'")
    allows('src/sandbox/razcode/server.ts', "import { x } from '../../vendor/find-my-way'")
    allows('nodes/kit/sandbox.ts', "import { x } from '../../src/sandbox/server'")
  })

  describe('what ships is declared', () => {
    for (const library of ['saxes', 'find-my-way', 'cookie', 'fast-check']) {
      forbids('src/documents/ccr/read.ts', `import { x } from '${library}'`, /bundle it through src\/vendor/)
    }
    forbids('nodes/kit/runner.ts', "import { SaxesParser } from 'saxes'", /only the types/)
    forbids('src/vendor/saxes.ts', "import { x } from '../errors'", /only passes a library on/)
    allows('src/vendor/saxes.ts', "export { SaxesParser } from 'saxes'")
    allows('src/documents/ccr/read.ts', "import { SaxesParser } from '../../vendor/saxes'")
    allows('src/http/pool.ts', "import { Pool } from 'undici'")
    allows('src/http/pool.ts', "import { once } from 'node:events'")
  })

  describe('every way to import counts', () => {
    const reason = /only nodes may know the sandbox/
    forbids('src/http/pool.ts', "import type { X } from '../sandbox/server'", reason)
    forbids('src/http/pool.ts', "import '../sandbox'", reason)
    forbids('src/http/pool.ts', "export { x } from '../sandbox/server'", reason)
    forbids('src/http/pool.ts', "export * from '../sandbox/server'", reason)
    forbids('src/http/pool.ts', "void import('../sandbox/server')", reason)
    forbids('src/http/pool.ts', "import server = require('../sandbox/server')", reason)
    forbids('src/http/pool.ts', "const server = require('../sandbox/server')", reason)
    forbids('src/http/pool.ts', "type X = import('../sandbox/server').X", reason)
  })

  it('cannot be switched off by a comment', async () => {
    const code = "/* eslint-disable */\nimport { x } from '../sandbox/server'"
    const messages = await complaints('src/http/pool.ts', code)
    assert.ok(messages.some((message) => message.includes('only nodes may know the sandbox')))
    assert.ok(messages.some((message) => message.includes('noInlineConfig')))
  })
})
