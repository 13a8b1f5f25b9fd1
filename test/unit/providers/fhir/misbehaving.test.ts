import assert from 'node:assert/strict'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import type { ServerResponse } from 'node:http'
import { HttpClient } from '../../../../src/http/client'
import { FhirClient, type FhirPage } from '../../../../src/providers/fhir/client'
import { TrustedHosts } from '../../../../src/providers/trusted-hosts'
import { PlainFhirService } from '../../../../src/providers/fhir/plain-service'
import { isObject, type JsonObject } from '../../../../src/providers/json-answer'
import { type FaultyServer, type Hit, startFaultyServer } from '../../../support/faulty-server'
import { failure } from '../../../support/failing'
import { issuesOf } from '../../../support/fhir-client-tests'
import { Counted } from './support'

type Behaviour = NonNullable<Parameters<typeof startFaultyServer>[0]>[string]

const FHIR = 'application/fhir+json; charset=utf-8'

describe('FhirClient at a server that misbehaves', () => {
  let server: FaultyServer | undefined
  let http: HttpClient

  beforeEach(() => {
    http = new HttpClient({ proxy: 'none', timeoutMs: 5_000 })
  })
  afterEach(async () => {
    await http.close()
    await server?.close()
    server = undefined
  })

  async function clientAt(behaviours: Record<string, Behaviour>): Promise<FhirClient> {
    server = await startFaultyServer(behaviours)
    return new FhirClient(new PlainFhirService({ base: `${server.url}/fhir`, http }))
  }
  const json = (response: ServerResponse, value: unknown, status = 200): void => {
    response.writeHead(status, { 'content-type': FHIR }).end(JSON.stringify(value))
  }
  const bundle = (ids: readonly (number | string)[], next?: string): JsonObject => ({
    resourceType: 'Bundle',
    type: 'searchset',
    ...(next === undefined ? {} : { link: [{ relation: 'next', url: next }] }),
    entry: ids.map((id) => ({ resource: { resourceType: 'Observation', id: String(id) } })),
  })
  /** Page `n` of any number of pages is what `page` says. */
  const list =
    (page: (n: number, hit: Hit) => unknown): Behaviour =>
    (_request, response, hit) =>
      json(response, page(Number(hit.url.searchParams.get('n') ?? 1), hit))
  const target = { endpoint: 'Observation', what: 'search', all: true } as const
  const readAll = async (pages: AsyncIterable<FhirPage>): Promise<unknown[]> => {
    const ids: unknown[] = []
    for await (const { entries } of pages) {
      for (const { resource } of entries) ids.push((resource as JsonObject).id)
    }
    return ids
  }
  const observation = { resourceType: 'Observation', status: 'final', code: { text: 'Fernweh' } }

  describe('with a list', () => {
    it('whose next link leads to itself', async () => {
      const client = await clientAt({
        '/fhir/Observation': list((_n, { url }) => bundle([1], url.href)),
      })
      const { code, message } = await failure(readAll(client.pages(target)))
      assert.equal(code, 'HG_RESPONSE')
      assert.match(message, /leads back to a page/)
      assert.equal(server?.hits.length, 1)
    })

    it('whose next links go round in a circle', async () => {
      const client = await clientAt({
        '/fhir/Observation': list((n) => bundle([n], `?n=${(n % 3) + 2}`)),
      })
      assert.equal((await failure(readAll(client.pages(target)))).code, 'HG_RESPONSE')
      assert.ok(server!.hits.length <= 4)
    })

    for (const elsewhere of [
      'http://elsewhere.invalid/fhir/Observation?n=2',
      'https://127.0.0.1/fhir/Observation?n=2',
      '//elsewhere.invalid/x',
      'javascript:alert(1)',
      'file:///etc/passwd',
      'http://user:secret@127.0.0.1/',
      'http://[',
    ]) {
      it(`whose next link leads elsewhere: ${elsewhere}`, async () => {
        const client = await clientAt({ '/fhir/Observation': list(() => bundle([1], elsewhere)) })
        const error = await failure(readAll(client.pages(target)))
        assert.equal(error.code, 'HG_RESPONSE')
        assert.match(error.message, /another place/)
        assert.equal(error.cause.provider, 'fhir')
        assert.equal(server?.hits.length, 1)
      })
    }

    for (const [name, allowed] of [
      ['http://hapi.internal:8080', 'hapi.internal:8080'],
      ['https://fhir.example.org', '*.example.org'],
      ['http://user:secret@hapi.internal', 'hapi.internal'],
    ] as const) {
      it(`whose links have another name of the server, which the account allows: ${name}`, async () => {
        const page = (n: number) => bundle([n], n < 3 ? `${name}/fhir/Observation?n=${n + 1}` : undefined)
        await clientAt({ '/fhir/Observation': list(page) })
        const base = `${server!.url}/fhir`
        const trusted = new TrustedHosts({ entered: [base], allowed: [allowed], plainHttp: true })
        const client = new FhirClient(new PlainFhirService({ base, http, trusted }))
        assert.deepEqual(await readAll(client.pages(target)), ['1', '2', '3'])
        assert.deepEqual(
          server?.hits.map(({ url }) => url.search),
          ['', '?n=2', '?n=3'],
        )
      })
    }

    it('of 5,000 pages, with no more than a page in memory', async function () {
      this.timeout(60_000)
      setFlagsFromString('--expose-gc')
      const collect = runInNewContext('gc') as () => void
      const padding = 'x'.repeat(20_000)
      const client = await clientAt({
        '/fhir/Observation': list((n) => ({
          ...bundle([n], n < 5_000 ? `?n=${n + 1}` : undefined),
          padding,
        })),
      })
      const earlier: WeakRef<JsonObject>[] = []
      let pages = 0
      for await (const { bundle } of client.pages(target)) {
        pages++
        earlier.push(new WeakRef(bundle))
        if (pages % 1_000 !== 0) continue
        // A WeakRef holds what it refers to until the turn is over.
        await new Promise(setImmediate)
        collect()
        const alive = earlier.filter((page) => page.deref() !== undefined).length
        assert.ok(alive <= 2, `${alive} of ${pages} pages are alive`)
      }
      assert.equal(pages, 5_000)
    })

    it('of more pages than are wanted', async () => {
      const client = await clientAt({ '/fhir/Observation': list((n) => bundle([n], `?n=${n + 1}`)) })
      const { code } = await failure(readAll(client.pages({ ...target, mostPages: 7 })))
      assert.equal(code, 'HG_TOO_LARGE')
      assert.equal(server?.hits.length, 7)
    })

    it('of pages that are the same for ever, at other addresses', async () => {
      const client = await clientAt({ '/fhir/Observation': list((n) => bundle([1, 2], `?n=${n + 1}`)) })
      const seen: unknown[] = []
      const read = async () => {
        for await (const { entries } of client.pages(target)) seen.push(...entries)
      }
      assert.equal((await failure(read())).code, 'HG_RESPONSE')
      assert.equal(seen.length, 2)
      assert.ok(server!.hits.length < 20)
    })

    it('of pages that are empty for ever', async () => {
      const client = await clientAt({ '/fhir/Observation': list((n) => bundle([], `?n=${n + 1}`)) })
      assert.equal((await failure(readAll(client.pages(target)))).code, 'HG_RESPONSE')
      assert.ok(server!.hits.length < 20)
    })

    it('with an empty page in between', async () => {
      const client = await clientAt({
        '/fhir/Observation': list((n) => bundle(n === 2 ? [] : [n], n < 3 ? `?n=${n + 1}` : undefined)),
      })
      assert.deepEqual(await readAll(client.pages(target)), ['1', '3'])
    })

    it('that moves while it is read, so that an entry comes twice', async () => {
      const client = await clientAt({
        '/fhir/Observation': list((n) => bundle([n, n + 1], n < 3 ? `?n=${n + 1}` : undefined)),
      })
      assert.deepEqual(await readAll(client.pages(target)), ['1', '2', '2', '3', '3', '4'])
    })

    for (const [what, entryOf] of [
      [
        'of two versions of a resource with the same time',
        (n: number) => ({
          ...{ fullUrl: 'urn:example:1', request: { method: 'PUT', url: 'Observation/1' } },
          response: { status: '200', lastModified: '2026-01-01T00:00:00Z' },
          resource: {
            ...{ ...observation, id: '1', meta: { lastUpdated: '2026-01-01T00:00:00Z' } },
            code: { text: `${n}` },
          },
        }),
      ],
      [
        'with a resource that was included on one page, and matches on the next',
        (n: number) => ({
          ...{ fullUrl: 'urn:example:1', search: { mode: n === 1 ? 'include' : 'match' } },
          resource: { ...observation, id: '1', meta: { versionId: '1' } },
        }),
      ],
    ] as const) {
      it(`${what} has both`, async () => {
        const client = await clientAt({
          '/fhir/Observation': list((n) => ({
            ...bundle([], n < 2 ? '?n=2' : undefined),
            entry: [entryOf(n)],
          })),
        })
        assert.deepEqual(await readAll(client.pages(target)), ['1', '1'])
      })
    }

    it('that moves without end comes to an end', async () => {
      // Each page has one entry of the page before, as where something is added with each request.
      const client = await clientAt({
        '/fhir/Observation': list((n) => bundle([n, n + 1], `?n=${n + 1}`)),
      })
      const { code } = await failure(readAll(client.pages({ ...target, mostPages: 50 })))
      assert.deepEqual([code, server?.hits.length], ['HG_TOO_LARGE', 50])
    })

    it('of entries without ids, some pages alike', async () => {
      const nameless = { entry: [{ resource: { resourceType: 'Basic', code: { text: 'same' } } }] }
      const client = await clientAt({
        '/fhir/Observation': list((n) => ({ ...bundle([], n < 3 ? `?n=${n + 1}` : undefined), ...nameless })),
      })
      assert.equal((await readAll(client.pages(target))).length, 3)
    })

    it('of the versions of a resource, without their numbers, a page for each', async () => {
      const client = await clientAt({
        '/fhir/Observation/1/_history': list((n) => ({
          ...bundle([], n < 3 ? `?n=${n + 1}` : undefined),
          entry: [
            {
              ...{ fullUrl: 'urn:example:1', response: { status: '200' } },
              resource: { ...observation, id: '1', code: { text: `${n}` }, meta: { profile: ['urn:x'] } },
            },
          ],
        })),
      })
      const pages = client.pages({ ...target, what: 'history', id: '1' })
      assert.equal((await readAll(pages)).length, 3)
    })

    it('whose posted search goes on where it was posted', async () => {
      const client = await clientAt({
        '/fhir/Observation/_search': (_request, response, { method, url, body }) => {
          const form = new URLSearchParams(body.toString())
          const isRight = method === 'POST' && form.get('status') === 'final'
          const n = Number(url.searchParams.get('n') ?? 1)
          if (!isRight) json(response, { resourceType: 'OperationOutcome', issue: [] }, 405)
          else json(response, bundle([n], n < 3 ? `/fhir/Observation/_search?n=${n + 1}` : undefined))
        },
      })
      const query = { status: 'final' }
      assert.deepEqual(await readAll(client.pages({ ...target, what: 'searchPost', query })), ['1', '2', '3'])
    })

    it('whose second page fails, after the first was given', async () => {
      const client = await clientAt({
        '/fhir/Observation': (_request, response, { url }) =>
          url.searchParams.has('n') ? response.writeHead(500).end() : json(response, bundle([1], '?n=2')),
      })
      const seen: unknown[] = []
      const read = async () => {
        for await (const { entries } of client.pages(target)) seen.push(...entries)
      }
      assert.equal((await failure(read())).code, 'HG_UNAVAILABLE')
      assert.equal(seen.length, 1)
    })

    const notWhere = /goes on, and its link does not say where, so it cannot be read to its end/
    const notWhatFor = /a link of which it is not known what it is for, so it cannot be read to its end/
    for (const [what, link, sentence] of [
      ['has no address', [{ relation: 'next' }], notWhere],
      ['has an empty address', [{ relation: 'next', url: '' }], notWhere],
      ['has an address of white space', [{ relation: 'next', url: ' ' }], notWhere],
      ['has an address that is no text', [{ relation: 'next', url: { value: '?n=2' } }], notWhere],
      [
        'is one of two that differ',
        ['?n=2', '?n=3'].map((url) => ({ relation: 'next', url })),
        /goes on at two places, so it cannot be read to its end/,
      ],
      ['has no address, and is no list', { relation: 'next', url: 7 }, notWhere],
      ['is no object', ['?n=2'], notWhatFor],
      ['is a text', '?n=2', notWhatFor],
      ['does not say its relation', [{ url: '?n=2' }], notWhatFor],
      ['has a relation that is no text', [{ relation: ['next'], url: '?n=2' }], notWhatFor],
    ] as const) {
      it(`whose link ${what} is not taken for one that is at its end`, async () => {
        const client = await clientAt({ '/fhir/Observation': list(() => ({ ...bundle([1]), link })) })
        const seen: unknown[] = []
        const read = async () => {
          for await (const { entries } of client.pages(target)) seen.push(...entries)
        }
        const { code, message, cause } = await failure(read())
        assert.equal(code, 'HG_RESPONSE')
        assert.match(message, sentence)
        assert.deepEqual([cause.provider, cause.operation, cause.statusCode], ['fhir', 'search', 200])
        assert.deepEqual([seen.length, server?.hits.length], [1, 1])
        // Who wants one page only does not ask where the list goes on.
        assert.deepEqual(await readAll(client.pages({ ...target, all: false })), ['1'])
      })
    }

    for (const [what, link] of [
      ['is an object instead of a list of one', { relation: 'next', url: '?n=2' }],
      ['is there twice, and the same', ['next', 'next'].map((relation) => ({ relation, url: '?n=2' }))],
      ['says its relation in capitals', [null, { relation: 'Next', url: '?n=2' }]],
      ['has space around its relation', [{ relation: ' next\n', url: '?n=2' }]],
    ] as const) {
      it(`whose link ${what} is read to its end`, async () => {
        const client = await clientAt({
          '/fhir/Observation': list((n) => ({ ...bundle([n]), ...(n === 1 ? { link } : { link: null }) })),
        })
        assert.deepEqual(await readAll(client.pages(target)), ['1', '2'])
      })
    }

    for (const [what, entry] of [
      ['are a text', 'Observation/1'],
      ['have one that is a text', [{ resource: observation }, 'Observation/1']],
      ['have one that is a list', [{ resource: observation }, [{ resource: observation }]]],
      ['have one that is null', [null, { resource: observation }]],
    ] as const) {
      it(`whose entries ${what} is not read as if they were not there`, async () => {
        const client = await clientAt({ '/fhir/Observation': list(() => ({ ...bundle([]), entry })) })
        for (const all of [true, false]) {
          const { code, message } = await failure(readAll(client.pages({ ...target, all })))
          assert.equal(code, 'HG_RESPONSE')
          assert.match(message, /entries that are none/)
        }
      })
    }

    it('whose only entry is an object instead of a list of one', async () => {
      const entry = { resource: { ...observation, id: '7' } }
      const client = await clientAt({ '/fhir/Observation': list(() => ({ ...bundle([]), entry })) })
      assert.deepEqual(await readAll(client.pages(target)), ['7'])
    })

    it('without entries is empty', async () => {
      const client = await clientAt({ '/fhir/Observation': list(() => ({ ...bundle([]), entry: null })) })
      assert.deepEqual(await readAll(client.pages(target)), [])
    })

    it('that is no Bundle', async () => {
      const client = await clientAt({
        '/fhir/Observation': (_request, response) => json(response, { ...observation, id: '1' }),
      })
      const { code, message } = await failure(readAll(client.pages(target)))
      assert.equal(code, 'HG_RESPONSE')
      assert.match(message, /Observation, where a Bundle belongs/)
    })

    it('that is no Bundle, and of a type that R4 does not have', async () => {
      for (const resourceType of ['Millington', 'Mary Millington', 'Patient Millington']) {
        const client = await clientAt({
          '/fhir/Observation': (_request, response) => json(response, { resourceType }),
        })
        const { message } = await failure(readAll(client.pages(target)))
        assert.match(message, /another resource, where a Bundle belongs/)
        assert.doesNotMatch(message, /Millington/)
        await server?.close()
      }
    })
  })

  describe('with an answer', () => {
    const read = { endpoint: 'Observation', id: '1' }
    const answering = (status: number, body: string, type = FHIR, headers: Record<string, string> = {}) =>
      clientAt({
        '/fhir/Observation/1': (_request, response) =>
          response.writeHead(status, { ...headers, 'content-type': type }).end(body),
        '/fhir/Observation': (_request, response) =>
          response.writeHead(status, { ...headers, 'content-type': type }).end(body),
      })

    for (const [what, body, type, said] of [
      ['JSON that is cut', '{"resourceType": "Observ', FHIR, /broken or cut/],
      ['a web page', '<!doctype html><html><body>Please sign in</body></html>', 'text/html', /an HTML page/],
      ['XML', '<Observation xmlns="http://hl7.org/fhir"/>', 'application/fhir+xml', /something else/],
      ['nothing', '', FHIR, /an empty body/],
      ['JSON that is no resource', '[1]', FHIR, /no FHIR resource/],
      ['JSON without a type', '{}', FHIR, /no FHIR resource/],
      ['JSON whose type is no text', '{"resourceType": ["Observation"]}', FHIR, /no FHIR resource/],
      ['FHIR R5', '{"resourceType": "Observation"}', 'application/fhir+json; fhirVersion=5.0', /FHIR 5\.0/],
    ] as const) {
      it(`that is ${what}`, async () => {
        const client = await answering(200, body, type)
        const error = await failure(client.read(read))
        assert.equal(error.code, 'HG_RESPONSE')
        assert.match(error.message, said)
        assert.equal(error.cause.provider, 'fhir')
      })
    }

    for (const version of ['4', '4.0', '"4.0.1"', '4.3']) {
      it(`that is FHIR R4, said in the media type: ${version}`, async () => {
        const type = `application/fhir+json; fhirVersion=${version}`
        const client = await answering(200, JSON.stringify(observation), type)
        assert.deepEqual((await client.read(read)).resource, observation)
      })
    }

    it('that is of a version that only begins as R4 does', async () => {
      const type = 'application/fhir+json; fhirVersion=40.1'
      const client = await answering(200, JSON.stringify(observation), type)
      assert.equal((await failure(client.read(read))).code, 'HG_RESPONSE')
    })

    const inXml = (severity: string) =>
      `<OperationOutcome xmlns="http://hl7.org/fhir"><issue><severity value="${severity}"/><code value="duplicate"/>
        <diagnostics value="Patient Millington exists"/></issue></OperationOutcome>`

    it('of success whose OperationOutcome in XML says that it failed', async () => {
      const client = await answering(200, inXml('error'), 'application/fhir+xml')
      const asked = [
        client.create({ endpoint: 'Observation', resource: observation }),
        client.read(read),
        readAll(client.pages(target)),
      ]
      for (const one of asked) {
        const { code, message, cause } = await failure(one)
        assert.equal(code, 'HG_CONFLICT')
        assert.match(message, /says that this failed.*duplicate: Patient \[redacted\] exists/)
        assert.equal(issuesOf(cause)[0]?.code, 'duplicate')
      }
    })

    it('of success in XML that says nothing of a failure, or that is what an operation says, is no JSON', async () => {
      const advice = await answering(200, inXml('warning'), 'application/fhir+xml')
      const change = () => advice.create({ endpoint: 'Observation', resource: observation })
      assert.equal((await failure(change())).code, 'HG_RESPONSE')
      await server?.close()
      const validate = await clientAt({
        '/fhir/Observation/$validate': (_request, response) => response.end(inXml('error')),
      })
      const parameters = observation
      const asked = validate.operation({ endpoint: 'Observation', name: '$validate', parameters })
      assert.equal((await failure(asked)).code, 'HG_RESPONSE')
    })

    describe('of success that cannot be understood', () => {
      const answers = [
        ['JSON that is cut', '{"resourceType": "Observ', FHIR],
        ['JSON that is no resource', '[1]', FHIR],
        ['FHIR R5', JSON.stringify(observation), 'application/fhir+json; fhirVersion=5.0'],
      ] as const
      const at = { endpoint: 'Observation' }
      const asked: Record<string, [boolean, (client: FhirClient) => Promise<unknown>]> = {
        'a create': [true, (client) => client.create({ ...at, resource: observation })],
        'an update': [true, (client) => client.update({ ...at, id: '1', resource: observation })],
        'a patch': [true, (client) => client.patch({ ...at, id: '1', patch: [] })],
        'a delete': [true, (client) => client.delete({ ...at, id: '1' })],
        'a batch': [
          true,
          (client) => client.bundle({ ...at, bundle: { resourceType: 'Bundle', type: 'batch' } }),
        ],
        'a posted operation': [
          true,
          (client) => client.operation({ ...at, name: 'x', parameters: { resourceType: 'Parameters' } }),
        ],
        'a GET operation': [false, (client) => client.operation({ ...at, name: 'x' })],
        'a read': [false, (client) => client.read(read)],
        'a search': [false, (client) => readAll(client.pages(target))],
        'a posted search': [false, (client) => readAll(client.pages({ ...target, what: 'searchPost' }))],
        'a history': [false, (client) => readAll(client.pages({ ...target, what: 'history' }))],
      }
      for (const [what, [mayHaveArrived, ask]] of Object.entries(asked)) {
        it(`${what} tells ${mayHaveArrived ? 'that it may' : 'nothing of whether it may'} have been carried out`, async () => {
          for (const [, body, type] of answers) {
            const paths = ['', '/1', '/$x', '/_search', '/_history'].map((path) => `/fhir/Observation${path}`)
            const answer: Behaviour = (_request, response) =>
              response.writeHead(200, { 'content-type': type }).end(body)
            const client = await clientAt(Object.fromEntries(paths.map((path) => [path, answer])))
            const { code, cause } = await failure(ask(client))
            assert.equal(code, 'HG_RESPONSE')
            const arrived = mayHaveArrived ? { arrived: 'unknown' } : {}
            assert.deepEqual(cause.detail, { bytes: body.length, ...arrived })
            await server?.close()
          }
        })
      }
    })

    it('of success whose OperationOutcome says that it failed', async () => {
      const outcome = { resourceType: 'OperationOutcome', issue: [{ severity: 'error', code: 'duplicate' }] }
      const client = await answering(200, JSON.stringify(outcome))
      const { code, message } = await failure(
        client.create({ endpoint: 'Observation', resource: observation }),
      )
      assert.equal(code, 'HG_CONFLICT')
      assert.match(message, /says that this failed/)
    })

    it("of an OperationOutcome that is no valid JSON, as in the vendor's sample", async () => {
      const client = await answering(
        400,
        `{"resourceType": "OperationOutcome", "issue": [{"severity": "error", "code": "value",
          "diagnostics": "The value "12/05/2020" of "birthDate" is "wrong", see "the page".", "expression": ["Patient.birthDate"],}]}`,
      )
      const error = await failure(client.read(read))
      assert.equal(error.code, 'HG_REJECTED')
      const [issue] = issuesOf(error.cause)
      assert.equal(issue?.code, 'value')
      assert.deepEqual(issue.expression, ['Patient.birthDate'])
      assert.match(issue.diagnostics ?? '', /of "birthDate" is "wrong", see "the page"/)
      assert.ok(!JSON.stringify(error.cause).includes('12/05/2020'))
    })

    for (const type of ['application/fhir+xml; charset=utf-8', 'application/xml', 'text/xml']) {
      it(`of an OperationOutcome in XML, as ${type}`, async () => {
        const client = await answering(
          400,
          `<OperationOutcome xmlns="http://hl7.org/fhir"><issue><severity value="error"/><code value="not-found"/>
            <diagnostics value="Resource Millington was not found"/></issue></OperationOutcome>`,
          type,
        )
        const { code, message, cause } = await failure(client.read(read))
        assert.equal(code, 'HG_NOT_FOUND')
        assert.match(message, /The FHIR server says: not-found: Resource \[redacted\] was not found/)
        assert.deepEqual(issuesOf(cause), [
          { severity: 'error', code: 'not-found', diagnostics: 'Resource [redacted] was not found' },
        ])
      })
    }

    it('of an OperationOutcome in XML that is cut is told by its status', async () => {
      const client = await answering(422, '<OperationOutcome><issue><severity', 'application/fhir+xml')
      const { code, cause } = await failure(client.read(read))
      assert.deepEqual([code, cause.statusCode, cause.detail], ['HG_REJECTED', 422, undefined])
    })

    it('of 412 after it was sent twice says that it may be done', async () => {
      let times = 0
      const client = await clientAt({
        '/fhir/Observation/1': (request, response) => {
          if (++times === 1) request.socket.resetAndDestroy()
          else json(response, { resourceType: 'OperationOutcome', issue: [] }, 412)
        },
      })
      const resource = { ...observation, id: '1' }
      const error = await failure(client.update({ endpoint: 'Observation', resource, ifMatch: '1' }))
      assert.equal(error.code, 'HG_CONFLICT')
      assert.match(error.message, /may have been made by the first time/)
    })

    for (const status of [404, 410]) {
      it(`of ${status} to a delete that was sent twice says that the first time may have done it`, async () => {
        let times = 0
        const client = await clientAt({
          '/fhir/Observation/1': (request, response) => {
            if (++times === 1) request.socket.resetAndDestroy()
            else json(response, { resourceType: 'OperationOutcome', issue: [] }, status)
          },
        })
        const { code, message } = await failure(client.delete(read))
        assert.equal(code, 'HG_NOT_FOUND')
        assert.match(message, /sent more than once: the first time may have deleted it/)
        assert.doesNotMatch((await failure(client.delete(read))).message, /more than once/)
      })
    }

    it('of 429 is waited for as long as it says', async () => {
      let times = 0
      const client = await clientAt({
        '/fhir/Observation': (_request, response) => {
          if (++times === 1) response.writeHead(429, { 'retry-after': '0' }).end()
          else json(response, { ...observation, id: '1' }, 201)
        },
      })
      const { response } = await client.create({ endpoint: 'Observation', resource: observation })
      assert.deepEqual([response.statusCode, response.attempts, times], [201, 2, 2])
    })

    it('of 429 that would take too long is told with the wait', async () => {
      const outcome = { resourceType: 'OperationOutcome', issue: [{ severity: 'error', code: 'throttled' }] }
      const client = await answering(429, JSON.stringify(outcome), FHIR, { 'retry-after': '3600' })
      const { code, cause } = await failure(client.read(read))
      assert.equal(code, 'HG_RATE_LIMITED')
      assert.equal(cause.retryable, true)
      assert.equal((cause.detail as { retryAfterMs: number }).retryAfterMs, 3_600_000)
      assert.equal(issuesOf(cause)[0]?.code, 'throttled')
    })

    it('of 500 does not ask for another try where its issue says that none helps', async () => {
      const body = (code: string) =>
        JSON.stringify({ resourceType: 'OperationOutcome', issue: [{ severity: 'error', code }] })
      const { message } = await failure((await answering(500, body('invalid'))).read(read))
      assert.doesNotMatch(message, /again/)
      await server?.close()
      assert.match((await failure((await answering(500, body('transient'))).read(read))).message, /again/)
    })

    it('that repeats whom it was asked for does not tell it, but the names of parameters', async () => {
      const said = 'mary-millington v-millington 1970 family birthdate Resource Patient/mary-millington'
      const issue = [{ severity: 'error', code: 'not-found', diagnostics: said }]
      const tell: Behaviour = (_request, response) =>
        json(response, { resourceType: 'OperationOutcome', issue }, 404)
      const own = '/fhir/Observation/Mary-Millington'
      const paths = ['/fhir/Observation', own, `${own}/_history/v-millington`, `${own}/_history`]
      const client = await clientAt(
        Object.fromEntries([...paths, `${own}/$everything`].map((path) => [path, tell])),
      )
      const at = { endpoint: 'Observation', id: 'Mary-Millington' }
      const query = { family: 'Millington', birthdate: '1970' }
      const asked: Record<string, Promise<unknown>> = {
        read: client.read({ ...at, versionId: 'v-millington' }),
        patch: client.patch({ ...at, patch: [] }),
        delete: client.delete(at),
        history: readAll(client.pages({ ...at, what: 'history', all: true })),
        search: readAll(client.pages({ ...target, query })),
        'delete by criteria': client.delete({ endpoint: 'Observation', query }),
        'patch by criteria': client.patch({ endpoint: 'Observation', query, patch: [] }),
        'update by criteria': client.update({ endpoint: 'Observation', query, resource: observation }),
        'create by criteria': client.create({
          ...{ endpoint: 'Observation', resource: observation },
          ifNoneExist: query,
        }),
        operation: client.operation({ ...at, name: '$everything' }),
      }
      for (const [what, failed] of Object.entries(asked)) {
        const { message, cause } = await failure(failed)
        const told = message + JSON.stringify(cause)
        assert.doesNotMatch(told, /millington/i, what)
        assert.match(told, /family birthdate/, what)
      }
    })

    for (const [status, code, retryable, issue] of [
      [400, 'HG_REJECTED', false, 'structure'],
      [400, 'HG_NOT_FOUND', false, 'not-found'],
      [401, 'HG_AUTH', false, 'login'],
      [403, 'HG_FORBIDDEN', false, 'forbidden'],
      [404, 'HG_NOT_FOUND', false, 'not-found'],
      [409, 'HG_CONFLICT', false, 'conflict'],
      [410, 'HG_NOT_FOUND', false, 'deleted'],
      [413, 'HG_TOO_LARGE', false, 'too-costly'],
      [422, 'HG_REJECTED', false, 'invariant'],
      [422, 'HG_CONFLICT', false, 'duplicate'],
      [500, 'HG_UNAVAILABLE', true, 'exception'],
      [500, 'HG_REJECTED', false, 'required'],
      [503, 'HG_UNAVAILABLE', true, 'transient'],
    ] as const) {
      it(`of ${status} and ${issue} is ${code}`, async () => {
        const client = await answering(
          status,
          JSON.stringify({ resourceType: 'OperationOutcome', issue: [{ severity: 'error', code: issue }] }),
        )
        const error = await failure(client.read(read))
        assert.deepEqual([error.code, error.cause.retryable], [code, retryable])
        assert.deepEqual(issuesOf(error.cause), [{ severity: 'error', code: issue }])
      })
    }
  })

  it('is sent no other interaction than the one that is meant', async () => {
    const client = await clientAt({})
    for (const id of ['1/_history/2', '1/$everything', '_history', '$expunge']) {
      const at = { endpoint: 'Observation', id }
      for (const sent of [client.read(at), client.delete(at)]) {
        assert.equal((await failure(sent)).code, 'HG_INPUT', id)
      }
    }
    assert.equal(server?.hits.length, 0)
  })

  it('is sent nothing about the whole of it, or about a reference in the place of an id', async () => {
    const client = await clientAt({})
    const query = { identifier: 'x|1' }
    const patch = [{ op: 'remove', path: '/x' }]
    const reference = { endpoint: 'Patient', id: 'Patient/7' }
    for (const [sent, sentence] of [
      [client.delete({ endpoint: '', query }), /no endpoint/],
      [client.delete({ endpoint: '', id: '7' }), /no endpoint/],
      [client.patch({ endpoint: '', query, patch }), /no endpoint/],
      [client.read(reference), /Give the id alone/],
      [client.delete(reference), /Give the id alone/],
      [client.update({ ...reference, resource: { resourceType: 'Patient' } }), /Give the id alone/],
      [readAll(client.pages({ ...reference, what: 'history', all: true })), /Give the id alone/],
      [client.operation({ ...reference, name: 'everything' }), /Give the id alone/],
    ] as const) {
      const { code, message } = await failure(sent)
      assert.equal(code, 'HG_INPUT')
      assert.match(message, sentence)
    }
    assert.equal(server?.hits.length, 0)
  })

  it('is sent nothing that JSON cannot say, or that is of another type than its address', async () => {
    const client = await clientAt({})
    const ring: Record<string, unknown> = { ...observation }
    ring.maryMillington = ring
    const at = { endpoint: 'Observation' }
    const entry = [{ request: { method: 'POST', url: 'Observation' }, resource: ring }]
    const big = { ...observation, valueInteger: 1n }
    for (const sent of [
      client.create({ ...at, resource: ring }),
      client.create({ ...at, resource: big }),
      client.update({ ...at, id: '1', resource: ring }),
      client.patch({ ...at, id: '1', patch: [ring] }),
      client.operation({ ...at, name: 'x', parameters: big }),
      client.bundle({ endpoint: '', bundle: { resourceType: 'Bundle', type: 'batch', entry } }),
      client.update({ endpoint: '', id: 'Patient/7', resource: observation }),
    ]) {
      const { code, message } = await failure(sent)
      assert.equal(code, 'HG_INPUT')
      assert.doesNotMatch(message, /millington/i)
    }
    assert.equal(server?.hits.length, 0)
  })

  describe('by answering with another resource', () => {
    const patient = { resourceType: 'Patient', id: '7', meta: { versionId: '2' } }
    const mary = { ...patient, id: 'mary-millington', name: [{ family: 'Millington' }] }
    /** Whatever it is asked for, as some caches do. */
    const answering = (value: unknown, status = 200): Promise<FhirClient> => {
      const paths = ['/fhir', '/fhir/Patient', '/fhir/Patient/7', '/fhir/Patient/7/_history/2']
      const more = ['/fhir/metadata', '/fhir/Binary/7', '/fhir/Bundle/7', '/fhir/OperationOutcome/7']
      const answer: Behaviour = (_request, response) =>
        value === undefined ? response.writeHead(204).end() : json(response, value, status)
      return clientAt(Object.fromEntries([...paths, ...more].map((path) => [path, answer])))
    }
    const at = { endpoint: 'Patient', id: '7' }
    const resource = { resourceType: 'Patient', id: '7' }
    const patch = [{ op: 'add', path: '/active', value: true }]
    const reads: Record<string, (client: FhirClient) => Promise<unknown>> = {
      'a read': (client) => client.read(at),
      'a read at the base': (client) => client.read({ endpoint: '', id: 'Patient/7' }),
      'a read of a version': (client) => client.read({ ...at, versionId: '2' }),
    }
    const changes: Record<string, (client: FhirClient) => Promise<unknown>> = {
      'an update': (client) => client.update({ ...at, resource }),
      'an update by the id of the resource': (client) => client.update({ endpoint: 'Patient', resource }),
      'an update at the base': (client) =>
        client.update({ endpoint: '', id: 'Patient/7', resource: { resourceType: 'Patient' } }),
      'a patch': (client) => client.patch({ ...at, patch }),
      'a patch at the base': (client) => client.patch({ endpoint: '', id: 'Patient/7', patch }),
      'a delete': (client) => client.delete(at),
    }

    for (const [what, ask] of Object.entries({ ...reads, ...changes })) {
      it(`${what} is HG_RESPONSE where it is another one, without a word of whose it is`, async () => {
        for (const other of [mary, { ...mary, id: 8 }, { ...mary, id: ['7'] }]) {
          const { code, message, cause } = await failure(ask(await answering(other)))
          assert.equal(code, 'HG_RESPONSE')
          assert.match(message, /^The FHIR server answered for \w+.* with a resource of another id/)
          assert.match(message, /merged or moved, ask for it by its new id\..*cache or proxy/)
          assert.doesNotMatch(message + JSON.stringify(cause), /millington|Patient\/7|\b8\b/i)
          assert.deepEqual([cause.provider, cause.statusCode, cause.retryable], ['fhir', 200, false])
          await server?.close()
        }
      })

      it(`${what} is HG_RESPONSE where it is one of another type`, async () => {
        const client = await answering({ ...mary, resourceType: 'Practitioner', id: '7' })
        const { code, message } = await failure(ask(client))
        assert.equal(code, 'HG_RESPONSE')
        assert.match(message, /with a resource of another type/)
        assert.doesNotMatch(message, /merged/)
      })

      it(`${what} takes one that is right, or has no id`, async () => {
        for (const right of [patient, { ...patient, id: 7 }, resource, { resourceType: 'Patient' }]) {
          await assert.doesNotReject(ask(await answering(right)))
          await server?.close()
        }
      })
    }

    it('a read of a version is HG_RESPONSE where it is another version', async () => {
      for (const versionId of ['3', 3]) {
        const client = await answering({ ...patient, meta: { versionId } })
        const { code, message } = await failure(client.read({ ...at, versionId: '2' }))
        assert.equal(code, 'HG_RESPONSE')
        assert.match(message, /with a resource of another version/)
        assert.equal((await client.read(at)).resource.id, '7')
        await server?.close()
      }
    })

    it('a read of a version is HG_RESPONSE where only its tag says that it is another version', async () => {
      const tagged = (etag: string, more: JsonObject = {}) =>
        clientAt({
          '/fhir/Patient/7/_history/2': (_request, response) => {
            response.setHeader('etag', etag)
            json(response, { resourceType: 'Patient', id: '7', ...more })
          },
        })
      const version = { ...at, versionId: '2' }
      for (const etag of ['W/"3"', '"3"', 'W/"13"', 'W/"x"']) {
        const { code, message } = await failure((await tagged(etag)).read(version))
        assert.deepEqual([code, message.includes('of another version')], ['HG_RESPONSE', true], etag)
        await server?.close()
      }
      // That of the content, as proxies have it.
      for (const etag of ['W/"2"', '"2"', 'W/"1f-Xy"', 'W/"a13"', '"3"x', '3', '""', '*']) {
        await assert.doesNotReject((await tagged(etag)).read(version), etag)
        await server?.close()
      }
      await assert.doesNotReject((await tagged('W/"3"', { meta: { versionId: '2' } })).read(version))
    })

    describe('a history', () => {
      const history = (entry: readonly unknown[], next?: string) => ({
        ...bundle([], next),
        type: 'history',
        entry,
      })
      const opened = (pages: readonly (readonly unknown[])[]) =>
        clientAt({
          '/fhir/Patient/7/_history': list((n) =>
            history(pages[n - 1] ?? [], n < pages.length ? `?n=${n + 1}` : undefined),
          ),
        })
      const entry = (resource: unknown, versionId = '1') => ({
        fullUrl: 'http://h/Patient/7',
        ...(isObject(resource) ? { resource: { ...resource, meta: { versionId } } } : {}),
      })
      const versions = { endpoint: 'Patient', id: '7', what: 'history', all: true } as const

      for (const [what, other, different] of [
        ['id', mary, 'id'],
        ['type', { ...patient, resourceType: 'Person' }, 'type'],
      ] as const) {
        it(`of one resource is HG_RESPONSE where a version is of another ${what}`, async () => {
          const client = await opened([[entry(patient)], [entry(patient, '2'), entry(other, '3')]])
          const seen: unknown[] = []
          const read = async () => {
            for await (const { entries } of client.pages(versions)) seen.push(...entries)
          }
          const { code, message, cause } = await failure(read())
          assert.equal(code, 'HG_RESPONSE')
          assert.match(message, new RegExp(`for history at Patient with a resource of another ${different}`))
          assert.doesNotMatch(message + JSON.stringify(cause), /millington|carried out|arrived/i)
          assert.deepEqual([seen.length, cause.operation], [1, 'history'])
        })
      }

      it('at the base is the same', async () => {
        const client = await opened([[entry(mary)]])
        const { code } = await failure(readAll(client.pages({ ...versions, endpoint: '', id: 'Patient/7' })))
        assert.equal(code, 'HG_RESPONSE')
      })

      it('at an address that names no type is of one id', async () => {
        const things = { '/fhir/things/7/_history': list(() => history([entry(mary)])) }
        const pages = (await clientAt(things)).pages({ ...versions, endpoint: 'things' })
        assert.equal((await failure(readAll(pages))).code, 'HG_RESPONSE')
      })

      it('may have entries without a resource, without an id, and advice', async () => {
        const given = [entry(patient), entry(undefined), entry({ resourceType: 'Patient' })]
        const advice = { resource: { resourceType: 'OperationOutcome', id: 'x' } }
        const client = await opened([[...given, advice]])
        const pages: FhirPage[] = []
        for await (const page of client.pages(versions)) pages.push(page)
        assert.deepEqual(pages[0]?.entries, [...given, advice])
      })

      it('of a type has many', async () => {
        const client = await clientAt({
          '/fhir/Patient/_history': list(() => history([entry(patient), entry(mary)])),
        })
        const { id: _id, ...all } = versions
        assert.equal((await readAll(client.pages(all))).length, 2)
      })

      it('at Healthcode is of one id, of whichever type', async () => {
        const at = (entry: unknown) =>
          clientAt({ '/fhir/member_endpoint/7/_history': list(() => history([entry])) }).then(
            ({ service }) => new FhirClient(new Counted(service, 'healthcode')),
          )
        const asked = { ...versions, endpoint: 'member_endpoint' }
        const coverage = { resourceType: 'Coverage', id: '7' }
        assert.deepEqual(await readAll((await at(entry(coverage))).pages(asked)), ['7'])
        await server?.close()
        for (const other of [
          { ...coverage, id: '8' },
          { ...coverage, resourceType: 'Bundle', id: '8' },
        ]) {
          const { code } = await failure(readAll((await at(entry(other))).pages(asked)))
          assert.equal(code, 'HG_RESPONSE')
          await server?.close()
        }
        const known = { ...asked, type: 'Member' }
        for (const other of [coverage, { ...coverage, resourceType: 'Bundle' }]) {
          const { message } = await failure(readAll((await at(entry(other))).pages(known)))
          assert.match(message, /of another type/)
          await server?.close()
        }
      })
    })

    for (const [what, ask] of Object.entries(changes)) {
      for (const header of ['location', 'content-location']) {
        it(`${what} is HG_RESPONSE where only its ${header} says that it is another one`, async () => {
          const located = (location: string) => {
            const answer: Behaviour = (_request, response) =>
              response.writeHead(201, { [header]: location }).end()
            return clientAt({ '/fhir/Patient': answer, '/fhir/Patient/7': answer })
          }
          for (const [location, different] of [
            ['/fhir/Patient/mary-millington/_history/1', 'id'],
            ['http://h/other/Patient/8', 'id'],
            ['Practitioner/7', 'type'],
            ['Patient/%E0', 'id'],
          ] as const) {
            const { code, message, cause } = await failure(ask(await located(location)))
            assert.equal(code, 'HG_RESPONSE', location)
            assert.match(message, new RegExp(`of another ${different}.*may have been carried out`))
            assert.doesNotMatch(message + JSON.stringify(cause), /millington/)
            await server?.close()
          }
          for (const right of ['Patient/7', '/fhir/Patient/%37/_history/2', '/x', 'Patient/%E0/x', 'Job/8']) {
            await assert.doesNotReject(ask(await located(right)), right)
            await server?.close()
          }
        })
      }

      it(`${what} tells that it may have been carried out, for another resource as well`, async () => {
        const { message, cause } = await failure(ask(await answering(mary, 201)))
        assert.match(message, /may have been carried out/)
        assert.deepEqual(cause.detail, { arrived: 'unknown' })
      })

      it(`${what} takes an OperationOutcome, or no body`, async () => {
        const issue = [{ severity: 'information', code: 'informational' }]
        for (const answer of [{ resourceType: 'OperationOutcome', id: 'x', issue }, undefined]) {
          await assert.doesNotReject(ask(await answering(answer)))
          await server?.close()
        }
      })
    }

    it('a read is HG_RESPONSE where it is an OperationOutcome, unless one was asked for', async () => {
      const client = await answering({ resourceType: 'OperationOutcome', id: '7', issue: [] })
      assert.equal((await failure(client.read(at))).code, 'HG_RESPONSE')
      assert.equal((await client.read({ ...at, endpoint: 'OperationOutcome' })).resource.id, '7')
    })

    it('a read that is led elsewhere, to another one, is HG_RESPONSE', async () => {
      const client = await clientAt({
        '/fhir/Patient/7': (_request, response) =>
          response.writeHead(302, { location: '/fhir/Patient/8' }).end(),
        '/fhir/Patient/8': (_request, response) => json(response, { ...patient, id: '8' }),
      })
      assert.equal((await failure(client.read(at))).code, 'HG_RESPONSE')
    })

    it('a create is HG_RESPONSE where it is one of another type', async () => {
      for (const endpoint of ['Patient', '']) {
        const client = await answering({ ...mary, resourceType: 'Practitioner' }, 201)
        const { code, cause } = await failure(client.create({ endpoint, resource }))
        assert.deepEqual([code, cause.detail], ['HG_RESPONSE', { arrived: 'unknown' }])
        await server?.close()
      }
    })

    it('an update by criteria takes whichever id it is, and no other type', async () => {
      const change = { endpoint: 'Patient', resource: { resourceType: 'Patient' }, query: { active: true } }
      assert.equal((await (await answering(mary)).update(change)).resource?.id, mary.id)
      await server?.close()
      const client = await answering({ ...mary, resourceType: 'Practitioner' })
      assert.equal((await failure(client.update(change))).code, 'HG_RESPONSE')
    })

    it('is no matter where the address names neither type nor id, or asks for content', async () => {
      const statement = { resourceType: 'CapabilityStatement', id: 'example' }
      const client = await answering(statement)
      assert.deepEqual((await client.read({ endpoint: '', id: 'metadata' })).resource, statement)
      assert.deepEqual((await client.read({ ...at, endpoint: 'Binary' })).resource, statement)
      await server?.close()
      const binary = { resourceType: 'Binary', id: '8', contentType: 'text/plain' }
      const other = await answering(binary)
      assert.equal((await failure(other.read({ ...at, endpoint: 'Binary' }))).code, 'HG_RESPONSE')
      await server?.close()
      const kept = await answering({ resourceType: 'OperationOutcome', issue: [] })
      await kept.update({ endpoint: 'Binary', resource: { ...binary, id: '7' } })
      await server?.close()
      const list = await answering({ resourceType: 'Bundle', id: '7', type: 'document' })
      assert.equal((await list.read({ ...at, endpoint: 'Bundle' })).resource.id, '7')
      assert.equal((await failure(list.read(at))).code, 'HG_RESPONSE')
    })

    describe('as Healthcode, where a name promises less', () => {
      const opened = async (endpoint: string, id: string, value: unknown) => {
        const client = await clientAt({
          [`/fhir/${endpoint}/${id}`]: (_request, response) => json(response, value),
        })
        return new FhirClient(new Counted(client.service, 'healthcode'))
      }
      const bundled = { resourceType: 'Bundle', id: 'x', type: 'collection' }
      const set = { resourceType: 'ValueSet', id: 'condition-code-icd10' }
      const claim = { resourceType: 'ClaimResponse', id: 'c1' }
      for (const [endpoint, id, answer, type] of [
        ['get_remittance_endpoint', '7', bundled],
        ['get_remittance_endpoint', '7', claim],
        ['codes_valueset_namespace', 'condition-code/ICD10', set],
        ['codes_valueset_namespace/procedure-code', 'CCSD/9BUPP', set],
        ['codes_valueset_namespace/condition-code', 'ICD10/2024', set],
        ['patient_endpoint', '7', patient, 'Patient'],
        ['patient_endpoint', '7', { resourceType: 'Patient' }, 'Patient'],
        ['patient_endpoint', '7', bundled, 'Patient'],
        ['patient_endpoint', '7', { ...claim, resourceType: 'ReserveSlot' }],
        ['fhir_namespace', 'Patient/7', patient],
        ['fhir_namespace/Patient', '7', patient, 'Patient'],
        ['fhir_namespace', 'Patient/7', bundled],
        ['fhir_namespace', 'Patient/7', { resourceType: 'OperationOutcome', id: 'x' }],
        ['codes_valueset_namespace', 'condition-code/SNOMED/2024', set],
      ] as const) {
        it(`takes ${answer.resourceType} at ${endpoint}/${id}`, async () => {
          const client = await opened(endpoint, id, answer)
          assert.deepEqual((await client.read({ endpoint, id, type })).resource, answer)
        })
      }

      for (const [endpoint, id, answer, type] of [
        ['patient_endpoint', '7', mary],
        ['get_patient_endpoint', '7', mary, 'Patient'],
        ['fhir_namespace/Patient', '7', mary],
        ['fhir_namespace', 'Patient/7', mary],
        ['patient_endpoint', '7', { ...mary, resourceType: 'Practitioner' }, 'Patient'],
        ['fhir_namespace', 'Patient/7', { ...mary, resourceType: 'Practitioner' }],
        ['fhir_namespace/Patient', '7', { ...mary, resourceType: 'Practitioner' }],
        ['fhir_namespace/Patient/1/Coverage', '7', { ...mary, id: '7' }],
        ['fhir_namespace', 'Binary/7', { ...mary, resourceType: 'Binary' }],
      ] as const) {
        it(`says HG_RESPONSE for another ${answer.resourceType} at ${endpoint}/${id}`, async () => {
          const client = await opened(endpoint, id, answer)
          const { code, message } = await failure(client.read({ endpoint, id, ...(type ? { type } : {}) }))
          assert.equal(code, 'HG_RESPONSE')
          assert.match(message, /^Healthcode answered for read at \w+ with a resource of another/)
        })
      }

      it('says HG_RESPONSE for an update that another one answers, whatever the endpoint is named', async () => {
        const client = await opened('member_endpoint', '7', mary)
        const change = { endpoint: 'member_endpoint', id: '7', resource }
        assert.equal((await failure(client.update(change))).code, 'HG_RESPONSE')
        await server?.close()
        const coverage = await opened('member_endpoint', '7', { resourceType: 'Coverage', id: '7' })
        assert.match((await failure(coverage.update(change))).message, /of another type/)
        await server?.close()
        const whole = await opened('member_endpoint', '7', bundled)
        assert.equal((await whole.update(change)).resource?.resourceType, 'Bundle')
      })

      it('takes a patch whose answer, or Location, is of a type that the endpoint does not say', async () => {
        const change = { endpoint: 'member_endpoint', id: '7', patch }
        const coverage = { resourceType: 'Coverage', id: '9' }
        assert.deepEqual(
          (await (await opened('member_endpoint', '7', coverage)).patch(change)).resource,
          coverage,
        )
        await server?.close()
        const client = await clientAt({
          '/fhir/member_endpoint/7': (_request, response) =>
            response.writeHead(200, { location: '/fhir/Coverage/9' }).end(),
        })
        const healthcode = new FhirClient(new Counted(client.service, 'healthcode'))
        assert.equal((await healthcode.patch(change)).location?.id, '9')
      })
    })
  })

  describe('by losing the answer', () => {
    const losing = async (): Promise<FhirClient> => {
      const lose: Behaviour = (request, response) => {
        if (server!.hits.length === 1) request.socket.resetAndDestroy()
        else if (request.method === 'DELETE') response.writeHead(204).end()
        else json(response, request.url?.includes('_search') ? bundle([1]) : { ...observation, id: '1' })
      }
      const batch: Behaviour = (request, response) => {
        if (server!.hits.length === 1) request.socket.resetAndDestroy()
        else
          json(response, {
            resourceType: 'Bundle',
            type: 'batch-response',
            entry: [{ response: { status: '200' } }],
          })
      }
      return clientAt({
        ...{ '/fhir': batch, '/fhir/Observation': lose, '/fhir/Observation/1': lose },
        ...{ '/fhir/Observation/_search': lose, '/fhir/Observation/$everything': lose },
      })
    }
    const at = { endpoint: 'Observation' }
    const entry = (method: string, more: JsonObject = {}): JsonObject => ({
      resourceType: 'Bundle',
      type: 'batch',
      entry: [{ request: { method, url: 'Observation', ...more }, resource: observation }],
    })

    const repeated: Record<string, (client: FhirClient) => Promise<unknown>> = {
      'a read': (client) => client.read({ ...at, id: '1' }),
      'an update': (client) => client.update({ ...at, id: '1', resource: observation }),
      'a delete': (client) => client.delete({ ...at, id: '1' }),
      'a create with If-None-Exist': (client) =>
        client.create({ ...at, resource: observation, ifNoneExist: { identifier: 'x|1' } }),
      'a posted search': (client) => readAll(client.pages({ ...target, what: 'searchPost' })),
      'a GET operation': (client) => client.operation({ ...at, name: '$everything' }),
      'a batch of reads': (client) => client.bundle({ endpoint: '', bundle: entry('GET') }),
      'a batch of updates by id': (client) =>
        client.bundle({ endpoint: '', bundle: entry('PUT', { url: 'Observation/1' }) }),
      'a batch of searches': (client) =>
        client.bundle({ endpoint: '', bundle: entry('GET', { url: 'Observation?code=x' }) }),
      'a batch of deletes by id': (client) =>
        client.bundle({ endpoint: '', bundle: entry('DELETE', { url: 'Observation/1', ifMatch: '' }) }),
      'a batch of creates with ifNoneExist': (client) =>
        client.bundle({ endpoint: '', bundle: entry('POST', { ifNoneExist: 'identifier=x|1' }) }),
    }
    for (const [what, send] of Object.entries(repeated)) {
      it(`gets ${what} again`, async () => {
        await send(await losing())
        assert.equal(server?.hits.length, 2)
      })
    }

    const once: Record<string, (client: FhirClient) => Promise<unknown>> = {
      'a create': (client) => client.create({ ...at, resource: observation }),
      'an update by criteria': (client) =>
        client.update({ ...at, query: { identifier: 'x|1' }, resource: observation }),
      'a delete by criteria': (client) => client.delete({ ...at, query: { identifier: 'x|1' } }),
      'a batch with an update by criteria': (client) =>
        client.bundle({ endpoint: '', bundle: entry('PUT', { url: 'Observation?identifier=x|1' }) }),
      'a batch with a delete by criteria': (client) =>
        client.bundle({ endpoint: '', bundle: entry('DELETE', { url: 'Observation?identifier=x|1' }) }),
      'a batch with a patch': (client) =>
        client.bundle({ endpoint: '', bundle: entry('PATCH', { url: 'Observation/1' }) }),
      'a batch of a read and a create': (client) => {
        const entries = ['GET', 'POST'].flatMap((method) => entry(method).entry as JsonObject[])
        return client.bundle({ endpoint: '', bundle: { ...entry('GET'), entry: entries } })
      },
      'a batch with an update at a version': (client) =>
        client.bundle({ endpoint: '', bundle: entry('PUT', { url: 'Observation/1', ifMatch: 'W/"1"' }) }),
      'a patch': (client) => client.patch({ ...at, id: '1', patch: [] }),
      'a POST operation': (client) =>
        client.operation({ ...at, name: '$everything', parameters: { resourceType: 'Parameters' } }),
      'a batch with a create': (client) => client.bundle({ endpoint: '', bundle: entry('POST') }),
    }
    for (const [what, send] of Object.entries(once)) {
      it(`does not get ${what} again, and that it may have arrived is told`, async () => {
        const { code, cause } = await failure(send(await losing()))
        assert.equal(code, 'HG_UNAVAILABLE')
        assert.equal((cause.detail as { arrived: string }).arrived, 'unknown')
        assert.equal(server?.hits.length, 1)
      })
    }
  })

  describe('with a Bundle', () => {
    const posts = (count: number, type = 'batch'): JsonObject => ({
      resourceType: 'Bundle',
      type,
      entry: Array.from({ length: count }, (_, index) => ({
        request: { method: 'POST', url: 'Observation' },
        resource: { ...observation, code: { text: `${index}` } },
      })),
    })
    const created = { response: { status: '201 Created', location: 'Observation/1/_history/1' } }
    const entriesOf = (hit: Hit): unknown[] => (JSON.parse(hit.body.toString()) as { entry: unknown[] }).entry
    const limited =
      (most: number): Behaviour =>
      (_request, response, hit) => {
        const { length } = entriesOf(hit)
        if (length > most) json(response, { resourceType: 'OperationOutcome', issue: [] }, 413)
        else
          json(response, {
            resourceType: 'Bundle',
            type: 'batch-response',
            entry: Array(length).fill(created),
          })
      }

    it('that is too large for it: a batch is sent in halves', async () => {
      const client = await clientAt({ '/fhir': limited(3) })
      const { outcomes, requests } = await client.bundle({ endpoint: '', bundle: posts(10) })
      assert.deepEqual(
        outcomes.map(({ index, ok }) => [index, ok]),
        Array.from({ length: 10 }, (_, index) => [index, true]),
      )
      assert.equal(requests, 4)
    })

    it('that is too large for it: a transaction is not, unless that is allowed', async () => {
      const client = await clientAt({ '/fhir': limited(3) })
      const target = { endpoint: '', bundle: posts(4, 'transaction') }
      const { code, cause } = await failure(client.bundle(target))
      assert.deepEqual([code, cause.statusCode], ['HG_TOO_LARGE', 413])
      assert.equal(server?.hits.length, 1)
      assert.equal((await client.bundle({ ...target, splitTransaction: true })).requests, 2)
    })

    it('of which a single entry is too large is told', async () => {
      const client = await clientAt({ '/fhir': limited(0) })
      const { code } = await failure(client.bundle({ endpoint: '', bundle: posts(2) }))
      assert.equal(code, 'HG_TOO_LARGE')
    })

    it('sent in parts, of which one fails: what was done before is told, and nothing more is sent', async () => {
      const client = await clientAt({
        '/fhir': (request, response, hit) => {
          if (server!.hits.length === 2) request.socket.resetAndDestroy()
          else limited(9)(request, response, hit)
        },
      })
      const { outcomes, requests, resource } = await client.bundle({
        endpoint: '',
        bundle: posts(6),
        most: 2,
      })
      assert.deepEqual([server?.hits.length, requests], [2, 2])
      assert.deepEqual(
        outcomes.map(({ index, ok, error }) => [index, ok, error?.code, error?.arrived]),
        [
          [0, true, undefined, undefined],
          [1, true, undefined, undefined],
          [2, false, 'HG_UNAVAILABLE', 'unknown'],
          [3, false, 'HG_UNAVAILABLE', 'unknown'],
          [4, false, 'HG_UNAVAILABLE', 'no'],
          [5, false, 'HG_UNAVAILABLE', 'no'],
        ],
      )
      assert.equal(outcomes[0]?.created?.id, '1')
      assert.equal((resource?.entry as unknown[]).length, 6)
    })

    it('sent in parts, when the node is closed after the first: what is done is told', async () => {
      const client = await clientAt({ '/fhir': limited(9) })
      const { service } = client
      const closing = new AbortController()
      const closed = new FhirClient({
        provider: 'fhir',
        endpoints: () => service.endpoints(),
        test: () => service.test(),
        isAnotherName: (url) => service.isAnotherName(url),
        send: async (request) => {
          const response = await service.send(request)
          closing.abort()
          return response
        },
      })
      const bundle = { endpoint: '', bundle: posts(4), most: 2, signal: closing.signal }
      const { code, message, cause } = await failure(closed.bundle(bundle))
      const { arrived, answered } = cause.detail as JsonObject
      assert.deepEqual([code, cause.retryable, arrived], ['HG_CLOSED', false, 'unknown'])
      assert.deepEqual(answered, [0, 1])
      assert.match(message, /2 of its 4 entries/)
    })

    it('whose answer has another number of entries', async () => {
      const client = await clientAt({
        '/fhir': (_request, response) =>
          json(response, { resourceType: 'Bundle', type: 'batch-response', entry: [created] }),
      })
      const { code, message } = await failure(client.bundle({ endpoint: '', bundle: posts(2) }))
      assert.equal(code, 'HG_RESPONSE')
      assert.match(message, /1 answers to 2 entries/)
    })

    it('whose entries are answered by nonsense', async () => {
      const entry = [
        null,
        { response: { status: 'fine' } },
        { response: 7 },
        { response: { status: '200 OK' } },
      ]
      const client = await clientAt({
        '/fhir': (_request, response) =>
          json(response, { resourceType: 'Bundle', type: 'batch-response', entry }),
      })
      const { outcomes } = await client.bundle({ endpoint: '', bundle: posts(4) })
      assert.deepEqual(
        outcomes.map(({ ok, statusCode }) => [ok, statusCode]),
        [
          [false, 0],
          [false, 0],
          [false, 0],
          [true, 200],
        ],
      )
    })
  })

  describe('as Healthcode pages: by page and count', () => {
    interface Pages {
      all: number
      tags?: (all: number, count: number) => JsonObject[]
      included?: number
      /** The most that the server gives, whatever is asked for. */
      most?: number
      /** Default: that of the page. */
      total?: number
      /** All is in every answer. */
      isWhole?: boolean
      /** Of each page. */
      link?: readonly JsonObject[]
      /** Each page has an entry that tells of the search. */
      hasOutcome?: boolean
    }
    const tagged = (all: number, count: number) => [
      { code: 'count', display: String(count) },
      { code: 'maxRecords', display: String(all) },
    ]
    async function opened({
      all,
      tags,
      included = 0,
      most = Infinity,
      total,
      isWhole,
      link,
      hasOutcome,
    }: Pages): Promise<FhirClient> {
      const client = await clientAt({
        '/fhir/list': (_request, response, { method, url, body }) => {
          const asked = method === 'POST' ? new URLSearchParams(body.toString()) : url.searchParams
          const count = isWhole ? all : Math.min(Number(asked.get('count') ?? 5), most)
          const start = isWhole ? 0 : (Number(asked.get('page') ?? 1) - 1) * count
          const ids = Array.from({ length: all }, (_, index) => index + 1).slice(start, start + count)
          const more =
            ids.length === 0 ? [] : Array.from({ length: included }, (_, index) => `i${start + index}`)
          const page = bundle([...ids, ...more])
          if (hasOutcome) {
            const resource = { resourceType: 'OperationOutcome', id: `o${start}`, issue: [] }
            ;(page.entry as JsonObject[]).push({ search: { mode: 'outcome' }, resource })
          }
          json(response, {
            ...page,
            ...(link === undefined ? {} : { link }),
            type: 'collection',
            total: total ?? ids.length,
            meta: { tag: tags?.(all, count) ?? [] },
          })
        },
      })
      return new FhirClient(new Counted(client.service, 'healthcode'))
    }
    const idsTo = (count: number) => Array.from({ length: count }, (_, index) => String(index + 1))
    const list = { endpoint: 'list', what: 'search', all: true } as const

    for (const what of ['search', 'searchPost'] as const) {
      it(`of ${what}, to the number in the tag`, async () => {
        const client = await opened({ all: 10, tags: tagged })
        assert.deepEqual(await readAll(client.pages({ ...list, what })), idsTo(10))
        assert.equal(server?.hits.length, 2)
      })
    }

    it('says how many there are in all, which total does not', async () => {
      const client = await opened({ all: 12, tags: tagged })
      for await (const { total } of client.pages(list)) assert.equal(total, 12)
    })

    for (const [what, link] of [
      ['an empty list of links', []],
      ['a link to the page itself alone', [{ relation: 'self', url: 'list' }]],
    ] as const) {
      it(`with ${what}, to the number in the tag`, async () => {
        const client = await opened({ all: 10, tags: tagged, link })
        assert.deepEqual(await readAll(client.pages(list)), idsTo(10))
        assert.equal(server?.hits.length, 2)
      })
    }

    it('with the tag named maxCount', async () => {
      const client = await opened({ all: 10, tags: (all) => [{ code: 'maxCount', display: String(all) }] })
      assert.deepEqual(await readAll(client.pages(list)), idsTo(10))
      assert.equal(server?.hits.length, 2)
    })

    it('without tags, to an empty page, where a count was asked for', async () => {
      const client = await opened({ all: 10 })
      assert.deepEqual(await readAll(client.pages({ ...list, count: 5 })), idsTo(10))
      assert.equal(server?.hits.length, 3)
    })

    it('without a word of pages on either side: one answer is the whole list', async () => {
      const client = await opened({ all: 3 })
      for (const what of ['search', 'searchPost'] as const) {
        assert.deepEqual(await readAll(client.pages({ ...list, what, query: { lastName: 'A' } })), idsTo(3))
      }
      assert.equal(server?.hits.length, 2)
    })

    it('that look at neither page nor count, nor have tags: the same page again is the end', async () => {
      const client = await opened({ all: 3, isWhole: true })
      assert.deepEqual(await readAll(client.pages({ ...list, count: 20 })), idsTo(3))
      assert.equal(server?.hits.length, 2)
    })

    it('whose total is the number of all, as FHIR has it', async () => {
      const client = await opened({ all: 12, tags: tagged, total: 12 })
      assert.deepEqual(await readAll(client.pages(list)), idsTo(12))
      assert.equal(server?.hits.length, 3)
    })

    it('with a tag that says nothing', async () => {
      const tags = () => [
        { code: 'page', display: '1' },
        { code: 'maxRecords', display: '' },
      ]
      const client = await opened({ all: 7, tags })
      assert.deepEqual(await readAll(client.pages(list)), idsTo(7))
    })

    it('without the number of all, to a page that is not full', async () => {
      const client = await opened({
        all: 12,
        tags: (_all, count) => [{ code: 'count', display: String(count) }],
      })
      assert.deepEqual(await readAll(client.pages(list)), idsTo(12))
      assert.equal(server?.hits.length, 3)
    })

    it('where the server gives fewer than are asked for', async () => {
      const client = await opened({ all: 10, most: 4 })
      assert.deepEqual(await readAll(client.pages({ ...list, count: 100 })), idsTo(10))
    })

    it('with included resources, which are no matches', async () => {
      const client = await opened({ all: 10, tags: tagged, included: 3 })
      const query = { _include: 'Observation:subject' }
      const ids = await readAll(client.pages({ ...list, query }))
      assert.deepEqual(
        ids.filter((id) => !String(id).startsWith('i')),
        idsTo(10),
      )
    })

    it('with an entry on each page that tells of the search, which is no match', async () => {
      for (const all of [10, 11, 16]) {
        const client = await opened({ all, tags: tagged, total: all, hasOutcome: true })
        const ids = await readAll(client.pages({ ...list, count: 5 }))
        assert.deepEqual(
          ids.filter((id) => !String(id).startsWith('o')),
          idsTo(all),
        )
        assert.equal(server?.hits.length, Math.ceil(all / 5))
        await server.close()
      }
    })

    it('with nothing but what tells of the search on the page after the last', async () => {
      const client = await opened({ all: 10, hasOutcome: true })
      const ids = await readAll(client.pages({ ...list, count: 5 }))
      assert.deepEqual(
        ids.filter((id) => !String(id).startsWith('o')),
        idsTo(10),
      )
      assert.equal(server?.hits.length, 3)
    })

    it('with a page of what was included alone, which is not the last', async () => {
      const client = await clientAt({
        '/fhir/list': (_request, response, { url }) => {
          const page = Number(url.searchParams.get('page') ?? 1)
          const mode = page === 2 ? 'include' : 'match'
          const entry = { search: { mode }, resource: { ...observation, id: String(page) } }
          json(response, { ...bundle([]), ...(page < 4 ? { entry: [entry] } : {}) })
        },
      })
      const pages = new FhirClient(new Counted(client.service, 'healthcode')).pages({ ...list, count: 1 })
      assert.deepEqual(await readAll(pages), ['1', '2', '3'])
    })

    it('with a single entry that is an object instead of a list of one', async () => {
      const client = await clientAt({
        '/fhir/list': (_request, response, { url }) => {
          const page = Number(url.searchParams.get('page') ?? 1)
          const entry = { resource: { ...observation, id: String(page) } }
          json(response, {
            ...{ ...bundle([]), entry, type: 'collection' },
            meta: { tag: tagged(3, 1) },
          })
        },
      })
      const pages = new FhirClient(new Counted(client.service, 'healthcode')).pages(list)
      assert.deepEqual(await readAll(pages), idsTo(3))
      assert.equal(server?.hits.length, 3)
    })

    it('with links, of which that to the next page is missing on the last', async () => {
      const client = await opened({ all: 10, link: [{ relation: 'self', url: 'list' }] })
      assert.deepEqual(await readAll(client.pages({ ...list, count: 5 })), idsTo(5))
      assert.equal(server?.hits.length, 1)
    })

    it('with links, and none on the last page', async () => {
      const client = await clientAt({
        '/fhir/list': (_request, response, { url }) => {
          const n = Number(url.searchParams.get('n') ?? 1)
          json(response, bundle([n], n < 3 ? `?n=${n + 1}` : undefined))
        },
      })
      const pages = new FhirClient(new Counted(client.service, 'healthcode')).pages({ ...list, count: 1 })
      assert.deepEqual(await readAll(pages), idsTo(3))
      assert.equal(server?.hits.length, 3)
    })

    it('that move by a page while they are read, without tags', async () => {
      const client = await clientAt({
        '/fhir/list': (_request, response, { url }) => {
          const page = Number(url.searchParams.get('page') ?? 1)
          // After the first page as many came before it as it has.
          const start = page === 1 ? 0 : (page - 2) * 2
          json(response, bundle([1, 2, 3, 4].slice(start, start + 2)))
        },
      })
      const pages = new FhirClient(new Counted(client.service, 'healthcode')).pages({ ...list, count: 2 })
      assert.deepEqual(await readAll(pages), idsTo(4))
      assert.equal(server?.hits.length, 4)
    })

    it('from the page that is asked for', async () => {
      const client = await opened({ all: 10, tags: tagged })
      assert.deepEqual(
        await readAll(client.pages({ ...list, query: { page: 2, count: 4 } })),
        idsTo(10).slice(4),
      )
    })

    it('that end before the number of all is reached', async () => {
      const client = await opened({ all: 7, tags: (_all, count) => tagged(20, count) })
      const { code, cause } = await failure(readAll(client.pages(list)))
      assert.deepEqual([code, cause.retryable], ['HG_RESPONSE', true])
    })

    it('that are all the first one', async () => {
      const first = await opened({ all: 5, tags: () => tagged(20, 5) })
      const base = first.service
      const client = new FhirClient({
        provider: 'healthcode',
        endpoints: () => base.endpoints(),
        test: () => base.test(),
        isAnotherName: (url) => base.isAnotherName(url),
        send: (request) => base.send({ ...request, query: [] }),
      })
      assert.equal((await failure(readAll(client.pages(list)))).code, 'HG_RESPONSE')
      assert.ok(server!.hits.length < 20)
    })
  })
})
