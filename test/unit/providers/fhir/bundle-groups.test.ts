import assert from 'node:assert/strict'
import fc from 'fast-check'
import { alongReferences, inParts } from '../../../../src/providers/fhir/bundle-groups'
import type { JsonObject } from '../../../../src/providers/json-answer'

const post = (fullUrl: string, reference?: string, more: JsonObject = {}): JsonObject => ({
  fullUrl,
  request: { method: 'POST', url: 'Observation' },
  resource: { resourceType: 'Observation', ...(reference ? { subject: { reference } } : {}), ...more },
})

describe('the parts of a batch', () => {
  it('have every entry once, in order', () => {
    assert.deepEqual(inParts(5, 2), [[0, 1], [2, 3], [4]])
    assert.deepEqual(inParts(0, 2), [])
    assert.deepEqual(inParts(2, 9), [[0, 1]])
  })

  it('lose none, however many are to go at a time', () => {
    for (const most of [0, -1, 0.5, 1, 1.5, 2.5, 4.999, 7, Infinity, -Infinity, NaN]) {
      for (const count of [0, 1, 5, 14]) {
        const parts = inParts(count, most)
        assert.deepEqual(
          parts.flat(),
          Array.from({ length: count }, (_, index) => index),
          `${count} by ${most}`,
        )
        for (const part of parts) {
          assert.ok(part.length > 0 && part.length <= (most >= 1 ? most : 1), `${count} by ${most}`)
        }
      }
    }
  })
})

