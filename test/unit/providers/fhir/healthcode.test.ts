import assert from 'node:assert/strict'
import type { FhirPage } from '../../../../src/providers/fhir/client'
import type { Sandbox } from '../../../../src/sandbox/sandbox'
import { failure } from '../../../support/failing'
import { issuesOf } from '../../../support/fhir-client-tests'
import { healthcodeClient, type Opened, useClient } from './support'

/** What is Healthcode's own: its APIs are not those of a FHIR server. */
describe("FhirClient at Healthcode's own APIs", () => {
  let sandbox: Sandbox
  let opened: Opened
  useClient(healthcodeClient, (client, running) => ([opened, sandbox] = [client, running]))

  const all = { what: 'search', all: true } as const
  const readAll = async (pages: AsyncIterable<FhirPage>): Promise<FhirPage[]> => {
    const read: FhirPage[] = []
    for await (const page of pages) read.push(page)
    return read
  }
  const entriesIn = (pages: readonly FhirPage[]) => pages.flatMap(({ entries }) => entries)

  it('finds a member with a posted form', async () => {
    const { insurerIdentifier, firstName, lastName, dateOfbirth } = sandbox.demo.healthcode.member
    const query = { insurerIdentifier, firstName, lastName, dateOfbirth }
    const pages = opened.client.pages({ endpoint: 'find_member_endpoint', ...all, what: 'searchPost', query })
    const before = opened.service.requests.length
    const [entry, ...others] = entriesIn(await readAll(pages))
    assert.deepEqual([others, opened.service.requests.length - before], [[], 1])
    assert.equal((entry?.resource as { resourceType: string }).resourceType, 'Coverage')
  })

  for (const what of ['search', 'searchPost'] as const) {
    it(`reads all remittances, page by page, with ${what}`, async () => {
      const endpoint = what === 'search' ? 'get_remittance_endpoint' : 'search_remittance_summary_endpoint'
      const insurers = ['bup', 'bui', 'ppp', 'nuh', 'slh', 'cin', 'tih', 'wpa', 'pzo']
      const query = what === 'search' ? {} : { insurerIdentifier: insurers }
      const pages = await readAll(opened.client.pages({ endpoint, ...all, what, query, count: 10 }))
      const ids = entriesIn(pages).map(({ resource }) => (resource as { id: string }).id)
      assert.equal(pages.length, 3)
      assert.equal(new Set(ids).size, 26)
      assert.deepEqual([ids.length, pages[0]?.total], [26, 26])
    })
  }

  it('sends several values with a comma, and sorts', async () => {
    const read = async (_sort: string) => {
      const query = {
        insurerIdentifier: ['bup', 'ppp'],
        _sort,
        _since: new Date(Date.now() - 80 * 86_400_000),
      }
      const endpoint = 'search_remittance_summary_endpoint'
      return entriesIn(
        await readAll(opened.client.pages({ endpoint, ...all, what: 'searchPost', query, count: 3 })),
      )
    }
    const newestFirst = await read('-createdOn')
    assert.ok(newestFirst.length > 3)
    assert.deepEqual([...(await read('createdOn'))].reverse(), newestFirst)
  })

  it('reads a code set below a namespace', async () => {
    const { resource } = await opened.client.read({
      endpoint: 'codes_valueset_namespace',
      id: 'condition-code/ICD10',
    })
    assert.equal(resource.resourceType, 'ValueSet')
  })

  it('creates, updates at a version, and deletes', async () => {
    const at = { endpoint: 'patient_endpoint' }
    const made = await opened.client.create({ ...at, resource: { resourceType: 'Patient', active: true } })
    const { id, versionId } = made.location!
    await opened.client.update({ ...at, resource: { ...made.resource!, active: false }, ifMatch: versionId! })
    assert.equal((await opened.client.read({ ...at, id })).resource.active, false)
    const { resource } = await opened.client.delete({ ...at, id })
    assert.equal(resource?.resourceType, 'OperationOutcome')
    assert.equal((await failure(opened.client.read({ ...at, id }))).code, 'HG_NOT_FOUND')
  })

  it('does not ask for changes of more than 90 days', async () => {
    const before = opened.service.requests.length
    const query = { _since: new Date(Date.now() - 91 * 86_400_000) }
    const pages = opened.client.pages({ endpoint: 'get_remittance_endpoint', ...all, query })
    const { code, message } = await failure(readAll(pages))
    assert.equal(code, 'HG_INPUT')
    assert.match(message, /90 days/)
    assert.equal(opened.service.requests.length, before)
  })

  it('is told of a site that is not its own, and of a version that does not exist', async () => {
    const at = { endpoint: 'patient_endpoint', id: 'x' }
    const site = await failure(
      opened.client.read({ ...at, siteId: sandbox.demo.healthcode.otherSite.siteId }),
    )
    assert.equal(site.code, 'HG_FORBIDDEN')
    assert.match(
      site.message,
      /^Healthcode answered for read at patient_endpoint .*site id, the subscription/,
    )
    assert.equal(issuesOf(site.cause)[0]?.code, 'forbidden')
    const version = await failure(opened.client.read({ ...at, apiVersion: '9' }))
    assert.equal(version.code, 'HG_REJECTED')
    assert.match(version.message, /HC-API-Version/)
  })

  it('meets lists that misbehave', async () => {
    const endpoint = 'get_remittance_endpoint'
    const list = () => readAll(opened.client.pages({ endpoint, ...all, count: 10 }))
    for (const [what, expected] of [
      ['repeatPage', 'HG_RESPONSE'],
      ['emptyPage', 'HG_RESPONSE'],
    ] as const) {
      const stop = sandbox.misbehave({ endpoint: `healthcode.${endpoint}`, do: what })
      assert.equal((await failure(list())).code, expected, what)
      stop()
    }
    const stop = sandbox.misbehave({ endpoint: `healthcode.${endpoint}`, do: 'noTotal' })
    assert.equal(entriesIn(await list()).length, 26)
    stop()
  })
})
