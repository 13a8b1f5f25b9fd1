import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { anyPort, exampleOf, nodeOf } from './support/example'
import { type NodeRed, startNodeRed } from './support/node-red'

const example = exampleOf('01').flow
const account = nodeOf(example, 'razcode-account').id

const nodes = path.join(__dirname, '../../nodes')

/** Every route of ours under the admin root. */
const routes = [
  { method: 'GET', path: '/health-gateways/razcode-account/endpoints', needs: 'read' },
  { method: 'GET', path: '/health-gateways/humanapi-account/endpoints', needs: 'read' },
  { method: 'GET', path: '/health-gateways/humanapi-read/resources', needs: 'read' },
  { method: 'GET', path: '/health-gateways/zivacare-read/resources', needs: 'read' },
  { method: 'POST', path: `/health-gateways/razcode-account/${account}/test`, needs: 'write' },
  { method: 'POST', path: `/health-gateways/healthcode-account/${account}/endpoints`, needs: 'write' },
  { method: 'POST', path: `/health-gateways/hms-read/${account}/names`, needs: 'write' },
]

describe('what the editor calls', function () {
  this.timeout(60_000)
  let nodeRed: NodeRed

  before(async () => {
    nodeRed = await startNodeRed({
      env: anyPort,
      flows: example,
      settings: { httpAdminRoot: '/red' },
      accounts: {
        editor: { password: 'one', permissions: '*' },
        reader: { password: 'two', permissions: 'read' },
      },
    })
  })
  after(() => nodeRed.stop())

  const call = (route: (typeof routes)[number], token?: string) =>
    fetch(`${nodeRed.url}/red${route.path}`, {
      method: route.method,
      headers: { 'content-type': 'application/json', ...(token ? { authorization: `Bearer ${token}` } : {}) },
      ...(route.method === 'POST' ? { body: '{}' } : {}),
    })

  for (const route of routes) {
    it(`needs permission: ${route.method} ${route.path.replace(account, ':id')}`, async () => {
      assert.equal((await call(route)).status, 401)
      const reader = await call(route, await nodeRed.login('reader'))
      assert.equal(reader.status, route.needs === 'read' ? 200 : 401)
      const editor = await call(route, await nodeRed.login('editor'))
      assert.equal(editor.status, 200)
      assert.doesNotMatch(await editor.text(), /secret/i)
    })
  }

  it('is all that there is: the list above is complete', () => {
    const code = readdirSync(nodes, { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.ts'))
      .map((file) => readFileSync(path.join(nodes, file), 'utf8'))
      .join('\n')
    // The addresses of accounts, and what `editorCall` and `editorChoices` make for each of their callers.
    assert.equal(code.match(/httpAdmin\s*\.\w+\(/g)?.length, 3)
    const choices = routes.filter(({ path }) => path.endsWith('/resources'))
    assert.equal(code.match(/\beditorChoices\(\s*RED/g)?.length, choices.length + 1, 'with its definition')
    const posts = routes.filter(({ method }) => method === 'POST')
    assert.equal(code.match(/\beditorCall\(RED/g)?.length, posts.length)
  })

  it('leaves the way back from a provider public: it does nothing without a state', async () => {
    const connect = nodeOf(example, 'healthjibe-connect').id
    const response = await fetch(`${nodeRed.url}/health-gateways/${connect}/callback?state=x`)
    assert.equal(response.status, 403)
  })
})
