import assert from 'node:assert/strict'
import type { Misbehaviour } from '../../src/sandbox/sandbox'
import { assertApart } from '../support/apart'
import { daysAgo } from '../support/days'
import { around, Flow, useSandbox, withStore, type Message } from './support/flow'

interface Parts {
  id: string
  index: number
  count?: number
  len: number
  type: string
}

describe('humanapi-read', () => {
  let flow: Flow
  const misbehave = useSandbox()
  afterEach(() => flow.stop())

  const start = async (node: Record<string, unknown> = {}) => {
    flow = await Flow.start(
      around({ type: 'humanapi-read', ...node }, ['read'], { type: 'humanapi-account' }),
    )
  }
  const ask = async (msg: Record<string, unknown> = {}): Promise<Message> => {
    flow.send('node', { user: 'demo', ...msg })
    return flow.result('read')
  }
  const records = async (msg: Record<string, unknown> = {}) =>
    (await ask(msg)).payload as Record<string, unknown>[]

  it('reads all pages of a list as one array', async () => {
    await start({ resource: 'weight/readings', limit: '20' })
    const { payload, statusCode, headers, health, topic } = await ask({ topic: 'kept' })
    const all = payload as { id: string }[]
    assert.ok(all.length > 20)
    assert.equal(new Set(all.map(({ id }) => id)).size, all.length)
    assert.equal(String(all.length), (headers as Record<string, string>)['x-total-count'])
    assert.deepEqual(
      [statusCode, topic, health?.operation, health?.user, health?.attempts],
      [200, 'kept', 'read', 'demo', Math.ceil(all.length / 20)],
    )
  })

  it('reads one page where not all are wanted', async () => {
    await start({ resource: 'weight/readings', limit: '7', limitType: 'num', all: false })
    assert.equal((await records()).length, 7)
  })

  it('reads one record, a single resource, a day, and a resource that the message names', async () => {
    await start({ resource: 'what', resourceType: 'msg' })
    const [first] = await records({ what: 'heart_rate/readings' })
    const { id, timestamp } = first as { id: string; timestamp: string }
    assert.deepEqual((await ask({ what: 'heart_rate/readings', id })).payload, first)
    const { payload } = await ask({ what: 'heart_rate' })
    assert.equal((payload as { id: string }).id, id)
    const ofDay = await records({ what: 'heart_rate/readings/daily', id: timestamp.slice(0, 10) })
    assert.ok(ofDay.some((one) => one.id === id))
  })

  it('reads a day by a Date or ISO 8601, as a path and as the id of a summary', async () => {
    await start({ resource: 'what', resourceType: 'msg' })
    for (const what of ['heart_rate/readings/daily', 'heart_rate/summaries']) {
      const day = daysAgo(3)
      const { payload } = await ask({ what, id: day })
      assert.ok((Array.isArray(payload) ? payload : [payload]).length > 0)
      const written: unknown[] = [`${day}T23:59:59+02:00`, new Date(`${day}T12:00:00`)]
      if (what.endsWith('daily')) written.push(day.replace(/-/g, ''))
      for (const id of written) assert.deepEqual((await ask({ what, id })).payload, payload, String(id))
    }
  })

  it('notes that a connection was used', async () => {
    const before = new Date().toISOString()
    await start({ resource: 'what', resourceType: 'msg' })
    const used = () =>
      withStore(flow.userDir, async ({ connections }) => {
        const { lastUsedAt } = (await connections.get('humanapi-account:account:sandbox', 'demo')) ?? {}
        return lastUsedAt ?? ''
      })
    let last = before
    for (const what of ['weight/readings', 'profile']) {
      await ask({ what })
      const now = await used()
      assert.ok(now >= last, `${what}: ${now}`)
      last = now
    }
  })

  it('filters, by a Date and by ISO 8601', async () => {
    await start({ resource: 'weight/readings' })
    const all = await records()
    const since = new Date(Date.now() - 20 * 86_400_000)
    const some = await records({ filters: { start_date: since, end_date: new Date() } })
    assert.ok(some.length > 0 && some.length < all.length)
    assert.deepEqual(
      await records({ filters: { start_date: since.toISOString(), end_date: new Date().toISOString() } }),
      some,
    )
    assert.deepEqual(await records({ filters: { updated_since: new Date(Date.now() + 60_000) } }), [])
  })

  it('turns vital signs into FHIR, and says what could not be told', async () => {
    await start({ resource: 'heart_rate/readings', format: 'fhir' })
    const { payload, findings } = (await ask()) as Message & { findings: { code: string }[] }
    const { resourceType, type, entry } = payload as {
      resourceType: string
      type: string
      entry: { resource: { resourceType: string; code: { coding: { code: string }[] } } }[]
    }
    assert.deepEqual([resourceType, type], ['Bundle', 'collection'])
    assert.equal(entry[0]?.resource.resourceType, 'Observation')
    assert.ok(entry[0].resource.code.coding.some(({ code }) => code === '8867-4'))
    assert.deepEqual(
      findings.map(({ code }) => code),
      ['status-assumed'],
    )
  })

  it('passes a summary document on as it is', async () => {
    await start({ resource: 'medical/ccds' })
    const [ccd] = await records()
    await flow.stop()
    await start({ resource: 'medical/ccds/raw' })
    assert.match(String((await ask({ id: ccd!.id })).payload), /^<\?xml[^]*ClinicalDocument/)
  })

  it('passes a report on in the format that is wanted: a PDF as bytes', async () => {
    await start({ resource: 'medical/reports' })
    const [report] = await records()
    for (const [reportFormat, type, start_] of [
      ['json', 'string', /^\{/],
      ['html', 'string', /^<!doctype html/i],
      ['pdf', 'object', /^%PDF-/],
    ] as const) {
      await flow.stop()
      await start({ resource: 'medical/reports/raw', reportFormat })
      const { payload } = await ask({ id: report!.id })
      assert.equal(typeof payload, type)
      assert.equal(Buffer.isBuffer(payload), reportFormat === 'pdf')
      assert.match(String(payload), start_)
    }
  })

  it('passes bytes on that are no text', async () => {
    await start({ resource: 'medical/ccds/raw' })
    misbehave({ endpoint: 'humanapi.data', do: 'garbage' })
    assert.ok(Buffer.isBuffer((await ask({ id: 'any' })).payload))
  })

  describe('as a sequence', () => {
    const partsOf = (msg: Message) => (msg as Message & { parts: Parts }).parts

    it('sends a message for each page, which a join node can put together', async () => {
      await start({ resource: 'weight/readings', output: 'sequence', limit: '20' })
      const outer = { id: 'outer', index: 3 }
      flow.send('node', { user: 'demo', parts: outer, payload: 'of before', of: { before: [] } })
      await flow.next('completed')
      const messages: Message[] = []
      do messages.push(await flow.next('read'))
      while (partsOf(messages.at(-1)!).count === undefined)
      const parts = messages.map(partsOf)
      assert.ok(parts.length > 2)
      assert.deepEqual(
        parts.map(({ index }) => index),
        parts.map((_, index) => index),
      )
      assert.equal(parts.at(-1)?.count, parts.length)
      assert.equal(new Set(parts.map(({ id }) => id)).size, 1)
      for (const part of parts) assert.deepEqual((part as { parts?: unknown }).parts, outer)
      assert.deepEqual([parts[0]?.type, parts[0]?.len], ['array', 20])
      for (const { statusCode, headers, health } of messages as (Message & Record<string, unknown>)[]) {
        assert.deepEqual([statusCode, health?.attempts], [200, 1])
        assert.match((headers as Record<string, string>)['content-type'] ?? '', /json/)
      }
      assertApart(messages)
      for (const { health } of messages) assert.equal(health?.user, 'demo')
      const ids = messages.flatMap(({ payload }) => (payload as { id: string }[]).map(({ id }) => id))
      assert.equal(new Set(ids).size, ids.length)
    })

    it('is put together as records, whatever the limit', async () => {
      for (const [more, len] of [
        [{ limit: '1' }, 2],
        [{ all: false }, 50],
        [{}, 500],
        [{ format: 'fhir' }, 1],
      ] as const) {
        await start({ resource: 'weight/readings', output: 'sequence', ...more })
        flow.send('node', { user: 'demo' })
        assert.equal(partsOf(await flow.next('read')).len, len)
        await flow.stop()
      }
      await start()
    })

    it('notes no use of a connection that was refused', async () => {
      await start({ resource: 'weight/readings', output: 'sequence' })
      misbehave({ endpoint: 'humanapi.data', do: 'status', code: 500 })
      await flow.failure('node', { user: 'demo' })
      await flow.close('node')
      const kept = await withStore(flow.userDir, ({ connections }) =>
        connections.get('humanapi-account:account:sandbox', 'demo'),
      )
      assert.deepEqual([kept?.user, kept?.lastUsedAt], ['demo', undefined])
    })

    it('waits until a message is handed back before the next one, and ends with the last', async () => {
      await start({ resource: 'weight/readings', output: 'onRequest', limit: '20' })
      flow.send('node', { user: 'demo' })
      let page = await flow.next('read')
      for (let index = 0; partsOf(page).count === undefined; index++) {
        assert.equal(partsOf(page).index, index)
        await new Promise((resolve) => setTimeout(resolve, 30))
        assert.equal(flow.pending('read'), 0)
        flow.send('node', { ...page })
        page = await flow.next('read')
      }
      // The last one comes back as well, and is not taken for a new piece of work.
      flow.send('node', { ...page })
      await new Promise((resolve) => setTimeout(resolve, 50))
      assert.deepEqual([flow.pending('read'), flow.pending('caught')], [0, 0])
    })

    it('ends with HG_CLOSED where the flow is deployed meanwhile', async () => {
      await start({ resource: 'weight/readings', output: 'onRequest', limit: '20' })
      flow.send('node', { user: 'demo' })
      await flow.next('read')
      await flow.close('node')
      assert.match(flow.log(), /HG_CLOSED/)
      // What was sent is not sent once more.
      await new Promise((resolve) => setTimeout(resolve, 50))
      assert.equal(flow.pending('read'), 0)
    })

    it('says with each page what could not be told in FHIR', async () => {
      await start({ resource: 'weight/readings', output: 'sequence', limit: '20', format: 'fhir' })
      flow.send('node', { user: 'demo', findings: 'of the node before' })
      const first = (await flow.next('read')) as Message & { findings: unknown[] }
      assert.equal((first.payload as { resourceType: string }).resourceType, 'Bundle')
      assert.ok(Array.isArray(first.findings))
      assertApart([first, await flow.next('read')])
    })

    it('sends one message for an empty list', async () => {
      await start({ resource: 'weight/readings', output: 'sequence' })
      const filters = { updated_since: new Date(Date.now() + 60_000) }
      const msg: Message & { statusCode?: number } = await ask({ filters, statusCode: 418 })
      assert.deepEqual([msg.statusCode, msg.health?.attempts], [200, 1])
      assert.deepEqual([msg.payload, partsOf(msg).count, partsOf(msg).index], [[], 1, 0])
    })

    it('ends with an error where a page in between does: HG_RESPONSE', async () => {
      await start({ resource: 'weight/readings', output: 'sequence', limit: '20' })
      misbehave({ endpoint: 'humanapi.data', do: 'cutJson', after: 2 })
      flow.send('node', { user: 'demo' })
      assert.equal((await flow.next('caught')).error?.code, 'HG_RESPONSE')
      // All that came before it, and nothing says that it is all there is.
      for (const index of [0, 1]) {
        const parts = partsOf(await flow.next('read'))
        assert.deepEqual([parts.index, parts.count], [index, undefined])
      }
      assert.equal(flow.pending('read'), 0)
    })
  })

  it('renews a token that expires between two pages, once', async () => {
    await start({ resource: 'weight/readings', limit: '20' })
    await records()
    misbehave({ endpoint: 'humanapi.data', do: 'expireTokens', after: 1, times: 1 })
    // A second one would be refused.
    misbehave({ endpoint: 'humanapi.auth', do: 'status', code: 500, after: 1 })
    assert.ok((await records()).length > 20)
  })

  it('goes on after a 429 with Retry-After', async () => {
    await start({ resource: 'weight/readings', limit: '20' })
    misbehave({ endpoint: 'humanapi.data', do: 'status', code: 429, retryAfter: 1, times: 1 })
    assert.ok((await records()).length > 20)
  })

  it('says how long to wait after a 429 where that does not fit the time-out', async () => {
    await start({ resource: 'weight/readings' })
    misbehave({ endpoint: 'humanapi.data', do: 'status', code: 429, retryAfter: 60, times: 1 })
    const { code, cause } = await flow.failure('node', { user: 'demo' })
    assert.deepEqual([code, cause.retryable], ['HG_RATE_LIMITED', true])
    assert.deepEqual(cause.detail, { retryAfterMs: 60_000 })
  })

  const inputs: [string, Record<string, unknown>, Record<string, unknown>, string, RegExp][] = [
    ['no user', {}, { user: undefined }, 'HG_INPUT', /No user/],
    ['an unknown resource', { resource: 'mood' }, {}, 'HG_INPUT', /no resource of this name/],
    ['no resource', { resource: 'what', resourceType: 'msg' }, {}, 'HG_INPUT', /no resource of this name/],
    ['an unknown filter', {}, { filters: { since: 'x' } }, 'HG_INPUT', /filter "since" is not known/],
    ['a filter that is no date', {}, { filters: { updated_since: 'x' } }, 'HG_INPUT', /no time/],
    ['filters that are no object', {}, { filters: 'all' }, 'HG_INPUT', /filters are no object/],
    ['a limit of 501', { limit: '501' }, {}, 'HG_INPUT', /1 to 500/],
    ['a limit that is no number', { limit: 'x', limitType: 'str' }, {}, 'HG_INPUT', /1 to 500/],
    ['a limit that is a truth', { limit: 'yes', limitType: 'msg' }, { yes: true }, 'HG_INPUT', /1 to 500/],
    ['a day that is none', { resource: 'sleeps/daily' }, { id: '21.11.2026' }, 'HG_INPUT', /day that exists/],
    ['a 30 February', { resource: 'sleeps/summaries' }, { id: '2026-02-30' }, 'HG_INPUT', /day that exists/],
    ['an id of the wrong type', {}, { id: ['a'] }, 'HG_INPUT', /id is no text/],
    ['no day', { resource: 'activities/daily' }, {}, 'HG_INPUT', /needs a day/],
    ['an id of a single one', { resource: 'profile' }, { id: 'x' }, 'HG_INPUT', /takes no id/],
    ['a record that is not there', {}, { id: 'none' }, 'HG_NOT_FOUND', /./],
    ['FHIR of what has none', { resource: 'sources', format: 'fhir' }, {}, 'HG_INPUT', /no form in FHIR/],
    ['an unknown format', { format: 'xml' }, {}, 'HG_CONFIG', /format/],
    ['an unknown output', { output: 'stream' }, {}, 'HG_CONFIG', /output/],
    ['a person without sources', {}, { user: 'nobody-here' }, 'HG_NOT_CONNECTED', /no connected source/],
  ]
  for (const [what, node, wrong, code, sentence] of inputs) {
    it(`says ${code} for ${what}`, async () => {
      await start({ resource: 'weight/readings', ...node })
      const error = await flow.failure('node', { user: 'demo', payload: 'kept', ...wrong })
      assert.equal(error.code, code, error.message)
      assert.match(error.message, sentence)
    })
  }

  const answers: [string, Misbehaviour, string][] = [
    ['an empty body', { do: 'empty' }, 'HG_RESPONSE'],
    ['a web page', { do: 'html' }, 'HG_RESPONSE'],
    ['a JSON body that is cut', { do: 'cutJson' }, 'HG_RESPONSE'],
    ['no list', { do: 'body', text: '{}' }, 'HG_RESPONSE'],
    ['a page that is empty too early', { do: 'emptyPage', after: 1 }, 'HG_RESPONSE'],
    ['a page that repeats', { do: 'repeatPage', after: 1 }, 'HG_RESPONSE'],
    ['a list where one page only is wanted', { do: 'body', text: '[1]' }, 'HG_RESPONSE'],
    ['a token that is never accepted', { do: 'status', code: 401 }, 'HG_AUTH'],
    ['a resource that is not allowed', { do: 'status', code: 403 }, 'HG_FORBIDDEN'],
  ]
  for (const [what, rule, code] of answers) {
    it(`says ${code} for ${what}`, async () => {
      await start({ resource: 'weight/readings', limit: '20' })
      misbehave({ endpoint: 'humanapi.data', ...rule })
      assert.equal((await flow.failure('node', { user: 'demo', payload: 'kept' })).code, code)
    })
  }

  it('offers its resources to the dialog', async () => {
    await start()
    const choices = (await flow.editorGets('humanapi-read/resources')) as { value: string; label: string }[]
    assert.ok(choices.some(({ value }) => value === 'medical/vitals'))
    assert.ok(choices.length > 50)
  })
})
