import assert from 'node:assert/strict'
import { addressOf, samePlace, segmentsOf } from '../../../../src/providers/fhir/address'
import {
  criteriaOf,
  encoded,
  type FhirQuery,
  pairsOf,
  withinNinetyDays,
} from '../../../../src/providers/fhir/query'

const inputError = { code: 'HG_INPUT' }

describe('a FHIR query', () => {
  it('is an object, a query string or pairs', () => {
    const expected = [
      ['name', 'Ann & Bob'],
      ['birthdate', 'ge1970-01-01'],
    ]
    for (const query of [
      { name: 'Ann & Bob', birthdate: 'ge1970-01-01' },
      '?name=Ann%20%26+Bob&birthdate=ge1970-01-01',
      expected as [string, string][],
    ] satisfies FhirQuery[]) {
      assert.deepEqual(pairsOf(query), expected)
    }
    assert.deepEqual(pairsOf(undefined), [])
  })

  it('has numbers, booleans and Dates as FHIR writes them', () => {
    const at = new Date('2026-03-01T10:00:00+01:00')
    assert.deepEqual(pairsOf({ _count: 5, active: false, _lastUpdated: at }), [
      ['_count', '5'],
      ['active', 'false'],
      ['_lastUpdated', '2026-03-01T09:00:00.000Z'],
    ])
  })

  it('repeats a name with several values, or has a comma between them', () => {
    const query = {
      date: ['ge2026', 'lt2027'],
      _include: ['A:b', 'A:c'],
      '_revinclude:iterate': ['C:d', 'C:e'],
    }
    const included = [
      ['_include', 'A:b'],
      ['_include', 'A:c'],
      ['_revinclude:iterate', 'C:d'],
      ['_revinclude:iterate', 'C:e'],
    ]
    assert.deepEqual(pairsOf(query), [['date', 'ge2026'], ['date', 'lt2027'], ...included])
    assert.deepEqual(pairsOf(query, 'comma'), [['date', 'ge2026,lt2027'], ...included])
  })

  it('may stand with space or a question mark before it, as in an address', () => {
    assert.deepEqual(pairsOf(' ?name=who?&family=x? '), [
      ['name', 'who?'],
      ['family', 'x?'],
    ])
    assert.deepEqual(pairsOf('name=who?'), [['name', 'who?']])
  })

  it('has no comma for a name that only begins as an inclusion does', () => {
    assert.deepEqual(pairsOf({ _included: ['a', 'b'] }, 'comma'), [['_included', 'a,b']])
    assert.deepEqual(pairsOf({ own_include: ['a', 'b'] }, 'comma'), [['own_include', 'a,b']])
  })

  it('one of whose criteria has no value would ask for others as well: HG_INPUT, with its name', () => {
    for (const query of [
      { patient: undefined, category: 'vital-signs' },
      { patient: null, category: 'vital-signs' },
      { patient: '', category: 'vital-signs' },
      { patient: ' \t', category: 'vital-signs' },
      { patient: [], category: 'vital-signs' },
      { patient: [undefined], category: 'vital-signs' },
      { patient: ['1', undefined] },
      { patient: ['1', ' '] },
      { patient: undefined },
      { patient: '', _count: 5 },
      'patient=&category=vital-signs',
      'category=vital-signs&patient',
      'patient=%20&_sort=date',
      [
        ['category', 'vital-signs'],
        ['patient', ' '],
      ] as [string, string][],
    ]) {
      for (const several of ['repeat', 'comma'] as const) {
        assert.throws(
          () => pairsOf(query, several),
          {
            ...inputError,
            message:
              'The criterion "patient" has no value, or an empty one. Leave it out of the query, or give a value.',
          },
          JSON.stringify(query),
        )
      }
    }
  })

  it('is no Map, Date, RegExp or Buffer', () => {
    for (const query of [new Map([['a', 'b']]), new Date(), /a/, Buffer.from('a=b')]) {
      assert.throws(() => pairsOf(query as unknown as FhirQuery), inputError)
    }
  })

  it('has no comma within one of several values where a comma divides them', () => {
    assert.throws(() => pairsOf({ name: ['Smith, John', 'Doe'] }, 'comma'), inputError)
    assert.deepEqual(pairsOf({ name: 'Smith,Doe' }, 'comma'), [['name', 'Smith,Doe']])
    assert.equal(pairsOf({ name: ['Smith, John', 'Doe'] }).length, 2)
  })

  it('leaves out the parameters of the result that have no value', () => {
    const query = {
      _count: undefined,
      _sort: null,
      _include: ' ',
      page: '',
      count: [],
      _summary: 'text',
      f: 0,
    }
    const given = [
      ['_summary', 'text'],
      ['f', '0'],
    ]
    assert.deepEqual(pairsOf(query), given)
    assert.deepEqual(pairsOf(query, 'comma'), given)
    assert.deepEqual(pairsOf('_count=&_summary=text&f=0&_sort=%20'), given)
    assert.deepEqual(
      pairsOf([
        ['_summary', 'text'],
        ['page', ' '],
        ['f', '0'],
      ]),
      given,
    )
    const lists = { _sort: ['a', undefined, '-b'], _include: [null, 'A:b'] }
    assert.deepEqual(pairsOf(lists, 'comma'), [
      ['_sort', 'a,-b'],
      ['_include', 'A:b'],
    ])
    assert.deepEqual(pairsOf(lists), [
      ['_sort', 'a'],
      ['_sort', '-b'],
      ['_include', 'A:b'],
    ])
    assert.deepEqual(pairsOf({}), [])
  })

  it('leaves nothing out of the criteria of a conditional request', () => {
    for (const query of [
      { a: 'x', b: undefined },
      { a: '' },
      { a: [] },
      { a: 'x', b: [null] },
      { a: 'x', b: [] },
      { a: ['x', null] },
      {},
      '',
      '?',
      'a=',
      { identifier: ' ' },
      { identifier: 'x|1', b: '\t' },
      { _count: 1 },
      { _sort: 'date', _format: 'json', _summary: 'true', _elements: 'id', _total: 'none' },
      { '_include:iterate': 'Patient:link', _revinclude: 'Observation:subject' },
    ]) {
      assert.throws(() => criteriaOf(query), inputError, JSON.stringify(query))
      assert.throws(() => criteriaOf(query, 'comma'), inputError, JSON.stringify(query))
    }
    assert.throws(() => criteriaOf({ page: 1, count: 1 }, 'comma'), inputError)
    assert.deepEqual(criteriaOf('identifier=x|1&_count=1').length, 2)
    assert.deepEqual(criteriaOf('identifier=x|1'), [['identifier', 'x|1']])
    assert.deepEqual(criteriaOf({ identifier: ['x|1', 'x|2'] }), [
      ['identifier', 'x|1'],
      ['identifier', 'x|2'],
    ])
  })

  it('takes a name that ends or begins as one of the result for a criterion', () => {
    for (const name of ['account', 'country', 'page-count', '_counted', 'my_sort']) {
      assert.deepEqual(criteriaOf({ [name]: 'x' }), [[name, 'x']])
    }
  })

  it('whose criterion has no value is told by its name, if that is one', () => {
    assert.throws(() => criteriaOf({ 'name:exact': ' ' }), /"name:exact"/)
    for (const name of ['Fern weh', '<Fernweh', 'Fernweh>', 'Fernweh'.repeat(10)]) {
      assert.throws(
        () => criteriaOf({ [name]: ' ' }),
        (error: Error) => !error.message.includes('Fern'),
      )
    }
  })

  it('that cannot be sent is HG_INPUT, without a word of it', () => {
    for (const query of [
      { name: { first: 'Fernweh' } },
      { name: new Date(NaN) },
      { name: NaN },
      { name: [['Fernweh']] },
      { a: 'x', name: [['Fernweh']] },
      { name: 'Fernweh \ud800' },
      { '': 'Fernweh' },
      { 'Fern\nweh': 'x' },
      ['Fernweh'],
      [['a', 1]],
      [['a', 'b'], ['Fernweh']],
      7,
      null,
    ]) {
      assert.throws(
        () => pairsOf(query as FhirQuery),
        (error: Error & { code?: string }) => error.code === 'HG_INPUT' && !error.message.includes('Fern'),
        JSON.stringify(query),
      )
    }
  })

  it('is written so that a server reads the same', () => {
    const pairs: [string, string][] = [
      ['identifier', 'http://x|a+b &c=d'],
      ['date', 'ge2026-01-01T00:00:00+01:00'],
      ['name:exact', 'Müller, 漢'],
    ]
    assert.deepEqual([...new URLSearchParams(encoded(pairs))], pairs)
  })
})

