import assert from 'node:assert/strict'
import type { Sandbox } from '../../../../src/sandbox/sandbox'
import {
  type Answer,
  closeSandboxes,
  type Json,
  jsonOf,
  NOW,
  postForm,
  request,
  sandboxFor,
  type Sent,
} from '../support'
import {
  accessToken,
  discovery,
  headersOf,
  idsIn,
  linkOf,
  refusedAs,
  type Resource,
  resourcesIn,
  send,
  resourceOf,
  bundleOf,
  outcomeOf,
} from './support'

const PATCH = { 'content-type': 'application/json-patch+json' }

/** The same of a server of Healthcode's and of a plain one. */
for (const where of ['fhir_namespace', 'plain'] as const) {
  describe(`the sandbox's FHIR server: ${where}`, () => {
    let sandbox: Sandbox
    let base: string
    let headers: Record<string, string>
    let now: number

    beforeEach(async () => {
      now = NOW
      sandbox = await sandboxFor({ now: () => now })
      base = where === 'plain' ? sandbox.urls.fhir.base : (await discovery(sandbox)).fhir_namespace!
      headers = where === 'plain' ? {} : await headersOf(sandbox)
    })
    afterEach(closeSandboxes)

    const get = (path: string, more: Sent['headers'] = {}): Promise<Answer> =>
      request(base + path, { headers: { ...headers, ...more } })
    const put = (method: string, path: string, body: unknown, more: Sent['headers'] = {}) =>
      send(method, base + path, body, { ...headers, ...more })
    const remove = (path: string, more: Sent['headers'] = {}) =>
      request(base + path, { method: 'DELETE', headers: { ...headers, ...more } })
    const patient = (more: Json = {}) => ({ resourceType: 'Patient', ...more })
    const identified = (value: string) => patient({ identifier: [{ system: 'urn:x', value }] })
    const create = async (resource: Json & { resourceType: string }): Promise<Resource> => {
      const answer = await put('POST', `/${resource.resourceType}`, resource)
      assert.equal(answer.status, 201, answer.text)
      return resourceOf(answer)
    }

    describe('one resource', () => {
      it('is created with an id, a version, a time and an address', async () => {
        const answer = await put(
          'POST',
          '/Patient',
          patient({ id: 'x', meta: { tag: [{ code: 't' }], versionId: '7' } }),
        )
        assert.equal(answer.status, 201)
        const { id, meta } = resourceOf(answer)
        assert.notEqual(id, 'x')
        assert.deepEqual(meta, {
          tag: [{ code: 't' }],
          versionId: '1',
          lastUpdated: '2026-03-10T13:20:00.000Z',
        })
        assert.equal(answer.headers.etag, 'W/"1"')
        assert.equal(answer.headers['last-modified'], 'Tue, 10 Mar 2026 13:20:00 GMT')
        assert.equal(answer.headers.location, `${base}/Patient/${id}/_history/1`)
        assert.deepEqual(jsonOf(await request(answer.headers.location, { headers })), jsonOf(answer))
      })

      it('may be of any type of R4, and of no other', async () => {
        await create({ resourceType: 'MolecularSequence', coordinateSystem: 0 })
        await create({ resourceType: 'Bundle', type: 'collection' })
        refusedAs(await put('POST', '/Patiant', { resourceType: 'Patiant' }), 404, 'not-supported')
        refusedAs(await put('POST', '/Patient', { resourceType: 'Patiant' }), 400, 'structure')
        refusedAs(await put('POST', '/Patient', { resourceType: 'Slot' }), 400, 'invalid')
        refusedAs(await put('POST', '/Parameters', { resourceType: 'Parameters' }), 405, 'not-supported')
        for (const body of ['[]', '"text"', 'null', '{}']) {
          refusedAs(await put('POST', '/Patient', body), 400, 'structure')
        }
      })

      it('is updated by whoever has its version', async () => {
        const { id } = await create(patient())
        now += 1000
        const answer = await put('PUT', `/Patient/${id}`, patient({ id, active: true }), {
          'if-match': 'W/"1"',
        })
        assert.equal(answer.status, 200)
        assert.equal(answer.headers.etag, 'W/"2"')
        assert.equal('location' in answer.headers, false)
        assert.equal(resourceOf(answer).meta.lastUpdated, '2026-03-10T13:20:01.000Z')
        const again = await put('PUT', `/Patient/${id}`, patient({ id }), { 'if-match': 'W/"1"' })
        const { details } = refusedAs(again, 412, 'conflict')
        assert.equal(details.coding?.[0]?.code, 'MSG_VERSION_AWARE_CONFLICT')
        refusedAs(await put('PUT', `/Patient/${id}`, patient({ id }), { 'if-match': '1' }), 400, 'value')
        assert.equal((await put('PUT', `/Patient/${id}`, patient({ id }))).status, 200)
        refusedAs(await put('PUT', `/Patient/${id}`, patient({ id: 'x' })), 400, 'invalid')
        refusedAs(await put('PUT', `/Patient/${id}`, patient()), 400, 'invalid')
      })

      it('is created by an update, unless If-Match or If-None-Match forbids it', async () => {
        const made = await put('PUT', '/Patient/mine', patient({ id: 'mine' }), { 'if-none-match': '*' })
        assert.deepEqual([made.status, made.headers.location], [201, `${base}/Patient/mine/_history/1`])
        const again = await put('PUT', '/Patient/mine', patient({ id: 'mine' }), { 'if-none-match': '*' })
        refusedAs(again, 412, 'conflict')
        const absent = await put('PUT', '/Patient/none', patient({ id: 'none' }), { 'if-match': 'W/"1"' })
        refusedAs(absent, 412, 'conflict')
        refusedAs(await put('PUT', '/Patient/a_b', patient({ id: 'a_b' })), 404, 'not-found')
      })

      it('is asked for without its content', async () => {
        const { id } = await create(patient())
        const answer = await request(`${base}/Patient/${id}`, { method: 'HEAD', headers })
        assert.deepEqual([answer.status, answer.headers.etag, answer.text], [200, 'W/"1"', ''])
      })

      it('is not sent again to who has it', async () => {
        const { id } = await create(patient())
        const known = await get(`/Patient/${id}`, { 'if-none-match': 'W/"1"' })
        assert.deepEqual([known.status, known.text], [304, ''])
        assert.equal((await get(`/Patient/${id}`, { 'if-none-match': 'W/"2"' })).status, 200)
      })

      it('is deleted, is gone then, and can come back', async () => {
        const { id } = await create(patient())
        refusedAs(await remove(`/Patient/${id}`, { 'if-match': 'W/"9"' }), 412, 'conflict')
        for (const version of ['2', '2']) {
          const answer = await remove(`/Patient/${id}`)
          assert.deepEqual([answer.status, answer.headers.etag], [200, `W/"${version}"`])
          assert.match(answer.text, /"OperationOutcome".*"severity":"information"/)
        }
        const gone = await get(`/Patient/${id}`)
        refusedAs(gone, 410, 'deleted')
        assert.equal(gone.headers.etag, 'W/"2"')
        refusedAs(await put('PATCH', `/Patient/${id}`, [{ op: 'remove', path: '/x' }], PATCH), 410, 'deleted')
        const back = await put('PUT', `/Patient/${id}`, patient({ id }))
        assert.deepEqual([back.status, back.headers.etag], [201, 'W/"3"'])
        refusedAs(await remove('/Patient/never'), 404, 'not-found')
        refusedAs(await get('/Patient/never'), 404, 'not-found')
      })

      it('keeps its versions', async () => {
        const { id } = await create(patient())
        now += 1000
        await put('PUT', `/Patient/${id}`, patient({ id, active: true }))
        now += 1000
        await remove(`/Patient/${id}`)
        assert.equal(resourceOf(await get(`/Patient/${id}/_history/1`)).meta.versionId, '1')
        refusedAs(await get(`/Patient/${id}/_history/3`), 410, 'deleted')
        refusedAs(await get(`/Patient/${id}/_history/4`), 404, 'not-found')
        const history = await get(`/Patient/${id}/_history`)
        const { type, total, entry } = bundleOf(history)
        assert.deepEqual([type, total], ['history', 3])
        assert.deepEqual(
          entry.map(({ request: { method, url }, response, ...rest }) => [
            method,
            url,
            response.etag,
            'resource' in rest,
          ]),
          [
            ['DELETE', `Patient/${id}`, 'W/"3"', false],
            ['PUT', `Patient/${id}`, 'W/"2"', true],
            ['POST', 'Patient', 'W/"1"', true],
          ],
        )
        const since = await get(`/Patient/${id}/_history?_since=2026-03-10T13:20:01Z&_count=1`)
        assert.equal(bundleOf(since).total, 2)
        assert.equal(bundleOf(since).entry.length, 1)
        assert.equal(bundleOf(await request(linkOf(since, 'next')!, { headers })).entry.length, 1)
        const [ofType, ofAll] = [await get('/Patient/_history?_count=3'), await get('/_history?_count=3')]
        for (const answer of [ofType, ofAll]) {
          assert.deepEqual(bundleOf(answer).entry, entry)
        }
        refusedAs(await get('/Patient/never/_history'), 404, 'not-found')
        refusedAs(await get('/Patient/_history?_since=2026-03-10'), 400, 'value')
      })

      it('comes back as Prefer asks', async () => {
        const sent = async (prefer: string) => put('POST', '/Patient', patient(), { prefer })
        const minimal = await sent('return=minimal')
        assert.deepEqual([minimal.status, minimal.text], [201, ''])
        assert.match(String(minimal.headers.location), /Patient/)
        assert.equal(jsonOf(await sent('return=OperationOutcome')).resourceType, 'OperationOutcome')
        assert.equal(jsonOf(await sent('return=representation')).resourceType, 'Patient')
      })
    })

    describe('a conditional request', () => {
      it('creates only what is not there', async () => {
        const criteria = { 'if-none-exist': 'identifier=urn:x%7Ca' }
        const first = await put('POST', '/Patient', identified('a'), criteria)
        assert.equal(first.status, 201)
        const again = await put('POST', '/Patient', identified('a'), criteria)
        assert.deepEqual([again.status, again.headers.location], [200, first.headers.location])
        assert.deepEqual(jsonOf(again), jsonOf(first))
        await create(identified('a'))
        refusedAs(await put('POST', '/Patient', identified('a'), criteria), 412, 'multiple-matches')
      })

      it('updates what fits, or makes it', async () => {
        const made = await put('PUT', '/Patient?identifier=urn:x|b', identified('b'))
        assert.equal(made.status, 201)
        const { id } = jsonOf(made)
        const changed = await put('PUT', '/Patient?identifier=urn:x|b', { ...identified('b'), active: true })
        assert.deepEqual([changed.status, jsonOf(changed).id], [200, id])
        const other = { ...identified('b'), id: 'other' }
        refusedAs(await put('PUT', '/Patient?identifier=urn:x|b', other), 400, 'invalid')
        const own = await put('PUT', '/Patient?identifier=urn:x|c', { ...identified('c'), id: 'own' })
        assert.deepEqual([own.status, jsonOf(own).id], [201, 'own'])
        await create(identified('b'))
        refusedAs(await put('PUT', '/Patient?identifier=urn:x|b', identified('b')), 412, 'multiple-matches')
      })

      it('patches and deletes what fits', async () => {
        const { id } = await create(identified('d'))
        const patch = [{ op: 'add', path: '/active', value: true }]
        const patched = await put('PATCH', '/Patient?identifier=urn:x|d', patch, PATCH)
        assert.deepEqual([patched.status, jsonOf(patched).active], [200, true])
        assert.equal((await remove('/Patient?identifier=urn:x|d')).status, 200)
        refusedAs(await get(`/Patient/${id}`), 410, 'deleted')
        refusedAs(await remove('/Patient?identifier=urn:x|d'), 404, 'not-found')
        refusedAs(await put('PATCH', '/Patient?identifier=urn:x|d', patch, PATCH), 404, 'not-found')
      })

      it('needs criteria that are known', async () => {
        for (const query of ['', '?_count=1', '?_sort=name']) {
          refusedAs(await remove(`/Patient${query}`), 400, 'invalid')
        }
        refusedAs(await remove('/Patient?shoesize=44', { prefer: 'handling=lenient' }), 400, 'not-supported')
        refusedAs(await put('POST', '/Patient', patient(), { 'if-none-exist': 'x=1' }), 400, 'not-supported')
      })
    })

    it('changes a resource by a JSON Patch, with its version', async () => {
      const { id } = await create(patient({ name: [{ family: 'A' }] }))
      const patch = [
        { op: 'test', path: '/name/0/family', value: 'A' },
        { op: 'replace', path: '/name/0/family', value: 'B' },
      ]
      const done = await put('PATCH', `/Patient/${id}`, patch, { ...PATCH, 'if-match': 'W/"1"' })
      assert.deepEqual([done.status, done.headers.etag, jsonOf(done).name], [200, 'W/"2"', [{ family: 'B' }]])
      refusedAs(
        await put('PATCH', `/Patient/${id}`, patch, { ...PATCH, 'if-match': 'W/"1"' }),
        412,
        'conflict',
      )
      refusedAs(await put('PATCH', `/Patient/${id}`, patch, PATCH), 422, 'processing')
      refusedAs(await put('PATCH', `/Patient/${id}`, patch), 415, 'not-supported')
      refusedAs(await put('PATCH', `/Patient/${id}`, {}, PATCH), 400, 'structure')
      const other = [{ op: 'replace', path: '/id', value: 'x' }]
      refusedAs(await put('PATCH', `/Patient/${id}`, other, PATCH), 422, 'processing')
      const wrong = [{ op: 'add', path: '/gender', value: 'F' }]
      refusedAs(await put('PATCH', `/Patient/${id}`, wrong, PATCH), 422, 'code-invalid')
      assert.equal(resourceOf(await get(`/Patient/${id}`)).meta.versionId, '2')
    })

    describe('a list', () => {
      beforeEach(async () => {
        for (const value of ['1', '2', '3', '4', '5']) {
          await create({ resourceType: 'Basic', code: { text: value }, identifier: [{ value }] })
        }
      })

      const walk = async (first: Answer): Promise<Answer[]> => {
        const pages = [first]
        for (let next = linkOf(first, 'next'); next !== undefined;) {
          const page = await request(next, { headers })
          pages.push(page)
          next = linkOf(page, 'next')
        }
        return pages
      }

      it('comes in pages, each with the link to the next one', async () => {
        const pages = await walk(await get('/Basic?_count=2'))
        assert.deepEqual(
          pages.map((page) => idsIn(page).length),
          [2, 2, 1],
        )
        assert.equal(new Set(pages.flatMap(idsIn)).size, 5)
        for (const page of pages) {
          const { type, total, entry } = bundleOf(page)
          assert.deepEqual([type, total], ['searchset', 5])
          for (const { fullUrl, resource, search } of entry) {
            assert.equal(fullUrl, `${base}/Basic/${resource.id}`)
            assert.deepEqual(search, { mode: 'match' })
          }
        }
        assert.equal(linkOf(pages[0]!, 'self'), `${base}/Basic?_count=2`)
        assert.equal(linkOf(pages[0]!, 'previous'), undefined)
        assert.deepEqual(idsIn(await request(linkOf(pages[1]!, 'previous')!, { headers })), idsIn(pages[0]!))
      })

      it('stays as it was while it is read', async () => {
        const first = await get('/Basic?_count=2')
        await create({ resourceType: 'Basic', code: { text: 'later' } })
        await remove(`/Basic/${idsIn(first)[0]!}`)
        assert.equal((await walk(first)).flatMap(idsIn).length, 5)
      })

      it('is kept for ten minutes', async () => {
        const next = linkOf(await get('/Basic?_count=2'), 'next')!
        now += 599_999
        assert.equal((await request(next, { headers })).status, 200)
        now += 1
        refusedAs(await request(next, { headers }), 410, 'not-found')
      })

      it('can be asked for by a form, whose next pages are plain addresses', async () => {
        const first = await postForm(`${base}/Basic/_search?_count=2`, { identifier: '1,2,3' }, headers)
        const pages = await walk(first)
        assert.equal(pages.flatMap(idsIn).length, 3)
        for (const page of pages) assert.doesNotMatch(JSON.stringify(bundleOf(page).link), /identifier/)
        const wrong = await send('POST', `${base}/Basic/_search`, {}, headers)
        refusedAs(wrong, 415, 'not-supported')
      })

      it('can be counted only', async () => {
        for (const query of ['?_summary=count', '?_count=0']) {
          const answer = jsonOf(await get(`/Basic${query}`))
          assert.deepEqual([answer.total, 'entry' in answer], [5, false])
        }
      })

      it('is empty without entries', async () => {
        const answer = jsonOf(await get('/Basic?identifier=none'))
        assert.deepEqual([answer.total, 'entry' in answer], [0, false])
      })

      it('misbehaves when told', async () => {
        const endpoint = where === 'plain' ? 'healthcode.fhir' : 'healthcode.fhir_namespace'
        const first = await get('/Basic?_count=2')
        const told = async (
          rule: 'nextToItself' | 'nextElsewhere' | 'nextForever' | 'emptyPage' | 'noTotal',
        ) => {
          sandbox.misbehave({ endpoint, times: 1, do: rule })
          return request(linkOf(first, 'next')!, { headers })
        }
        const itself = await told('nextToItself')
        assert.equal(linkOf(itself, 'next'), linkOf(itself, 'self'))
        assert.equal(new URL(linkOf(await told('nextElsewhere'), 'next')!).hostname, 'elsewhere.invalid')
        assert.deepEqual(idsIn(await told('emptyPage')), [])
        assert.equal(jsonOf(await told('noTotal')).total, undefined)
        sandbox.misbehave({ endpoint, do: 'nextForever' })
        sandbox.misbehave({ endpoint, do: 'repeatPage' })
        let page = await get('/Basic?_count=5')
        for (let number = 0; number < 5; number++) {
          assert.equal(idsIn(page).length, 5)
          page = await request(linkOf(page, 'next')!, { headers })
        }
      })
    })

    it('has operations: $validate and $everything', async () => {
      const outcome = async (path: string, body: unknown) => {
        const answer = await put('POST', path, body)
        assert.equal(answer.status, 200)
        return outcomeOf(answer).issue.map(({ severity, code }) => [severity, code])
      }
      const observation = { resourceType: 'Observation', status: 'final' }
      assert.deepEqual(await outcome('/Observation/$validate', observation), [['error', 'required']])
      assert.deepEqual(await outcome('/$validate', patient()), [['information', 'informational']])
      const parameters = {
        resourceType: 'Parameters',
        parameter: [{ name: 'resource', resource: observation }],
      }
      assert.deepEqual(await outcome('/Observation/$validate', parameters), [['error', 'required']])

      const { id } = await create(patient())
      const other = await create(patient())
      const mine = await create({
        ...observation,
        code: { text: 'x' },
        subject: { reference: `Patient/${id}` },
      })
      await create({ ...observation, code: { text: 'x' }, subject: { reference: `Patient/${other.id}` } })
      assert.deepEqual(idsIn(await get(`/Patient/${id}/$everything`)), [id, mine.id])
      const [first] = [await get(`/Patient/${id}/$everything?_count=1`)]
      assert.deepEqual(idsIn(await request(linkOf(first, 'next')!, { headers })), [mine.id])
      refusedAs(await get(`/Patient/never/$everything`), 404, 'not-found')
      refusedAs(await put('POST', '/Patient/$match', { resourceType: 'Parameters' }), 404, 'not-supported')
    })

    it('tells what it can do', async () => {
      const { resourceType, fhirVersion, rest } = jsonOf(await get('/metadata'))
      assert.deepEqual([resourceType, fhirVersion], ['CapabilityStatement', '4.0.1'])
      assert.equal((rest as [{ resource: Json[] }])[0].resource.length, 144)
    })

    it('has nothing at other addresses, and no other methods', async () => {
      for (const path of ['/Patient/1/2', '/Patient//1', '/Patient/1/_history/1/2', '/patient', '/x/1']) {
        const answer = await get(path)
        assert.equal(answer.status, 404, path)
        assert.equal(jsonOf(answer).resourceType, 'OperationOutcome')
      }
      const answer = await put('POST', '/Patient/1', patient())
      refusedAs(answer, 405, 'not-supported')
      assert.match(String(answer.headers.allow), /PUT/)
      refusedAs(await get(''), 400, 'not-supported')
    })
  })
}

