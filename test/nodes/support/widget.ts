import assert from 'node:assert/strict'
import net from 'node:net'
import type { RequestHandler } from 'express'
import { Person } from '../../support/person'
import type { Flow } from './flow'

/** What a page was given for its script. */
export interface Given {
  post: string
  state: string
  values: Record<string, string>
}

export interface Answer {
  status: number
  ok: boolean
  next?: number
  used?: boolean
  goTo?: string
  code?: string
}

/** What may be different from what the page itself would post. */
export interface Forgery {
  person?: Person
  state?: string
  number?: number
  /** The address below which events are posted. */
  at?: string
  headers?: Record<string, string>
}

/** A page with a vendor's widget, as `GET /connect?who=…` of a flow gives it, and what its script would post. */
export class WidgetPage {
  readonly person: Person
  readonly headers: Headers
  readonly text: string
  readonly given: Given
  readonly #event: string
  #url: string
  /** Where it is not the person's for this address. */
  #cookie: { cookie?: string } = {}
  number = 1

  private constructor(url: string, event: string, person: Person, headers: Headers, text: string) {
    this.#url = url
    this.#event = event
    this.person = person
    this.headers = headers
    this.text = text
    const json = /<script type="application\/json" id="given">([^<]*)<\/script>/.exec(text)?.[1] ?? ''
    this.given = JSON.parse(json) as Given
  }

  static async open(
    { url }: Flow,
    event: string,
    who: string,
    person: Person = new Person(),
  ): Promise<WidgetPage> {
    const response = await person.ask(`${url}/connect?who=${encodeURIComponent(who)}`)
    const text = await response.text()
    assert.equal(response.status, 200, text)
    return new WidgetPage(url, event, person, response.headers, text)
  }

  /** After Node-RED was started again, which has another port in tests; a cookie is for all ports of a host. */
  movedTo({ url }: Flow): this {
    this.#cookie = { cookie: this.person.cookies(this.#url) }
    this.#url = url
    return this
  }

