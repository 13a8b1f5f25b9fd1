import assert from 'node:assert/strict'
import type { Misbehaviour, Sandbox } from '../../src/sandbox/sandbox'
import type { Connection } from '../../src/store/store'
import { connectSources } from '../unit/sandbox/zivacare/support'
import { around, Flow, useSandbox, withStore, type Config } from './support/flow'

describe('zivacare-token', () => {
  let provider: Sandbox
  let flow: Flow
  const misbehave = useSandbox((running) => (provider = running))
  afterEach(() => flow.stop())

  const start = async (node: Record<string, unknown> = {}, account: Partial<Config> = {}) => {
    const settings = { type: 'zivacare-account', ...account }
    const flows = around({ type: 'zivacare-token', ...node }, ['exchanged'], settings)
    const creates = flows
      .filter(({ id }) => id === 'node')
      .map((one) => ({ ...one, id: 'create', action: 'createUser' }))
    flow = await Flow.start([...flows, ...creates])
  }
  const specialToken = (user = 'maria') => connectSources(provider, user, [])
  const kept = (user: string): Promise<Connection | undefined> =>
    withStore(flow.userDir, ({ connections }) => connections.get('zivacare-account:account:sandbox', user))

  it('exchanges a special token, gives the code of the user, and keeps the access token', async () => {
    await start()
    const token = await specialToken()
    flow.send('node', { user: 'maria', payload: { specialToken: token }, topic: 'kept' })
    const { payload, topic, statusCode, health, headers } = await flow.next('exchanged')
    const { zivaUserCode, ...rest } = payload as Record<string, string>
    assert.match(String(zivaUserCode), /\w/)
    assert.deepEqual(Object.keys(rest), ['name', 'email'])
    assert.deepEqual([topic, statusCode], ['kept', 200])
    assert.match((headers as Record<string, string>)['content-type'] ?? '', /json/)
    assert.deepEqual([health?.provider, health?.operation, health?.user], ['zivacare', 'exchange', 'maria'])
    const connection = await kept('maria')
    assert.equal(connection?.tokens.ziva_user_code, zivaUserCode)
    const accessToken = connection?.tokens.access_token ?? assert.fail('no access token')
    const shown = JSON.stringify(payload) + JSON.stringify(headers) + flow.log()
    assert.ok(!shown.includes(accessToken))
    assert.ok(!shown.includes(token))
  })

  it('does the same with JSON, with the other spelling, and with the token as it is', async () => {
    await start({ specialToken: 'token', specialTokenType: 'msg' }, { requestStyle: 'json' })
    misbehave({ endpoint: 'zivacare.exchange', do: 'otherSpelling' })
    flow.send('node', { user: 'maria', token: ` ${await specialToken()} ` })
    assert.match(((await flow.next('exchanged')).payload as { zivaUserCode: string }).zivaUserCode, /\w/)
    assert.match((await kept('maria'))?.tokens.access_token ?? '', /\w/)
  })

  it('creates a user, whose token is kept as well; who has connected no source has no data', async () => {
    await start({ action: 'createUser' })
    flow.send('node', { user: 'created-1', userName: 'Zoë 漢字' })
    const { payload, health } = await flow.next('exchanged')
    assert.equal((payload as { name: string }).name, 'Zoë 漢字')
    assert.equal(health?.operation, 'createUser')
    const { access_token = '' } = (await kept('created-1'))?.tokens ?? {}
    const weights = await fetch(`${provider.urls.zivacare.data}/weights?access_token=${access_token}`)
    assert.equal(((await weights.json()) as { total: number }).total, 0)
    await flow.next('completed')
    const { code, cause, message } = await flow.failure('node', { user: 'created-1' })
    assert.equal(code, 'HG_CONFLICT')
    assert.match(message, /0001/)
    assert.deepEqual(cause.detail, { code: '0001' })
  })

  it('goes on from where it ended, with a user who was created and then not exchanged', async () => {
    await start({ action: 'createUser' })
    const undo = misbehave({ endpoint: 'zivacare.exchange', do: 'drop' })
    const { code, message, cause } = await flow.failure('node', { user: 'created-2' })
    assert.equal(code, 'HG_UNAVAILABLE')
    assert.match(message, /without an answer/)
    assert.equal(cause.retryable, true)
    assert.equal(await kept('created-2'), undefined)
    undo()
    flow.send('node', { user: 'created-2' })
    assert.match(((await flow.next('exchanged')).payload as { zivaUserCode: string }).zivaUserCode, /\w/)
  })

  it("keeps nothing of a token that is another person's", async () => {
    await start()
    flow.send('node', { user: 'maria', payload: { specialToken: await specialToken('maria') } })
    await flow.next('exchanged')
    await flow.next('completed')
    const payload = { specialToken: await specialToken('maria') }
    const error = await flow.failure('node', { user: 'eve', payload })
    assert.equal(error.code, 'HG_FORBIDDEN')
    assert.match(error.message, /"eve".*another person's/)
    assert.equal(await kept('eve'), undefined)
  })

  it("keeps nothing of another person's token, also before that person has connected here", async () => {
    await start()
    flow.send('create', { user: 'mallory-of-token' })
    await flow.next('exchanged')
    const payload = { specialToken: await specialToken('victim-of-token') }
    const error = await flow.failure('node', { user: 'mallory-of-token', payload })
    assert.equal(error.code, 'HG_FORBIDDEN')
    flow.send('node', {
      user: 'victim-of-token',
      payload: { specialToken: await specialToken('victim-of-token') },
    })
    assert.match(((await flow.next('exchanged')).payload as { zivaUserCode: string }).zivaUserCode, /\w/)
  })

  it('leaves a user who is connected as they are, whoever came with the token', async () => {
    await start()
    flow.send('node', { user: 'zoe', payload: { specialToken: await specialToken('zoe') } })
    await flow.next('exchanged')
    await flow.next('completed')
    const before = await kept('zoe')
    const payload = { specialToken: await specialToken('somebody') }
    const error = await flow.failure('node', { user: 'zoe', payload })
    assert.equal(error.code, 'HG_CONFLICT')
    assert.match(error.message, /forget the connection first/)
    assert.deepEqual(await kept('zoe'), before)
  })

  it('gives one ZivaCare user to one of two who come at the same time', async () => {
    await start()
    const tokens = [await specialToken('one'), await specialToken('one')]
    for (const [index, token] of tokens.entries()) {
      flow.send('node', { user: `racer-${index}`, payload: { specialToken: token } })
    }
    await flow.next('exchanged')
    assert.equal((await flow.next('caught')).error?.code, 'HG_FORBIDDEN')
  })

  it('lets the same user connect again', async () => {
    await start()
    for (let time = 0; time < 2; time++) {
      flow.send('node', { user: 'maria', payload: { specialToken: await specialToken() } })
      await flow.next('exchanged')
    }
  })

  it('says HG_REJECTED for a token that was used, with what ZivaCare says of it', async () => {
    await start()
    const payload = { specialToken: await specialToken() }
    flow.send('node', { user: 'maria', payload })
    await flow.next('exchanged')
    await flow.next('completed')
    const { code, message, cause } = await flow.failure('node', { user: 'maria', payload })
    assert.equal(code, 'HG_REJECTED')
    assert.match(message, /used already/)
    assert.equal(cause.retryable, false)
    assert.ok(!JSON.stringify({ message, cause }).includes(payload.specialToken))
  })

  const inputs: [string, Record<string, unknown>, string][] = [
    ['no user', { user: undefined }, 'HG_INPUT'],
    ['a user of white space', { user: ' ' }, 'HG_INPUT'],
    ['no payload', { payload: undefined }, 'HG_INPUT'],
    ['a payload without a token', { payload: {} }, 'HG_INPUT'],
    ['an empty token', { payload: { specialToken: ' ' } }, 'HG_INPUT'],
    ['a token of the wrong type', { payload: { specialToken: ['a'] } }, 'HG_INPUT'],
    ['a token with a line feed', { payload: 'a\nb' }, 'HG_INPUT'],
    ['a token of 10 MB', { payload: 'x'.repeat(10_000_000) }, 'HG_INPUT'],
    ['a name that is no text', { userName: 7 }, 'HG_INPUT'],
    ['a token that was never given', { payload: 'never-given' }, 'HG_REJECTED'],
  ]
  for (const [what, wrong, code] of inputs) {
    it(`says ${code} for ${what}`, async () => {
      await start()
      const error = await flow.failure('node', { user: 'maria', payload: { specialToken: 'a' }, ...wrong })
      assert.equal(error.code, code, error.message)
    })
  }

  const answers: [string, Misbehaviour, string][] = [
    ['half of an exchange, without a token', { do: 'without', fields: ['access_token'] }, 'HG_RESPONSE'],
    ['half of an exchange, without a code', { do: 'without', fields: ['ziva_user_code'] }, 'HG_RESPONSE'],
    ['JSON that is cut', { do: 'cutJson' }, 'HG_RESPONSE'],
    ['a cut answer', { do: 'cut' }, 'HG_RESPONSE'],
    ['a web page', { do: 'html' }, 'HG_RESPONSE'],
    ['an empty body', { do: 'empty' }, 'HG_RESPONSE'],
    ['bytes without sense', { do: 'garbage' }, 'HG_RESPONSE'],
    ['500', { do: 'status', code: 500 }, 'HG_UNAVAILABLE'],
    ['429', { do: 'status', code: 429, retryAfter: 999 }, 'HG_RATE_LIMITED'],
    ['a dropped connection', { do: 'drop' }, 'HG_UNAVAILABLE'],
  ]
  for (const [what, rule, code] of answers) {
    it(`says ${code} for ${what}, and keeps nothing`, async () => {
      await start()
      misbehave({ endpoint: 'zivacare.exchange', ...rule })
      const error = await flow.failure('node', { user: 'nobody', payload: await specialToken('nobody') })
      assert.equal(error.code, code, error.message)
      assert.equal(await kept('nobody'), undefined)
    })
  }

  it('says HG_AUTH for a wrong secret', async () => {
    const { clientId } = provider.demo.zivacare
    flow = await Flow.start(around({ type: 'zivacare-token' }, ['exchanged'], { type: 'zivacare-account' }), {
      credentials: { account: { clientId, clientSecret: 'wrong' } },
    })
    const error = await flow.failure('node', { user: 'maria', payload: await specialToken() })
    assert.equal(error.code, 'HG_AUTH')
  })

  it('says HG_CONFIG for an action that is not known, and without an account', async () => {
    await start({ action: 'delete' })
    assert.equal((await flow.failure('node', { user: 'maria' })).code, 'HG_CONFIG')
    await flow.stop()
    await start({ account: '' })
    assert.equal((await flow.failure('node', { user: 'maria' })).code, 'HG_CONFIG')
  })
})
