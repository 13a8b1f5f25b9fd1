import assert from 'node:assert/strict'
import type { Sandbox } from '../../../../src/sandbox/sandbox'
import { closeSandboxes, request, sandboxFor } from '../support'
import {
  askToken,
  Clock,
  EMBEDDER,
  messagesOf,
  openConnect,
  pressInConnect,
  sourceId,
  tokenFor,
} from './support'

describe("the sandbox of Human API's Connect", () => {
  let sandbox: Sandbox
  let clock: Clock
  let token: string
  const signIn = { email: 'demo@example.org', password: 'sandbox' }

  beforeEach(async () => {
    clock = new Clock()
    sandbox = await sandboxFor({ now: clock.now })
    token = await tokenFor(sandbox, 'session', 'maria')
  })
  afterEach(closeSandboxes)

  const press = (what: string, name: string, fields = {}) =>
    pressInConnect(sandbox, { token, do: what, source: sourceId(sandbox, name), ...fields })
  const close = () => pressInConnect(sandbox, { token, do: 'close' })
  const named = (...names: string[]) => names.map((name) => ({ name, id: sourceId(sandbox, name) }))
  const statusOnClose = async (opened: string) => {
    const [message] = messagesOf(await pressInConnect(sandbox, { token: opened, do: 'close' }))
    return message?.status
  }

  it('has a script for pages of any origin', async () => {
    const { status, headers, text } = await request(sandbox.urls.humanapi.connectScript)
    assert.equal(status, 200)
    assert.equal(headers['content-type'], 'text/javascript; charset=utf-8')
    assert.match(text, /HumanConnect/)
  })

  it('shows the sources in a frame of the page that opened it, and of no other', async () => {
    const { status, headers, text } = await openConnect(sandbox, { token })
    assert.equal(status, 200)
    for (const { name } of sandbox.humanapi.sources) assert.ok(text.includes(name))
    const policy = String(headers['content-security-policy'])
    assert.match(policy, new RegExp(`frame-ancestors ${EMBEDDER}$`))
    assert.match(policy, /default-src 'none'.*script-src 'self'/)
    assert.deepEqual(messagesOf({ status, headers, text }), [])
    assert.match(text, /Nothing leaves this machine/)
  })

  it('finds a source by a part of its name', async () => {
    const { text } = await openConnect(sandbox, { token, q: 'SCALE' })
    assert.match(text, /Demo Smart Scale/)
    assert.doesNotMatch(text, /Demo Fitness Band/)
    assert.match((await openConnect(sandbox, { token, q: '<b>' })).text, /There is none of that name/)
  })

  it('is not for a page that does not say where it is', async () => {
    for (const origin of [
      '',
      'javascript:alert(1)',
      'http://localhost:1880/page',
      'null',
      "'self'",
      'http://a b',
    ]) {
      const { status, headers } = await openConnect(sandbox, { token, origin })
      assert.equal(status, 400, origin)
      assert.match(String(headers['content-security-policy']), /frame-ancestors 'none'/)
    }
  })

  it('connects two sources, tells of each, and of all when it is closed', async () => {
    assert.match((await press('choose', 'Demo Fitness Band')).text, /Sign in at Demo Fitness Band/)
    const [first] = messagesOf(await press('connect', 'Demo Fitness Band', signIn))
    assert.deepEqual(first, {
      type: 'hapi-connect-connect-source',
      status: 'CONNECTED_SOURCE',
      sessionResults: {
        connectedSources: named('Demo Fitness Band'),
        disconnectedSources: [],
        requestedSources: [],
      },
      currentConnections: named('Demo Fitness Band'),
      requestedProviders: [],
    })
    assert.equal((await askToken(sandbox, { type: 'access' })).status, 200)
    assert.deepEqual(
      messagesOf(await press('connect', 'Demo Fitness Band', signIn)),
      [],
      'it is connected already',
    )

    await press('connect', 'Demo Smart Scale', signIn)
    const [closing] = messagesOf(await close())
    assert.deepEqual([closing?.type, closing?.status], ['hapi-connect-close', 'SUCCESS'])
    const both = named('Demo Fitness Band', 'Demo Smart Scale')
    assert.deepEqual(closing?.currentConnections, both)
    assert.deepEqual((closing.sessionResults as Record<string, unknown>).connectedSources, both)
  })

  it('disconnects a source of a returning user, with an id token', async () => {
    token = await tokenFor(sandbox, 'id')
    const [message] = messagesOf(await press('disconnect', 'Demo Smart Scale'))
    assert.deepEqual(
      [message?.type, message?.status],
      ['hapi-connect-disconnect-source', 'DISCONNECTED_SOURCE'],
    )
    assert.deepEqual(message?.sessionResults, {
      connectedSources: [],
      disconnectedSources: named('Demo Smart Scale'),
      requestedSources: [],
    })
    assert.deepEqual(
      message.currentConnections,
      named('Example General Hospital', 'Demo Fitness Band', 'Demo Health Diary'),
    )
    assert.deepEqual(messagesOf(await press('disconnect', 'Demo Smart Scale')), [])
  })

  it('ends with success and nothing when it is closed at once', async () => {
    const [closing] = messagesOf(await close())
    assert.equal(closing?.status, 'SUCCESS')
    assert.deepEqual(closing.currentConnections, [])
  })

  it('goes on where a browser stopped, and begins anew once it was closed', async () => {
    await press('connect', 'Demo Smart Scale', signIn)
    await openConnect(sandbox, { token })
    const results = async () => {
      const [closing] = messagesOf(await close())
      return (closing?.sessionResults as Record<string, unknown>).connectedSources
    }
    assert.deepEqual(await results(), named('Demo Smart Scale'))
    assert.deepEqual(await results(), [])
  })

  it('connects nothing with a wrong password', async () => {
    const { status, text } = await press('connect', 'Demo Smart Scale', { ...signIn, password: 'wrong' })
    assert.equal(status, 200)
    assert.match(text, /password is wrong/)
    assert.equal((await askToken(sandbox, { type: 'access' })).status, 403)
  })

  it('takes no form of another site, and none that says nothing', async () => {
    const headers = { 'sec-fetch-site': 'cross-site' }
    assert.equal((await pressInConnect(sandbox, { token, do: 'close' }, headers)).status, 403)
    assert.equal((await press('', 'Demo Smart Scale')).status, 400)
    assert.equal((await pressInConnect(sandbox, { token, do: 'choose', source: 'unknown' })).status, 400)
  })

  it('ends with what was wrong with the token', async () => {
    const access = await tokenFor(sandbox, 'access')
    const missing = await openConnect(sandbox, {})
    assert.match(missing.text, /without a session/)
    assert.equal(await statusOnClose(''), 'MISSING_SESSION_TOKEN')
    for (const wrong of ['unknown', access]) {
      assert.match((await openConnect(sandbox, { token: wrong })).text, /not known/)
      assert.equal(await statusOnClose(wrong), 'SESSION_TOKEN_INVALID')
    }
    for (const wrong of ['clientId', 'clientUserId']) {
      assert.match((await openConnect(sandbox, { token, [wrong]: 'other' })).text, /not known/)
    }
    const right = { clientId: sandbox.demo.humanapi.clientId, clientUserId: 'maria' }
    assert.match((await openConnect(sandbox, { token, ...right })).text, /Connect your health data/)
  })

  it('ends with an expired session, and still tells what was done in it', async () => {
    await press('connect', 'Demo Smart Scale', signIn)
    clock.pass(3600)
    assert.match((await openConnect(sandbox, { token })).text, /has expired/)
    assert.match((await press('connect', 'Demo Fitness Band', signIn)).text, /has expired/)
    const [closing] = messagesOf(await close())
    assert.equal(closing?.status, 'SESSION_TOKEN_EXPIRED')
    assert.deepEqual(closing.currentConnections, named('Demo Smart Scale'))
  })

  it('expires in the middle when told to', async () => {
    sandbox.misbehave({ endpoint: 'humanapi.connect', after: 1, times: 1, do: 'expireTokens' })
    assert.match((await openConnect(sandbox, { token })).text, /Connect your health data/)
    assert.match((await press('choose', 'Demo Smart Scale')).text, /has expired/)
    assert.equal(await statusOnClose(token), 'SESSION_TOKEN_EXPIRED')
  })

  it('is lost with the user', async () => {
    sandbox.humanapi.deleteUser('maria')
    assert.equal(await statusOnClose(token), 'SESSION_TOKEN_INVALID')
  })
})