describe("Healthcode's _since", () => {
  const now = Date.parse('2026-06-01T00:00:00Z')
  const since = (value: string) => withinNinetyDays([['_since', value]], now)[0]?.[1]

  it('is sent in UTC', () => {
    assert.equal(since('2026-05-01T12:00:00+02:00'), '2026-05-01T10:00:00.000Z')
    assert.equal(since('2026-05-01T12:00Z'), '2026-05-01T12:00:00.000Z')
    assert.equal(since('2026-05-01T12:00:00.125Z'), '2026-05-01T12:00:00.125Z')
    assert.equal(since('2026-05-01'), '2026-05-01')
  })

  it('goes back 90 days and no more', () => {
    assert.equal(since('2026-03-03T00:00:00Z'), '2026-03-03T00:00:00.000Z')
    for (const value of ['2026-03-02T23:59:59Z', '2026-03-02', '2020-03-01T09:00:00Z']) {
      assert.throws(() => since(value), { code: 'HG_INPUT', message: /90 days/ })
    }
  })

  it('needs a zone, and has to be a date that exists', () => {
    for (const value of [
      '2026-05-01T12:00:00',
      '2026-02-30',
      '2026-02-30T12:00:00Z',
      'yesterday',
      'ge2026-05-01T12:00:00Z',
      '2026-05-01T12:00:00Z (noon)',
      '2026-05-01T25:00Z',
    ]) {
      assert.throws(() => since(value), { code: 'HG_INPUT', message: /zone/ }, value)
    }
  })

  it('is told in a form that a person can read', () => {
    assert.throws(() => withinNinetyDays([['_since', 'x']], now), /YYYY-MM-DDThh:mm:ssZ/)
  })

  it('is one of several parameters', () => {
    const pairs: [string, string][] = [
      ['_since', '2026-05-01'],
      ['date', '2020-01-01'],
    ]
    assert.deepEqual(withinNinetyDays(pairs, now), pairs)
  })
})

