import assert from 'node:assert/strict'
import type { Sandbox } from '../../../../src/sandbox/sandbox'
import { SaxesParser } from '../../../../src/vendor/saxes'
import { closeSandboxes, request, sandboxFor } from '../support'
import { Clock, json, newUser, read, sourceId, tokenFor } from './support'

interface Reading {
  id: string
  humanId: string
  source: string
  timestamp: string
  value: number
  unit: string
  createdAt: string
  updatedAt: string
}

/** Every list of the Data API that the demo user has something in. */
const LISTS = [
  ...['activities', 'activities/summaries', 'sleeps', 'sleeps/summaries', 'locations', 'food/meals'],
  ...[
    'blood_glucose',
    'blood_oxygen',
    'blood_pressure',
    'bmi',
    'body_fat',
    'heart_rate',
    'height',
    'weight',
  ].map((name) => `${name}/readings`),
  'heart_rate/summaries',
  ...[
    ...[
      'allergies',
      'ccds',
      'demographics',
      'encounters',
      'functional_statuses',
      'immunizations',
      'instructions',
    ],
    ...[
      'issues',
      'problems',
      'medications',
      'narratives',
      'plans_of_care',
      'procedures',
      'test_results',
      'vitals',
    ],
    'timeline',
  ].map((name) => `medical/${name}`),
]