  /** @param body JSON, or a text that is posted as it is */
  async post(body: unknown, forgery: Forgery = {}): Promise<Answer> {
    const { person = this.person, headers = {} } = forgery
    const response = await person.ask(this.addressOf(forgery), {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...this.#cookie, ...headers },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    })
    const answer = { ...((await response.json()) as Answer), status: response.status }
    this.number = answer.next ?? this.number
    return answer
  }

  addressOf({ state = this.given.state, number = this.number, at = this.given.post }: Forgery = {}): string {
    return `${this.#url}${at}/${this.#event}?state=${encodeURIComponent(state)}&number=${number}`
  }
}

/** The node under test is `connect`; `other` is one of the same type. */
export interface Suite {
  flow: () => Flow
  /** Starts the flow. */
  start: (options?: { middleware?: RequestHandler }) => Promise<void>
  open: (person?: Person) => Promise<WidgetPage>
  /** What the page posts; each call gives one that is taken, and different from the one before. */
  body: () => Promise<object>
  /** The helper node that the event arrives at. */
  event: string
}

/** What holds for the events of every page with a widget. */
export function eventsOfPages({ flow, start, open, body, event }: Suite): void {
  const caught = async (code: string, sentence?: RegExp) => {
    await flow().caught(code, sentence)
    assert.equal(flow().pending(event), 0)
  }

  describe('an event of the page', () => {
    beforeEach(() => start())

    it('is answered as before where the answer was lost, and taken once', async () => {
      const page = await open()
      const one = await body()
      const first = await page.post(one)
      assert.deepEqual([first.status, first.ok, first.next], [200, true, 2])
      await flow().next(event)
      assert.deepEqual(await page.post(one, { number: 1 }), first)
      assert.deepEqual([flow().pending(event), flow().pending('caught')], [0, 0])
      assert.equal((await page.post(await body())).ok, true)
      await flow().next(event)
    })

    it('that has a number again is refused: HG_CONFLICT, and may have the next one', async () => {
      const page = await open()
      await page.post(await body())
      await flow().next(event)
      const again = await body()
      const replayed = await page.post(again, { number: 1 })
      assert.deepEqual([replayed.status, replayed.code, replayed.used], [409, 'HG_CONFLICT', true])
      await caught('HG_CONFLICT', /come before/)
      assert.equal((await page.post(again, { number: 2 })).ok, true)
    })

    it('of another browser is refused: HG_FORBIDDEN, and the right one can still come', async () => {
      const page = await open()
      const one = await body()
      const refused = await page.post(one, { person: new Person() })
      assert.deepEqual([refused.status, refused.code, refused.next], [403, 'HG_FORBIDDEN', undefined])
      await caught('HG_FORBIDDEN', /another browser/)
      const { person } = await open(new Person())
      assert.equal((await page.post(one, { person })).status, 403)
      await caught('HG_FORBIDDEN', /another browser/)
      assert.equal((await page.post(one)).ok, true)
      await flow().next(event)
      assert.equal((await page.post(one, { person, number: 1 })).status, 403, 'nor the answer to it')
      await caught('HG_FORBIDDEN', /another browser/)
    })

    it('with a state that was never made, or none, is refused: HG_NOT_FOUND, HG_FORBIDDEN', async () => {
      const page = await open()
      const state = `${'x'.repeat(43)}.${page.given.state.split('.')[1]!}`
      assert.equal((await page.post(await body(), { state })).status, 404)
      await caught('HG_NOT_FOUND', /not known here/)
      assert.equal((await page.post(await body(), { state: '' })).status, 403)
      await caught('HG_FORBIDDEN', /did not leave from here/)
    })

    it('with a number that is none, or not the next one, is refused: HG_NOT_FOUND', async () => {
      const page = await open()
      for (const number of [0, 2, -1, 1.5, NaN, 1e9]) {
        assert.equal((await page.post(await body(), { number })).status, 404)
        await caught('HG_NOT_FOUND', /not known here/)
      }
    })

    it('that is posted to another node is refused: HG_FORBIDDEN', async () => {
      const page = await open()
      const at = page.given.post.replace(/connect$/, 'other')
      assert.equal((await page.post(await body(), { at })).status, 403)
      await caught('HG_FORBIDDEN', /did not leave from here/)
    })

    it('that is posted to another node with its cookie too is refused: HG_NOT_FOUND', async () => {
      const page = await open()
      const at = page.given.post.replace(/connect$/, 'other')
      const [, value] = page.person.cookies(flow().url).split('=')
      const cookie = `health_gateways_other=${value}`
      assert.equal(
        (await page.post(await body(), { at, person: new Person(), headers: { cookie } })).status,
        404,
      )
      await caught('HG_NOT_FOUND', /not known here/)
    })

    it('of a page of another site is refused, even with cookie and state: HG_FORBIDDEN', async () => {
      const page = await open()
      const own = new URL(flow().url)
      const others = [
        ...['cross-site', 'same-site', 'none'].map((site) => ({ 'sec-fetch-site': site })),
        ...['https://evil.example', 'null', `http://evil.${own.host}`].map((origin) => ({ origin })),
      ]
      for (const headers of others) {
        assert.equal((await page.post(await body(), { headers })).status, 403, JSON.stringify(headers))
        await caught('HG_FORBIDDEN', /page that is not of this Node-RED/)
      }
      const headers = { 'sec-fetch-site': 'same-origin', origin: own.origin }
      assert.equal((await page.post(await body(), { headers })).ok, true)
    })

    it('that is a form is refused: HG_INPUT', async () => {
      const page = await open()
      const headers = { 'content-type': 'application/x-www-form-urlencoded' }
      assert.equal((await page.post('event=close', { headers })).status, 400)
      await caught('HG_INPUT', /not JSON/)
    })

    const bodies: [string, string, number, string][] = [
      ['a JSON body that is cut', '{"event":"clo', 400, 'HG_INPUT'],
      ['no object', '[]', 400, 'HG_INPUT'],
      ['nothing', '', 400, 'HG_INPUT'],
      ['more than 64 KiB', JSON.stringify({ x: 'x'.repeat(70_000) }), 413, 'HG_TOO_LARGE'],
      ['five megabytes', JSON.stringify({ x: 'x'.repeat(5_000_000) }), 413, 'HG_TOO_LARGE'],
    ]
    for (const [what, text, status, code] of bodies) {
      it(`with ${what} is refused: ${code}, and the page goes on`, async () => {
        const page = await open()
        const refused = await page.post(text)
        assert.deepEqual([refused.status, refused.ok, refused.code], [status, false, code])
        await caught(code)
        assert.equal((await page.post(await body())).ok, true)
      })
    }

    it('that the browser does not post to its end is HG_INPUT, and the page goes on', async () => {
      const page = await open()
      const address = new URL(page.addressOf())
      const socket = net.connect(Number(address.port), '127.0.0.1')
      socket.on('error', () => undefined)
      const head = [
        `POST ${address.pathname}${address.search} HTTP/1.1`,
        `Host: ${address.host}`,
        `Cookie: ${page.person.cookies(flow().url)}`,
        'Content-Type: application/json',
        'Content-Length: 1000',
      ]
      await new Promise<void>((resolve) =>
        socket.write(`${head.join('\r\n')}\r\n\r\n{"event":`, () => resolve()),
      )
      // Express has to have the head before the connection ends.
      await new Promise((resolve) => setTimeout(resolve, 100))
      socket.destroy()
      await caught('HG_INPUT', /cut on its way/)
      assert.equal((await page.post(await body())).ok, true)
    })

    it('by GET is answered with 404, and its number is not used up', async () => {
      const page = await open()
      for (const name of ['', 'constructor', 'callback']) {
        const address = name === '' ? page.addressOf() : page.addressOf().replace(/\/\w+\?/, `/${name}?`)
        assert.equal((await page.person.ask(address)).status, 404)
      }
      assert.equal((await page.post(await body())).ok, true)
    })

    it('of a node that was closed is answered with 404', async () => {
      const page = await open()
      await flow().close('connect')
      assert.equal((await page.person.ask(page.addressOf(), { method: 'POST' })).status, 404)
    })
  })

  it('takes an event that other middleware has read, as the editor of Node-RED does at the same root', async () => {
    await start({
      middleware: (request, _response, next) => {
        if (request.method !== 'POST') {
          next()
          return
        }
        const chunks: Buffer[] = []
        request.on('data', (chunk: Buffer) => chunks.push(chunk))
        request.on('end', () => {
          request.body = JSON.parse(Buffer.concat(chunks).toString()) as unknown
          next()
        })
      },
    })
    const page = await open()
    assert.equal((await page.post(await body())).ok, true)
    await flow().next(event)
  })

  it('listens to a page for an hour after its last event, in a browser that keeps its cookie for a day', async () => {
    const real = Date.now
    let passed = 0
    Date.now = () => real() + passed
    try {
      await start()
      const page = await open()
      assert.match(page.headers.get('set-cookie') ?? '', /Max-Age=86400;/)
      for (let event = 0; event < 3; event++) {
        passed += 59 * 60_000
        assert.equal((await page.post(await body())).ok, true)
      }
      await flow().next(event)
      passed += 60 * 60_000
      const late = await page.post(await body())
      assert.deepEqual([late.status, late.code], [410, 'HG_TIMEOUT'])
      const { error } = await flow().next('caught')
      assert.match(error?.message ?? '', /longer than an hour/)
    } finally {
      Date.now = real
    }
  })
}