describe('the groups of a transaction', () => {
  for (const [what, entries] of [
    ['a fullUrl', [post('urn:uuid:a'), post('urn:uuid:b'), post('urn:uuid:c', 'urn:uuid:a')]],
    [
      'a type and id',
      [
        { request: { method: 'PUT', url: 'Patient/7' }, resource: { resourceType: 'Patient', id: '7' } },
        post('urn:uuid:b'),
        post('urn:uuid:c', 'Patient/7/_history/13'),
      ],
    ],
    [
      'a type and id, to a part of it',
      [
        { request: { method: 'PUT', url: 'Patient/7' } },
        post('urn:uuid:b'),
        post('urn:uuid:c', 'Patient/7#name'),
      ],
    ],
    [
      'the id of a resource that is found by criteria',
      [
        {
          request: { method: 'PUT', url: 'Patient?identifier=x|1' },
          resource: { resourceType: 'Patient', id: '7' },
        },
        post('urn:uuid:b'),
        post('urn:uuid:c', 'Patient/7'),
      ],
    ],
    [
      'an absolute address',
      [
        { fullUrl: 'http://h/fhir/Patient/7', request: { method: 'PUT', url: 'Patient/7' } },
        post('urn:uuid:b'),
        post('urn:uuid:c', 'http://h/fhir/Patient/7'),
      ],
    ],
    [
      'criteria',
      [
        {
          request: { method: 'POST', url: 'Patient', ifNoneExist: 'identifier=x|1' },
          resource: { resourceType: 'Patient' },
        },
        post('urn:uuid:b'),
        post('urn:uuid:c', 'Patient?identifier=x|1'),
      ],
    ],
    [
      'the fullUrl of an entry without an id',
      [
        post('http://x/fhir/Patient/abc'),
        post('urn:uuid:b'),
        post('http://x/fhir/Observation/o', 'Patient/abc'),
      ],
    ],
    [
      'criteria that are written otherwise',
      [
        {
          request: { method: 'POST', url: 'Patient', ifNoneExist: 'identifier=x%7C1&active=true' },
          resource: { resourceType: 'Patient' },
        },
        post('urn:uuid:b'),
        post('urn:uuid:c', 'Patient?active=true&identifier=x|1'),
      ],
    ],
    [
      'criteria with a question mark',
      [
        {
          request: { method: 'POST', url: 'Patient', ifNoneExist: '?identifier=x|1' },
          resource: { resourceType: 'Patient' },
        },
        post('urn:uuid:b'),
        post('urn:uuid:c', 'Patient?identifier=x|1'),
      ],
    ],
    [
      'criteria of an update',
      [
        { request: { method: 'PUT', url: 'Patient?identifier=x%7C1' } },
        post('urn:uuid:b'),
        post('urn:uuid:c', 'Patient?identifier=x|1'),
      ],
    ],
    [
      'a reference in the criteria of an update',
      [
        post('urn:uuid:a'),
        post('urn:uuid:b'),
        { request: { method: 'PUT', url: 'Observation?subject=urn%3Auuid%3Aa' } },
      ],
    ],
    [
      'a reference in the criteria of a create',
      [
        post('http://x/fhir/Patient/abc'),
        post('urn:uuid:b'),
        {
          request: { method: 'POST', url: 'Observation', ifNoneExist: 'subject=Patient/abc' },
          resource: { resourceType: 'Observation' },
        },
      ],
    ],
    [
      'a narrative',
      [
        post('urn:uuid:a-1'),
        post('urn:uuid:b'),
        post('urn:uuid:c', undefined, {
          text: { div: `<div>${'x'.repeat(5000)}<a href="urn:uuid:a-1">x</a></div>` },
        }),
      ],
    ],
    [
      'the same resource',
      [
        { request: { method: 'PUT', url: 'Patient/7' } },
        post('urn:uuid:b'),
        { request: { method: 'PATCH', url: 'Patient/7' } },
      ],
    ],
  ] as const) {
    it(`hang together by ${what}`, () => assert.deepEqual(alongReferences(entries, 2), [[0, 2], [1]]))
  }

  it('are put together as far as there is room', () => {
    const entries = ['a', 'b', 'c', 'd', 'e'].map((name) => post(`urn:uuid:${name}`))
    assert.deepEqual(alongReferences(entries, 2), [[0, 1], [2, 3], [4]])
  })

  it('have deletes first and reads last, as a transaction has', () => {
    const of = (method: string, url: string): JsonObject => ({ request: { method, url } })
    const entries = [
      of('GET', 'Observation?subject=Patient/1'),
      post('urn:uuid:a'),
      of('HEAD', 'Patient/1'),
      post('urn:uuid:b', 'Patient/1'),
      of('DELETE', 'Observation/9'),
      post('urn:uuid:c', 'urn:uuid:b'),
    ]
    assert.deepEqual(alongReferences(entries, 2), [
      [1, 4],
      [3, 5],
      [0, 2],
    ])
  })

  it('that only delete come first, whatever their place', () => {
    const deleted = { request: { method: 'DELETE', url: 'Observation/9' } }
    const entries = [post('urn:uuid:a'), post('urn:uuid:b'), deleted]
    assert.deepEqual(alongReferences(entries, 2), [[0, 2], [1]])
  })

  it('of reads are not before the last change, even where there is room', () => {
    const read = { request: { method: 'GET', url: 'Observation?subject=Patient/1' } }
    const entries = [read, post('urn:uuid:a'), post('urn:uuid:b'), post('urn:uuid:c', 'urn:uuid:b')]
    assert.deepEqual(alongReferences(entries, 2), [[1], [2, 3], [0]])
  })

  it('of reads hang together with nothing, not even with what they read', () => {
    const entries = ['PUT', 'GET', 'HEAD'].map((method) => ({ request: { method, url: 'Patient/7' } }))
    assert.deepEqual(alongReferences(entries, 1), [[0], [1], [2]])
    const search = { request: { method: 'GET', url: 'Observation?subject=Patient/7' } }
    assert.deepEqual(alongReferences([...entries.slice(0, 1), search], 1), [[0], [1]])
  })

  it('may have entries without a request, and nothing in places of a list', () => {
    const entries = [{}, { request: null }, post('urn:uuid:a', undefined, { _focus: [null] })]
    assert.deepEqual(alongReferences(entries, 1), [[0], [1], [2]])
  })

  it('do not hang together by what they both lack', () => {
    const resource = { resourceType: 'Patient' }
    for (const entry of [
      { request: { method: 'POST', url: 'Patient' }, resource },
      { request: { method: 'POST', url: 'Patient', ifNoneExist: '' }, resource },
      { fullUrl: '', request: { method: 'PUT', url: '' } },
    ]) {
      assert.deepEqual(alongReferences([entry, { ...entry }], 1), [[0], [1]])
    }
  })

  it('stay whole where they are too large', () => {
    const entries = [post('urn:uuid:a'), post('urn:uuid:b', 'urn:uuid:a'), post('urn:uuid:c', 'urn:uuid:b')]
    assert.deepEqual(alongReferences(entries, 2), [[0, 1, 2]])
  })

  it('have every entry once, and no reference from one to another', () => {
    const links = fc.array(fc.tuple(fc.nat(19), fc.nat(19)), { maxLength: 12 })
    fc.assert(
      fc.property(links, fc.integer({ min: 1, max: 8 }), (pairs, most) => {
        const entries = Array.from({ length: 20 }, (_, index) => {
          const mentioned = pairs
            .filter(([from]) => from === index)
            .map(([, to]) => ({ reference: `urn:uuid:${to}` }))
          return post(`urn:uuid:${index}`, undefined, { focus: mentioned })
        })
        const groups = alongReferences(entries, most)
        assert.deepEqual(
          groups.flat().sort((one, other) => one - other),
          entries.map((_, index) => index),
        )
        const groupOf = (index: number) => groups.findIndex((group) => group.includes(index))
        for (const [from, to] of pairs) assert.equal(groupOf(from), groupOf(to))
      }),
    )
  })
})
