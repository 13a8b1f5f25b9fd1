import assert from 'node:assert/strict'
import type { Misbehaviour } from '../../src/sandbox/sandbox'
import { around, Flow, useSandbox } from './support/flow'

describe('hms-list', () => {
  let flow: Flow
  const misbehave = useSandbox()

  beforeEach(async () => {
    flow = await Flow.start(around({ type: 'hms-list' }, ['listed']))
  })
  afterEach(() => flow.stop())

  it('gives the names of the services that the user linked', async () => {
    flow.send('node', { user: 'demo', payload: 'before', topic: 'kept' })
    const { payload, topic, statusCode, health } = await flow.next('listed')
    assert.ok(Array.isArray(payload) && payload.length > 0)
    assert.ok(payload.every((name) => typeof name === 'string'))
    assert.deepEqual([topic, statusCode], ['kept', 200])
    assert.deepEqual(
      [health?.provider, health?.operation, health?.user, health?.attempts],
      ['healthjibe', 'hmsList', 'demo', 1],
    )
    assert.deepEqual(flow.statuses('node').at(-1), {
      fill: 'green',
      shape: 'dot',
      text: String(payload.length),
    })
  })

  const inputs: [string, Record<string, unknown>, string][] = [
    ['no user', {}, 'HG_INPUT'],
    ['an unknown user', { user: 'nobody' }, 'HG_NOT_CONNECTED'],
  ]
  for (const [what, msg, code] of inputs) {
    it(`says ${code} for ${what}`, async () => {
      assert.equal((await flow.failure('node', msg)).code, code)
    })
  }

  const answers: [string, Misbehaviour, string][] = [
    ['an object', { do: 'body', text: '{}' }, 'HG_RESPONSE'],
    ['no JSON', { do: 'body', text: 'hms1,hms2' }, 'HG_RESPONSE'],
    ['an empty body', { do: 'empty' }, 'HG_RESPONSE'],
    ['a web page', { do: 'html' }, 'HG_RESPONSE'],
    ['503', { do: 'status', code: 503 }, 'HG_UNAVAILABLE'],
  ]
  for (const [what, rule, code] of answers) {
    it(`says ${code} for ${what} in place of the list`, async () => {
      misbehave({ endpoint: 'hmsList', ...rule })
      assert.equal((await flow.failure('node', { user: 'demo' })).code, code)
    })
  }

  it('says whom to let connect again when the token was revoked, and asks once', async () => {
    misbehave({ endpoint: 'hmsList', do: 'expireTokens', times: 1 })
    const { code, message, cause } = await flow.failure('node', { user: 'demo' })
    assert.equal(code, 'HG_AUTH')
    assert.match(message, /user "demo".*connect again/)
    assert.equal(cause.retryable, false)
    flow.send('node', { user: 'demo' })
    await flow.next('listed')
  })
})
