import assert from 'node:assert/strict'
import type { Sandbox } from '../../../../src/sandbox/sandbox'
import { closeSandboxes, jsonOf, request, sandboxFor } from '../support'
import { discovery, headersOf, refusedAs, send } from './support'

describe("the sandbox's Healthcode documents", () => {
  let sandbox: Sandbox

  beforeEach(async () => {
    sandbox = await sandboxFor()
  })
  afterEach(closeSandboxes)

  it('discovery: flat names and addresses, those that the pages name among them', async () => {
    const answer = await request(sandbox.urls.healthcode.discovery)
    assert.equal(answer.status, 200)
    assert.equal(answer.headers['content-type'], 'application/json; charset=utf-8')
    const document = jsonOf(answer)
    for (const [name, url] of Object.entries(document)) {
      assert.match(name, /_(?:endpoint|namespace)$/)
      assert.ok(String(url).startsWith(`${sandbox.url}/`), name)
    }
    for (const name of [
      'find_member_endpoint',
      'search_remittance_summary_endpoint',
      'search_remittance_detail_advanced_endpoint',
      'get_remittance_endpoint',
      'create_schedule_endpoint',
      'search_practitioner_endpoint',
      'codes_valueset_namespace',
    ]) {
      assert.ok(name in document, name)
    }
  })

  it('openid-configuration: the issuer that it belongs to, and a token endpoint', async () => {
    const document = jsonOf(await request(sandbox.urls.healthcode.openidConfiguration))
    assert.equal(
      `${String(document.issuer)}/.well-known/openid-configuration`,
      sandbox.urls.healthcode.openidConfiguration,
    )
    assert.deepEqual(document.token_endpoint_auth_methods_supported, [
      'client_secret_basic',
      'client_secret_post',
      'private_key_jwt',
    ])
    assert.deepEqual(jsonOf(await request(String(document.jwks_uri))), { keys: [] })
    assert.equal((await request(String(document.authorization_endpoint))).status, 501)
  })

  for (const document of ['discovery', 'openidConfiguration'] as const) {
    it(`${document}: with ETag and max-age, and not sent again to who has it`, async () => {
      const url = sandbox.urls.healthcode[document]
      const { headers } = await request(url)
      assert.equal(headers['cache-control'], 'public, max-age=300')
      const etag = String(headers.etag)
      assert.match(etag, /^"[\w-]{20,}"$/)
      for (const known of [etag, `W/${etag}`, `"other", ${etag}`]) {
        const again = await request(url, { headers: { 'if-none-match': known } })
        assert.deepEqual([again.status, again.text, again.headers.etag], [304, '', etag])
      }
      sandbox.healthcode.publish(document, { added: 'later' })
      const changed = await request(url, { headers: { 'if-none-match': etag } })
      assert.equal(changed.status, 200)
      assert.notEqual(changed.headers.etag, etag)
      assert.equal(jsonOf(changed).added, 'later')
    })
  }

  it('can be wrong in any way, and right again', async () => {
    const right = await discovery(sandbox)
    const changes = { find_member_endpoint: undefined, slot_endpoint: 'javascript:alert(1)', n: 5 }
    sandbox.healthcode.publish('discovery', changes)
    const wrong = jsonOf(await request(sandbox.urls.healthcode.discovery))
    assert.equal('find_member_endpoint' in wrong, false)
    assert.deepEqual([wrong.slot_endpoint, wrong.n], ['javascript:alert(1)', 5])
    sandbox.healthcode.publish('discovery', {})
    assert.deepEqual(await discovery(sandbox), right)
  })

  describe('an API that moves', () => {
    const KEY = 'patient_endpoint'

    for (const status of [301, 302] as const) {
      it(`leads from its old address to its new one: ${status}`, async () => {
        const headers = await headersOf(sandbox)
        const { [KEY]: before = '', slot_endpoint: other } = await discovery(sandbox)
        sandbox.healthcode.move(KEY, status)
        const { [KEY]: after = '', slot_endpoint: otherAfter } = await discovery(sandbox)
        assert.notEqual(after, before)
        assert.equal(otherAfter, other)
        const answer = await request(`${before}/a%20b?x=1%2C2&y=`, { headers })
        assert.deepEqual([answer.status, answer.headers.location], [status, `${after}/a%20b?x=1%2C2&y=`])
        const posted = await send('POST', before, { resourceType: 'Patient' }, headers)
        assert.deepEqual([posted.status, posted.headers.location], [status, after])
        assert.equal((await request(after, { headers })).status, 200)
      })
    }

    for (const status of [404, 410] as const) {
      it(`is no longer at its old address: ${status}`, async () => {
        const headers = await headersOf(sandbox)
        const { [KEY]: before = '' } = await discovery(sandbox)
        sandbox.healthcode.move(KEY, status)
        refusedAs(await request(before, { headers }), status, 'not-found')
      })
    }

    it('keeps its data, and leads on from every address that it ever had', async () => {
      const headers = await headersOf(sandbox)
      const { [KEY]: first = '' } = await discovery(sandbox)
      const { text } = await send('POST', first, { resourceType: 'Patient' }, headers)
      sandbox.healthcode.move(KEY)
      sandbox.healthcode.move(KEY)
      const { [KEY]: last = '' } = await discovery(sandbox)
      const path = `/${String(jsonOf({ text }).id)}`
      assert.equal((await request(first + path, { headers })).headers.location, last + path)
      assert.equal((await request(last + path, { headers })).status, 200)
    })

    it('can lead elsewhere', async () => {
      const headers = await headersOf(sandbox)
      const { [KEY]: before = '' } = await discovery(sandbox)
      sandbox.healthcode.move(KEY, 302, 'https://elsewhere.example/x')
      const { headers: answered } = await request(`${before}/1`, { headers })
      assert.equal(answered.location, 'https://elsewhere.example/x/1')
    })

    it('was never where nobody has been told of', async () => {
      const headers = await headersOf(sandbox)
      const { [KEY]: url = '' } = await discovery(sandbox)
      refusedAs(await request(url.replace('/v1/', '/v9/'), { headers }), 404, 'not-found')
      refusedAs(await request(url.replace('Patient', 'Nothing'), { headers }), 404, 'not-found')
    })
  })

  it('misbehave when told', async () => {
    sandbox.misbehave({ endpoint: 'healthcode.discovery', do: 'without', fields: ['fhir_namespace'] })
    assert.equal('fhir_namespace' in (await discovery(sandbox)), false)
    sandbox.misbehave({ endpoint: 'healthcode.openidConfiguration', do: 'html' })
    assert.match((await request(sandbox.urls.healthcode.openidConfiguration)).text, /^<!DOCTYPE html>/)
  })
})