describe("the sandbox's plain FHIR server", () => {
  let sandbox: Sandbox

  beforeEach(async () => {
    sandbox = await sandboxFor()
  })
  afterEach(closeSandboxes)

  it('has patients and their observations when it starts', async () => {
    const { base } = sandbox.urls.fhir
    const observations = await request(
      `${base}/Observation?patient=Patient/patient-1&_include=Observation:subject`,
    )
    assert.equal(bundleOf(observations).total, 40)
    assert.equal(resourcesIn(observations).at(-1)?.id, 'patient-1')
    const code = resourcesIn(observations)[0]?.code as { coding: [{ code: string }] }
    assert.match(code.coding[0].code, /^\d+-\d$/)
  })

  it('takes times of any zone, and any caller', async () => {
    const { base } = sandbox.urls.fhir
    const appointment = {
      ...{ resourceType: 'Appointment', status: 'booked', start: '2026-03-11T10:00:00+05:30' },
      ...{ end: '2026-03-11T10:30:00+05:30', participant: [{ status: 'accepted' }] },
    }
    assert.equal((await send('POST', `${base}/Appointment`, appointment)).status, 201)
  })

  it('says where tokens come from, and refuses those that are not good', async () => {
    const { base } = sandbox.urls.fhir
    const { token_endpoint: url } = jsonOf(await request(`${base}/.well-known/smart-configuration`))
    assert.equal(url, `${sandbox.url}/healthcode/auth/token`)
    const authorization = `Bearer ${await accessToken(sandbox)}`
    assert.equal((await request(`${base}/Patient`, { headers: { authorization } })).status, 200)
    refusedAs(await request(`${base}/Patient`, { headers: { authorization: 'Bearer x' } }), 401, 'unknown')
    sandbox.healthcode.expireTokens()
    refusedAs(await request(`${base}/Patient`, { headers: { authorization } }), 401, 'expired')
  })
})
