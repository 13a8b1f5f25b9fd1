import assert from 'node:assert/strict'
import { HttpClient } from '../../../../src/http/client'
import {
  ZivaCareClient,
  type ZivaCareAccess,
  type ZivaCareOptions,
  type ZivaCareQuery,
} from '../../../../src/providers/zivacare/client'
import { zivaCareDataTypes } from '../../../../src/providers/zivacare/data-types'
import { startSandbox, type Misbehaviour, type Sandbox } from '../../../../src/sandbox/sandbox'
import { failing } from '../../../support/failing'
import { startFaultyServer } from '../../../support/faulty-server'
import { connectSources } from '../../sandbox/zivacare/support'
import { all, tellsNothing } from '../humanapi/support'

const NOW = Date.UTC(2026, 2, 10, 12)

describe('ZivaCare', () => {
  let sandbox: Sandbox
  let http: HttpClient
  let client: ZivaCareClient
  let demo: ZivaCareAccess

  const clientOf = (other: Partial<ZivaCareOptions> = {}) => {
    const { clientId, clientSecret } = sandbox.demo.zivacare
    return new ZivaCareClient({ clientId, clientSecret, endpoints: sandbox.urls.zivacare, http, ...other })
  }
  const special = (user = 'maria') => connectSources(sandbox, user, ['Stride Band'])

  beforeEach(async () => {
    sandbox = await startSandbox({ now: () => NOW })
    http = new HttpClient({ proxy: 'none', timeoutMs: 5000 })
    client = clientOf()
    demo = { user: 'demo', accessToken: sandbox.demo.zivacare.connectedUser.accessToken }
  })
  afterEach(async () => {
    await http.close()
    await sandbox.close()
  })

  describe('exchanges a special token', () => {
    for (const requestStyle of ['form', 'json'] as const) {
      it(`as ${requestStyle}, for a token that reads the data`, async () => {
        const { response, ...grant } = await clientOf({ requestStyle }).exchange(await special(), 'maria')
        assert.deepEqual([response.statusCode, response.body.length], [200, 0])
        assert.match(grant.zivaUserCode, /^[0-9a-f-]{36}$/)
        const access = { user: 'maria', accessToken: grant.accessToken }
        const { items } = await client.page(access, { type: 'steps' })
        assert.equal(items[0]?.user_code, grant.zivaUserCode)
      })
    }

    it('and reads both spellings of the answer', async () => {
      sandbox.misbehave({ endpoint: 'zivacare.exchange', do: 'otherSpelling' })
      const { zivaUserCode, accessToken, name } = await client.exchange(await special())
      assert.ok(zivaUserCode && accessToken && name)
    })

    it('once: a second time is HG_REJECTED, and says what to do', async () => {
      const token = await special()
      await client.exchange(token)
      const error = await failing(client.exchange(token, 'maria'), 'HG_REJECTED')
      assert.match(error.message, /serves once.*connect again.*ZivaCare says/)
      assert.deepEqual(
        [error.cause.user, error.cause.operation, error.cause.statusCode],
        ['maria', 'exchange', 400],
      )
      tellsNothing(error, token, sandbox.demo.zivacare.clientSecret)
    })

    it('and does not send it again where its fate is not known', async () => {
      const token = await special()
      sandbox.misbehave({ endpoint: 'zivacare.exchange', do: 'close', carriedOut: true, times: 1 })
      const error = await failing(client.exchange(token), 'HG_UNAVAILABLE')
      assert.equal((error.cause.detail as { arrived: string }).arrived, 'unknown')
      await failing(client.exchange(token), 'HG_REJECTED')
    })

    it('with a wrong secret is HG_AUTH, with the code of the vendor', async () => {
      const wrong = clientOf({ clientSecret: 'wr0ng-secret' })
      const error = await failing(wrong.exchange(await special()), 'HG_AUTH')
      assert.match(error.message, /does not know this application \(0011\)/)
      assert.deepEqual(error.cause.detail, { code: '0011' })
      tellsNothing(error, 'wr0ng')
    })

    it('and tells what is said of a refusal, in each form, without the secret and the token', async () => {
      // Neither looks like a secret.
      const secretive = clientOf({ clientSecret: 'plum' })
      for (const field of ['message', 'error_description', 'error']) {
        const text = JSON.stringify({ [field]: 'No pear for plum here' })
        sandbox.misbehave({ endpoint: 'zivacare.exchange', do: 'body', code: 400, text, times: 1 })
        const error = await failing(secretive.exchange('pear'), 'HG_REJECTED')
        assert.match(error.message, /ZivaCare says: No \[redacted\] for \[redacted\] here/)
      }
    })

    for (const token of ['', ' ', 'a b', 'ü', 'x'.repeat(8193)]) {
      it(`but not ${JSON.stringify(token.slice(0, 5))} of ${token.length} characters`, async () => {
        await failing(client.exchange(token), 'HG_INPUT')
      })
    }

    const unreadable: [string, Misbehaviour][] = [
      ['without ziva_user_code', { do: 'without', fields: ['ziva_user_code'] }],
      ['without access_token', { do: 'without', fields: ['access_token'] }],
      ['cut in the middle', { do: 'cutJson' }],
      ['empty', { do: 'empty' }],
      ['a web page', { do: 'html' }],
      ['garbage', { do: 'garbage' }],
      ['a list', { do: 'body', text: '["SECRET"]' }],
      ['with values that are no text', { do: 'body', text: '{"ziva_user_code":1,"access_token":"SECRET"}' }],
    ]
    for (const [what, rule] of unreadable) {
      it(`and an answer ${what} is HG_RESPONSE`, async () => {
        sandbox.misbehave({ endpoint: 'zivacare.exchange', ...rule })
        tellsNothing(await failing(client.exchange(await special()), 'HG_RESPONSE'), 'SECRET')
      })
    }

    it('and needs no name or e-mail address in the answer', async () => {
      sandbox.misbehave({ endpoint: 'zivacare.exchange', do: 'without', fields: ['name', 'email'] })
      const grant = await client.exchange(await special())
      assert.deepEqual(Object.keys(grant).sort(), ['accessToken', 'response', 'zivaUserCode'])
    })
  })

  describe('creates a user', () => {
    it('whose special token is exchanged like any other', async () => {
      const { specialToken, clientUserId } = await client.createUser('jürgen', 'Jürgen 漢字')
      assert.equal(clientUserId, 'jürgen')
      assert.equal((await client.exchange(specialToken)).name, 'Jürgen 漢字')
    })

    const refusals: [string, { id?: string; options?: Partial<ZivaCareOptions> }, string, string][] = [
      ['whose id is taken', { id: 'demo' }, 'HG_CONFLICT', '0001'],
      ['without a client id', { options: { clientId: '' } }, 'HG_CONFIG', '0004'],
      ['without an id', { id: '' }, 'HG_INPUT', '0005'],
      ['without a secret', { options: { clientSecret: '' } }, 'HG_CONFIG', '0007'],
      ['of an unknown application', { options: { clientId: 'x' } }, 'HG_AUTH', '0011'],
    ]
    for (const [what, { id = 'maria', options }, code, vendorCode] of refusals) {
      it(`${what}: ${code}`, async () => {
        const error = await failing(clientOf(options).createUser(id, 'Zebulon'), code as 'HG_AUTH')
        assert.deepEqual(error.cause.detail, { code: vendorCode })
        assert.match(error.message, new RegExp(`\\(${vendorCode}\\).*ZivaCare says: `))
        tellsNothing(error, 'Zebulon')
      })
    }

    it('without a name: HG_REJECTED, in the words of the vendor', async () => {
      const error = await failing(client.createUser('maria', ''), 'HG_REJECTED')
      assert.match(error.message, /ZivaCare says: The parameter clientUserName is missing/)
    })

    it('of an id that is half a character: HG_INPUT', async () => {
      await failing(client.createUser('\ud834', 'x'), 'HG_INPUT')
    })

    it('with an answer of half its fields: HG_RESPONSE', async () => {
      sandbox.misbehave({ endpoint: 'zivacare.createUser', do: 'without', fields: ['specialToken'] })
      await failing(client.createUser('maria', 'x'), 'HG_RESPONSE')
    })
  })

  describe('reads', () => {
    for (const { name, kind } of zivaCareDataTypes) {
      it(`${name} (${kind})`, async () => {
        if (kind === 'single') {
          assert.ok((await client.one(demo, { type: name })).value.user_code)
          return
        }
        const { items, total = 0 } = await client.page(demo, { type: name, limit: 2 })
        assert.equal(items.length, Math.min(2, total))
        const code = String(items[0]?.code)
        assert.deepEqual((await client.one(demo, { type: name, code })).value, items[0])
      })
    }

    it('10 records a page, or as many as are asked for, with the total', async () => {
      const { items, total = 0 } = await client.page(demo, { type: 'blood_pressures' })
      assert.deepEqual([items.length, total > 10], [10, true])
      assert.equal((await client.page(demo, { type: 'blood_pressures', limit: 3 })).items.length, 3)
    })

    it('all pages, each record once and in order, also where fewer come than were asked for', async () => {
      const type = 'heart_rates'
      const records = await all(client.pages(demo, { type }))
      assert.equal(records.length, (await client.page(demo, { type })).total)
      assert.equal(new Set(records.map(({ code }) => code)).size, records.length)
      assert.deepEqual(await all(client.pages(demo, { type, limit: 1000 })), records)
      assert.deepEqual(await all(client.pages(demo, { type, limit: 7, offset: 4 })), records.slice(4))
    })

    it('of a day and of a period, given as Date or ISO 8601', async () => {
      const type = 'steps'
      const records = await all(client.pages(demo, { type }))
      const dayOf = ({ record_time }: { record_time?: unknown }) => String(record_time).slice(0, 10)
      const day = await all(client.pages(demo, { type, day: '2026-03-05' }))
      assert.deepEqual(
        day,
        records.filter((each) => dayOf(each) === '2026-03-05'),
      )
      assert.deepEqual(await all(client.pages(demo, { type, day: new Date(2026, 2, 5, 23, 59) })), day)
      const period = { from: '2026-03-01', to: '2026-03-05T12:00:00Z' }
      assert.deepEqual(
        await all(client.pages(demo, { type, ...period })),
        records.filter((each) => dayOf(each) >= '2026-03-01' && dayOf(each) <= '2026-03-05'),
      )
    })

    it('what came in after a day, or was changed before one', async () => {
      const type = 'weights'
      const records = await all(client.pages(demo, { type }))
      const [start, end] = ['2026-02-20', new Date(2026, 2, 1)]
      const later = await all(client.pages(demo, { type, start, end }))
      assert.ok(later.length > 0 && later.length < records.length)
      assert.ok(later.every(({ created_at }) => String(created_at) >= '2026-02-20'))
    })

    it('in the units that are asked for', async () => {
      const units = async (system?: ZivaCareQuery['units']) =>
        (await client.page(demo, { type: 'weights', limit: 1, units: system })).items[0]?.unit
      assert.deepEqual(
        [await units(), await units('metric'), await units('us'), await units('uk')],
        ['kg', 'kg', 'pounds', 'pounds'],
      )
    })

    it('nothing of somebody without sources', async () => {
      const { specialToken } = await client.createUser('nobody', 'No Body')
      const { accessToken } = await client.exchange(specialToken)
      assert.deepEqual(await all(client.pages({ accessToken }, { type: 'steps' })), [])
    })

    it('the demo data with the demo token', async () => {
      assert.ok((await client.page({ accessToken: 'demo' }, { type: 'steps' })).items.length > 0)
    })

    it('a record that is not under the name of its type', async () => {
      sandbox.misbehave({ endpoint: 'zivacare.data', do: 'body', text: '{"code":"c","value":82}' })
      const { value } = await client.one(demo, { type: 'weights', code: 'c' })
      assert.deepEqual(value, { code: 'c', value: 82 })
    })

    it('a list in the other spelling, or of another name, with its total as text', async () => {
      for (const text of [
        '{"heart_rates":[{"code":"1"}],"total":"1"}',
        '{"data":[{"code":"1"}],"total":1}',
      ]) {
        const undo = sandbox.misbehave({ endpoint: 'zivacare.data', do: 'body', text })
        assert.deepEqual(await all(client.pages(demo, { type: 'heart_rates' })), [{ code: '1' }])
        undo()
      }
    })
  })

  it('gives a record once that moved on to the next page', async () => {
    const pages = [['a', 'b'], ['b', 'c'], ['d']]
    for (const codes of pages) {
      const text = JSON.stringify({ steps: codes.map((code) => ({ code })), total: 5 })
      sandbox.misbehave({ endpoint: 'zivacare.data', do: 'body', code: 200, text, times: 1 })
    }
    const records = await all(client.pages(demo, { type: 'steps', limit: 2 }))
    assert.deepEqual(
      records.map(({ code }) => code),
      ['a', 'b', 'c', 'd'],
    )
  })

  describe('paging ends', () => {
    const type = 'heart_rates'
    const read = () => all(client.pages(demo, { type, limit: 5 }))

    it('where a page comes back empty: HG_RESPONSE', async () => {
      sandbox.misbehave({ endpoint: 'zivacare.data', do: 'emptyPage', after: 1 })
      assert.match((await failing(read(), 'HG_RESPONSE')).message, /empty after 5 of \d+/)
    })
    it('where a page repeats: HG_RESPONSE', async () => {
      sandbox.misbehave({ endpoint: 'zivacare.data', do: 'repeatPage' })
      assert.match((await failing(read(), 'HG_RESPONSE')).message, /given before/)
    })
    it('without a total: with the page that is empty', async () => {
      const records = await read()
      sandbox.misbehave({ endpoint: 'zivacare.data', do: 'noTotal' })
      assert.deepEqual(await read(), records)
    })
    it('with a token that expires between two pages: HG_AUTH', async () => {
      sandbox.misbehave({ endpoint: 'zivacare.data', do: 'expireTokens', after: 1 })
      const error = await failing(read(), 'HG_AUTH')
      assert.match(error.message, /access token any more. Let them connect again/)
      assert.equal(error.cause.user, 'demo')
    })
  })

  describe('is not asked for', () => {
    const page = (query: Omit<ZivaCareQuery, 'type'>, type = 'steps') => client.page(demo, { type, ...query })
    const wrong: [string, () => Promise<unknown>][] = [
      ['an unknown type', () => page({}, 'secrets')],
      ['a single one as a list', () => page({}, 'profile')],
      ['a single one by a code', () => client.one(demo, { type: 'profile', code: '1' })],
      ['a record without a code', () => client.one(demo, { type: 'steps' })],
      ['a code that is something else', () => client.one(demo, { type: 'steps', code: 'daily' })],
      ['a code that leads elsewhere', () => client.one(demo, { type: 'steps', code: '..' })],
      ['a day that does not exist', () => page({ day: '2026-02-30' })],
      ['half a period', () => page({ from: '2026-02-01' })],
      ['a day and a period', () => page({ day: '2026-02-01', from: '2026-02-01', to: '2026-02-02' })],
      ['a period that ends before it begins', () => page({ from: '2026-02-02', to: '2026-02-01' })],
      ['a goal of a day', () => page({ day: '2026-02-01' }, 'water_goals')],
      ['a start that is no day', () => page({ start: 'soon' })],
      ['a limit of 0', () => page({ limit: 0 })],
      ['an offset below 0', () => page({ offset: -1 })],
      ['other units', () => page({ units: 'imperial' as 'us' })],
    ]
    for (const [what, ask] of wrong) it(what, () => failing(ask(), 'HG_INPUT'))
  })

  describe('the access token, which travels in the address,', () => {
    const failures: [string, Misbehaviour][] = [
      ['refused', { do: 'expireTokens' }],
      ['status', { do: 'status', code: 404 }],
      ['rate limited', { do: 'status', code: 429 }],
      ['out of order', { do: 'status', code: 500 }],
      ['cut', { do: 'cutJson' }],
      ['a web page', { do: 'html' }],
      ['dropped', { do: 'drop' }],
      ['hanging', { do: 'hang' }],
    ]
    for (const [what, rule] of failures) {
      it(`is in no error: ${what}`, async () => {
        const quick = new HttpClient({ proxy: 'none', timeoutMs: 500 })
        sandbox.misbehave({ endpoint: 'zivacare.data', ...rule })
        const thrown: unknown = await clientOf({ http: quick })
          .page(demo, { type: 'steps' })
          .catch((error: unknown) => error)
        await quick.close()
        const error = thrown as Error & { cause: { provider: string; user: string } }
        assert.deepEqual([error.cause.provider, error.cause.user], ['zivacare', 'demo'])
        assert.ok(!JSON.stringify([error.message, error.cause, error.stack]).includes(demo.accessToken))
      })
    }

    it('is in no address of a redirect, and none is followed', async () => {
      const server = await startFaultyServer()
      const data = `${server.url}/redirect`
      const elsewhere = clientOf({ endpoints: { ...sandbox.urls.zivacare, data } })
      const error = await failing(elsewhere.page({ accessToken: 't0ken' }, { type: 'steps' }), 'HG_NOT_FOUND')
      tellsNothing(error, 't0ken')
      assert.equal(server.hits.length, 1)
      await server.close()
    })

    it('is not in what is handed back', async () => {
      const { response } = await client.page(demo, { type: 'steps' })
      assert.ok(!JSON.stringify({ ...response, body: response.body.toString() }).includes(demo.accessToken))
    })

    it('is hidden where the answer repeats it, and so is what it says of the person', async () => {
      const message = `No: ${demo.accessToken} of Maria Example is odd.`
      const text = JSON.stringify({ code: '4242', message })
      sandbox.misbehave({ endpoint: 'zivacare.data', do: 'body', code: 400, text })
      const error = await failing(client.page(demo, { type: 'steps' }), 'HG_REJECTED')
      assert.deepEqual(error.cause.detail, { code: '4242' })
      tellsNothing(error, demo.accessToken, 'Maria Example')
    })
  })

  it('knows a right account from one with a wrong address, whichever it is', async () => {
    for (const requestStyle of ['form', 'json'] as const) await clientOf({ requestStyle }).test()
    for (const name of ['createUser', 'exchange', 'data'] as const) {
      for (const [wrong, code] of [
        [`${sandbox.url}/nothing-here`, 'HG_NOT_FOUND'],
        ['http://127.0.0.1:9/', 'HG_UNAVAILABLE'],
      ] as const) {
        const endpoints = { ...sandbox.urls.zivacare, [name]: wrong }
        await failing(clientOf({ endpoints }).test(), code)
      }
      const undo = sandbox.misbehave({ endpoint: `zivacare.${name}`, do: 'html' })
      await assert.rejects(client.test(), { code: 'HG_RESPONSE' })
      undo()
    }
    for (const code of ['0004', '0011']) {
      const text = JSON.stringify({ code, message: 'no' })
      sandbox.misbehave({ endpoint: 'zivacare.createUser', do: 'body', code: 400, text, times: 1 })
      await assert.rejects(client.test(), code === '0004' ? { code: 'HG_CONFIG' } : { code: 'HG_AUTH' })
    }
  })

  it('takes a single object as it is, and a refusal with any status for one', async () => {
    const profile = { user_code: 'u', address: { city: 'Springfield' }, height: 170 }
    for (const [answer, expected] of [
      [profile, profile],
      [{ profile }, profile],
    ] as const) {
      const text = JSON.stringify(answer)
      sandbox.misbehave({ endpoint: 'zivacare.data', do: 'body', code: 200, text, times: 1 })
      assert.deepEqual((await client.one(demo, { type: 'profile' })).value, expected)
    }
    for (const [answer, code] of [
      [{ code: '0011', message: 'no' }, 'HG_AUTH'],
      [{}, 'HG_RESPONSE'],
    ] as const) {
      const text = JSON.stringify(answer)
      sandbox.misbehave({ endpoint: 'zivacare.data', do: 'body', code: 200, text, times: 1 })
      await failing(client.one(demo, { type: 'profile' }), code)
    }
  })
})
