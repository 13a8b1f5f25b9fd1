import assert from 'node:assert/strict'
import { GatewayError } from '../../../../src/errors'
import { HttpClient } from '../../../../src/http/client'
import type { HttpRequest, HttpResponse } from '../../../../src/http/types'
import { HumanApiTokens, type HumanApiPerson } from '../../../../src/providers/humanapi/tokens'
import { startSandbox, type Misbehaviour, type Sandbox } from '../../../../src/sandbox/sandbox'
import { failing } from '../../../support/failing'
import { clientOf, Memory, tellsNothing } from './support'

const HOUR = 3_600_000

class CountingClient extends HttpClient {
  tokenRequests = 0
  tokenAnswers = 0
  /** What the answers of the token endpoint wait for on their way. */
  gate: Promise<void> | undefined

  override async request(request: HttpRequest): Promise<HttpResponse> {
    const isForToken = request.url.endsWith('/v1/connect/token')
    if (isForToken) this.tokenRequests++
    const response = await super.request(request)
    if (isForToken) this.tokenAnswers++
    if (isForToken) await this.gate
    return response
  }
}

describe("Human API's tokens", () => {
  let time: number
  let sandbox: Sandbox
  let http: CountingClient
  let memory: Memory
  let tokens: HumanApiTokens
  let maria: HumanApiPerson

  const restarted = () => new HumanApiTokens(clientOf(sandbox, http), { now: () => time, chance: () => 0 })
  const of = (user: string, all = tokens) => all.of({ user, email: `${user}@example.org` }, memory)
  const firstSource = () => sandbox.humanapi.sources[0]?.id ?? ''
  const connect = (user = 'maria') => sandbox.humanapi.connect(user, firstSource())
  const disconnect = (user = 'maria') => sandbox.humanapi.disconnect(user, firstSource())

  /** How often the token endpoint was asked while something ran. */
  async function asked(work: () => Promise<unknown>): Promise<number> {
    const before = http.tokenRequests
    await work()
    return http.tokenRequests - before
  }

  /** Runs while a token is on its way. */
  async function meanwhile<T>(asking: () => Promise<T>, work: () => unknown): Promise<T> {
    let open: () => void = () => assert.fail('not yet')
    http.gate = new Promise((resolve) => (open = resolve))
    const before = http.tokenAnswers
    const answer = asking()
    while (http.tokenAnswers === before) await new Promise(setImmediate)
    await work()
    open()
    http.gate = undefined
    return answer
  }

  beforeEach(async () => {
    time = Date.UTC(2026, 2, 10, 12)
    sandbox = await startSandbox({ now: () => time })
    http = new CountingClient({ proxy: 'none', timeoutMs: 2000 })
    memory = new Memory()
    tokens = restarted()
    maria = of('maria')
  })
  afterEach(async () => {
    await http.close()
    await sandbox.close()
  })

  describe('session', () => {
    it('is for a new person, and comes with the human id', async () => {
      const { type, token, humanId = '', expiresAt } = await maria.token('session')
      assert.equal(type, 'session')
      assert.notEqual(token, '')
      assert.match(humanId, /^[0-9a-f]{32}$/)
      assert.equal(expiresAt, time + HOUR)
    })

    it('is kept with the human id until it is due, over a restart as well', async () => {
      const { token, humanId } = await maria.token('session')
      assert.equal(await asked(() => of('maria', restarted()).token('session')), 0)
      time += 53 * 60_000
      assert.equal((await of('maria', restarted()).token('session')).token, token)
      time += 2 * 60_000
      const renewed = await maria.token('session')
      assert.notEqual(renewed.token, token)
      assert.equal(renewed.humanId, humanId)
    })

    it('is asked for once, however many messages want it at once', async () => {
      let seen = new Set<string>()
      const count = await asked(async () => {
        const all = await Promise.all(Array.from({ length: 25 }, () => maria.token('session')))
        seen = new Set(all.map(({ token }) => token))
      })
      assert.deepEqual([count, seen.size], [1, 1])
    })

    it('is refused once a source is connected, and that is remembered', async () => {
      await maria.token('session')
      connect()
      time += HOUR
      const error = await failing(maria.token('session'), 'HG_FORBIDDEN')
      assert.match(error.message, /"maria" has connected a source.*id token.*Human API says/)
      assert.deepEqual([error.cause.statusCode, error.cause.user], [403, 'maria'])
      assert.ok(error.cause.requestId)
      assert.equal((await maria.state()).connected, true)
    })

    it('needs an e-mail address', async () => {
      for (const email of [undefined, '', 'maria', 'a b@c']) {
        const nobody = tokens.of({ user: 'nobody', ...(email === undefined ? {} : { email }) }, memory)
        const error = await failing(nobody.token('session'), 'HG_INPUT')
        assert.match(error.message, /msg\.email/)
      }
      assert.equal(memory.users.size, 0)
    })

    it('is another one where the e-mail address was corrected, after a restart as well', async () => {
      const wrong = { user: 'maria', email: 'mario@example.org' }
      const { token } = await tokens.of(wrong, memory).token('session')
      assert.doesNotMatch(JSON.stringify(memory.users.get('maria')), /mario@/)
      const corrected = await of('maria', restarted()).token('session')
      assert.notEqual(corrected.token, token)
      assert.equal((await tokens.of({ user: 'maria' }, memory).token('auto')).token, token)
      const again = await asked(async () => {
        assert.equal((await of('maria', restarted()).token('session')).token, corrected.token)
      })
      assert.equal(again, 0)
      assert.equal((await maria.token('session')).token, corrected.token)
    })

    it('that is on its way does not undo what the widget tells', async () => {
      const { token } = await meanwhile(
        () => maria.token('session'),
        () => {
          memory.users.set('maria', {})
          connect()
          return maria.noteConnected(true)
        },
      )
      assert.deepEqual(await maria.state(), { connected: true, grants: {} })
      const next = await maria.token('auto')
      assert.equal(next.type, 'id')
      assert.notEqual(next.token, token)
    })

    it('of who was deleted and comes back is of somebody new, whose other tokens are gone', async () => {
      await maria.token('session')
      connect()
      const { humanId } = await maria.token('access')
      sandbox.humanapi.deleteUser('maria')
      await maria.noteConnected(false)
      time += HOUR
      const again = await maria.token('session')
      assert.notEqual(again.humanId, humanId)
      assert.equal((await maria.state()).grants.access, undefined)
      await failing(maria.token('access'), 'HG_NOT_CONNECTED')
    })
  })

  it('of who is forgotten are asked for anew', async () => {
    const { token } = await maria.token('session')
    memory.users.delete('maria')
    assert.equal((await maria.token('session')).token, token)
    tokens.forget('maria')
    assert.notEqual((await maria.token('session')).token, token)
  })

  it('of who is forgotten while they are on their way are kept nowhere', async () => {
    await meanwhile(
      () => of('demo').token('access'),
      () => {
        tokens.forget('demo')
      },
    )
    assert.equal(memory.users.size, 0)
    assert.equal(await asked(() => of('demo').token('access')), 1)
  })

  it('that are refused make nobody known', async () => {
    await failing(of('typo').token('access'), 'HG_NOT_CONNECTED')
    await failing(of('typo').token('id'), 'HG_NOT_CONNECTED')
    const read = clientOf(sandbox, http).one(of('typo').access(), { resource: 'profile' })
    await failing(read, 'HG_NOT_CONNECTED')
    await failing(of('demo').token('session'), 'HG_FORBIDDEN')
    await of('typo').noteConnected(true)
    await of('typo').noteRefused('token')
    assert.equal(memory.users.size, 0)
  })

  it('that Connect does not take are not given again', async () => {
    const { token } = await maria.token('auto')
    await maria.noteRefused('of another time')
    assert.equal((await maria.token('auto')).token, token)
    await maria.noteRefused(token)
    assert.notEqual((await maria.token('auto')).token, token)
    connect()
    await maria.noteConnected(true)
    const id = await maria.token('auto')
    assert.equal(id.type, 'id')
    await maria.noteRefused(id.token)
    assert.notEqual((await maria.token('auto')).token, id.token)
  })

  it('that Connect does not take are not recalled after a restart', async () => {
    for (const work of [() => maria.token('auto'), () => of('demo').token('id')]) {
      const { token } = await work()
      for (const user of ['maria', 'demo']) await of(user, restarted()).noteRefused(token)
    }
    assert.deepEqual((await maria.state()).grants, {})
    assert.deepEqual((await of('demo').state()).grants, {})
    const later = restarted()
    assert.equal(
      await asked(() => Promise.all([of('maria', later), of('demo', later)].map((one) => one.token('auto')))),
      2,
    )
  })

  describe('id', () => {
    it('is for who has connected a source, with its refresh token kept', async () => {
      await maria.token('session')
      connect()
      const { type, token, humanId, expiresAt } = await maria.token('id')
      assert.deepEqual([type, expiresAt], ['id', time + 24 * HOUR])
      const { grants, ...state } = await maria.state()
      assert.deepEqual(state, { humanId, connected: true })
      assert.equal(grants.id?.token, token)
      assert.match(grants.id.refreshToken ?? '', /^idrt-/)
    })

    it('keeps its refresh token where no new one comes', async () => {
      await of('demo').token('id')
      const first = (await of('demo').state()).grants.id
      sandbox.misbehave({ endpoint: 'humanapi.auth', do: 'without', fields: ['id_refresh_token'] })
      time += 24 * HOUR
      await of('demo').token('id')
      const second = (await of('demo').state()).grants.id
      assert.notEqual(second?.token, first?.token)
      assert.ok(first?.refreshToken)
      assert.equal(second?.refreshToken, first.refreshToken)
    })

    it('is refused before', async () => {
      await maria.token('session')
      await failing(maria.token('id'), 'HG_NOT_CONNECTED')
      assert.equal((await maria.state()).connected, false)
    })
  })

  describe('access', () => {
    it('is refused before a source is connected, in clear words', async () => {
      await maria.token('session')
      const error = await failing(maria.token('access'), 'HG_NOT_CONNECTED')
      assert.match(error.message, /"maria" has no connected source.*humanapi-connect/)
      await failing(of('nobody').token('access'), 'HG_NOT_CONNECTED')
    })

    it('is for who has connected one, with its refresh token kept', async () => {
      await maria.token('session')
      connect()
      const { token, expiresAt } = await maria.token('access')
      assert.equal(expiresAt, time + 24 * HOUR)
      const { access } = (await maria.state()).grants
      assert.equal(access?.token, token)
      assert.match(access.refreshToken ?? '', /^atrt-/)
    })

    it('is renewed before its end', async () => {
      const { token } = await of('demo').token('access')
      time += 21.5 * HOUR
      assert.equal((await of('demo').token('access')).token, token)
      time += 0.2 * HOUR
      assert.notEqual((await of('demo').token('access')).token, token)
    })

    it('is renewed once where the Data API refuses it, however many requests it was', async () => {
      const demo = of('demo')
      const client = clientOf(sandbox, http)
      const read = () => client.one(demo.access(), { resource: 'profile' })
      await read()
      sandbox.humanapi.expireTokens('demo')
      const count = await asked(async () => {
        const answers = await Promise.all(Array.from({ length: 8 }, read))
        assert.ok(answers.every(({ value }) => value.email === 'demo@example.org'))
      })
      assert.equal(count, 1)
    })

    it('is not recalled from the store once it was refused', async () => {
      const demo = of('demo')
      const client = clientOf(sandbox, http)
      const { token } = await demo.token('access')
      sandbox.humanapi.expireTokens('demo')
      await client.one(of('demo', restarted()).access(), { resource: 'profile' })
      assert.notEqual((await demo.state()).grants.access?.token, token)
    })

    it('is HG_AUTH where a new one is refused as well', async () => {
      sandbox.misbehave({ endpoint: 'humanapi.data', do: 'expireTokens' })
      const client = clientOf(sandbox, http)
      const error = await failing(client.one(of('demo').access(), { resource: 'profile' }), 'HG_AUTH')
      assert.match(error.message, /not even a new one/)
      tellsNothing(error, (await of('demo').state()).grants.access?.token ?? '')
    })

    it('is asked for anew once the last source is gone', async () => {
      await maria.token('session')
      connect()
      await maria.token('access')
      disconnect()
      await maria.noteConnected(false)
      await failing(maria.token('access'), 'HG_NOT_CONNECTED')
    })

    it('is HG_NOT_CONNECTED where the user was deleted meanwhile', async () => {
      const demo = of('demo')
      const client = clientOf(sandbox, http)
      await client.one(demo.access(), { resource: 'profile' })
      sandbox.humanapi.deleteUser('demo')
      await failing(client.one(demo.access(), { resource: 'profile' }), 'HG_NOT_CONNECTED')
      assert.equal((await demo.state()).connected, false)
    })
  })

  describe('auto', () => {
    it('is a session for a new person', async () => {
      assert.equal((await maria.token('auto')).type, 'session')
    })

    it('is an id token where a source was connected elsewhere, which is found out once', async () => {
      await maria.token('session')
      connect()
      memory.users.clear()
      tokens = restarted()
      assert.equal(await asked(() => of('maria').token('auto')), 2)
      tokens = restarted()
      time += 23 * HOUR
      assert.equal(await asked(() => of('maria').token('auto')), 1)
      assert.equal((await of('maria').token('auto')).type, 'id')
    })

    it('is an id token after the widget has told of a source', async () => {
      await maria.token('auto')
      connect()
      await maria.noteConnected(true)
      const count = await asked(async () => assert.equal((await maria.token('auto')).type, 'id'))
      assert.equal(count, 1)
    })

    it('leaves nothing over of the other kind, over a restart as well', async () => {
      await maria.token('session')
      connect()
      await maria.noteConnected(true)
      await failing(maria.token('session'), 'HG_FORBIDDEN')
      await failing(of('maria', restarted()).token('session'), 'HG_FORBIDDEN')
      await maria.token('id')
      disconnect()
      await maria.noteConnected(false)
      await failing(maria.token('id'), 'HG_NOT_CONNECTED')
      await failing(of('maria', restarted()).token('id'), 'HG_NOT_CONNECTED')
    })

    it('is a session again after the last source is gone, told or not', async () => {
      await maria.token('auto')
      connect()
      await maria.noteConnected(true)
      await maria.token('auto')
      disconnect()
      await maria.noteConnected(false)
      assert.equal((await maria.token('auto')).type, 'session')

      connect()
      await maria.noteConnected(true)
      assert.equal((await maria.token('auto')).type, 'id')
      disconnect()
      time += 24 * HOUR
      assert.equal((await maria.token('auto')).type, 'session')
    })

    it('asks once of each kind, however many messages want it at once', async () => {
      await maria.token('session')
      connect()
      tokens = restarted()
      memory.users.clear()
      const count = await asked(() =>
        Promise.all(Array.from({ length: 10 }, () => of('maria').token('auto'))),
      )
      assert.equal(count, 2)
    })

    it('passes on what is no answer to the question', async () => {
      sandbox.misbehave({ endpoint: 'humanapi.auth', do: 'status', code: 500, times: 1 })
      await failing(maria.token('auto'), 'HG_UNAVAILABLE')
      assert.equal((await maria.state()).connected, undefined)
    })

    it('is HG_FORBIDDEN where both are refused, as of a client that is blocked, and nothing is learnt', async () => {
      await maria.token('session')
      for (const connected of [false, true]) {
        await maria.noteConnected(connected)
        const before = memory.users.get('maria')
        const undo = sandbox.misbehave({ endpoint: 'humanapi.auth', do: 'status', code: 403 })
        tokens = restarted()
        time += HOUR
        const error = await failing(of('maria').token('auto'), 'HG_FORBIDDEN')
        assert.match(error.message, /both a session and an id token/)
        assert.deepEqual([error.cause.statusCode, error.cause.user], [403, 'maria'])
        assert.deepEqual(memory.users.get('maria'), before)
        undo()
      }
    })

    it('passes on a refusal that is not of Human API', async () => {
      memory.write = () => Promise.reject(new GatewayError('HG_FORBIDDEN', 'The store is closed to you.'))
      const count = await asked(() => failing(maria.token('auto'), 'HG_FORBIDDEN'))
      assert.equal(count, 1)
    })
  })

  describe('the answer', () => {
    it('is read in both spellings', async () => {
      sandbox.misbehave({ endpoint: 'humanapi.auth', do: 'otherSpelling' })
      const { humanId = '', expiresAt } = await maria.token('session')
      assert.match(humanId, /^[0-9a-f]{32}$/)
      assert.equal(expiresAt, time + HOUR)
      assert.ok((await of('demo').token('access')).token)
      assert.match((await of('demo').state()).grants.access?.refreshToken ?? '', /^atrt-/)
    })

    it('without a life serves for an hour at most', async () => {
      sandbox.misbehave({ endpoint: 'humanapi.auth', do: 'without', fields: ['expires_in'] })
      const { token, expiresAt } = await of('demo').token('access')
      assert.equal(expiresAt, undefined)
      assert.equal((await of('demo').token('access')).token, token)
      time += HOUR
      assert.notEqual((await of('demo').token('access')).token, token)
    })

    const unreadable: [string, Misbehaviour][] = [
      ['without the token', { do: 'without', fields: ['session_token'] }],
      ['without the human id', { do: 'without', fields: ['human_id'] }],
      ['cut in the middle', { do: 'cutJson' }],
      ['empty', { do: 'empty' }],
      ['a web page', { do: 'html' }],
      ['garbage', { do: 'garbage' }],
      ['a list', { do: 'body', text: '[]', contentType: 'application/json' }],
      ['with a token that is no text', { do: 'body', text: '{"session_token":1,"human_id":"SECRET"}' }],
      [
        'with a token that fits no header',
        { do: 'body', text: '{"session_token":"SECRET\\r\\nX: 1","human_id":"h"}' },
      ],
      [
        'with a life that is over',
        { do: 'body', text: '{"session_token":"SECRET","human_id":"h","expires_in":0}' },
      ],
      [
        'of a type that is not Bearer',
        { do: 'body', text: '{"session_token":"SECRET","human_id":"h","token_type":"mac"}' },
      ],
    ]
    for (const [what, rule] of unreadable) {
      it(`is HG_RESPONSE ${what}, and nothing is stored`, async () => {
        sandbox.misbehave({ endpoint: 'humanapi.auth', ...rule })
        tellsNothing(await failing(maria.token('session'), 'HG_RESPONSE'), 'SECRET')
        assert.equal(memory.users.size, 0)
      })
    }

    it('of a wrong secret is HG_AUTH, and is not asked for again and again', async () => {
      const wrong = new HumanApiTokens(clientOf(sandbox, http, { clientSecret: 'wr0ng-secret' }))
      const count = await asked(async () => {
        for (let message = 0; message < 3; message++) {
          const error = await failing(of('maria', wrong).token('session'), 'HG_AUTH')
          assert.match(error.message, /client id and client secret/)
          tellsNothing(error, 'wr0ng', 'maria@example.org')
        }
      })
      assert.equal(count, 1)
    })

    it('of a refusal in the other form names the fields', async () => {
      const text = JSON.stringify({
        statusCode: 400,
        error: 'Bad Request',
        message: 'child "client_user_email" fails: maria@example.org is odd, s3cretvalue too',
        validation: { source: 'payload', keys: ['client_user_email'] },
        'x-humanapi-request-id': 'a1b2-c3',
      })
      sandbox.misbehave({ endpoint: 'humanapi.auth', do: 'body', code: 400, text })
      const client = clientOf(sandbox, http, { clientSecret: 's3cretvalue' })
      const error = await failing(client.session('maria', 'maria@example.org', time), 'HG_REJECTED')
      assert.match(error.message, /It names: client_user_email\./)
      assert.equal(error.cause.requestId, 'a1b2-c3')
      tellsNothing(error, 's3cretvalue', 'maria@example.org')
    })

    it('403 to access means that no source is connected', async () => {
      sandbox.misbehave({ endpoint: 'humanapi.auth', do: 'body', code: 403, text: '{"message":"no"}' })
      await failing(of('demo').token('access'), 'HG_NOT_CONNECTED')
    })

    const others: [string, Misbehaviour, string][] = [
      [
        '404, as of a wrong address',
        { do: 'body', code: 404, text: '{"error":"no such route"}' },
        'HG_NOT_FOUND',
      ],
      [
        '403 that names a field of the request',
        { do: 'body', code: 403, text: '{"validation":{"keys":["type"]}}' },
        'HG_FORBIDDEN',
      ],
      ['403 of a web page', { do: 'html', code: 403 }, 'HG_FORBIDDEN'],
    ]
    for (const [what, rule, code] of others) {
      it(`${what} says nothing of the person: ${code}`, async () => {
        await of('demo').token('access')
        const kept = memory.users.get('demo')
        sandbox.misbehave({ endpoint: 'humanapi.auth', ...rule })
        time += 24 * HOUR
        for (const type of ['id', 'access'] as const) {
          const error = await failing(of('demo').token(type), code as 'HG_FORBIDDEN')
          assert.match(error.message, /^Human API answered for an (id|access) token with HTTP 40[34]/)
        }
        assert.deepEqual(memory.users.get('demo'), kept)
      })
    }

    it('of a refusal does not repeat an e-mail address, whatever it looks like', async () => {
      const text = '{"message":"There is no maria@localhost here."}'
      sandbox.misbehave({ endpoint: 'humanapi.auth', do: 'body', code: 400, text })
      const person = tokens.of({ user: 'm', email: 'maria@localhost' }, memory)
      const error = await failing(person.token('session'), 'HG_REJECTED')
      assert.match(error.message, /There is no .* here/)
      tellsNothing(error, 'maria', 'localhost')
    })

    it('429 says how long to wait, and is obeyed', async () => {
      sandbox.misbehave({ endpoint: 'humanapi.auth', do: 'status', code: 429, retryAfter: 60, times: 1 })
      const error = await failing(maria.token('session'), 'HG_RATE_LIMITED')
      assert.deepEqual(error.cause.detail, { retryAfterMs: 60_000 })
      assert.equal(await asked(() => failing(maria.token('session'), 'HG_RATE_LIMITED')), 0)
      time += 60_000
      await maria.token('session')
    })

    it('that was lost is asked for again: a token harms nobody', async () => {
      sandbox.misbehave({ endpoint: 'humanapi.auth', do: 'close', carriedOut: true, times: 1 })
      await maria.token('session')
    })
  })

  it('serve on while a renewal fails', async () => {
    const { token } = await of('demo').token('access')
    time += 22 * HOUR
    sandbox.misbehave({ endpoint: 'humanapi.auth', do: 'status', code: 500 })
    assert.equal((await of('demo').token('access')).token, token)
    time += 2 * HOUR
    await failing(of('demo').token('access'), 'HG_UNAVAILABLE')
  })

  it('are all stored, whatever comes at the same time', async () => {
    await maria.token('session')
    connect()
    await Promise.all([maria.token('id'), maria.token('access'), maria.noteConnected(true)])
    assert.deepEqual(Object.keys((await maria.state()).grants), ['session', 'id', 'access'])
    assert.equal((await maria.state()).connected, true)
  })

  it('leave alone what else is stored of the user', async () => {
    memory.users.set('maria', { other: 'value', id_token: 'unreadable: without its time' })
    await maria.token('session')
    assert.equal(memory.users.get('maria')?.other, 'value')
    assert.deepEqual(Object.keys((await maria.state()).grants), ['session'])
  })

  it('tell where they cannot be stored', async () => {
    memory.write = () => Promise.reject(new Error('disk full'))
    await assert.rejects(maria.token('session'), { code: 'HG_INTERNAL' })
  })

  it('are for any user id that is text', async () => {
    for (const user of ['María Ñandú 漢字', '"}{', ' ', '𝄞']) {
      await tokens.of({ user, email: 'a@example.org' }, memory).token('session')
    }
    const half = tokens.of({ user: 'half \ud834', email: 'a@example.org' }, memory)
    assert.equal(await asked(() => failing(half.token('session'), 'HG_INPUT')), 0)
  })

  it('know a right account from a wrong one, without making a user', async () => {
    await clientOf(sandbox, http).test()
    await failing(clientOf(sandbox, http, { clientSecret: 'wrong' }).test(), 'HG_AUTH')
    for (const [rule, code] of [
      [{ do: 'html', code: 403 }, 'HG_FORBIDDEN'],
      [{ do: 'status', code: 404 }, 'HG_NOT_FOUND'],
      [{ do: 'body', code: 404, text: '{"error":"no such route"}' }, 'HG_NOT_FOUND'],
      [{ do: 'body', code: 403, text: '{"error":"suspended"}' }, 'HG_FORBIDDEN'],
      [{ do: 'html' }, 'HG_RESPONSE'],
    ] as const) {
      const undo = sandbox.misbehave({ endpoint: 'humanapi.auth', ...rule })
      await failing(clientOf(sandbox, http).test(), code)
      undo()
    }
  })

  it('know where the Data API is not at its address, and ask for no more than that', async () => {
    for (const [rule, code] of [
      [{ do: 'status', code: 404 }, 'HG_NOT_FOUND'],
      [{ do: 'html' }, 'HG_RESPONSE'],
      [{ do: 'close' }, 'HG_UNAVAILABLE'],
    ] as const) {
      const undo = sandbox.misbehave({ endpoint: 'humanapi.data', ...rule })
      await failing(clientOf(sandbox, http).test(), code)
      undo()
    }
    for (const code of [401, 403]) {
      const undo = sandbox.misbehave({ endpoint: 'humanapi.data', do: 'status', code })
      await clientOf(sandbox, http).test()
      undo()
    }
  })
})
