import assert from 'node:assert/strict'
import type { Sandbox } from '../../../../src/sandbox/sandbox'
import { closeSandboxes, jsonOf, NOW, request, sandboxFor } from '../support'
import { accessTokenOf, codeOf, read } from './support'

type Item = Record<string, unknown>

const types: Record<string, [list: string, one: string]> = {
  activities: ['activities', 'activity'],
  blood_glucoses: ['bloodGlucoses', 'bloodGlucose'],
  blood_oxygens: ['bloodOxygens', 'bloodOxygen'],
  blood_pressures: ['bloodPressures', 'bloodPressure'],
  bmis: ['bmis', 'bmi'],
  body_fats: ['bodyFats', 'bodyFat'],
  falls: ['falls', 'fall'],
  genetics: ['genetics', 'genetic'],
  heart_rates: ['heartRates', 'heartRate'],
  heights: ['heights', 'height'],
  locations: ['locations', 'location'],
  meals: ['meals', 'meal'],
  respiration_rates: ['respirationRates', 'respirationRate'],
  sleep_goals: ['sleepGoals', 'sleepGoal'],
  sleep_summary: ['sleepSummary', 'sleepSummary'],
  sleeps: ['sleeps', 'sleep'],
  steps: ['steps', 'step'],
  water_goals: ['waterGoals', 'waterGoal'],
  waters: ['waters', 'water'],
  weight_goals: ['weightGoals', 'weightGoal'],
  weights: ['weights', 'weight'],
}

/** As ZivaCare writes a time. */
const TIME = /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(?:\.\d{6})?\+00$/

