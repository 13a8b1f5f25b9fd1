import assert from 'node:assert/strict'
import { HttpClient } from '../../../../src/http/client'
import { accessBy, HumanApiClient, type HumanApiAccess } from '../../../../src/providers/humanapi/client'
import { humanApiResource, humanApiResources, pathOf } from '../../../../src/providers/humanapi/resources'
import { HumanApiTokens } from '../../../../src/providers/humanapi/tokens'
import { startSandbox, type Misbehaviour, type Sandbox } from '../../../../src/sandbox/sandbox'
import { failing } from '../../../support/failing'
import { startFaultyServer, type FaultyServer } from '../../../support/faulty-server'
import { all, clientOf, Memory, tellsNothing } from './support'

const NOW = Date.UTC(2026, 2, 10, 12)

describe("Human API's data", () => {
  let sandbox: Sandbox
  let http: HttpClient
  let client: HumanApiClient
  let tokens: HumanApiTokens
  let demo: HumanApiAccess

  beforeEach(async () => {
    sandbox = await startSandbox({ now: () => NOW })
    http = new HttpClient({ proxy: 'none', timeoutMs: 5000 })
    client = clientOf(sandbox, http)
    tokens = new HumanApiTokens(client, { now: () => NOW })
    demo = tokens.of({ user: 'demo' }, new Memory()).access()
  })
  afterEach(async () => {
    await http.close()
    await sandbox.close()
  })

  describe('every resource can be read', () => {
    for (const resource of humanApiResources) {
      it(`${resource.name} (${resource.kind})`, async () => {
        const { name, kind, needsId } = resource
        switch (kind) {
          case 'single': {
            const id = needsId ? await organizationId() : undefined
            const { value } = await client.one(demo, { resource: name, ...(id ? { id } : {}) })
            assert.ok(value.id ?? value.humanId)
            break
          }
          case 'daily': {
            const items = await all(client.pages(demo, { resource: name, id: '2026-03-09' }))
            assert.ok(items.every(({ id }) => typeof id === 'string'))
            break
          }
          case 'raw': {
            const list = await client.page(demo, { resource: name.replace('/raw', '') })
            const { body } = await client.raw(demo, { resource: name, id: String(list.items[0]?.id) })
            assert.ok(body.length > 50)
            break
          }
          default: {
            const { items } = await client.page(demo, { resource: name, limit: 3 })
            const first = items[0]
            if (!first || name === 'sources' || name === 'medical/reports') break
            const { value } = await client.one(demo, { resource: name, id: String(first.id) })
            assert.deepEqual(value, first)
          }
        }
      })
    }

    async function organizationId(): Promise<string> {
      const { items } = await client.page(demo, { resource: 'medical/vitals', limit: 1 })
      return (items[0]?.organization as { id: string }).id
    }
  })

  it('is 50 records a page, or as many as are asked for, with the total', async () => {
    const { items, total = 0 } = await client.page(demo, { resource: 'heart_rate/readings' })
    assert.deepEqual([items.length, total > 500], [50, true])
    assert.equal((await client.page(demo, { resource: 'heart_rate/readings', limit: 7 })).items.length, 7)
  })

  it('is all pages, each record once and in order', async () => {
    const resource = 'heart_rate/readings'
    const records = await all(client.pages(demo, { resource }))
    const { total } = await client.page(demo, { resource, limit: 1 })
    assert.equal(records.length, total)
    assert.equal(new Set(records.map(({ id }) => id)).size, total)
    const some = await all(client.pages(demo, { resource, limit: 37, offset: 5 }))
    assert.deepEqual(some, records.slice(5))
  })

  it('is asked for page by page: who stops reading asks no further', async () => {
    let pages = 0
    const counting: HumanApiAccess = {
      send: (request) => {
        pages++
        return demo.send(request)
      },
    }
    for await (const { items } of client.pages(counting, { resource: 'heart_rate/readings', limit: 10 })) {
      assert.equal(items.length, 10)
      if (pages === 2) break
    }
    assert.equal(pages, 2)
  })

  it('is filtered, with dates as Date or ISO 8601', async () => {
    const resource = 'weight/readings'
    const records = await all(client.pages(demo, { resource }))
    const since = new Date(String(records[20]?.updatedAt))
    const later = records.filter(({ updatedAt }) => Date.parse(String(updatedAt)) > since.getTime())
    for (const updated_since of [since, since.toISOString()]) {
      assert.deepEqual(await all(client.pages(demo, { resource, filters: { updated_since } })), later)
    }
    const source = records[0]?.source
    const ofSource = await all(client.pages(demo, { resource, filters: { source } }))
    assert.deepEqual(
      ofSource,
      records.filter((each) => each.source === source),
    )
    const range = { start_date: '2026-03-01', end_date: '2026-03-05' }
    assert.ok((await all(client.pages(demo, { resource, filters: range }))).length > 0)
  })

  it('of a day by a date, of a summary too', async () => {
    const day = await all(client.pages(demo, { resource: 'heart_rate/readings/daily', id: '2026-03-09' }))
    assert.ok(day.length > 0 && day.every(({ timestamp }) => String(timestamp).startsWith('2026-03-09')))
    const { value } = await client.one(demo, { resource: 'activities/summaries', id: '2026-03-08' })
    assert.equal(value.date, '2026-03-08')
  })

  it('of documents is as it is', async () => {
    const { items } = await client.page(demo, { resource: 'medical/ccds' })
    const id = String(items[0]?.id)
    const ccd = await client.raw(demo, { resource: 'medical/ccds/raw', id })
    assert.match(ccd.headers['content-type'] ?? '', /xml/)
    assert.match(ccd.body.toString(), /<ClinicalDocument xmlns="urn:hl7-org:v3">/)
    const reports = await client.page(demo, { resource: 'medical/reports' })
    const report = String(reports.items[0]?.id)
    for (const [format, start] of [
      ['html', '<!doctype'],
      ['pdf', '%PDF'],
      ['json', '{'],
    ] as const) {
      const { body } = await client.raw(demo, { resource: 'medical/reports/raw', id: report, format })
      assert.ok(body.toString().startsWith(start))
    }
  })

  it('is that of the demo token without a user', async () => {
    assert.equal((await client.one(accessBy(), { resource: 'profile' })).value.email, 'demo@example.org')
  })

  it('of somebody without sources is empty, or HG_NOT_FOUND where it is a single one', async () => {
    const person = tokens.of({ user: 'maria', email: 'maria@example.org' }, new Memory())
    await person.token('session')
    const source = sandbox.humanapi.sources[0]?.id ?? ''
    sandbox.humanapi.connect('maria', source)
    const access = person.access()
    await client.one(access, { resource: 'profile' })
    sandbox.humanapi.disconnect('maria', source)
    assert.deepEqual(await all(client.pages(access, { resource: 'heart_rate/readings' })), [])
    const error = await failing(client.one(access, { resource: 'heart_rate' }), 'HG_NOT_FOUND')
    assert.equal(error.cause.user, 'maria')
  })

  describe('paging ends', () => {
    const resource = 'heart_rate/readings'
    const read = (rule: Partial<Misbehaviour>, limit = 10) => {
      sandbox.misbehave({ endpoint: 'humanapi.data', ...rule } as Misbehaviour)
      return all(client.pages(demo, { resource, limit }))
    }

    it('with a token that expires between two pages: it is renewed', async () => {
      const records = await all(client.pages(demo, { resource }))
      assert.deepEqual(await read({ do: 'expireTokens', after: 1, times: 1 }, 400), records)
    })

    it('where a page comes back empty: HG_RESPONSE', async () => {
      sandbox.misbehave({ endpoint: 'humanapi.data', do: 'emptyPage', after: 2 })
      const error = await failing(all(client.pages(demo, { resource, limit: 10 })), 'HG_RESPONSE')
      assert.match(error.message, /empty after 20 of \d+ records/)
      assert.equal(error.cause.retryable, true)
    })

    it('where a page repeats: HG_RESPONSE', async () => {
      sandbox.misbehave({ endpoint: 'humanapi.data', do: 'repeatPage' })
      const error = await failing(all(client.pages(demo, { resource, limit: 10 })), 'HG_RESPONSE')
      assert.match(error.message, /given before, after 10 records/)
    })

    it('without a total: with the page that is empty', async () => {
      const records = await all(client.pages(demo, { resource }))
      assert.deepEqual(await read({ do: 'noTotal' }, 100), records)
    })

    it('without a total where an offset is not known: with the one page', async () => {
      sandbox.misbehave({ endpoint: 'humanapi.data', do: 'repeatPage' })
      const sources = await all(client.pages(demo, { resource: 'sources' }))
      sandbox.misbehave({ endpoint: 'humanapi.data', do: 'noTotal' })
      assert.deepEqual(await all(client.pages(demo, { resource: 'sources' })), sources)
    })

    it('where a page fails', async () => {
      sandbox.misbehave({ endpoint: 'humanapi.data', do: 'status', code: 500, after: 1 })
      await failing(all(client.pages(demo, { resource, limit: 10 })), 'HG_UNAVAILABLE')
    })

    it('when the node is closed', async () => {
      const closing = new AbortController()
      const reading = (async () => {
        for await (const page of client.pages(demo, { resource, limit: 10, signal: closing.signal })) {
          assert.equal(page.items.length, 10)
          closing.abort()
        }
      })()
      await failing(reading, 'HG_CLOSED')
    })
  })

  describe('is refused before it is asked for', () => {
    const page = (query: Parameters<HumanApiClient['page']>[1]) => client.page(demo, query)
    const wrong: [string, () => Promise<unknown>][] = [
      ['an unknown resource', async () => page({ resource: 'medical/secrets' })],
      ['a resource by its path', async () => page({ resource: '/medical/vitals' })],
      ['an id of a single one', async () => client.one(demo, { resource: 'profile', id: '1' })],
      ['no day', async () => page({ resource: 'sleeps/daily' })],
      ['no id of a document', async () => client.raw(demo, { resource: 'medical/ccds/raw', id: '' })],
      ['an id that leads elsewhere', async () => client.one(demo, { resource: 'sleeps', id: '..' })],
      ['a day that does not exist', async () => page({ resource: 'sleeps/daily', id: '2026-02-30' })],
      ['half a character', async () => client.one(demo, { resource: 'sleeps', id: '\ud834' })],
      ['a limit over 500', async () => page({ resource: 'sleeps', limit: 501 })],
      [
        'a first day after the last',
        async () =>
          page({ resource: 'sleeps', filters: { start_date: '2026-03-02', end_date: '2026-03-01' } }),
      ],
      ['a filter of another name', async () => page({ resource: 'sleeps', filters: { since: '2026' } })],
    ]
    for (const [what, ask] of wrong) it(what, () => failing(ask(), 'HG_INPUT'))
  })

  it('keeps an id in its place in the address', () => {
    assert.equal(pathOf(humanApiResource('sleeps'), 'a/../b?x#y'), 'sleeps/a%2F..%2Fb%3Fx%23y')
    assert.equal(pathOf(humanApiResource('medical/ccds/raw'), '$&'), 'medical/ccds/%24%26/raw')
  })

  it('takes a day as ISO 8601, and an id that looks like one as it is', () => {
    const day = '2026-03-09'
    for (const id of [day, '20260309', `${day}T23:59:59+02:00`, ` ${day} `]) {
      assert.equal(pathOf(humanApiResource('sleeps/daily'), id), `sleeps/daily/${day}`)
    }
    assert.equal(pathOf(humanApiResource('sleeps/summaries'), `${day}T10:00Z`), `sleeps/summaries/${day}`)
    assert.equal(pathOf(humanApiResource('sleeps/summaries'), '20260309'), 'sleeps/summaries/20260309')
    assert.equal(pathOf(humanApiResource('sleeps'), `${day}T10:00Z`), 'sleeps/2026-03-09T10%3A00Z')
  })

  describe('the answer', () => {
    const refusals: [number, string][] = [
      [400, 'HG_REJECTED'],
      [403, 'HG_FORBIDDEN'],
      [404, 'HG_NOT_FOUND'],
      [429, 'HG_RATE_LIMITED'],
      [500, 'HG_UNAVAILABLE'],
      [302, 'HG_RESPONSE'],
    ]
    for (const [code, meaning] of refusals) {
      it(`${code} is ${meaning}`, async () => {
        sandbox.misbehave({ endpoint: 'humanapi.data', do: 'status', code })
        const error = await failing(client.one(demo, { resource: 'weight' }), meaning as 'HG_REJECTED')
        const { provider, operation, user, statusCode } = error.cause
        assert.deepEqual([provider, operation, user, statusCode], ['humanapi', 'weight', 'demo', code])
      })
    }

    it('429 is waited for as told', async () => {
      sandbox.misbehave({ endpoint: 'humanapi.data', do: 'status', code: 429, retryAfter: 0, times: 1 })
      assert.equal((await client.one(demo, { resource: 'weight' })).response.attempts, 2)
    })

    it('of a refusal is not told: its words may be about the person', async () => {
      const { token } = await tokens.of({ user: 'demo' }, new Memory()).token('access')
      const words = 'Zebulon Quince has no record of a test for HIV'
      const text = JSON.stringify({
        code: 400,
        error: words,
        message: `${words}, says ${token}`,
        validation: { keys: ['Zebulon', 'updated_since', 'limit'] },
        'x-humanapi-request-id': '11-22',
      })
      sandbox.misbehave({ endpoint: 'humanapi.data', do: 'body', code: 400, text })
      const error = await failing(client.one(accessBy(token), { resource: 'weight' }), 'HG_REJECTED')
      assert.match(error.message, /^Human API answered for "Weight: the latest" with HTTP 400/)
      assert.match(error.message, /It names: updated_since, limit\./)
      assert.equal(error.cause.requestId, '11-22')
      tellsNothing(error, token, 'Zebulon', 'HIV', 'Human API says')
    })

    it('of a refusal is told where it is a code of RFC 6750', async () => {
      const text = '{"error":"insufficient_scope","message":"Zebulon"}'
      sandbox.misbehave({ endpoint: 'humanapi.data', do: 'body', code: 403, text })
      const error = await failing(client.one(demo, { resource: 'weight' }), 'HG_FORBIDDEN')
      assert.match(error.message, /Human API says: insufficient_scope/)
      tellsNothing(error, 'Zebulon')
    })

    const unreadable: [string, Misbehaviour][] = [
      ['cut in the middle', { do: 'cutJson' }],
      ['empty', { do: 'empty' }],
      ['a web page', { do: 'html' }],
      ['garbage', { do: 'garbage' }],
      ['an object where a list belongs', { do: 'body', text: '{"Zebulon":1}' }],
      ['a list of something else', { do: 'body', text: '["Zebulon"]' }],
    ]
    for (const [what, rule] of unreadable) {
      it(`is HG_RESPONSE: ${what}`, async () => {
        sandbox.misbehave({ endpoint: 'humanapi.data', ...rule })
        tellsNothing(
          await failing(all(client.pages(demo, { resource: 'weight/readings' })), 'HG_RESPONSE'),
          'Zebulon',
        )
      })
    }

    it('is HG_RESPONSE: a list where an object belongs, a document without a byte', async () => {
      sandbox.misbehave({ endpoint: 'humanapi.data', do: 'body', text: '[]', times: 1 })
      await failing(client.one(demo, { resource: 'weight' }), 'HG_RESPONSE')
      sandbox.misbehave({ endpoint: 'humanapi.data', do: 'empty' })
      await failing(client.raw(demo, { resource: 'medical/ccds/raw', id: '1' }), 'HG_RESPONSE')
    })

    it('is HG_RESPONSE: a web page in place of a document, unless it is one that was asked for', async () => {
      sandbox.misbehave({ endpoint: 'humanapi.data', do: 'html' })
      const raw = (resource: string, format?: 'json' | 'html' | 'pdf') =>
        client.raw(demo, { resource, id: '1', ...(format ? { format } : {}) })
      await failing(raw('medical/ccds/raw'), 'HG_RESPONSE')
      await failing(raw('medical/reports/raw'), 'HG_RESPONSE')
      await failing(raw('medical/reports/raw', 'pdf'), 'HG_RESPONSE')
      await raw('medical/reports/raw', 'html')
    })

    it('is HG_RESPONSE: a PDF that is none', async () => {
      sandbox.misbehave({ endpoint: 'humanapi.data', do: 'body', text: 'Zebulon' })
      const report = client.raw(demo, { resource: 'medical/reports/raw', id: '1', format: 'pdf' })
      const error = await failing(report, 'HG_RESPONSE')
      assert.match(error.message, /no PDF/)
      tellsNothing(error, 'Zebulon')
    })

    it('that never comes is HG_TIMEOUT, and names the resource', async () => {
      const patient = new HttpClient({ proxy: 'none', timeoutMs: 200 })
      sandbox.misbehave({ endpoint: 'humanapi.data', do: 'hang' })
      const error = await failing(
        clientOf(sandbox, patient).one(accessBy(), { resource: 'weight' }),
        'HG_TIMEOUT',
      )
      assert.equal(error.cause.operation, 'weight')
      await patient.close()
    })
  })

  describe('the token', () => {
    let server: FaultyServer

    beforeEach(async () => {
      server = await startFaultyServer({
        '/v1/human/weight': (_request, response) =>
          response.writeHead(302, { location: 'http://127.0.0.1:9/elsewhere' }).end(),
      })
    })
    afterEach(() => server.close())

    it('goes into the header, to this one address, and follows no redirect', async () => {
      const endpoints = { ...sandbox.urls.humanapi, data: `${server.url}/v1/human/` }
      const elsewhere = new HumanApiClient({ clientId: 'c', clientSecret: 's', endpoints, http })
      await failing(elsewhere.one(accessBy('t0ken'), { resource: 'weight' }), 'HG_RESPONSE')
      const [hit] = server.hits
      assert.equal(hit?.headers.authorization, 'Bearer t0ken')
      assert.equal(hit.headers.accept, 'application/json')
      assert.ok(!hit.url.href.includes('t0ken'))
    })
  })
})
