import assert from 'node:assert/strict'
import type { JsonObject } from '../../../../src/providers/json-answer'
import { failure } from '../../../support/failing'
import { type Opened, plainClient, useClient } from './support'

describe('operations of FHIR', () => {
  let opened: Opened
  useClient(
    ({ urls }, http) => plainClient(urls.fhir.base, http),
    (client) => (opened = client),
  )

  it('are a GET without parameters, and a POST with', async () => {
    const [{ id }] = await somePatient()
    const everything = await opened.client.operation({ endpoint: 'Patient', id, name: 'everything' })
    assert.equal(everything.resource?.type, 'searchset')
    const parameters = { resourceType: 'Patient', active: true }
    const validated = await opened.client.operation({ endpoint: 'Patient', name: '$validate', parameters })
    assert.equal(validated.resource?.resourceType, 'OperationOutcome')
    assert.deepEqual(
      opened.service.requests.slice(-2).map(({ method }) => method),
      ['GET', 'POST'],
    )
  })

  it('may say what is wrong without being a failure', async () => {
    const parameters = { resourceType: 'Observation', code: { text: 'x' } }
    const { resource } = await opened.client.operation({
      endpoint: 'Observation',
      name: 'validate',
      parameters,
    })
    const [issue] = resource?.issue as JsonObject[]
    assert.equal(issue?.severity, 'error')
  })

  it('are read page by page where their answer has pages', async () => {
    const [{ id }, count] = await somePatient()
    const target = { endpoint: 'Patient', id, name: '$everything', query: { _count: 5 } }
    const answer = await opened.client.operation(target)
    const read = async (all: boolean) => {
      const before = opened.service.requests.length
      const pages: JsonObject[][] = []
      for await (const { entries } of opened.client.pagesOfAnswer({ ...target, all }, answer))
        pages.push(entries)
      // The first of them is there already.
      assert.equal(opened.service.requests.length - before, pages.length - 1)
      return pages
    }
    const pages = await read(true)
    assert.equal(pages.flat().length, count)
    assert.ok(pages.length > 1)
    assert.deepEqual(await read(false), pages.slice(0, 1))
  })

  it('that are not there are told', async () => {
    const { code } = await failure(opened.client.operation({ endpoint: 'Patient', name: '$nothing' }))
    assert.equal(code, 'HG_NOT_FOUND')
  })

  /** One with more than a page of everything, and how much that is. */
  async function somePatient(): Promise<[{ id: string }, number]> {
    for await (const { entries } of opened.client.pages({ endpoint: 'Patient', what: 'search', all: true })) {
      for (const { resource } of entries) {
        const { id } = resource as { id: string }
        const all = await opened.client.operation({ endpoint: 'Patient', id, name: 'everything' })
        if (Number(all.resource?.total) > 5) return [{ id }, Number(all.resource?.total)]
      }
    }
    assert.fail('no patient has more')
  }
})
