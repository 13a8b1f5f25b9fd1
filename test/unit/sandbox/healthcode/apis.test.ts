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
} from '../support'
import {
  discovery,
  headersOf,
  idsIn,
  refusedAs,
  type Resource,
  resourcesIn,
  send,
  tagsOf,
  resourceOf,
  bundleOf,
} from './support'

describe("the sandbox's Healthcode APIs", () => {
  let sandbox: Sandbox
  let urls: Record<string, string>
  let headers: Record<string, string>

  beforeEach(async () => {
    sandbox = await sandboxFor({ now: () => NOW })
    urls = await discovery(sandbox)
    headers = await headersOf(sandbox)
  })
  afterEach(closeSandboxes)

  const form = (key: string, fields: Record<string, string>): Promise<Answer> =>
    postForm(urls[key]!, fields, headers)
  const get = (key: string, path = ''): Promise<Answer> => request(urls[key]! + path, { headers })

  describe('find member', () => {
    const find = (fields: Record<string, string>) => form('find_member_endpoint', fields)

    it('gives the cover of somebody by name and day of birth', async () => {
      const { insurerIdentifier, firstName, lastName, dateOfbirth, membershipNumber } =
        sandbox.demo.healthcode.member
      const answer = await find({ insurerIdentifier, firstName: firstName[0]!, lastName, dateOfbirth })
      const [coverage, ...more] = resourcesIn(answer)
      assert.equal(more.length, 0)
      assert.equal(coverage?.resourceType, 'Coverage')
      assert.equal(coverage.subscriberId, membershipNumber)
      assert.equal(bundleOf(answer).type, 'collection')
      assert.ok(JSON.stringify(coverage).includes(`"family":"${lastName}"`))
    })

    it('gives it by the membership number as well, with whatever else is known', async () => {
      const { firstName, ...known } = sandbox.demo.healthcode.member
      const { membershipNumber, insurerIdentifier } = known
      const [coverage] = resourcesIn(await find({ insurerIdentifier, membershipNumber }))
      const [patient] = coverage?.contained as [{ address: [{ postalCode: string }]; gender: string }]
      const all = {
        ...{ ...known, firstName, postCode: patient.address[0].postalCode.replace(' ', '').toLowerCase() },
        ...{ sex: patient.gender === 'male' ? 'Male' : 'Female', policyActiveOn: '2026-03-10' },
        groupId: (coverage?.class as [{ value: string }])[0].value,
      }
      assert.equal(resourcesIn(await find(all)).length, 1)
      const others = {
        sex: all.sex === 'Male' ? 'Female' : 'Male',
        policyActiveOn: '1999-01-01',
        postCode: 'QQ',
      }
      for (const [name, value] of Object.entries({
        ...others,
        groupId: 'x',
        firstName: 'x',
        lastName: 'x',
      })) {
        assert.deepEqual(resourcesIn(await find({ ...all, [name]: value })), [], name)
      }
    })

    it('gives an empty Bundle for nobody', async () => {
      const answer = await find({ insurerIdentifier: 'wpa', membershipNumber: 'NOBODY' })
      assert.equal(answer.status, 200)
      assert.deepEqual([jsonOf(answer).total, 'entry' in jsonOf(answer)], [0, false])
    })

    it('refuses what is missing, unknown or unreadable', async () => {
      const right = { insurerIdentifier: 'bup', lastName: 'A', firstName: 'B', dateOfbirth: '1970-01-01' }
      const path = async (fields: Record<string, string>, code: string) =>
        refusedAs(await find(fields), 400, code).expression?.[0]
      assert.equal(await path({}, 'required'), 'insurerIdentifier')
      assert.equal(await path({ insurerIdentifier: 'bup' }, 'required'), 'lastName')
      assert.equal(await path({ ...right, insurerIdentifier: 'nuh' }, 'required'), 'postCode')
      assert.equal(await path({ ...right, insurerIdentifier: 'xyz' }, 'code-invalid'), 'insurerIdentifier')
      assert.equal(await path({ ...right, dateOfbirth: '1970-02-30' }, 'value'), 'dateOfbirth')
      assert.equal(await path({ ...right, dateOfBirth: '1970-01-01' }, 'not-supported'), 'dateOfBirth')
      assert.equal(await path({ ...right, sex: 'm' }, 'value'), 'sex')
      assert.equal(await path({ ...right, postCode: '' }, 'value'), 'postCode')
    })

    it('is a posted form, and nothing else', async () => {
      const answer = await get('find_member_endpoint')
      refusedAs(answer, 405, 'not-supported')
      assert.equal(answer.headers.allow, 'POST')
      refusedAs(await send('POST', urls['find_member_endpoint']!, {}, headers), 415, 'not-supported')
      refusedAs(await get('find_member_endpoint', '/1'), 404, 'not-found')
    })
  })

  describe('remittances', () => {
    const ALL = { insurerIdentifier: 'bup, ppp, nuh, slh', count: '100' }
    const summaries = (fields: Record<string, string> = {}) =>
      form('search_remittance_summary_endpoint', { ...ALL, ...fields })
    const details = (fields: Record<string, string> = {}) =>
      form('search_remittance_detail_advanced_endpoint', { ...ALL, ...fields })
    const amountOf = ({ paymentAmount }: Resource) => (paymentAmount as { value: number }).value

    it('are found in brief, with the sum of what was paid in detail', async () => {
      const found = resourcesIn(await summaries())
      assert.equal(found.length, 26)
      const byId = new Map(resourcesIn(await details()).map((one) => [one.id, one]))
      for (const one of found) {
        assert.equal(one.resourceType, 'PaymentReconciliation')
        const parts = one.detail as { response: { reference: string }; amount: { value: number } }[]
        const paid = parts.map(({ response, amount }) => {
          const claim = byId.get(response.reference.replace('ClaimResponse/', ''))
          assert.equal(claim?.resourceType, 'ClaimResponse')
          assert.deepEqual((claim.payment as Json).amount, amount)
          return amount.value
        })
        assert.equal(
          Math.round(amountOf(one) * 100),
          Math.round(paid.reduce((sum, value) => sum + value, 0) * 100),
        )
      }
    })

    it('come page by page, told by tags, each once', async () => {
      const page = (number: number) => summaries({ page: String(number), count: '10' })
      const pages = [await page(1), await page(2), await page(3), await page(4)]
      assert.deepEqual(
        pages.map((answer) => jsonOf(answer).total),
        [10, 10, 6, 0],
      )
      assert.deepEqual(tagsOf(pages[2]!), { page: '3', count: '10', maxRecords: '26' })
      assert.equal(new Set(pages.flatMap(idsIn)).size, 26)
      assert.ok(pages.every((answer) => !('link' in jsonOf(answer))))
    })

    it('come in the order of their creation', async () => {
      const up = idsIn(await summaries({ _sort: 'createdOn' }))
      assert.deepEqual(idsIn(await summaries({ _sort: '-createdOn' })), up.toReversed())
      assert.deepEqual(up, up.toSorted())
      refusedAs(await summaries({ _sort: 'paymentDate' }), 400, 'value')
    })

    it('are found by each of the fields', async () => {
      const [first] = resourcesIn(await summaries())
      const [claim] = resourcesIn(await details())
      const paid = (first?.paymentIdentifier as { value: string }).value
      assert.deepEqual(idsIn(await summaries({ paymentReference: paid })), [first?.id])
      const day = String(first?.created).slice(0, 10)
      assert.deepEqual(idsIn(await summaries({ dateCreated: `${day}_${day}` })), [first?.id])
      assert.deepEqual(idsIn(await summaries({ datePaid: `2020-01-01_${String(first?.paymentDate)}` })), [
        first?.id,
      ])
      const invoice = (claim?.request as { identifier: { value: string } }).identifier.value
      assert.deepEqual(idsIn(await details({ invoiceNumber: invoice })), [claim?.id])
      const { display, identifier } = claim?.patient as { display: string; identifier: { value: string } }
      for (const fields of [{ patientName: display }, { patientName: display.split(' ')[1]! }]) {
        assert.ok(idsIn(await details(fields)).includes(claim!.id))
      }
      for (const one of resourcesIn(await details({ membershipNumber: identifier.value }))) {
        assert.deepEqual((one.patient as Json).identifier, identifier)
      }
      for (const one of resourcesIn(await details({ insurerIdentifier: 'slh' }))) {
        assert.equal((one.insurer as { identifier: { value: string } }).identifier.value, 'slh')
      }
      const most = Math.max(...resourcesIn(await summaries()).map(amountOf))
      assert.equal(resourcesIn(await summaries({ paymentAmount: `ge${most}` })).length, 1)
      assert.equal(resourcesIn(await summaries({ paymentAmount: `gt${most}` })).length, 0)
      assert.equal(resourcesIn(await summaries({ provider: 'P999' })).length, 0)
      const invoiced = resourcesIn(await details()).map(
        ({ total }) => (total as [{ amount: { value: number } }])[0].amount.value,
      )
      const largest = Math.max(...invoiced)
      assert.equal(
        resourcesIn(await details({ amountInvoiced: `lt${largest}` })).length,
        invoiced.filter((value) => value < largest).length,
      )
      const short = idsIn(await details({ hasShortFall: 'true' }))
      const full = idsIn(await details({ hasShortFall: 'false' }))
      assert.ok(short.length > 0)
      assert.equal(short.length + full.length, resourcesIn(await details()).length)
    })

    it('are found since a time, of 90 days at most', async () => {
      const since = '2026-03-01T09:00:00'
      const expected = resourcesIn(await summaries())
        .filter(({ created }) => String(created) >= since)
        .map(({ id }) => id)
      assert.ok(expected.length > 0 && expected.length < 26)
      for (const written of [since, `${since}Z`, `${since}+00:00`]) {
        assert.deepEqual(idsIn(await summaries({ _since: written })), expected, written)
      }
      assert.equal((await summaries({ _since: '2025-12-10T13:20:00Z' })).status, 200)
      refusedAs(await summaries({ _since: '2025-12-10T13:19:59Z' }), 400, 'business-rule')
      refusedAs(await summaries({ _since: `${since}+01:00` }), 400, 'value')
      refusedAs(await summaries({ _since: 'yesterday' }), 400, 'value')
    })

    it('are read one by one, or listed', async () => {
      const [id] = idsIn(await summaries())
      const one = resourcesIn(await get('get_remittance_endpoint', `/${id!}`))
      assert.deepEqual([one[0]?.id, one[1]?.resourceType], [id, 'ClaimResponse'])
      const listed = await get('get_remittance_endpoint', '?count=2&_sort=-createdOn')
      assert.deepEqual([idsIn(listed).length, tagsOf(listed).maxRecords], [2, '26'])
      refusedAs(await get('get_remittance_endpoint', '/none'), 404, 'not-found')
    })

    it('refuse what is missing, unknown or unreadable', async () => {
      const path = async (fields: Record<string, string>, code: string) =>
        refusedAs(await form('search_remittance_summary_endpoint', fields), 400, code).expression?.[0]
      const right = { insurerIdentifier: 'bup' }
      assert.equal(await path({}, 'required'), 'insurerIdentifier')
      assert.equal(await path({ insurerIdentifier: 'bup,xyz' }, 'code-invalid'), 'insurerIdentifier')
      assert.equal(await path({ ...right, dateCreated: '2026-03-01' }, 'value'), 'dateCreated')
      assert.equal(await path({ ...right, dateCreated: '2026-03-02_2026-03-01' }, 'value'), 'dateCreated')
      assert.equal(await path({ ...right, paymentAmount: 'ge' }, 'value'), 'paymentAmount')
      assert.equal(await path({ ...right, hasShortFall: 'yes' }, 'value'), 'hasShortFall')
      assert.equal(await path({ ...right, page: '0' }, 'value'), 'page')
      assert.equal(await path({ ...right, count: '101' }, 'value'), 'count')
      assert.equal(await path({ ...right, _count: '10' }, 'not-supported'), '_count')
    })

    it('misbehave when told: pages that are empty, the first one again, or uncounted', async () => {
      const endpoint = 'healthcode.search_remittance_summary_endpoint'
      const page = (number: number) => summaries({ page: String(number), count: '10' })
      const first = idsIn(await page(1))
      sandbox.misbehave({ endpoint, times: 1, do: 'emptyPage' })
      assert.deepEqual(idsIn(await page(1)), [])
      sandbox.misbehave({ endpoint, times: 1, do: 'repeatPage' })
      assert.deepEqual(idsIn(await page(2)), first)
      sandbox.misbehave({ endpoint, times: 1, do: 'noTotal' })
      const uncounted = await page(1)
      assert.deepEqual([jsonOf(uncounted).total, tagsOf(uncounted)], [undefined, { page: '1', count: '10' }])
    })
  })

  describe('search practitioner', () => {
    const search = (query: Record<string, string>) =>
      get('search_practitioner_endpoint', `?${new URLSearchParams(query).toString()}`)

    it('finds by each of the fields', async () => {
      const all = resourcesIn(await search({ count: '100' }))
      assert.equal(all.length, 14)
      const [one] = all
      const [name] = one?.name as [{ family: string; given: [string] }]
      const [regulator, number] = one?.identifier as [{ value: string }, { value: string; system: string }]
      const [{ postalCode }] = one?.address as [{ postalCode: string }]
      const insurer = number.system.split('/').at(-1)!
      const fields = {
        ...{ family: name.family, given: name.given[0], gender: String(one?.gender) },
        ...{ 'regulator-reference': regulator.value, 'address-postalcode': postalCode.slice(0, 3) },
        ...{ insurer, 'insurer-provider-number': number.value, 'insurer-recognition-status': 'Y' },
      }
      assert.deepEqual(idsIn(await search(fields)), [one?.id])
      for (const name of [
        'family',
        'given',
        'regulator-reference',
        'address-postalcode',
        'insurer-provider-number',
      ]) {
        assert.deepEqual(idsIn(await search({ ...fields, [name]: '0' })), [], name)
      }
      const count = async (query: Record<string, string>) =>
        resourcesIn(await search({ count: '100', ...query })).length
      const [yes, no] = [
        await count({ insurer, 'insurer-recognition-status': 'Y' }),
        await count({ insurer, 'insurer-recognition-status': 'N' }),
      ]
      assert.equal(yes + no, 14)
      assert.ok(yes > 0 && no > 0)
      assert.equal((await count({ gender: 'female' })) + (await count({ gender: 'male' })), 14)
      const online = (value: string) => count({ 'is-onlinebooking-available': value })
      const bookable = [await online('true'), await online('false')]
      assert.ok(bookable[0]! > 0 && bookable[1]! > 0)
      assert.equal(bookable[0]! + bookable[1]!, 14)
      assert.ok((await count({ specialty: 'P101' })) > 0)
      assert.ok((await count({ profession: 'P1, P2' })) > (await count({ profession: 'P1' })))
    })

    it('gives pages, and refuses what is unknown', async () => {
      const answer = await search({ page: '2', count: '10' })
      assert.deepEqual([idsIn(answer).length, tagsOf(answer).maxRecords], [4, '14'])
      refusedAs(await search({ name: 'x' }), 400, 'not-supported')
      refusedAs(await search({ insurer: 'xyz' }), 400, 'value')
      refusedAs(await search({ 'is-onlinebooking-available': 'yes' }), 400, 'value')
      refusedAs(await get('search_practitioner_endpoint', '?given=a&given=b'), 400, 'invalid')
      refusedAs(await postForm(urls['search_practitioner_endpoint']!, {}, headers), 405, 'not-supported')
    })
  })

  describe('value sets', () => {
    const codes = async (path: string) => {
      const answer = await get('codes_valueset_namespace', path)
      assert.equal(answer.status, 200, answer.text)
      const { resourceType, expansion } = jsonOf(answer)
      assert.equal(resourceType, 'ValueSet')
      return (expansion as { contains: { code: string }[] }).contains.map(({ code }) => code)
    }

    for (const path of [
      ...['/service-category/ISC', '/service-type/ISC', '/procedure-code/CCSD', '/procedure-code/9BUPP'],
      ...['/condition-code/ICD9', '/condition-code/ICD10', '/practitioner-role', '/practitioner-specialty'],
      ...['/practitioner-subspecialty', '/practitioner-specialty/P1'],
    ]) {
      it(`has ${path}`, async () => {
        assert.ok((await codes(path)).length > 0)
      })
    }

    it('has all schemes where none is named, and the specialties of one profession', async () => {
      const both = await codes('/condition-code')
      assert.deepEqual(both, [
        ...(await codes('/condition-code/ICD9')),
        ...(await codes('/condition-code/ICD10')),
      ])
      assert.deepEqual(await codes('/practitioner-specialty/P2'), ['P201'])
    })

    it('has no others', async () => {
      for (const path of [
        '',
        '/none',
        '/condition-code/ICD11',
        '/practitioner-specialty/P9',
        '/condition-code/ICD10/x',
        '/constructor',
      ]) {
        refusedAs(await get('codes_valueset_namespace', path), 404, 'not-found')
      }
    })
  })

  it('create schedule: a Schedule, which is there from then on', async () => {
    const schedule = { resourceType: 'Schedule', actor: [{ reference: 'Practitioner/SP10001' }] }
    const answer = await send('POST', urls['create_schedule_endpoint']!, schedule, headers)
    assert.equal(answer.status, 201)
    const { id, meta } = resourceOf(answer)
    assert.equal(meta.versionId, '1')
    assert.equal(
      answer.headers.location,
      `${urls['schedule_endpoint']!}/${id}/_history/1`.replace('/schedule/', '/Schedule/'),
    )
    assert.deepEqual(jsonOf(await get('schedule_endpoint', `/${id}`)).actor, schedule.actor)
    refusedAs(
      await send('POST', urls['create_schedule_endpoint']!, { resourceType: 'Slot' }, headers),
      400,
      'invalid',
    )
    refusedAs(await get('create_schedule_endpoint'), 405, 'not-supported')
    refusedAs(await get('create_schedule_endpoint', `/${id}`), 404, 'not-found')
  })

  describe('standard CRUD', () => {
    const patient = { resourceType: 'Patient', name: [{ family: 'Ñandú' }], birthDate: '1980-05-17' }

    it('creates, reads, updates and deletes', async () => {
      const url = urls['patient_endpoint']!
      const created = await send('POST', url, { ...patient, id: 'mine' }, headers)
      assert.equal(created.status, 201)
      const resource = resourceOf(created)
      assert.notEqual(resource.id, 'mine')
      assert.deepEqual(
        { ...resource, id: undefined, meta: undefined },
        { ...patient, id: undefined, meta: undefined },
      )
      const one = `${url}/${resource.id}`
      assert.deepEqual(jsonOf(await request(one, { headers })), resource)

      const changed = { ...resource, active: true }
      const updated = await send('PUT', one, changed, { ...headers, 'if-match': 'W/"1"' })
      assert.deepEqual([updated.status, resourceOf(updated).meta.versionId], [200, '2'])
      refusedAs(await send('PUT', one, changed, { ...headers, 'if-match': 'W/"1"' }), 412, 'conflict')

      const deleted = await request(one, { method: 'DELETE', headers })
      assert.equal(deleted.status, 200)
      assert.match(deleted.text, /"resourceType":"OperationOutcome".*"severity":"information"/)
      refusedAs(await request(one, { headers }), 410, 'deleted')
    })

    it('does not update what is not there, nor do what CRUD has not', async () => {
      const one = `${urls['patient_endpoint']!}/none`
      refusedAs(await send('PUT', one, { ...patient, id: 'none' }, headers), 404, 'not-found')
      refusedAs(await request(one, { method: 'DELETE', headers }), 404, 'not-found')
      const answer = await send('PATCH', one, [], headers)
      refusedAs(answer, 405, 'not-supported')
      assert.equal(answer.headers.allow, 'GET, PUT, DELETE')
      refusedAs(await send('PUT', urls['patient_endpoint']!, patient, headers), 405, 'not-supported')
      refusedAs(await get('patient_endpoint', '/1/_history'), 404, 'not-found')
      refusedAs(await get('patient_endpoint', '/$everything'), 404, 'not-found')
      refusedAs(
        await send('POST', urls['patient_endpoint']!, { resourceType: 'Slot' }, headers),
        400,
        'invalid',
      )
    })

    it('lists by page and count, with several values, sorted, and what goes with it', async () => {
      const list = (query: string) => get('slot_endpoint', query)
      const all = resourcesIn(await list('?count=100'))
      assert.equal(all.length, 30)
      const statuses = resourcesIn(await list('?status=busy,%20free&count=100'))
      assert.equal(statuses.length, 30)
      const busy = all.filter(({ status }) => status === 'busy').length
      assert.equal(tagsOf(await list('?status=busy&count=1')).maxRecords, String(busy))
      const sorted = resourcesIn(await list('?_sort=-start,status&count=100')).map(
        ({ start, status }) => `${String(start)} ${String(status)}`,
      )
      assert.deepEqual(
        sorted,
        sorted.toSorted((one, other) => {
          const [left, right] = [one.split(' '), other.split(' ')]
          return left[0] === right[0] ? (left[1]! < right[1]! ? -1 : 1) : left[0]! > right[0]! ? -1 : 1
        }),
      )
      const included = await list('?count=1&_include=Slot:schedule&_revinclude=Appointment:slot&status=busy')
      assert.deepEqual(
        resourcesIn(included).map(({ resourceType }) => resourceType),
        ['Slot', 'Schedule', 'Appointment'],
      )
      assert.equal(jsonOf(included).total, 1)
      refusedAs(await list('?_count=1'), 400, 'not-supported')
      refusedAs(await list('?_sort=nothing'), 400, 'invalid')
      refusedAs(await list('?page=x'), 400, 'value')
    })

    it('lists what was changed since, of 90 days at most', async () => {
      assert.deepEqual(resourcesIn(await get('patient_endpoint', '?_since=2026-03-10T13:00:00Z')), [])
      const { id } = jsonOf(await send('POST', urls['patient_endpoint']!, patient, headers))
      for (const since of ['2026-03-10T13:00:00Z', '2026-03-10T13:20:00Z']) {
        assert.deepEqual(idsIn(await get('patient_endpoint', `?_since=${since}`)), [id])
      }
      assert.deepEqual(idsIn(await get('patient_endpoint', '?_since=2026-03-10T13:20:01Z')), [])
      refusedAs(await get('patient_endpoint', '?_since=2025-12-01T00:00:00Z'), 400, 'business-rule')
    })

    it('sorts by createdOn, however often a resource was changed', async () => {
      const [first, second] = idsIn(await get('patient_endpoint', '?_sort=createdOn&count=2'))
      const resource = jsonOf(await get('patient_endpoint', `/${first!}`))
      assert.equal(
        (await send('PUT', `${urls['patient_endpoint']!}/${first!}`, resource, headers)).status,
        200,
      )
      assert.deepEqual(idsIn(await get('patient_endpoint', '?_sort=createdOn&count=2')), [first, second])
      assert.equal(idsIn(await get('patient_endpoint', '?_sort=-_lastUpdated&count=1'))[0], first)
    })
  })
})
