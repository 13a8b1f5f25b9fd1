import assert from 'node:assert/strict'
import { lenientJson } from '../../../../src/providers/fhir/lenient-json'
import { typeOf } from '../../../../src/documents/fhir/r4/model'
import type { HttpResponse } from '../../../../src/http/types'
import {
  FhirFacts,
  issuesIn,
  issuesOf,
  issueTypes,
  refusalOf,
  saysFailure,
} from '../../../../src/providers/fhir/operation-outcome'

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
    ['that is cut after the first name', '{"issue": [{"code":', { issue: [{}] }],
    ['that is cut in what stands in each other', '{"a": {"b": [1, 2', { a: { b: [1, 2] } }],
    ['that is cut after a text', '["the "a" b"', ['the "a" b']],
    ['that is cut after a text and a comma', '["the "a" b",', ['the "a" b']],
    ['without spaces', '["the "a" b","c"]', ['the "a" b', 'c']],
    ['with texts before other values', '["a "b"", true, "c "d"", null]', ['a "b"', true, 'c "d"', null]],
    ['with texts before false and numbers', '["a "b"", false, "c "d"", -1]', ['a "b"', false, 'c "d"', -1]],
    ['with texts before lists and objects', '["a "b"", [], "c "d"", {}]', ['a "b"', [], 'c "d"', {}]],
    ['with empty texts', '{"a": "", "b": "the "c"."}', { a: '', b: 'the "c".' }],
    ['with texts that begin as an end does', '{"a": "}", "b": "the "c"."}', { a: '}', b: 'the "c".' }],
    [
      'with escaped quotation marks among others',
      '{"a": "say \\", 1 of the "b".", "c": 1}',
      { a: 'say ", 1 of the "b".', c: 1 },
    ],
    ['with line ends and letters escaped', '["one\\ntwo \\u00e9 "b" c"]', ['one\ntwo é "b" c']],
    ['with a mark in a text', '["\uFEFFx"]', ['\uFEFFx']],
  ] as const) {
    it(what, () => assert.deepEqual(lenientJson(text), expected))
  }

  it('is nothing where it is none', () => {
    for (const text of ['', 'Internal Server Error', '<html></html>', '"', '}{', '{"a" 1}']) {
      assert.equal(typeof lenientJson(text) === 'object', false, text)
    }
  })

  it('is looked at to 64 KiB, and no further', () => {
    const { a, b, c } = lenientJson(JSON.stringify({ a: 1, b: 'x'.repeat(70_000), c: 2 })) as Record<
      string,
      unknown
    >
    assert.deepEqual([a, c], [1, undefined])
    assert.ok(String(b).length < 65_536)
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

  it('do not repeat a word that was sent, though it is a known one', () => {
    const resource = { name: [{ family: 'Page', given: ['Case', null] }], multipleBirthInteger: 7 }
    for (const sent of [resource, [resource], { entry: [{ resource }] }, ['Case Page']]) {
      assert.equal(
        only({ diagnostics: 'Patient case page is not valid' }, sent)?.diagnostics,
        'Patient [redacted] is not valid',
        JSON.stringify(sent),
      )
    }
    assert.equal(only({ details: 'The page' }, resource)?.details, 'The [redacted]')
    assert.equal(only({ details: { text: 'The page' } }, resource)?.details, 'The [redacted]')
  })

  it('tell types, methods and what meta has, though they were sent', () => {
    const diagnostics = 'PUT of Observation with Patient and Organization is not valid at server'
    const sent = {
      ...{ resourceType: 'Observation', request: { method: 'PUT' }, meta: { source: 'server' } },
      ...{ url: 'Observation?subject=Patient/7', about: ['Patient/7 Organization/8'] },
    }
    assert.equal(only({ diagnostics }, sent)?.diagnostics, diagnostics)
    assert.equal(
      only({ diagnostics }, { type: 'Patient' })?.diagnostics,
      diagnostics.replace('Patient', '[redacted]'),
    )
  })

  it('have three codes of details that are codes, and the first text that says something', () => {
    const long = Array<string>(10).fill('invalid').join('-')
    const coding = ['date', '<date>', 7, 'no.match', long, 'not-found', 'time'].map((code) => ({ code }))
    assert.equal(only({ details: { coding } })?.details, 'date, no.match, not-found')
    const texts = [{ display: 7 }, { display: '' }, { display: 'The date' }, { display: 'The time' }]
    assert.equal(only({ details: { text: '', coding: texts } })?.details, 'The date')
    assert.equal(only({ details: { text: 'Wrong', coding: {} } })?.details, 'Wrong')
  })

  it('have nothing for what is empty', () => {
    const empty = { severity: '', code: '', details: { text: '' }, diagnostics: '', expression: [] }
    assert.deepEqual(only(empty), {})
    assert.deepEqual(only({ ...empty, details: '', location: [] }), {})
  })

  it('have severity and code in any letters, if they are those of FHIR', () => {
    assert.deepEqual(only({ severity: 'ERROR', code: 'Not-Found' }), { severity: 'ERROR', code: 'Not-Found' })
    for (const code of ['Millington', 'mary-millington', 'not found', 'not-found2', '7']) {
      assert.deepEqual(only({ code, severity: code }), {}, code)
    }
  })

  it('know all codes that R4 has for the type of an issue', () => {
    const { codes } = typeOf('OperationOutcome.issue')?.properties.get('code') ?? {}
    assert.deepEqual([...issueTypes].sort(), [...(codes?.codes ?? [])].sort())
  })

  it('have 20 places of an issue, of 200 characters, with nothing that is no path', () => {
    const expression = Array<string>(30).fill('Patient.name')
    assert.equal(only({ expression })?.expression?.length, 20)
    const longest = `Patient.${'name.'.repeat(38)}id`
    const places = [
      ...[longest, `${longest}.id`, '$this.name[0]', '%resource.id', '%context', '%rootResource.id'],
      ...[
        'Observation.value[x]',
        'birthDate',
        'name[0].family',
        'Patient.name[12345]',
        'Device.udiCarrier.carrierAIDC',
      ],
    ]
    assert.equal(longest.length, 200)
    const [first, second, ...others] = only({ expression: places })?.expression ?? []
    assert.deepEqual([first, ...others], [longest, ...places.slice(2)])
    assert.notEqual(second, `${longest}.id`)
  })

  it('tell nobody in the place of a path', () => {
    for (const told of [
      "name.where(family='Zebedee')",
      'Patient.name[Zebedee]',
      'Zebedee',
      'zebedee.name',
      'Patient.zebedee',
      'Patient.name:zebedee',
      'Patient.zebedeeName',
      '$zebedee.name',
      '%zebedee',
      '%thiszebedee',
      '$resource$zebedee.id',
      'zebedee%resource',
      'Zebedee[0].name',
      'Patient[x].name[0] zebedee',
    ]) {
      const [issue] = issuesOf(outcome({ expression: [told] }))
      assert.doesNotMatch(issue?.expression?.[0] ?? '', /zebedee/i, told)
    }
    assert.equal(only({ expression: ['Patient.name[123456]'] })?.expression?.[0], 'Patient.name[[redacted]]')
  })

  it('tell nobody in the place of a code', () => {
    const tells = (code: string) => only({ details: { coding: [{ code }] } })?.details === code
    for (const code of [
      ...[
        'Featherstonehaugh',
        'Page',
        'PAGE',
        'mary-millington',
        'MARY_PAGE',
        'WillPage',
        'MAY_7',
        'mary.may',
      ],
      ...[
        'p7',
        'mary7',
        'MARY7',
        'millington7',
        '123456',
        'HC-123456',
        '',
        '-',
        'a b',
        'date_',
        '.',
        'HAPI-1',
      ],
    ]) {
      assert.equal(tells(code), false, code)
    }
    for (const code of [
      'MSG_CANT_PARSE_ROOT',
      'MSG_ID_TOO_LONG',
      'HC-1002',
      'HC1002',
      '404',
      'invalidDate',
    ]) {
      assert.equal(tells(code), true, code)
    }
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

    it('have it where there is one of each only', () => {
      const one = '<issue><code value="value"/><expression value="Patient.birthDate"/></issue>'
      assert.deepEqual(issuesIn(answered(inXml(one))), [{ code: 'value', expression: ['Patient.birthDate'] }])
      const details = '<issue><details><coding><code value="HC-1002"/></coding></details></issue>'
      assert.deepEqual(issuesIn(answered(inXml(details))), [{ details: 'HC-1002' }])
      const figure = details.replace('HC-1002', '00404')
      assert.deepEqual(issuesIn(answered(inXml(figure))), [{ details: '00404' }])
    })

    it('may have comments, instructions, a narrative, extensions and figures in between', () => {
      const text = `<text><status value="generated"/><div xmlns="http://www.w3.org/1999/xhtml"><h1>Error</h1>
        <table border="0"><tr><td>1970</td><td>bad&nbsp;date &gt; x<br/></td></tr></table></div></text>`
      const more = issue
        .replace('<severity value="error"/>', '<severity value="error"><extension url="x"/></severity>')
        .replace('<code value="value"/>', '<!-- x --><?x y?><code value="value"/>')
      assert.deepEqual(issuesIn(answered(inXml(`${text}${more}`))), [told])
      const figures = '<issue><diagnostics>404</diagnostics><details><text>The date</text></details></issue>'
      assert.deepEqual(issuesIn(answered(inXml(figures))), [{ details: 'The date' }])
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
        ...['<!DOCTYPE OperationOutcome>', '<!doctype x [<!ENTITY e "x">]>'].map((doctype) =>
          inXml(issue).replace(/^<\?.*?\?>/, `$&${doctype}`),
        ),
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
    for (const severity of ['errors', 'nonfatal', undefined]) {
      assert.equal(saysFailure(outcome({ severity })), false)
    }
    assert.equal(saysFailure(outcome(null, { severity: 'error' })), true)
    assert.equal(saysFailure({ resourceType: 'OperationOutcome', issue: { severity: 'error' } }), false)
    assert.equal(saysFailure(undefined), false)
  })
})

describe('what was asked, in an error', () => {
  for (const [endpoint, what] of [
    ['', 'read'],
    ['patient_endpoint', 'read at patient_endpoint'],
    ['Patient/7', 'read at Patient'],
    ['Mary Millington/Patient', 'read'],
    ['x'.repeat(80), `read at ${'x'.repeat(80)}`],
    ['x'.repeat(81), 'read'],
  ] as const) {
    it(`at "${endpoint}"`, () => assert.equal(new FhirFacts('fhir', 'read', endpoint).what, what))
  }
})

describe('an answer that is no success', () => {
  interface Answered {
    issue?: unknown[]
    provider?: string
    operation?: string
    attempts?: number
    html?: boolean
  }
  const refusal = (
    statusCode: number,
    { issue = [], provider = 'fhir', operation = 'read', ...more }: Answered,
  ) => {
    const body = more.html ? '<html><body>Sorry</body></html>' : JSON.stringify({ issue })
    const response: HttpResponse = {
      ...{ statusCode, headers: {}, body: Buffer.from(body), attempts: more.attempts ?? 1, url: 'http://h' },
    }
    return refusalOf(response, new FhirFacts(provider, operation, 'Patient'))
  }
  const error = (code?: string) => ({ severity: 'error', ...(code === undefined ? {} : { code }) })

  for (const [expected, retryable, codes] of [
    ['HG_AUTH', false, ['login', 'expired']],
    ['HG_FORBIDDEN', false, ['security', 'forbidden', 'suppressed']],
    ['HG_NOT_FOUND', false, ['not-found', 'deleted']],
    ['HG_CONFLICT', false, ['conflict', 'duplicate', 'multiple-matches']],
    ['HG_TOO_LARGE', false, ['too-long', 'too-costly']],
    ['HG_RATE_LIMITED', true, ['throttled']],
    ['HG_TIMEOUT', true, ['timeout']],
    ['HG_UNAVAILABLE', true, ['transient', 'lock-error', 'no-store']],
    ['HG_REJECTED', false, ['invalid', 'structure', 'required', 'value', 'invariant', 'code-invalid']],
    ['HG_REJECTED', false, ['extension', 'business-rule']],
  ] as const) {
    it(`is ${expected} by the code ${codes.join(', ')}, where the status says little`, () => {
      for (const code of codes) {
        for (const status of [200, 201, 202, 400, 422, 500]) {
          const { code: told, cause } = refusal(status, { issue: [error(code)] })
          assert.deepEqual([told, cause.retryable, cause.statusCode], [expected, retryable, status], code)
        }
      }
    })
  }

  it('is what its status says where that says much', () => {
    for (const [status, code, retryable] of [
      [401, 'HG_AUTH', false],
      [403, 'HG_FORBIDDEN', false],
      [404, 'HG_NOT_FOUND', false],
      [409, 'HG_CONFLICT', false],
      [429, 'HG_RATE_LIMITED', true],
      [503, 'HG_UNAVAILABLE', true],
    ] as const) {
      const { code: told, cause } = refusal(status, { issue: [error('too-long')] })
      assert.deepEqual([told, cause.retryable], [code, retryable])
    }
  })

  it('is HG_REJECTED where it was to be a success and nothing else is known', () => {
    for (const code of ['exception', undefined]) {
      const { code: told, message } = refusal(200, { issue: [error(code)] })
      assert.equal(told, 'HG_REJECTED')
      assert.match(message, /failed/)
    }
  })

  it('is told by its worst issue, or else the first', () => {
    const issue = (severity: string, code: string) => ({ severity, code })
    for (const [issues, expected] of [
      [[issue('warning', 'not-found'), issue('error', 'duplicate')], 'HG_CONFLICT'],
      [[issue('information', 'throttled'), issue('fatal', 'login')], 'HG_AUTH'],
      [[issue('warning', 'not-found'), issue('information', 'duplicate')], 'HG_NOT_FOUND'],
      [[issue('error', 'not-found'), issue('fatal', 'duplicate')], 'HG_NOT_FOUND'],
    ] as const) {
      const { code, message, cause } = refusal(400, { issue: [...issues] })
      assert.equal(code, expected)
      assert.deepEqual(cause.detail, { issues })
      const [told] = issues.filter(({ severity }) => /error|fatal/.test(severity))
      assert.ok(message.endsWith(`says: ${(told ?? issues[0]).code}`), message)
    }
  })

  it('is told with the code, the place and the words of its issue', () => {
    const ending = (issue: object, provider?: string) => {
      const { message } = refusal(422, { issue: [issue], ...(provider ? { provider } : {}) })
      return /(?:The FHIR server|Healthcode) says: (.*)$/.exec(message)?.[0]
    }
    const details = { text: 'Wrong' }
    const issue = {
      code: 'value',
      details,
      diagnostics: 'Not a date',
      expression: ['Patient.birthDate', 'x'],
    }
    assert.equal(ending(issue), 'The FHIR server says: value at Patient.birthDate: Not a date')
    assert.equal(ending(issue, 'healthcode'), 'Healthcode says: value at Patient.birthDate: Not a date')
    assert.equal(
      ending({ ...issue, diagnostics: undefined }),
      'The FHIR server says: value at Patient.birthDate: Wrong',
    )
    assert.equal(ending({ code: 'value', details }), 'The FHIR server says: value: Wrong')
    assert.equal(ending({ code: 'value' }), 'The FHIR server says: value')
    assert.equal(ending({ details }), 'The FHIR server says: Wrong')
    assert.equal(ending({ severity: 'error' }), undefined)
  })

  it('has no issues where none is told', () => {
    const { message, cause } = refusal(422, {})
    assert.deepEqual([cause.detail, message.includes('says')], [undefined, false])
  })

  it('says what to check, each status its own', () => {
    for (const [status, answered, said, unsaid] of [
      [401, {}, /token/, /says/],
      [403, {}, /scope/, /site id/],
      [403, { provider: 'healthcode' }, /site id/, /scope/],
      [404, { html: true }, /web page/, /id or name/],
      [404, {}, /id or name/, /web page/],
      [405, { html: true }, /405/, /web page/],
      [412, { issue: [error('multiple-matches')] }, /more than one/, /another version/],
      [412, { issue: [error('conflict')] }, /another version/, /more than one|more than once/],
      [412, { attempts: 2 }, /sent more than once/, /more than one resource/],
      [412, { attempts: 1 }, /another version/, /sent more than once/],
      [
        404,
        { operation: 'delete', attempts: 2 },
        /more than once: the first time may have deleted/,
        /web page/,
      ],
      [410, { operation: 'delete', attempts: 2 }, /removed\. It was sent more than once/, /id or name/],
      [404, { operation: 'delete' }, /id or name/, /more than once/],
      [410, { operation: 'update', attempts: 2 }, /removed/, /more than once/],
      [409, { operation: 'delete', attempts: 2 }, /exists already/, /more than once/],
      [413, {}, /resource is larger/, /Bundle/],
      [413, { operation: 'batch' }, /Bundle has more/, /resource is/],
      [413, { operation: 'transaction' }, /Bundle has more/, /resource is/],
      [400, { issue: [error('timeout')] }, /again later/, /cannot succeed/],
      [500, { issue: [error('invalid')] }, /cannot succeed/, /again/],
    ] as const) {
      const { message } = refusal(status, answered as Answered)
      assert.match(message, said, `${status}`)
      assert.doesNotMatch(message, unsaid, `${status}`)
      assert.match(message, new RegExp(`^(?:The FHIR server|Healthcode) answered for .* HTTP ${status}: `))
    }
  })
})