describe('the Data API of the sandbox of Human API', () => {
  let sandbox: Sandbox
  let clock: Clock
  let token: string

  beforeEach(async () => {
    clock = new Clock()
    sandbox = await sandboxFor({ now: clock.now })
    token = await tokenFor(sandbox, 'access')
  })
  afterEach(closeSandboxes)

  const get = (path: string) => read(sandbox, path, token)
  const list = async (path: string) => json(await get(path)) as Reading[]
  const total = async (path: string) => Number((await get(path)).headers['x-total-count'])

  for (const path of LISTS) {
    it(`lists ${path}, newest first, each by its id too`, async () => {
      const answer = await get(`/${path}?limit=500`)
      assert.equal(answer.status, 200)
      assert.equal(answer.headers['content-type'], 'application/json; charset=utf-8')
      const records = json(answer) as Record<string, string>[]
      assert.ok(records.length > 0)
      assert.equal(new Set(records.map(({ id }) => id)).size, records.length, 'ids are unique')
      for (const { id, humanId, source, createdAt, updatedAt, ...rest } of records) {
        assert.match(id!, /^[0-9a-f]{24}$/)
        assert.equal(humanId, sandbox.demo.humanapi.connectedUser.humanId)
        assert.ok(sandbox.humanapi.sources.some((one) => one.id === source))
        assert.ok(Date.parse(createdAt!) <= clock.time && createdAt! <= updatedAt!)
        const at = rest.endTime ?? rest.timestamp ?? rest.dateTime ?? rest.resultDateTime
        if (at !== undefined) assert.ok(Date.parse(at) <= Date.parse(createdAt!), `${at} ${createdAt}`)
      }
      const times = records.flatMap(({ startTime, timestamp, dateTime, date }) =>
        [startTime ?? timestamp ?? dateTime ?? date].filter((time) => time !== undefined),
      )
      assert.deepEqual(times, times.toSorted().toReversed())
      assert.deepEqual(json(await get(`/${path}/${records[0]!.id}`)), records[0])
    })
  }

  it('has the latest of each measurement, and all of it in the summary', async () => {
    const summary = json(await get('')) as Record<string, unknown>
    assert.deepEqual(summary, json(await get('/')))
    for (const [path, field] of [
      ['weight', 'weight'],
      ['blood_pressure', 'bloodPressure'],
      ['heart_rate', 'heartRate'],
    ] as const) {
      const latest = json(await get(`/${path}`))
      assert.deepEqual(latest, (await list(`/${path}/readings?limit=1`))[0])
      assert.deepEqual(summary[field], latest)
    }
  })

  it('has believable values in the units of the live service', async () => {
    const units = {
      blood_glucose: ['mg/dL', 60, 200],
      blood_oxygen: ['percent', 90, 100],
      bmi: ['kg/m2', 15, 40],
      body_fat: ['percent', 5, 45],
      heart_rate: ['bpm', 40, 190],
      height: ['mm', 1400, 2100],
      weight: ['kg', 40, 120],
    } as const
    for (const [path, [unit, least, most]] of Object.entries(units)) {
      for (const reading of await list(`/${path}/readings?limit=500`)) {
        assert.equal(reading.unit, unit)
        assert.ok(reading.value >= least && reading.value <= most, `${path} ${reading.value}`)
      }
    }
  })

  it('has other data for other people, and the same again for the same', async () => {
    await newUser(sandbox, 'maria', 'Demo Smart Scale')
    await newUser(sandbox, 'john', 'Demo Smart Scale')
    const weights = async (of: Sandbox, user: string) =>
      (json(await read(of, '/weight/readings', await tokenFor(of, 'access', user))) as Reading[]).map(
        ({ value }) => value,
      )
    const [maria, john] = [await weights(sandbox, 'maria'), await weights(sandbox, 'john')]
    assert.notDeepEqual(maria, john)
    const again = await sandboxFor({ now: clock.now })
    await newUser(again, 'maria', 'Demo Smart Scale')
    assert.deepEqual(await weights(again, 'maria'), maria)
  })

  it('has more as time goes on', async () => {
    const before = await list('/heart_rate/readings')
    clock.pass(6 * 3600)
    const after = await list('/heart_rate/readings')
    assert.ok(after[0]!.timestamp > before[0]!.timestamp)
    assert.ok(after.some(({ id }) => id === before[0]!.id))
  })

  it('has only what comes from connected sources, and nothing from none', async () => {
    await newUser(sandbox, 'maria', 'Demo Smart Scale')
    token = await tokenFor(sandbox, 'access', 'maria')
    assert.ok((await total('/weight/readings')) > 50)
    assert.deepEqual(await list('/heart_rate/readings'), [])
    assert.equal((await get('/heart_rate')).status, 404)
    assert.deepEqual(await list('/medical/reports'), [])
    assert.equal((await get('/medical/profile')).status, 404)
    sandbox.humanapi.disconnect('maria', sourceId(sandbox, 'Demo Smart Scale'))
    assert.equal(await total('/weight/readings'), 0)
    assert.deepEqual(await list('/sources'), [])
  })

  it('has genes, prescriptions and US units from the other sources', async () => {
    await newUser(sandbox, 'maria', 'Demo Gene Kit', 'Example Street Pharmacy', 'Sample Family Practice')
    token = await tokenFor(sandbox, 'access', 'maria')
    assert.ok((await total('/genetic/traits')) > 0 && (await total('/genetic/genotypes')) > 0)
    const medications = json(await get('/medical/medications')) as { pharmacy?: object }[]
    assert.ok(medications.some(({ pharmacy }) => pharmacy !== undefined))
    const [vitals] = json(await get('/medical/vitals?limit=1')) as {
      dateTime: string
      results: { unit: string; codes?: object[] }[]
    }[]
    assert.match(vitals!.dateTime, /^\w{3}, \d\d \w{3} \d{4} .* GMT$/)
    for (const unit of ['[degF]', '[lb_av]', '[in_i]'])
      assert.ok(vitals!.results.some((one) => one.unit === unit))
    assert.ok(vitals!.results.every(({ codes }) => codes === undefined))
  })

  it('tells of the sources that are connected', async () => {
    const sources = json(await get('/sources')) as Record<string, unknown>[]
    assert.deepEqual(
      sources.map(({ sourceName }) => sourceName),
      ['Example General Hospital', 'Demo Fitness Band', 'Demo Smart Scale', 'Demo Health Diary'],
    )
    assert.deepEqual(Object.keys(sources[0]!), [
      ...['id', 'humanId', 'source', 'sourceName', 'connectedSince', 'syncStatus', 'supportedDataTypes'],
    ])
  })

  describe('pages', () => {
    it('of 50 unless asked otherwise, of 500 at the most, with the total', async () => {
      assert.equal((await list('/heart_rate/readings')).length, 50)
      const all = await total('/heart_rate/readings')
      assert.ok(all > 500)
      const [first, second] = [
        await list('/heart_rate/readings?limit=500'),
        await list('/heart_rate/readings?limit=500&offset=500'),
      ]
      assert.deepEqual([first.length, second.length], [500, all - 500])
      assert.equal(new Set([...first, ...second].map(({ id }) => id)).size, all)
      assert.deepEqual(await list(`/heart_rate/readings?offset=${all}`), [])
    })

    it('refuses what is no limit or offset', async () => {
      for (const query of [
        'limit=0',
        'limit=501',
        'limit=-1',
        'limit=ten',
        'limit=1.5',
        'offset=-1',
        'limit=1&limit=2',
      ]) {
        assert.equal((await get(`/weight/readings?${query}`)).status, 400, query)
      }
    })
  })

  describe('filters', () => {
    const path = '/weight/readings?limit=500'
    const compact = (time: number) => new Date(time).toISOString().replace(/[-:]|\.\d+/g, '')

    it('by when records were made or changed', async () => {
      const all = await list(path)
      const middle = Date.parse(all[40]!.createdAt)
      const filtered = async (name: string) =>
        new Set((await list(`${path}&${name}=${compact(middle)}`)).map(({ id }) => id))
      for (const field of ['created', 'updated'] as const) {
        const at = (reading: Reading) => Date.parse(reading[`${field}At`])
        const since = await filtered(`${field}_since`)
        assert.deepEqual(since, new Set(all.filter((one) => at(one) > middle).map(({ id }) => id)))
        const before = await filtered(`${field}_before`)
        assert.deepEqual(before, new Set(all.filter((one) => at(one) < middle).map(({ id }) => id)))
        assert.ok(since.size > 0 && before.size > 0)
      }
      assert.notDeepEqual(await filtered('created_since'), await filtered('created_before'))
      assert.ok(all.some(({ createdAt, updatedAt }) => createdAt !== updatedAt))
    })

    it('by source', async () => {
      const diary = sourceId(sandbox, 'Demo Health Diary')
      const readings = await list(`${path}&source=${diary}`)
      assert.ok(readings.length > 0 && readings.length < (await total(path)))
      assert.ok(readings.every(({ source }) => source === diary))
      assert.equal(await total(`${path}&source=unknown`), 0)
    })

    it('by days, both of them included', async () => {
      const readings = await list(`${path}&start_date=2026-06-01&end_date=2026-06-03`)
      const days = new Set(readings.map(({ timestamp }) => timestamp.slice(0, 10)))
      assert.ok(days.size > 1)
      assert.ok([...days].every((day) => day >= '2026-06-01' && day <= '2026-06-03'))
      assert.deepEqual(
        await list('/weight/readings/daily/2026-06-02'),
        readings.filter(({ timestamp }) => timestamp.startsWith('2026-06-02')),
      )
    })

    it('by the day of a summary', async () => {
      const [latest] = json(await get('/sleeps/summaries?limit=1')) as { date: string }[]
      assert.deepEqual(json(await get(`/sleeps/summaries/${latest!.date}`)), latest)
      assert.equal((await get('/sleeps/summaries/2020-01-01')).status, 404)
    })

    it('refuses a filter in another form, half of a period, and one that there is not', async () => {
      for (const query of [
        'updated_since=2026-06-01T00:00:00Z',
        'updated_since=20260231T000000Z',
        'created_since=20260601T000000',
        'start_date=2026-06-01',
        'end_date=2026-06-01',
        'start_date=2026-02-31&end_date=2026-03-01',
        'start_date=20260601&end_date=20260602',
        'updatedSince=20260601T000000Z',
      ]) {
        const { status, text } = await get(`/weight/readings?${query}`)
        assert.equal(status, 400, query)
        assert.match(text, /"validation":\{"source":"query"/)
      }
      assert.equal((await get('/weight/readings/daily/yesterday')).status, 400)
    })

    it('refuses any parameter of what is no list, but for the format of a report', async () => {
      const [reading] = await list('/weight/readings?limit=1')
      const [ccd] = await list('/medical/ccds')
      const [report] = await list('/medical/reports')
      for (const path of [
        ...[
          '/profile?foo=1',
          '/heart_rate?limit=5',
          `/weight/readings/${reading!.id}?updated_since=20260601T000000Z`,
        ],
        ...[
          `/medical/ccds/${ccd!.id}/raw?format=html`,
          `/medical/reports/${report!.id}/raw?format=pdf&limit=1`,
        ],
      ]) {
        const { status, text } = await get(path)
        assert.equal(status, 400, path)
        assert.match(text, /"validation":\{"source":"query"/)
      }
      assert.equal((await get(`/medical/reports/${report!.id}/raw?format=json`)).status, 200)
    })
  })

  describe('documents', () => {
    it('a summary of care, as XML', async () => {
      const [ccd] = await list('/medical/ccds')
      const { status, headers, text } = await request(
        `${sandbox.urls.humanapi.data}/medical/ccds/${ccd!.id}/raw`,
        {
          headers: { authorization: `Bearer ${token}` },
        },
      )
      assert.deepEqual([status, headers['content-type']], [200, 'application/xml; charset=utf-8'])
      assert.match(
        text,
        /^<\?xml version="1.0".*<ClinicalDocument xmlns="urn:hl7-org:v3">.*<\/ClinicalDocument>\s*$/s,
      )
      assert.match(text, /<given>Demo<\/given><family>Person<\/family>/)
      const parser = new SaxesParser({ xmlns: true })
      parser.on('error', assert.ifError)
      parser.write(text).close()
      assert.equal((await get('/medical/ccds/000000000000000000000000/raw')).status, 404)
    })

    it('a report, in three formats', async () => {
      const [report] = await list('/medical/reports')
      const raw = (format: string) => get(`/medical/reports/${report!.id}/raw?format=${format}`)
      assert.equal((json(await raw('json')) as { person: string }).person, 'Demo Person')
      assert.match((await raw('html')).text, /<title>Highlights/)
      const pdf = await raw('pdf')
      assert.equal(pdf.headers['content-type'], 'application/pdf')
      const [, start] = /startxref\n(\d+)\n%%EOF\n$/.exec(pdf.text) ?? []
      assert.ok(pdf.text.slice(Number(start)).startsWith('xref\n0 6\n'))
      assert.equal((await raw('doc')).status, 400)
    })

    it('an organisation, by the address that its records have', async () => {
      const [{ organization }] = json(await get('/medical/vitals')) as [
        { organization: { id: string; href: string } },
      ]
      assert.deepEqual(json(await get(organization.href)), organization)
      assert.deepEqual(json(await get('/medical/organizations')), [organization])
    })

    it('a timeline that leads to the records', async () => {
      for (const { href } of json(await get('/medical/timeline?limit=5')) as { href: string }[]) {
        assert.equal((await get(href)).status, 200, href)
      }
    })
  })

  describe('refuses', () => {
    it('no token, another token, a token in the address', async () => {
      const url = `${sandbox.urls.humanapi.data}/weight`
      const accept = { accept: 'application/json' }
      const ids = [await tokenFor(sandbox, 'id'), await tokenFor(sandbox, 'session', 'maria'), 'unknown', '']
      for (const wrong of ids) assert.equal((await read(sandbox, '/weight', wrong)).status, 401)
      assert.equal((await request(url, { headers: accept })).status, 401)
      assert.equal((await request(`${url}?access_token=${token}`, { headers: accept })).status, 401)
      const basic = { ...accept, authorization: `Basic ${token}` }
      assert.equal((await request(url, { headers: basic })).status, 401)
      const twice = { ...accept, authorization: [`Bearer ${token}`, `Bearer ${token}`] }
      assert.equal((await request(url, { headers: twice })).status, 400)
    })

    it('a request that does not take JSON', async () => {
      for (const accept of ['*/*', 'text/html', 'application/jsonp']) {
        assert.equal((await read(sandbox, '/weight', token, { accept })).status, 400, accept)
      }
      assert.equal(
        (await read(sandbox, '/weight', token, { accept: 'text/plain, application/json;q=0.9' })).status,
        200,
      )
    })

    it('what is not there, as JSON', async () => {
      for (const path of [
        ...[
          '/nothing',
          '/medical',
          '/medical/nothing',
          '/weight/nothing',
          '/constructor',
          '/medical/constructor',
        ],
        ...[
          '/weight/readings/000000000000000000000000',
          '/activities/1/2',
          '/medical/vitals/daily/2026-06-01',
        ],
      ]) {
        const answer = await get(path)
        assert.equal(answer.status, 404, path)
        assert.equal((json(answer) as { code: number }).code, 404)
      }
    })
  })

  it('answers to the token demo with the demo user', async () => {
    assert.deepEqual(json(await read(sandbox, '/profile', 'demo')), json(await get('/profile')))
  })

  describe('when told to misbehave', () => {
    const path = '/weight/readings?limit=10&offset=10'

    it('expireTokens: between two pages, and for good', async () => {
      sandbox.misbehave({ endpoint: 'humanapi.data', after: 1, times: 1, do: 'expireTokens' })
      const statuses = []
      for (let count = 0; count < 3; count++) statuses.push((await get(path)).status)
      assert.deepEqual(statuses, [200, 401, 401])
      token = await tokenFor(sandbox, 'access')
      assert.equal((await get(path)).status, 200)
    })

    it('emptyPage, repeatPage: with the total as it is', async () => {
      const all = await total(path)
      sandbox.misbehave({ times: 1, do: 'emptyPage' })
      const empty = await get(path)
      assert.deepEqual([empty.text, empty.headers['x-total-count']], ['[]', String(all)])
      sandbox.misbehave({ times: 1, do: 'repeatPage' })
      const repeated = await get(path)
      assert.deepEqual(json(repeated), await list('/weight/readings?limit=10'))
      assert.equal(repeated.headers['x-total-count'], String(all))
    })

    it('noTotal: without the total', async () => {
      sandbox.misbehave({ times: 1, do: 'noTotal' })
      const answer = await get(path)
      assert.equal(answer.headers['x-total-count'], undefined)
      assert.equal((json(answer) as object[]).length, 10)
    })
  })
})
