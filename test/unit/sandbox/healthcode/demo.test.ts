import assert from 'node:assert/strict'
import { insurerIds } from '../../../../src/sandbox/healthcode/data/insurers'
import { coverageOf, membersAt } from '../../../../src/sandbox/healthcode/data/members'
import { practitionerResource, practitioners } from '../../../../src/sandbox/healthcode/data/practitioners'
import {
  detailResource,
  remittancesOf,
  summaryResource,
} from '../../../../src/sandbox/healthcode/data/remittances'
import { sites } from '../../../../src/sandbox/healthcode/data/sites'
import { findings } from '../../../../src/sandbox/healthcode/fhir/checks'
import type { Resource } from '../../../../src/sandbox/healthcode/fhir/resource'
import { closeSandboxes, NOW, postForm, request, sandboxFor } from '../support'
import { bundleOf, discovery, headersOf, resourceOf, resourcesIn, send } from './support'

describe("what the sandbox's Healthcode has when it starts", () => {
  afterEach(closeSandboxes)

  it('is on the home page: API keys, sites, a member, addresses', async () => {
    const sandbox = await sandboxFor()
    const { text } = await request(sandbox.url)
    const { privateKey, otherSite, member, ...demo } = sandbox.demo.healthcode
    for (const told of [
      ...[demo.apiKeyId, demo.apiKey, demo.siteId, otherSite.apiKeyId, otherSite.apiKey, otherSite.siteId],
      ...[privateKey.apiKeyId, privateKey.keyId, privateKey.privateKey, `lastName=${member.lastName}`],
      ...[sandbox.urls.healthcode.discovery, sandbox.urls.healthcode.openidConfiguration],
      sandbox.urls.fhir.base,
    ]) {
      assert.ok(text.includes(told.replaceAll("'", '&#39;')), told)
    }
  })

  it('is not among what was sent, which has a page', async () => {
    const sandbox = await sandboxFor()
    const page = `${sandbox.url}/healthcode`
    assert.ok((await request(sandbox.url)).text.includes('<a href="/healthcode">'))
    const before = await request(page)
    assert.equal(before.status, 200)
    assert.equal(before.text.match(/Nothing yet/g)?.length, 3)
    const resource = { resourceType: 'Patient', name: [{ family: '<b>Öz</b>' }] }
    const { id } = resourceOf(await send('POST', `${sandbox.urls.fhir.base}/Patient`, resource))
    await request(`${sandbox.urls.fhir.base}/Patient/${id}`, { method: 'DELETE' })
    const links = [...(await request(page)).text.matchAll(/href="(\/healthcode\/resources[^"]+)"/g)]
    assert.deepEqual(
      links.map(([, link]) => link),
      ['2', '1'].map((version) => `/healthcode/resources/fhir/Patient/${id}/${version}`),
    )
    const [deleted, created] = await Promise.all(links.map(([, link]) => request(sandbox.url + link!)))
    assert.match(deleted!.text, /Version 2: deleted/)
    assert.match(created!.text, /&quot;family&quot;: &quot;&lt;b&gt;Öz&lt;\/b&gt;&quot;/)
    assert.equal((await request(`${page}/resources/fhir/Patient/${id}/3`)).status, 404)
  })

  it('is FHIR that the sandbox itself would take, in UTC', async () => {
    const members = membersAt(NOW)
    const resources: Resource[] = [
      ...members.map(coverageOf),
      ...practitioners.map((one) => practitionerResource(one, 2)),
      ...sites.flatMap(({ id, provider }) =>
        remittancesOf(id, provider, members, NOW).flatMap((one) => [
          summaryResource(one),
          ...one.claims.map((claim) => detailResource(one, claim)),
        ]),
      ),
    ]
    const sandbox = await sandboxFor()
    const headers = await headersOf(sandbox)
    const { fhir_namespace: url } = await discovery(sandbox)
    const all = bundleOf(await request(`${url!}/_history?_count=200`, { headers }))
    assert.ok(all.total > 50 && all.entry.length === all.total)
    const hospital = bundleOf(await request(`${sandbox.urls.fhir.base}/_history?_count=200`)).entry
    for (const { resource } of [...all.entry, ...hospital]) resources.push(resource)
    assert.ok(resources.length > 400)
    for (const resource of resources) {
      assert.deepEqual(
        findings(resource, { utc: true }),
        [],
        `${resource.resourceType}/${String(resource.id)}`,
      )
    }
  })

  it('refers to what is there', async () => {
    const sandbox = await sandboxFor()
    const headers = await headersOf(sandbox)
    const { fhir_namespace: url } = await discovery(sandbox)
    const { entry } = bundleOf(await request(`${url!}/_history?_count=200`, { headers }))
    const there = new Set(entry.map(({ resource }) => `${resource.resourceType}/${resource.id}`))
    const references = [...JSON.stringify(entry).matchAll(/"reference":"([^"]+)"/g)].map(([, one]) => one!)
    assert.ok(references.length > 50)
    assert.deepEqual(
      references.filter((one) => !there.has(one)),
      [],
    )
  })

  it('is the same whenever it starts on the same day', async () => {
    const shown = async () => {
      const sandbox = await sandboxFor({ now: () => NOW })
      const headers = await headersOf(sandbox)
      const { search_remittance_detail_advanced_endpoint: url } = await discovery(sandbox)
      const fields = { insurerIdentifier: insurerIds.join(','), count: '100' }
      return resourcesIn(await postForm(url!, fields, headers))
    }
    const first = await shown()
    assert.ok(first.length > 40)
    assert.deepEqual(await shown(), first)
  })
})
