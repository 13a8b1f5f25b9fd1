import assert from 'node:assert/strict'
import { lenientJson } from '../../../../src/providers/fhir/lenient-json'
import { issuesIn, issuesOf, saysFailure } from '../../../../src/providers/fhir/operation-outcome'

describe('JSON that is read leniently', () => {
  for (const [what, text, expected] of [
    ['valid', '{"a": "x \\" \\u00e9", "b": [1, true, null]}', { a: 'x " é', b: [1, true, null] }],
    ['with a mark at its beginning', '\uFEFF{"a": 1}', { a: 1 }],
    [
      'with quotation marks that are not escaped',
      '{"a": "the "b" of "c".", "d": "e"}',
      { a: 'the "b" of "c".', d: 'e' },
    ],
    ['with line ends in a text', '{"a": "one\n\ttwo"}', { a: 'one  two' }],
    ['with backslashes of a path', '{"a": "C:\\temp\\new"}', { a: 'C:\temp\new' }],
    ['with other backslashes', '{"a": "\\d+ \\x"}', { a: '\\d+ \\x' }],
    ['with a comma too many', '{"a": [1, 2,], "b": {"c": 3,},}', { a: [1, 2], b: { c: 3 } }],
    [
      'that is cut in a text',
      '{"issue": [{"severity": "error", "diagnostics": "The da',
      { issue: [{ severity: 'error', diagnostics: 'The da' }] },
    ],
    [
      'that is cut after a name',
      '{"issue": [{"severity": "error", "code":',
      { issue: [{ severity: 'error' }] },
    ],
    ['that is cut after a comma', '{"a": 1,', { a: 1 }],
  ] as const) {
    it(what, () => assert.deepEqual(lenientJson(text), expected))
  }

  it('is nothing where it is none', () => {
    for (const text of ['', 'Internal Server Error', '<html></html>', '"', '}{', '{"a" 1}']) {
      assert.equal(typeof lenientJson(text) === 'object', false, text)
    }
  })

  it('does not take long, whatever is in it', () => {
    for (const text of [
      '"'.repeat(100_000),
      '{'.repeat(100_000),
      ',}'.repeat(50_000),
      '[{"a":'.repeat(50_000),
      `{"a": "${'x"y '.repeat(30_000)}`,
      '\\'.repeat(100_000),
    ]) {
      assert.doesNotThrow(() => lenientJson(text))
    }
  })
})

describe('the issues of an OperationOutcome', () => {
  const outcome = (...issue: unknown[]) => ({ resourceType: 'OperationOutcome', issue })
  const only = (issue: unknown, sent?: unknown) => issuesOf(outcome(issue), sent)[0]

  it('have severity, code, details, diagnostics and expression', () => {
    const issue = {
      severity: 'error',
      code: 'value',
      details: {
        coding: [{ system: 'x', code: 'MSG_DATE_FORMAT', display: 'The date is wrong' }],
        text: 'Wrong',
      },
      diagnostics: 'It is not a date',
      expression: ['Patient.birthDate', 'Patient.contact[0].period'],
    }
    assert.deepEqual(only(issue), { ...issue, details: 'MSG_DATE_FORMAT: Wrong' })
    assert.equal(
      only({ ...issue, details: { coding: issue.details.coding } })?.details,
      'MSG_DATE_FORMAT: The date is wrong',
    )
    assert.equal(only({ ...issue, details: 'Wrong' })?.details, 'Wrong')
  })

  it('have the location of older servers', () => {
    assert.deepEqual(only({ location: ['Patient.name'], expression: [] })?.expression, ['Patient.name'])
  })

  it('do not repeat what was sent, but names of elements and types', () => {
    const sent = {
      resourceType: 'Patient',
      name: [{ family: 'Featherstonehaugh' }],
      subject: { reference: 'Patient/p7' },
    }
    const told = only(
      {
        code: 'value',
        diagnostics:
          'Patient.name.family: FEATHERSTONEHAUGH of Patient p7 is too long, born 1970-01-02, call 020 7946 0000',
        expression: ["Patient.name.where(family = 'Featherstonehaugh')"],
      },
      sent,
    )
    const text = JSON.stringify(told)
    for (const secret of [/featherstonehaugh/i, /p7/, /1970/, /7946/]) assert.doesNotMatch(text, secret)
    assert.match(told?.diagnostics ?? '', /^Patient\.name\.family: .* of Patient .* is too long/)
  })

  it('are cut, and are not many', () => {
    const long = only({ code: 'too-long', diagnostics: 'word '.repeat(500), expression: ['x'.repeat(500)] })
    assert.ok(JSON.stringify(long).length < 700)
    assert.equal(issuesOf(outcome(...Array<unknown>(500).fill({ code: 'value' }))).length, 20)
  })

  it('are none where there is no OperationOutcome', () => {
    for (const value of [undefined, null, 7, 'x', [], {}, { issue: {} }, { issue: [1, null, 'x'] }]) {
      assert.deepEqual(issuesOf(value), [])
    }
    const response = {
      statusCode: 500,
      headers: {},
      body: Buffer.from('<html>'),
      attempts: 1,
      url: 'http://h',
    }
    assert.deepEqual(issuesIn(response), [])
  })

  it('of nonsense have nothing', () => {
    const nonsense = { severity: 7, code: '<script>', details: [], diagnostics: {}, expression: [1] }
    assert.deepEqual(issuesOf(outcome(nonsense)), [{}])
  })

  it('tell a failure from advice', () => {
    assert.equal(saysFailure(outcome({ severity: 'information' }, { severity: 'warning' })), false)
    assert.equal(saysFailure(outcome({ severity: 'information' }, { severity: 'fatal' })), true)
    assert.equal(saysFailure({ resourceType: 'Patient', issue: [{ severity: 'error' }] }), false)
  })
})