describe('an address of FHIR', () => {
  it('is put together of encoded parts', () => {
    assert.equal(addressOf('http://h/fhir/'), 'http://h/fhir')
    assert.equal(addressOf('http://h/fhir//', ['7']), 'http://h/fhir/7')
    assert.equal(
      addressOf(
        'http://h/fhir',
        ['Patient', 'a b/c?#%', '$everything'],
        [['_since', '2026-01-01T00:00:00Z']],
      ),
      'http://h/fhir/Patient/a%20b%2Fc%3F%23%25/$everything?_since=2026-01-01T00%3A00%3A00Z',
    )
    assert.equal(addressOf('http://h/api?v=1', [], [['a', 'b']]), 'http://h/api?v=1&a=b')
    assert.equal(addressOf('http://h/api/?v=1', ['7'], [['a', 'b']]), 'http://h/api/7?v=1&a=b')
    assert.equal(addressOf('http://h/api?', ['7']), 'http://h/api/7')
  })

  it('has no part that is empty or leads elsewhere', () => {
    assert.deepEqual(segmentsOf('Patient/7/_history/2', 'id'), ['Patient', '7', '_history', '2'])
    for (const id of ['', '/', 'a//b', '.', '..', 'a/../b', 'a/', '/a', 'a\nb', '\ud800']) {
      assert.throws(() => segmentsOf(id, 'id'), inputError, JSON.stringify(id))
    }
  })

  it('of a further page stays at its origin', () => {
    const from = 'https://h:8443/fhir/Patient?a=1'
    assert.equal(samePlace('?n=2', from, 'It').href, 'https://h:8443/fhir/Patient?n=2')
    assert.equal(samePlace('https://h:8443/x', from, 'It').href, 'https://h:8443/x')
    for (const url of [
      'http://h:8443/x',
      'https://h/x',
      'https://h.example:8443/x',
      '//h/x',
      'data:,x',
      'https://u@h:8443/',
      'https://:secret@h:8443/',
    ]) {
      assert.throws(() => samePlace(url, from, 'It'), { code: 'HG_RESPONSE' }, url)
    }
    assert.equal(samePlace('?n=2#part', from, 'It').href, 'https://h:8443/fhir/Patient?n=2')
  })

  it('that leads elsewhere is told by its host, if it is one of the web', () => {
    const from = 'https://h:8443/fhir/Patient'
    assert.throws(() => samePlace('http://other.example:81/x', from, 'It'), /other\.example:81/)
    for (const url of ['ftp://millington/x', 'mary:millington', 'http://millington:x']) {
      assert.throws(
        () => samePlace(url, from, 'It'),
        ({ message }: Error) => !message.includes('millington') && !message.includes('at ,'),
      )
    }
  })
})
