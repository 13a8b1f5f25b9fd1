import assert from 'node:assert/strict'
import type { Sandbox } from '../../../../src/sandbox/sandbox'
import { closeSandboxes, type Json, jsonOf, postForm, request, sandboxFor } from '../support'
import {
  accessToken,
  discovery,
  FHIR,
  headersOf,
  idsIn,
  refusedAs,
  resourcesIn,
  send,
  outcomeOf,
} from './support'

describe("a call of the sandbox's Healthcode APIs", () => {
  let sandbox: Sandbox
  let urls: Record<string, string>
  let headers: Record<string, string>
  let slots: string

  beforeEach(async () => {
    sandbox = await sandboxFor()
    urls = await discovery(sandbox)
    headers = await headersOf(sandbox)
    slots = urls['slot_endpoint']!
  })
  afterEach(closeSandboxes)

  const without = (name: string) =>
    Object.fromEntries(Object.entries(headers).filter(([one]) => one !== name))

  it('works with what the demo has', async () => {
    assert.equal((await request(slots, { headers })).status, 200)
  })

  it('needs an access token: 401', async () => {
    const answer = await request(slots, { headers: without('authorization') })
    refusedAs(answer, 401, 'login')
    assert.equal(answer.headers['www-authenticate'], 'Bearer realm="Healthcode sandbox"')
    for (const authorization of ['Bearer x', 'Bearer a.b', `Basic ${headers.authorization!.slice(7)}`]) {
      const { status } = await request(slots, { headers: { ...headers, authorization } })
      assert.equal(status, 401, authorization)
    }
    sandbox.healthcode.expireTokens()
    const expired = await request(slots, { headers })
    refusedAs(expired, 401, 'expired')
    assert.match(String(expired.headers['www-authenticate']), /error="invalid_token"/)
  })

  it('needs a site: 400', async () => {
    refusedAs(await request(slots, { headers: without('su-siteid') }), 400, 'required')
  })

  it('is for a site of the API key only: 403', async () => {
    const { otherSite } = sandbox.demo.healthcode
    for (const site of [otherSite.siteId, 'HC99999', headers['su-siteid']!.toLowerCase()]) {
      refusedAs(await request(slots, { headers: { ...headers, 'su-siteid': site } }), 403, 'forbidden')
    }
  })

  it('can be for several sites, where the key is', async () => {
    const { siteId, otherSite } = sandbox.demo.healthcode
    const key = sandbox.healthcode.addKey({ sites: [siteId, otherSite.siteId] })
    const authorization = `Bearer ${await accessToken(sandbox, key)}`
    const ids = async (site: string) =>
      idsIn(await request(slots, { headers: { authorization, 'su-siteid': site } }))
    const [one, other] = [await ids(siteId), await ids(otherSite.siteId)]
    assert.ok(one.length > 0 && other.length > 0)
    assert.deepEqual(
      one.filter((id) => other.includes(id)),
      [],
    )
  })

  it('needs a subscription: 403', async () => {
    const { siteId } = sandbox.demo.healthcode
    const key = sandbox.healthcode.addKey({ sites: [siteId], apis: ['slot_endpoint'] })
    const own = await headersOf(sandbox, { ...key, siteId })
    assert.equal((await request(slots, { headers: own })).status, 200)
    refusedAs(await request(urls['patient_endpoint']!, { headers: own }), 403, 'forbidden')
  })

  it('is of version 1 where it does not say, and of none that does not exist: 400', async () => {
    assert.equal((await request(slots, { headers: without('hc-api-version') })).status, 200)
    for (const version of ['2', '0', '1.0', 'v1']) {
      const answer = await request(slots, { headers: { ...headers, 'hc-api-version': version } })
      refusedAs(answer, 400, 'not-supported')
    }
    const url = `${urls['search_practitioner_endpoint']!}?count=1`
    const ofVersion = async (version: string) =>
      resourcesIn(await request(url, { headers: { ...headers, 'hc-api-version': version } }))[0]!
    assert.equal('qualification' in (await ofVersion('1')), false)
    assert.equal('qualification' in (await ofVersion('2')), true)
  })

  it('has a body of the media type application/fhir+json: 415', async () => {
    const url = urls['patient_endpoint']!
    const patient = { resourceType: 'Patient' }
    for (const type of [
      'application/json',
      'text/plain',
      'application/fhir+xml',
      `${FHIR}; fhirVersion=3.0`,
    ]) {
      const answer = await send('POST', url, patient, { ...headers, 'content-type': type })
      refusedAs(answer, 415, 'not-supported')
    }
    for (const type of [`${FHIR}; charset=UTF-8`, `${FHIR}; fhirVersion=4.0`]) {
      assert.equal((await send('POST', url, patient, { ...headers, 'content-type': type })).status, 201)
    }
  })

  it('takes JSON for an answer: 406', async () => {
    for (const accept of ['application/fhir+xml', 'text/html, application/xml;q=0.9']) {
      refusedAs(await request(slots, { headers: { ...headers, accept } }), 406, 'not-supported')
    }
    for (const accept of [
      'application/json',
      'text/html, */*;q=0.1',
      `application/fhir+xml, ${FHIR};q=0.5`,
    ]) {
      assert.equal((await request(slots, { headers: { ...headers, accept } })).status, 200)
    }
  })

  it('can only read where the scope says so: 403', async () => {
    const own = await headersOf(sandbox, sandbox.demo.healthcode, 'system/*.read')
    assert.equal((await request(slots, { headers: own })).status, 200)
    refusedAs(
      await send('POST', urls['patient_endpoint']!, { resourceType: 'Patient' }, own),
      403,
      'forbidden',
    )
    const bundle = {
      resourceType: 'Bundle',
      type: 'batch',
      entry: [{ request: { method: 'DELETE', url: 'Patient/1' } }],
    }
    const answer = await send('POST', urls['fhir_namespace']!, bundle, own)
    assert.match(answer.text, /"status":"403 Forbidden"/)
  })

  it('is refused by an OperationOutcome with severity, code, details, diagnostics and expression', async () => {
    const { issue } = outcomeOf(
      await send(
        'POST',
        urls['slot_endpoint']!,
        { resourceType: 'Slot', status: 'gone', start: '2026-02-30T10:00:00Z' },
        headers,
      ),
    )
    const byPath = Object.fromEntries(issue.map((one) => [String(one.expression), one]))
    assert.deepEqual(Object.keys(byPath).sort(), ['Slot.end', 'Slot.schedule', 'Slot.start', 'Slot.status'])
    const { code, severity, details } = byPath['Slot.start']!
    assert.deepEqual([severity, code], ['error', 'value'])
    assert.equal(details.coding?.[0]?.code, 'MSG_DATE_FORMAT')
    assert.equal(byPath['Slot.end']?.code, 'required')
    assert.equal(byPath['Slot.status']?.code, 'code-invalid')
  })

  it('has its times in UTC', async () => {
    const slot = (start: string): Json => ({
      resourceType: 'Slot',
      schedule: { reference: 'Schedule/1' },
      status: 'free',
      start,
      end: '2026-03-11T10:30:00Z',
    })
    const status = async (start: string) => (await send('POST', slots, slot(start), headers)).status
    assert.equal(await status('2026-03-11T10:00:00Z'), 201)
    assert.equal(await status('2026-03-11T10:00:00.000+00:00'), 201)
    assert.equal(await status('2026-03-11T10:00:00+01:00'), 422)
    assert.equal(await status('2026-03-11T10:00:00'), 422)
    const [first] = resourcesIn(await request(slots, { headers }))
    assert.match(String(first?.start), /Z$/)
    assert.match(first!.meta.lastUpdated, /Z$/)
  })

  it('of one site never shows what another one has', async () => {
    const { otherSite } = sandbox.demo.healthcode
    const theirs = await headersOf(sandbox, otherSite)
    const url = urls['patient_endpoint']!
    const { id } = jsonOf(await send('POST', url, { resourceType: 'Patient' }, headers))
    assert.equal((await request(`${url}/${String(id)}`, { headers })).status, 200)
    refusedAs(await request(`${url}/${String(id)}`, { headers: theirs }), 404, 'not-found')
    refusedAs(await request(`${url}/${String(id)}`, { method: 'DELETE', headers: theirs }), 404, 'not-found')
    const page = await request(`${urls['fhir_namespace']!}/Patient?_count=2`, { headers })
    const next = /"next","url":"([^"]+)"/.exec(page.text)?.[1] ?? ''
    refusedAs(await request(next, { headers: theirs }), 410, 'not-found')
    assert.equal((await request(next, { headers })).status, 200)
    const search = { insurerIdentifier: 'bup,ppp,nuh,slh', count: '100' }
    const remittances = async (of: Record<string, string>) =>
      idsIn(await postForm(urls['search_remittance_summary_endpoint']!, search, of))
    const [mine, other] = [await remittances(headers), await remittances(theirs)]
    assert.ok(mine.length > 0 && other.length > 0)
    assert.ok(mine.every((one) => !other.includes(one)))
  })

  it('that is too large, too deep, broken or not UTF-8 is refused', async () => {
    const url = urls['patient_endpoint']!
    const large = JSON.stringify({ resourceType: 'Patient', text: 'x'.repeat(16 * 1024 * 1024) })
    refusedAs(await send('POST', url, large, headers), 413, 'too-long')
    const answer = await request(url, {
      method: 'POST',
      headers: { ...headers, 'content-type': FHIR },
      body: Buffer.from('{"resourceType":"Patient","language":"\xff"}', 'latin1'),
    })
    refusedAs(answer, 400, 'invalid')
    refusedAs(await send('POST', url, '{"resourceType":', headers), 400, 'structure')
    const nested = (levels: number) =>
      `{"resourceType":"Patient","x":${'['.repeat(levels)}1${']'.repeat(levels)}}`
    refusedAs(await send('POST', url, nested(100_000), headers), 400, 'structure')
    assert.equal((await send('POST', url, nested(98), headers)).status, 201)
  })

  it('misbehaves when told, each API for itself', async () => {
    sandbox.misbehave({ endpoint: 'healthcode.slot_endpoint', times: 1, do: 'expireTokens' })
    assert.equal((await request(urls['patient_endpoint']!, { headers })).status, 200)
    refusedAs(await request(slots, { headers }), 401, 'expired')
    assert.equal((await request(slots, { headers })).status, 200)
    sandbox.misbehave({ endpoint: 'healthcode.slot_endpoint', times: 1, do: 'cutJson' })
    const cut = await request(slots, { headers })
    assert.equal(cut.status, 200)
    assert.throws(() => jsonOf(cut), SyntaxError)
  })
})