describe("the sandbox's ZivaCare Data API", () => {
  let sandbox: Sandbox
  let now: number

  beforeEach(async () => {
    now = NOW
    sandbox = await sandboxFor({ now: () => now, secret: 'the same' })
  })
  afterEach(closeSandboxes)

  const items = async (path: string, headers = {}): Promise<Item[]> => {
    const answer = await read(sandbox, path, headers)
    assert.equal(answer.status, 200, answer.text)
    return Object.values(jsonOf(answer))[0] as Item[]
  }
  const totalOf = async (path: string) => jsonOf(await read(sandbox, path)).total

  describe('has data of every type', () => {
    for (const [type, [many, one]] of Object.entries(types)) {
      it(`${type}: a list with the total, and each by its code`, async () => {
        const answer = await read(sandbox, `/${type}?limit=2`)
        assert.equal(answer.headers['content-type'], 'application/json; charset=utf-8')
        const { [many]: list, total, ...rest } = jsonOf(answer)
        assert.deepEqual(rest, {})
        const [first] = list as Item[]
        assert.ok(first && Number(total) >= (list as Item[]).length)
        const { user_code, created_at, source, code } = first
        assert.equal(user_code, sandbox.demo.zivacare.connectedUser.zivaUserCode)
        assert.match(String(created_at), TIME)
        assert.ok(source)
        const single = await read(sandbox, `/${type}/${String(code)}`)
        assert.deepEqual(jsonOf(single), { [one]: first })
      })
    }

    it('profile: one', async () => {
      const { profile } = jsonOf(await read(sandbox, '/profile'))
      assert.equal((profile as Item).name, 'Demo Person')
    })
  })

  it('is in the form of the published examples', async () => {
    const [steps] = await items('/steps?limit=1')
    assert.deepEqual(Object.keys(steps!), [
      ...['code', 'user_code', 'record_time', 'value', 'source', 'created_at', 'updated_at'],
    ])
    const [pressure] = await items('/blood_pressures?limit=1')
    const { systolic, diastolic, heart_rate, unit } = pressure!
    assert.ok([systolic, diastolic, heart_rate].every((value) => Number.isInteger(value)))
    assert.equal(unit, 'mmHg')
    const [sleep] = await items('/sleeps?limit=1')
    assert.equal(String(sleep!.end_time).slice(0, 10), sleep!.day)
    assert.equal(sleep!.time_in_bed, Number(sleep!.time_asleep) + Number(sleep!.time_awake))
    const [water] = await items('/waters?limit=1')
    assert.match(String(water!.amount), /^\d+\.\d\d$/)
    assert.equal(typeof water!.amount, 'string')
  })

  it('is believable', async () => {
    const values = async (type: string) =>
      (await items(`/${type}?limit=100`)).map(({ value }) => Number(value ?? NaN)).filter(Number.isFinite)
    const within = async (type: string, least: number, most: number) => {
      const all = await values(type)
      assert.ok(
        all.length >= 15 && all.every((value) => value >= least && value <= most),
        `${type} ${String(all)}`,
      )
      assert.ok(new Set(all).size > 3, `${type} varies`)
    }
    await within('steps', 500, 14_000)
    await within('weights', 66, 76)
    await within('bmis', 23, 27)
    await within('heart_rates', 50, 110)
    await within('blood_glucoses', 60, 160)
    await within('blood_oxygens', 94, 100)
    await within('respiration_rates', 11, 19)
    const [sleeps, summaries] = [await items('/sleeps?limit=60'), await items('/sleep_summary?limit=60')]
    assert.deepEqual(
      sleeps.map(({ time_asleep }) => time_asleep),
      summaries.map(({ time_asleep }) => time_asleep),
    )
  })

  it('has a record now and then that says nothing, as the live service', async () => {
    const fats = await items('/body_fats?limit=100')
    assert.ok(fats.some((fat) => !('value' in fat)) && fats.some(({ value }) => Number(value) > 0))
  })

  describe('answers in pages', () => {
    it('of ten, newest first, unless asked otherwise', async () => {
      const first = await items('/steps')
      assert.equal(first.length, 10)
      const times = first.map(({ record_time }) => String(record_time))
      assert.deepEqual(times, times.toSorted().toReversed())
      assert.match(times[0]!, /^2026-03-10 /)
      assert.equal((await items('/steps?limit=25')).length, 25)
    })

    it('that are the whole, with the total on each', async () => {
      const all: Item[] = []
      for (let offset = 0; offset < 60; offset += 7) {
        assert.equal(await totalOf(`/steps?limit=7&offset=${offset}`), 60)
        all.push(...(await items(`/steps?limit=7&offset=${offset}`)))
      }
      assert.equal(new Set(all.map(({ code }) => code)).size, 60)
      assert.deepEqual(await items('/steps?offset=60'), [])
    })

    it('of a hundred at most', async () => {
      const { meals, total } = jsonOf(await read(sandbox, '/meals?limit=5000'))
      assert.deepEqual([(meals as Item[]).length, total], [100, 179])
    })

    for (const query of [
      'limit=0',
      'limit=-1',
      'limit=x',
      'limit=1.5',
      'offset=-1',
      'offset=x',
      'limit=1&limit=2',
    ]) {
      it(`not for ${query}`, async () => {
        assert.deepEqual(codeOf(await read(sandbox, `/steps?${query}`)), [400, '400'])
      })
    }
  })

  describe('answers for a time', () => {
    it('of one day', async () => {
      const day = await items('/heart_rates/daily/2026-03-09')
      assert.equal(day.length, 4)
      assert.ok(day.every(({ record_time }) => String(record_time).startsWith('2026-03-09')))
      assert.equal(await totalOf('/heart_rates/daily/2025-03-09'), 0)
    })

    it('of a day, a night on the day of its end', async () => {
      const [night, ...more] = await items('/sleeps/daily/2026-03-09')
      assert.deepEqual(
        [night?.day, String(night?.start_time).slice(0, 10), more],
        ['2026-03-09', '2026-03-08', []],
      )
    })

    it('of a period, with both its days, in pages too', async () => {
      const days = (await items('/steps/period/2026-03-01/2026-03-05')).map(({ record_time }) =>
        String(record_time).slice(0, 10),
      )
      assert.deepEqual(days, ['2026-03-05', '2026-03-04', '2026-03-03', '2026-03-02', '2026-03-01'])
      const page = jsonOf(await read(sandbox, '/steps/period/2026-03-01/2026-03-05?limit=2&offset=4'))
      assert.deepEqual([(page.steps as Item[]).length, page.total], [1, 5])
    })

    it('created since start, changed before end', async () => {
      assert.equal(await totalOf('/steps?start=2026-03-08'), 3)
      assert.equal(await totalOf('/steps?start=2026-03-08&end=2026-03-10'), 2)
      assert.equal(await totalOf('/steps?end=2026-03-10'), 59)
    })

    for (const path of [
      ...['/steps/daily/2026-02-30', '/steps/daily/20260301', '/steps/daily/today'],
      ...['/steps/period/2026-03-05/2026-03-01', '/steps/period/2026-03-01/x', '/steps?start=1&end=2'],
    ]) {
      it(`not for ${path}`, async () => {
        assert.deepEqual(codeOf(await read(sandbox, path)), [400, '400'])
      })
    }

    it('not for a goal', async () => {
      assert.deepEqual(codeOf(await read(sandbox, '/water_goals/daily/2026-03-09')), [404, '404'])
      assert.deepEqual(codeOf(await read(sandbox, '/sleep_goals/period/2026-03-09/2026-03-10')), [404, '404'])
      assert.equal(await totalOf('/heights/daily/2025-01-02'), 1)
    })
  })

  describe('converts units when asked', () => {
    const shown = async (type: string, system: string, field = 'value') => {
      const [first] = await items(`/${type}?limit=1`, system === '' ? {} : { 'x-unit-system': system })
      return [first![field], first!.unit]
    }
    const metric = {
      distance: ['activities', 'distance', 'km', 'mi', 1 / 1.609344],
      glucose: ['blood_glucoses', 'value', 'mmol/L', 'mg/dL', 18.0156],
      height: ['heights', 'value', 'cm', 'inches', 1 / 2.54],
      weight: ['weights', 'value', 'kg', 'pounds', 2.20462],
      water: ['waters', 'amount', 'ml', 'oz', 1 / 29.57353],
      'goal of water': ['water_goals', 'goal', 'ml', 'oz', 1 / 29.57353],
      'goal of weight': ['weight_goals', 'start_weight', 'kg', 'pounds', 2.20462],
    } as const
    for (const [what, [type, field, unit, usUnit, factor]] of Object.entries(metric)) {
      it(`${what}: ${unit} and ${usUnit}`, async () => {
        const [value, metricUnit] = await shown(type, 'metric', field)
        const [usValue, gotUnit] = await shown(type, 'us', field)
        assert.deepEqual([metricUnit, gotUnit], [unit, usUnit])
        assert.equal(typeof usValue, typeof value)
        assert.ok(
          Math.abs(Number(usValue) / (Number(value) * factor) - 1) < 0.001,
          `${String(value)} ${String(usValue)}`,
        )
      })
    }

    it('the UK has its own mixture', async () => {
      const units = async (type: string, field?: string) => (await shown(type, 'uk', field))[1]
      assert.deepEqual(
        [await units('heights'), await units('weights'), await units('waters'), await units('activities')],
        ['cm', 'pounds', 'ml', 'mi'],
      )
      assert.equal(await units('blood_pressures'), 'mmHg')
    })

    it('and gives what the source gave otherwise', async () => {
      assert.equal((await shown('blood_glucoses', ''))[1], 'mg/dL')
      assert.equal((await shown('weights', ''))[1], 'kg')
    })

    it('one by its code, and one without a value, too', async () => {
      const [{ code }] = (await items('/weights?limit=1')) as [Item]
      const { weight } = jsonOf(await read(sandbox, `/weights/${String(code)}`, { 'x-unit-system': 'us' }))
      assert.equal((weight as Item).unit, 'pounds')
      const fats = await items('/body_fats?limit=100', { 'x-unit-system': 'us' })
      assert.ok(fats.some((fat) => !('value' in fat) && !('unit' in fat)))
    })

    it('not to a system that there is not', async () => {
      assert.deepEqual(codeOf(await read(sandbox, '/weights', { 'x-unit-system': 'imperial' })), [400, '400'])
    })
  })

  describe('is of one person', () => {
    it('who differs from the others, and is the same every time', async () => {
      const maria = await accessTokenOf(sandbox, 'maria', ['Stride Band', 'Home Scale'])
      const peter = await accessTokenOf(sandbox, 'peter', ['Stride Band', 'Home Scale'])
      const of = (token: string) => items(`/steps?limit=50&access_token=${token}`)
      const mine = await of(maria)
      assert.deepEqual(await of(maria), mine)
      const values = (all: Item[]) => all.map(({ value }) => value)
      assert.notDeepEqual(values(await of(peter)), values(mine))
      assert.notDeepEqual(values(await of('demo')), values(mine))
      const codes = [maria, peter, 'demo'].map(async (token) => (await of(token)).map(({ code }) => code))
      assert.equal(new Set((await Promise.all(codes)).flat()).size, 150)
      const foreign = await read(sandbox, `/steps/${String(mine[0]?.code)}?access_token=${peter}`)
      assert.deepEqual(codeOf(foreign), [404, '404'])
    })

    it('who has the data of the sources that they connected', async () => {
      const token = await accessTokenOf(sandbox, 'maria', ['Home Scale'])
      assert.equal(await totalOf(`/weights?access_token=${token}`), 20)
      assert.equal(await totalOf(`/steps?access_token=${token}`), 0)
    })

    it('who is the demo person for the documented token demo', async () => {
      assert.deepEqual(await items('/steps?access_token=demo'), await items('/steps'))
    })
  })

  it('grows with time', async () => {
    const today = async () => (await items('/steps?limit=1'))[0]!
    const before = await today()
    now += 4 * 3_600_000
    const later = await today()
    assert.equal(later.code, before.code)
    assert.ok(Number(later.value) > Number(before.value))
    assert.notEqual(later.updated_at, before.updated_at)
    const yesterday = (await items('/steps?limit=2'))[1]
    now += 24 * 3_600_000
    assert.deepEqual((await items('/steps?limit=3'))[2], yesterday)
    const newest = await items('/heart_rates?limit=1')
    assert.ok(String(newest[0]?.created_at) <= '2026-03-11 17:20:00+00')
  })

  describe('turns down', () => {
    it('who has no token, one that is not known, or has it in a header only', async () => {
      const url = `${sandbox.urls.zivacare.data}/steps`
      const none = await request(url, { headers: { authorization: 'Bearer demo' } })
      assert.deepEqual([none.status, jsonOf(none).error], [401, 'access_denied'])
      const { accessToken } = sandbox.demo.zivacare.connectedUser
      for (const token of ['unknown', `${accessToken}x`, accessToken.slice(0, -1), `x${accessToken}`, '.']) {
        const answer = await read(sandbox, `/steps?access_token=${token}`)
        assert.deepEqual([answer.status, jsonOf(answer).error], [401, 'invalid_grant'], token)
        assert.match(String(answer.headers['www-authenticate']), /^Bearer .*error="invalid_grant"/)
      }
      assert.equal((await read(sandbox, '/steps?access_token=demo&access_token=demo')).status, 400)
    })

    it('a token that expires between two pages', async () => {
      sandbox.misbehave({ endpoint: 'zivacare.data', do: 'expireTokens', after: 1, times: 1 })
      assert.equal((await read(sandbox, '/steps?limit=5')).status, 200)
      const late = await read(sandbox, '/steps?limit=5&offset=5')
      assert.deepEqual([late.status, jsonOf(late).error_description], [401, 'The access token has expired.'])
      assert.equal((await read(sandbox, '/steps?limit=5&offset=5')).status, 200)
    })

    it('what there is not', async () => {
      for (const path of ['/moods', '/toString', '/steps/unknown', '/moods/daily/2026-03-09', '/profile/x']) {
        assert.deepEqual(codeOf(await read(sandbox, path)), [404, '404'], path)
      }
      assert.equal((await read(sandbox, '/steps/daily')).status, 404)
    })

    it('a parameter that it does not know', async () => {
      assert.deepEqual(codeOf(await read(sandbox, '/steps?from=2026-03-01')), [400, '400'])
    })

    it('who wants anything but JSON', async () => {
      assert.equal((await read(sandbox, '/steps', { accept: 'text/xml' })).status, 406)
      for (const accept of ['application/json', '*/*', 'text/html, application/*;q=0.5']) {
        assert.equal((await read(sandbox, '/steps', { accept })).status, 200, accept)
      }
    })

    it('who writes', async () => {
      const { status, headers } = await request(`${sandbox.urls.zivacare.data}/steps?access_token=demo`, {
        method: 'POST',
      })
      assert.deepEqual([status, headers.allow], [405, 'GET, HEAD'])
    })
  })

  describe('misbehaves when told', () => {
    const told = (rule: Parameters<Sandbox['misbehave']>[0]) =>
      sandbox.misbehave({ endpoint: 'zivacare.data', times: 1, ...rule })

    it('with a page that is empty, though the total says otherwise', async () => {
      told({ do: 'emptyPage' })
      assert.deepEqual(jsonOf(await read(sandbox, '/steps?offset=10')), { steps: [], total: 60 })
    })

    it('with the first page again', async () => {
      const first = await items('/steps')
      told({ do: 'repeatPage' })
      assert.deepEqual(await items('/steps?offset=10'), first)
    })

    it('without the total', async () => {
      told({ do: 'noTotal' })
      assert.deepEqual(Object.keys(jsonOf(await read(sandbox, '/steps'))), ['steps'])
    })

    it('as every endpoint of the sandbox: too many requests, garbage, cut JSON', async () => {
      told({ do: 'status', code: 429, retryAfter: 2 })
      const { status, headers } = await read(sandbox, '/steps')
      assert.deepEqual([status, headers['retry-after']], [429, '2'])
      told({ do: 'cutJson' })
      const { text } = await read(sandbox, '/steps')
      assert.throws(() => JSON.parse(text) as unknown)
    })
  })
})
