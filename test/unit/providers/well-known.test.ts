import assert from 'node:assert/strict'
import type { ServerResponse } from 'node:http'
import { GatewayError } from '../../../src/errors'
import { HttpClient } from '../../../src/http/client'
import { type LastGood, WellKnown, type WellKnownOptions } from '../../../src/providers/well-known'
import { failing } from '../../support/failing'
import { startFaultyServer, type FaultyServer } from '../../support/faulty-server'

describe('WellKnown', () => {
  let server: FaultyServer
  let http: HttpClient
  let now: number
  /** What the server answers. */
  let reply: {
    status?: number
    etag?: string
    control?: string
    age?: string
    body?: string
    down?: boolean
    location?: string
  }
  let version: number
  /** Answers that are not given yet, where there are to be any. */
  let held: ServerResponse[] | undefined

  before(async () => {
    http = new HttpClient({ proxy: 'none' })
    server = await startFaultyServer({
      '/document': (request, response) => {
        const { status = 200, etag, control, age, body, down, location } = reply
        if (down) return void request.socket.destroy()
        if (location) return void response.writeHead(302, { location }).end()
        if (held) return void held.push(response)
        if (etag) response.setHeader('etag', etag)
        if (control) response.setHeader('cache-control', control)
        if (age) response.setHeader('age', age)
        const isKnown = etag !== undefined && request.headers['if-none-match'] === etag
        response.writeHead(isKnown ? 304 : status).end(isKnown ? '' : (body ?? JSON.stringify({ version })))
      },
    })
  })
  beforeEach(() => {
    server.hits.length = 0
    now = 5000
    reply = {}
    version = 1
    held = undefined
  })
  after(async () => {
    await http.close()
    await server.close()
  })

  const open = (path = '/document', more: Partial<WellKnownOptions<{ version: unknown }>> = {}) =>
    new WellKnown({
      url: server.url + path,
      ...{ http, facts: { provider: 'healthcode', what: 'the document' } },
      read: (document) => {
        if (document['version'] === 'bad') throw new GatewayError('HG_RESPONSE', 'not this one')
        return { version: document['version'] }
      },
      now: () => now,
      ...more,
    })
  const asked = () => server.count('/document')

  it('is asked for once, however many want it', async () => {
    const document = open()
    const all = await Promise.all(Array.from({ length: 20 }, () => document.get()))
    assert.deepEqual(new Set(all).size, 1)
    assert.deepEqual([all[0], asked()], [{ version: 1 }, 1])
  })

  const ages: [string, { control?: string; age?: string }, number][] = [
    ['max-age', { control: 'public, max-age=300' }, 300_000],
    ['what is left of max-age', { control: 'max-age=300', age: '100' }, 200_000],
    ['an hour where nothing is said', {}, 3_600_000],
    ['a second for no-cache', { control: 'no-cache' }, 1_000],
    ['a second for max-age=0', { control: 'max-age=0' }, 1_000],
    ['a day at most', { control: 'max-age=31536000' }, 86_400_000],
  ]
  for (const [what, headers, ms] of ages) {
    it(`is kept for ${what}`, async () => {
      reply = headers
      const document = open()
      await document.get()
      now += ms - 1
      await document.get()
      assert.equal(asked(), 1)
      now += 1
      version = 2
      assert.deepEqual([await document.get(), asked()], [{ version: 2 }, 2])
    })
  }

  it('is asked for again with its ETag, and kept on where that still holds', async () => {
    reply = { etag: '"one"', control: 'max-age=60' }
    const document = open()
    const first = await document.get()
    now += 60_000
    assert.equal(await document.get(), first)
    assert.equal(server.hits[1]!.headers['if-none-match'], '"one"')
    now += 59_000
    await document.get()
    assert.equal(asked(), 2)
    reply.etag = '"two"'
    version = 2
    now += 1_000
    assert.deepEqual(await document.get(), { version: 2 })
  })

  const troubles: [string, typeof reply][] = [
    ['the server is down', { down: true }],
    ['the server is out of order', { status: 500 }],
    ['there is a web page', { body: '<!doctype html><html></html>' }],
    ['it cannot be used', { body: '{"version":"bad"}' }],
  ]
  for (const [what, trouble] of troubles) {
    it(`serves as the last good copy while ${what}, and is asked for again after a while`, async () => {
      reply = { control: 'max-age=60' }
      const document = open()
      const first = await document.get()
      reply = trouble
      now += 60_000
      assert.equal(await document.get(), first)
      const after = asked()
      now += 29_000
      assert.equal(await document.get(), first)
      assert.equal(asked(), after)
      reply = {}
      version = 2
      now += 1_000
      assert.deepEqual(await document.get(), { version: 2 })
    })
  }

  it('serves as the copy that is there while the server lets it wait, and is the new one as soon as that has come', async () => {
    reply = { control: 'max-age=60' }
    const document = open()
    const first = await document.get()
    held = []
    now += 60_000
    const all = await Promise.all([document.get(), document.get()])
    assert.deepEqual([all, await document.get(), asked()], [[first, first], first, 2])
    held[0]?.end(JSON.stringify({ version: 2 }))
    while ((await document.get()) === first) await new Promise(setImmediate)
    assert.deepEqual([await document.get(), asked()], [{ version: 2 }, 2])
  })

  it('is not looked for at an address that is not checked, or is refused', async () => {
    reply = { location: `${server.url}/echo` }
    await failing(open().get(), 'HG_RESPONSE')
    const refusing = () => {
      throw new GatewayError('HG_CONFIG', 'not there')
    }
    await failing(open('/document', { check: refusing }).get(), 'HG_CONFIG')
    assert.equal(server.count('/echo'), 0)
    const checked: string[] = []
    await open('/document', { check: (address) => checked.push(address) }).get()
    assert.deepEqual([checked, server.count('/echo')], [[`${server.url}/echo`], 1])
  })

  it('fails where there is no copy yet, and is asked for anew the next time', async () => {
    const document = open()
    reply = { status: 503 }
    const error = await failing(document.get(), 'HG_UNAVAILABLE')
    assert.match(error.message, /^healthcode answered for the document with HTTP 503/)
    reply = { body: '<!doctype html><html></html>' }
    assert.match((await failing(document.get(), 'HG_RESPONSE')).message, /an HTML page/)
    reply = { body: '[]' }
    await failing(document.get(), 'HG_RESPONSE')
    reply = { body: '{"version":"bad"}' }
    await failing(document.get(), 'HG_RESPONSE')
    reply = { down: true }
    await failing(document.get(), 'HG_UNAVAILABLE')
    reply = {}
    assert.deepEqual(await document.get(), { version: 1 })
  })

  describe('asked for anew, with the good answers of an earlier time,', () => {
    let lastGood: LastGood
    beforeEach(async () => {
      lastGood = new Map()
      await open('/document', { lastGood }).get()
    })

    it('is one of those while the server is down, and the new one as soon as that is there', async () => {
      reply = { down: true }
      const document = open('/document', { lastGood })
      assert.deepEqual(await document.get(), { version: 1 })
      const before = asked()
      now += 29_999
      await document.get()
      assert.equal(asked(), before)
      now += 1
      reply = {}
      version = 2
      assert.deepEqual(await document.get(), { version: 2 })
      assert.deepEqual(await open('/document', { lastGood }).get(), { version: 2 })
    })

    it('is the new one where the server has that', async () => {
      version = 2
      assert.deepEqual(await open('/document', { lastGood }).get(), { version: 2 })
    })

    it('is none that may not be used any more, and none of another address', async () => {
      reply = { down: true }
      const read = () => {
        throw new GatewayError('HG_CONFIG', 'not from there')
      }
      await failing(open('/document', { lastGood, read }).get(), 'HG_UNAVAILABLE')
      await failing(open('/document?other', { lastGood }).get(), 'HG_UNAVAILABLE')
    })
  })

  describe('is refreshed', () => {
    it('at once, and tells whether it is another one', async () => {
      const document = open()
      const first = await document.get()
      assert.equal(await document.refresh(first), undefined)
      version = 2
      assert.deepEqual(await document.refresh(first), { version: 2 })
      assert.deepEqual(await document.get(), { version: 2 })
    })

    it('once for all who saw the same copy', async () => {
      const document = open()
      const first = await document.get()
      version = 2
      const all = await Promise.all(Array.from({ length: 20 }, () => document.refresh(first)))
      assert.ok(all.every((one) => one?.version === 2))
      assert.equal(asked(), 2)
      assert.deepEqual(await document.refresh(first), { version: 2 })
      assert.equal(asked(), 2)
    })

    it('not once a message where the reason may be another one', async () => {
      const document = open()
      const first = await document.get()
      for (let times = 0; times < 5; times++) assert.equal(await document.refresh(first, false), undefined)
      assert.equal(asked(), 2)
      now += 1_000
      await document.refresh(first, false)
      assert.equal(asked(), 3)
    })

    it('not again for half a minute where that failed, unless it is certain that something has changed', async () => {
      const document = open()
      const first = await document.get()
      reply = { status: 500 }
      await document.refresh(first, false)
      now += 29_999
      await document.refresh(first, false)
      assert.equal(asked(), 2)
      await document.refresh(first)
      assert.equal(asked(), 3)
      now += 30_000
      await document.refresh(first, false)
      assert.equal(asked(), 4)
    })

    it('in vain while the server is down: what there was goes on serving', async () => {
      const document = open()
      const first = await document.get()
      reply = { down: true }
      assert.equal(await document.refresh(first), undefined)
      assert.equal(await document.get(), first)
    })
  })
})
