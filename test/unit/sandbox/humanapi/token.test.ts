import assert from 'node:assert/strict'
import type { Sandbox } from '../../../../src/sandbox/sandbox'
import { closeSandboxes, FORM, postJson, request, sandboxFor } from '../support'
import { askToken, Clock, json, newUser, read, tokenBody, tokenFor } from './support'

describe('the sandbox of Human API gives tokens', () => {
  let sandbox: Sandbox
  let clock: Clock

  beforeEach(async () => {
    clock = new Clock()
    sandbox = await sandboxFor({ now: clock.now })
  })
  afterEach(closeSandboxes)

  const url = () => `${sandbox.urls.humanapi.auth}/v1/connect/token`

  it('session: for a new user, who is the same the next time', async () => {
    const first = await askToken(sandbox, { type: 'session' })
    assert.equal(first.status, 200)
    assert.equal(first.headers['content-type'], 'application/json; charset=utf-8')
    const session = json(first) as Record<string, string>
    assert.deepEqual(Object.keys(session), ['session_token', 'human_id', 'expires_in'])
    assert.match(session.human_id!, /^[0-9a-f]{32}$/)
    assert.equal(session.expires_in, 3600)

    const second = json(await askToken(sandbox, { type: 'session' })) as Record<string, string>
    assert.equal(second.human_id, session.human_id)
    assert.notEqual(second.session_token, session.session_token)
    const other = json(await askToken(sandbox, { type: 'session', client_user_id: 'größe 漢 😀' })) as Record<
      string,
      string
    >
    assert.notEqual(other.human_id, session.human_id)
  })

  it('id and access: for who has connected a source', async () => {
    const id = json(await askToken(sandbox, { type: 'id', client_user_id: 'demo' })) as Record<string, string>
    assert.deepEqual(Object.keys(id), ['token_type', 'id_token', 'id_refresh_token', 'expires_in'])
    assert.deepEqual([id.token_type, id.expires_in], ['Bearer', 86_400])
    assert.match(id.id_refresh_token!, /^idrt-[\w-]{43}$/)

    const access = json(await askToken(sandbox, { type: 'access', client_user_id: 'demo' })) as Record<
      string,
      string
    >
    assert.deepEqual(Object.keys(access), ['access_token', 'expires_in', 'token_type', 'refresh_token'])
    assert.deepEqual([access.token_type, access.expires_in], ['Bearer', 86_400])
    assert.match(access.refresh_token!, /^atrt-[\w-]{43}$/)
  })

  it('no id and no access token before a source is connected, and none for a stranger', async () => {
    await tokenFor(sandbox, 'session', 'maria')
    for (const user of ['maria', 'stranger']) {
      for (const type of ['id', 'access']) {
        const { status, text } = await askToken(sandbox, { type, client_user_id: user })
        assert.equal(status, 403, `${type} ${user}`)
        assert.match(text, /[Ss]tart a session/)
      }
    }
  })

  it('no session once a source is connected, until none is any more', async () => {
    await newUser(sandbox, 'maria', 'Demo Smart Scale')
    const refused = await askToken(sandbox, { type: 'session' })
    assert.equal(refused.status, 403)
    assert.match((json(refused) as Record<string, string>).message!, /type id/)
    const [scale] = sandbox.humanapi.sources.filter(({ name }) => name === 'Demo Smart Scale')
    assert.equal(sandbox.humanapi.disconnect('maria', scale!.id), true)
    assert.equal((await askToken(sandbox, { type: 'session' })).status, 200)
    assert.equal((await askToken(sandbox, { type: 'access' })).status, 403)
  })

  it('401 for a wrong secret or client', async () => {
    for (const wrong of [{ client_secret: 'wrong' }, { client_id: 'wrong' }]) {
      const { status, headers, text } = await askToken(sandbox, { type: 'session', ...wrong })
      assert.equal(status, 401)
      assert.match(String(headers['www-authenticate']), /^Bearer/)
      const { code, error, message, ...rest } = JSON.parse(text) as Record<string, unknown>
      assert.deepEqual([code, error], [401, 'Unauthorized'])
      assert.match(String(message), /client_secret/)
      assert.deepEqual(Object.keys(rest), ['x-humanapi-request-id'])
      assert.doesNotMatch(text, /wrong/)
    }
  })

  for (const name of ['client_id', 'client_secret', 'client_user_id', 'client_user_email', 'type']) {
    it(`400 for a session without ${name}, or with one that is no text`, async () => {
      for (const value of [undefined, '', 7, null, 'half \ud83d']) {
        const { status, text } = await askToken(sandbox, { type: 'session', [name]: value })
        assert.equal(status, 400, String(value))
        const { validation } = JSON.parse(text) as { validation: object }
        assert.deepEqual(validation, { source: 'body', keys: [name] })
      }
    })
  }

  it('400 for another type, or an e-mail address that is none', async () => {
    for (const type of ['id_token', 'Session', 'toString']) {
      assert.equal((await askToken(sandbox, { type })).status, 400)
    }
    assert.equal((await askToken(sandbox, { type: 'session', client_user_email: 'maria' })).status, 400)
  })

  it('400 for a field that is not published, and names it', async () => {
    for (const field of ['scope', 'clientId', 'Type']) {
      const { status, text } = await askToken(sandbox, { type: 'session', [field]: 'x' })
      assert.equal(status, 400, field)
      assert.match(text, new RegExp(`"keys":\\["${field}"\\]`))
    }
    assert.equal((await askToken(sandbox, { type: 'session', extra_scopes: [] })).status, 200)
    assert.equal(
      (await askToken(sandbox, { type: 'id', client_user_id: 'demo', client_user_email: 'a@b.example' }))
        .status,
      200,
    )
  })

  it('to JSON only, in UTF-8, whole and not too much', async () => {
    const body = tokenBody(sandbox, { type: 'session' })
    const form = { 'content-type': FORM }
    assert.equal((await postJson(url(), new URLSearchParams(), form)).status, 415)
    assert.equal((await postJson(url(), body, { 'content-type': 'text/plain' })).status, 415)
    assert.equal(
      (await postJson(url(), body, { 'content-type': 'application/json; charset=utf-16' })).status,
      415,
    )
    assert.equal((await postJson(url(), body, { 'content-encoding': 'gzip' })).status, 415)
    assert.equal(
      (await postJson(url(), body, { 'content-type': 'application/json;charset=UTF-8' })).status,
      200,
    )
    for (const broken of [JSON.stringify(body).slice(0, -1), '', '[]', '"text"', 'null']) {
      const answer = await postJson(url(), broken)
      assert.equal(answer.status, 400, broken)
      assert.equal((json(answer) as Record<string, unknown>).code, 400)
    }
    const latin1 = { method: 'POST', headers: { 'content-type': 'application/json' } }
    assert.equal(
      (await request(url(), { ...latin1, body: Buffer.from('{"a":"\xe9"}', 'latin1') })).status,
      400,
    )
    assert.equal((await postJson(url(), { ...body, more: 'x'.repeat(70_000) })).status, 413)
    assert.deepEqual([(await request(url())).status, (await request(url())).headers.allow], [405, 'POST'])
  })

  it('of their own lifetimes', async () => {
    const access = await tokenFor(sandbox, 'access')
    clock.pass(86_399)
    assert.equal((await read(sandbox, '/profile', access)).status, 200)
    clock.pass(1)
    assert.equal((await read(sandbox, '/profile', access)).status, 401)
  })

  it('that are worth nothing once the user is deleted, who comes back as somebody new', async () => {
    const before = sandbox.demo.humanapi.connectedUser.humanId
    const access = await tokenFor(sandbox, 'access')
    sandbox.humanapi.deleteUser('demo')
    assert.equal((await read(sandbox, '/profile', access)).status, 401)
    assert.equal((await read(sandbox, '/profile', 'demo')).status, 401, 'the token demo too')
    assert.equal((await askToken(sandbox, { type: 'access', client_user_id: 'demo' })).status, 403)
    const session = await askToken(sandbox, { type: 'session', client_user_id: 'demo' })
    assert.equal(session.status, 200)
    assert.notEqual((json(session) as Record<string, string>).human_id, before)
  })

  it('for the same human after a restart with the same secret', async () => {
    const ids = []
    for (const secret of ['one', 'one', 'two']) {
      const restarted = await sandboxFor({ secret })
      ids.push((json(await askToken(restarted, { type: 'session' })) as Record<string, string>).human_id)
    }
    assert.equal(ids[0], ids[1])
    assert.notEqual(ids[0], ids[2])
  })

  it('that bring their user back after a restart, unless the user was deleted', async () => {
    const secret = 'one'
    const first = await sandboxFor({ secret, now: clock.now })
    await newUser(first, 'maria', 'Demo Smart Scale')
    const access = await tokenFor(first, 'access', 'maria')
    const weight = (await read(first, '/weight', access)).text
    const second = await sandboxFor({ secret, now: clock.now })
    assert.equal((await askToken(second, { type: 'id' })).status, 403)
    assert.equal((await read(second, '/weight', access)).text, weight)
    assert.equal((await askToken(second, { type: 'id' })).status, 200)
    second.humanapi.deleteUser('maria')
    assert.equal((await read(second, '/weight', access)).status, 401)
    clock.pass(86_400)
    const third = await sandboxFor({ secret, now: clock.now })
    assert.match((await read(third, '/weight', access)).text, /expired/)
    const other = await sandboxFor({ secret: 'two', now: clock.now })
    assert.match((await read(other, '/weight', access)).text, /no access token/)
  })

  describe('when told to misbehave', () => {
    const session = () => askToken(sandbox, { type: 'session' })

    it('after: lets some requests pass first', async () => {
      sandbox.misbehave({ endpoint: 'humanapi.auth', after: 2, times: 1, do: 'status', code: 500 })
      const statuses = []
      for (let count = 0; count < 4; count++) statuses.push((await session()).status)
      assert.deepEqual(statuses, [200, 200, 500, 200])
    })

    it('without: an answer that lacks fields', async () => {
      sandbox.misbehave({ times: 1, do: 'without', fields: ['expires_in', 'human_id'] })
      assert.deepEqual(Object.keys(json(await session()) as object), ['session_token'])
      assert.equal(Object.keys(json(await session()) as object).length, 3)
    })

    it('otherSpelling: humanId for human_id', async () => {
      sandbox.misbehave({ times: 1, do: 'otherSpelling' })
      assert.deepEqual(Object.keys(json(await session()) as object), ['sessionToken', 'humanId', 'expiresIn'])
    })

    it('cutJson: half of the answer, as if it were the whole', async () => {
      sandbox.misbehave({ times: 1, do: 'cutJson' })
      const { status, text, headers } = await session()
      assert.equal(status, 200)
      assert.equal(Number(headers['content-length']), Buffer.byteLength(text))
      assert.throws(() => JSON.parse(text), SyntaxError)
      assert.match(text, /^\{"session_token/)
    })
  })
})
