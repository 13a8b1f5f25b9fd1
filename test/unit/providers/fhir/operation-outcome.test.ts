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

  describe('in XML', () => {
    const answered = (body: string | Buffer) => ({
      ...{
        statusCode: 422,
        headers: { 'content-type': 'application/fhir+xml' },
        attempts: 1,
        url: 'http://h',
      },
      body: Buffer.from(body),
    })
    const inXml = (issues: string, root = '<OperationOutcome xmlns="http://hl7.org/fhir">') =>
      `<?xml version="1.0" encoding="UTF-8"?>${root}${issues}</${/^<([\w:]+)/.exec(root)?.[1]}>`
    const issue = `<issue>
        <severity value="error"/>
        <code value="value"/>
        <details><coding><system value="x"/><code value="MSG_DATE_FORMAT"/></coding><text value="Wrong"/></details>
        <diagnostics value="It is &lt;not&gt; a &#100;ate"/>
        <expression value="Patient.birthDate"/><expression value="Patient.contact[0].period"/>
      </issue>`
    const told = {
      ...{ severity: 'error', code: 'value', details: 'MSG_DATE_FORMAT: Wrong' },
      ...{
        diagnostics: 'It is <not> a date',
        expression: ['Patient.birthDate', 'Patient.contact[0].period'],
      },
    }

    it('have the same', () => {
      assert.deepEqual(issuesIn(answered(inXml(issue))), [told])
      assert.deepEqual(issuesIn(answered(`\uFEFF${inXml(issue + issue)}`)), [told, told])
      const prefixed = issue.replace(/<(\/?)(\w)/g, '<$1f:$2')
      const root = '<f:OperationOutcome xmlns:f="http://hl7.org/fhir">'
      assert.deepEqual(issuesIn(answered(inXml(prefixed, root))), [told])
      const only = '<issue><location value="Patient.name"/></issue>'
      assert.deepEqual(issuesIn(answered(inXml(only))), [{ expression: ['Patient.name'] }])
    })

    it('do not repeat what was sent, nor whom the server names', () => {
      const named = `<issue><code value="duplicate"/>
        <diagnostics value="Patient &#x4D;illington is already registered as Featherstonehaugh, 1970"/></issue>`
      const [one] = issuesIn(answered(inXml(named)), { family: 'Millington' })
      assert.equal(one?.diagnostics, 'Patient [redacted] is already registered as [redacted]')
    })

    it('are cut, and are not many', () => {
      const long = `<issue><diagnostics value="${'word '.repeat(500)}"/></issue>`
      assert.ok(JSON.stringify(issuesIn(answered(inXml(long)))).length < 700)
      assert.equal(issuesIn(answered(inXml('<issue><code value="value"/></issue>'.repeat(500)))).length, 20)
    })

    it('are none where it is none, is not well-formed, has a DOCTYPE, or is too large', () => {
      for (const body of [
        '<OperationOutcome/>',
        '<OperationOutcome><issue/></OperationOutcome>'.repeat(2),
        inXml(issue, '<Patient xmlns="http://hl7.org/fhir">'),
        `<Bundle>${inXml(issue).replace(/^<\?.*?\?>/, '')}</Bundle>`,
        inXml(issue).slice(0, -30),
        inXml(issue.replace('</issue>', '</isue>')),
        `<!DOCTYPE x [<!ENTITY e "${'x'.repeat(100)}">]>${inXml('<issue><diagnostics value="&e;"/></issue>')}`,
        inXml('<issue>'.repeat(5_000) + '</issue>'.repeat(5_000)),
        inXml(`${issue}<!--${'x'.repeat(70_000)}-->`),
        '<'.repeat(60_000),
        Buffer.from(inXml(issue), 'utf16le'),
      ]) {
        assert.deepEqual(issuesIn(answered(body)), [], body.toString().slice(0, 200))
      }
    })

    it('of names that objects have of themselves are nothing', () => {
      const strange = '<issue><__proto__ value="x"/><constructor value="y"/><code value="value"/></issue>'
      const [one] = issuesIn(answered(inXml(strange)))
      assert.ok(one === undefined || one.code === 'value')
      assert.equal(({} as { value?: unknown }).value, undefined)
    })
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
