import assert from 'node:assert/strict'
import {
  humanApiFhirResources,
  humanApiToFhir,
} from '../../../../src/documents/convert/humanapi-to-fhir/humanapi-to-fhir'
import { assertFhir, fhirFindings } from '../../../../src/documents/fhir/check'
import { primitives, typeOf } from '../../../../src/documents/fhir/r4/model'
import { omheToFhir } from '../../../../src/documents/omhe/to-fhir'
import { GatewayError } from '../../../../src/errors'
import { HttpClient } from '../../../../src/http/client'
import { accessBy, HumanApiClient } from '../../../../src/providers/humanapi/client'
import { humanApiResource } from '../../../../src/providers/humanapi/resources'
import { furnishHospital } from '../../../../src/sandbox/healthcode/data/hospital'
import { furnish, sites } from '../../../../src/sandbox/healthcode/data/sites'
import { ResourceStore } from '../../../../src/sandbox/healthcode/fhir/store'
import { startSandbox } from '../../../../src/sandbox/sandbox'
import { changed, good, type Json, mutations } from './cases'

const shown = (resource: unknown) => fhirFindings(resource).map(({ code, path }) => `${code} ${path}`)

describe('the check of a FHIR resource', () => {
  for (const [name, resource] of Object.entries(good)) {
    it(`finds nothing in a good ${name}`, () => {
      assert.deepEqual(fhirFindings(resource), [])
    })
  }

  for (const [what, of, at, value, path, code] of mutations) {
    it(`finds ${what}`, () => {
      assert.ok(
        shown(changed(good[of], at, value)).includes(`${code} ${path}`),
        shown(changed(good[of], at, value)).join(),
      )
    })
  }

  it('finds a document without what makes it one', () => {
    const document = { resourceType: 'Bundle', type: 'document', entry: [{ resource: good.patient }] }
    assert.deepEqual(
      fhirFindings(document).map(({ message }) => /\((\S+)\)$/.exec(message)?.[1]),
      ['bdl-9', 'bdl-10', 'bdl-11'],
    )
  })

  it('warns of what a batch does not resolve, and of a text that says nothing', async () => {
    const batch = changed(good.transaction, 'type', 'batch')
    const findings = fhirFindings(changed(batch, 'entry.0.resource.name', [{ text: '  ' }]))
    assert.deepEqual(
      findings.map(({ severity, path }) => `${severity} ${path}`),
      ['warning Bundle.entry[0].resource.name[0].text', 'warning Bundle.entry[1].resource.subject.reference'],
    )
    assert.equal((await assertFhir(batch)).length, 1)
  })

  it('takes codes of other systems beside those that R4 asks for', () => {
    const local = { system: 'http://example.org', code: 'gone' }
    const { coding } = good.condition.clinicalStatus
    assert.deepEqual(shown(changed(good.condition, 'clinicalStatus.coding', [...coding, local])), [])
  })

  it('takes codings without a code beside it', () => {
    const { coding } = good.condition.clinicalStatus
    const system = coding[0]?.system
    assert.deepEqual(shown(changed(good.condition, 'clinicalStatus.coding', [...coding, { system }])), [])
    assert.deepEqual(shown(changed(good.condition, 'clinicalStatus.coding', [null, ...coding])), [
      'structure Condition.clinicalStatus.coding[0]',
    ])
  })

  it('takes a contained resource that is pointed to by a URI, but by no text', () => {
    const { device: _device, ...observation } = good.observation
    const by = (name: string, value: string) =>
      shown({ ...observation, extension: [{ url: 'http://example.org', [`value${name}`]: value }] })
    for (const type of ['Uri', 'Url', 'Canonical']) assert.deepEqual(by(type, '#scale'), [])
    for (const [type, value] of [
      ['String', '#scale'],
      ['Uri', 'xscale'],
    ] as const)
      assert.deepEqual(by(type, value), ['invariant Observation.contained[0]'])
  })

  it('takes a contained resource without an id, and finds null in its place', () => {
    const basic = { resourceType: 'Basic', code: { text: 'x' } }
    const { contained } = good.observation
    assert.deepEqual(shown({ ...good.observation, contained: [...contained, basic] }), [])
    assert.deepEqual(shown({ ...good.observation, contained: [...contained, null] }), [
      'structure Observation.contained[1]',
    ])
  })

  it('takes what a contained resource holds for contained as well', () => {
    const holding = (more: Json) => ({
      ...good.observation,
      extension: [{ url: 'http://example.org', valueReference: { reference: '#held' } }],
      contained: [
        ...good.observation.contained,
        {
          ...{ resourceType: 'Parameters', id: 'held' },
          parameter: [{ name: 'x', resource: { resourceType: 'Basic', code: { text: 'x' }, ...more } }],
        },
      ],
    })
    const place = 'Observation.contained[1].parameter[0].resource'
    assert.deepEqual(shown(holding({ subject: { reference: '#scale' } })), [])
    assert.deepEqual(shown(holding({ meta: { versionId: '1' } })), [`invariant ${place}.meta`])
    assert.deepEqual(shown(holding({ contained: [good.organization] })), [`invariant ${place}.contained`])
  })

  it('finds a contained resource in a contained one in a Bundle, and its version', () => {
    const bundled = (resource: Json) => ({
      ...{ resourceType: 'Bundle', type: 'collection' },
      entry: [{ fullUrl: 'http://example.org/Observation/1', resource }],
    })
    assert.deepEqual(shown(bundled(good.observation)), [])
    for (const [key, value] of [
      ['contained', [good.organization]],
      ['meta', { versionId: '1' }],
    ] as const) {
      assert.deepEqual(shown(bundled(changed(good.observation, `contained.0.${key}`, value))), [
        `invariant Bundle.entry[0].resource.contained[0].${key}`,
      ])
    }
  })

  it('takes a contained resource that refers to the one that holds it', () => {
    const provenance = {
      ...{ resourceType: 'Provenance', id: 'who', recorded: '2026-01-01T00:00:00Z' },
      ...{ target: [{ reference: '#' }], agent: [{ who: { reference: 'Practitioner/1' } }] },
    }
    assert.deepEqual(
      shown({ ...good.observation, contained: [...good.observation.contained, provenance] }),
      [],
    )
  })

  it('takes texts with blanks around them', () => {
    assert.deepEqual(shown(changed(good.patient, 'name.0.family', ' Doe ')), [])
  })

  it('tells one fault as one', async () => {
    await assert.rejects(assertFhir(changed(good.patient, 'gender', 'F')), (error) => {
      assert.ok(error instanceof GatewayError)
      assert.match(error.message, /Patient\.gender/)
      assert.doesNotMatch(error.message, /more in/)
      return true
    })
  })

  it('leaves out what JSON leaves out', () => {
    assert.deepEqual(shown({ ...good.patient, maritalStatus: undefined }), [])
  })

  for (const [what, value] of [
    ['a text', 'Patient'],
    ['nothing', undefined],
    ['null', null],
    ['a list', [good.patient]],
    ['a number', 7],
  ] as const) {
    it(`finds ${what} to be no resource`, () => {
      assert.deepEqual(shown(value), ['structure resource'])
    })
  }

  it('ends where an object holds itself', () => {
    const loop: Json = { url: 'http://example.org' }
    loop.extension = [loop]
    assert.ok(fhirFindings({ ...good.patient, extension: [loop] }).length > 0)
    const bundle: Json = { resourceType: 'Bundle', type: 'collection' }
    bundle.entry = [{ resource: bundle }]
    assert.ok(fhirFindings(bundle).length > 0)
  })

  it('tells at most 100 findings', () => {
    const name = Array.from({ length: 500 }, () => ({ age: 1 }))
    assert.equal(fhirFindings({ ...good.patient, name }).length, 100)
  })

  it('tells all in one HG_INPUT, and nothing of the patient', async () => {
    const secret = 'Zebedee'
    const wrong = {
      ...good.patient,
      gender: secret,
      birthDate: `${secret} 1980`,
      [secret.toUpperCase()]: 1,
      [`of ${secret}`]: { [secret]: 1 },
      [`mary${secret}`]: 1,
      managingOrganization: { reference: secret },
      text: { status: 'generated', div: `<div><script>${secret}</script></div>` },
    }
    await assert.rejects(
      () => assertFhir(wrong),
      (error) => {
        assert.ok(error instanceof GatewayError)
        const { findings } = error.cause.detail as { findings: { path: string; message: string }[] }
        assert.equal(error.code, 'HG_INPUT')
        assert.deepEqual(findings.map(({ path }) => path).sort(), [
          'Patient.?',
          'Patient.?',
          'Patient.?',
          'Patient.birthDate',
          'Patient.gender',
          'Patient.managingOrganization.reference',
          'Patient.text.div',
        ])
        assert.match(error.message, /6 more in msg\.error\.cause\.detail\.findings/)
        assert.doesNotMatch(`${error.message}${JSON.stringify(error.cause)}`, new RegExp(secret, 'i'))
        return true
      },
    )
  })

  it('says where an element is that R4 does not have, by a name of R4 or by its number', () => {
    const [named, counted] = fhirFindings({
      resourceType: 'Patient',
      effectiveDateTime: '2026',
      brithDate: '2026',
    })
    assert.deepEqual([named?.path, counted?.path], ['Patient.effectiveDateTime', 'Patient.?'])
    assert.match(String(counted?.message), /property 3 of the object/)
  })

  it('takes a type of the server’s own with a warning, where it is told that there are some', () => {
    const own = { resourceType: 'ReserveSlot', slot: 7 }
    const bundle = {
      ...{ resourceType: 'Bundle', type: 'batch' },
      entry: [{ resource: own, request: { method: 'POST', url: 'ReserveSlot' } }],
    }
    for (const resource of [own, bundle]) {
      assert.deepEqual(
        fhirFindings(resource, { otherTypes: 'warning' }).map(({ severity, code }) => [severity, code]),
        [['warning', 'structure']],
      )
      assert.deepEqual(
        fhirFindings(resource).map(({ severity }) => severity),
        ['error'],
      )
    }
    assert.deepEqual(
      fhirFindings({ resourceType: 'Mary Millington' }, { otherTypes: 'warning' }).map(
        ({ severity }) => severity,
      ),
      ['error'],
    )
  })

  describe('gives no error for what R4 leaves open', () => {
    const uuid = (last: number) => `urn:uuid:0d0a3b1c-0000-4000-8000-00000000000${last}`
    const observation = {
      ...{ resourceType: 'Observation', status: 'final', code: { text: 'x' } },
      subject: { reference: uuid(2) },
    }
    const header = {
      ...{ resourceType: 'MessageHeader', eventUri: 'urn:x', source: { endpoint: 'urn:y' } },
      focus: [{ reference: uuid(2) }],
    }
    const entry = (request: Json, resource?: Json) => ({
      ...{ resourceType: 'Bundle', type: 'batch' },
      entry: [{ request, ...(resource ? { resource } : {}) }],
    })
    const open: [what: string, resource: Json][] = [
      [
        'a reference that leads out of a collection',
        { resourceType: 'Bundle', type: 'collection', entry: [{ fullUrl: uuid(1), resource: observation }] },
      ],
      [
        'a reference that leads out of a message',
        { resourceType: 'Bundle', type: 'message', entry: [{ fullUrl: uuid(1), resource: header }] },
      ],
      ['a DELETE with a resource', entry({ method: 'DELETE', url: 'Patient/p-1' }, good.patient)],
      ['a GET with a resource', entry({ method: 'GET', url: 'Patient/p-1' }, good.patient)],
      ['a search that is posted', entry({ method: 'POST', url: 'Patient/_search?name=x' })],
      [
        'a search that is posted with Parameters',
        entry({ method: 'POST', url: 'Patient/_search' }, { resourceType: 'Parameters', id: 'x' }),
      ],
      [
        'a reference by a search with a blank',
        { ...observation, subject: { reference: 'Patient?name=a b' } },
      ],
    ]
    for (const [what, resource] of open) {
      it(what, () => {
        const errors = fhirFindings(resource).filter(({ severity }) => severity === 'error')
        assert.deepEqual(errors, [])
      })
    }
  })

  it('says of an hour that there is not that it is not there, and not that its zone is missing', () => {
    const [finding] = fhirFindings({ ...good.observation, effectiveDateTime: '2026-07-01T24:00:00' })
    assert.match(String(finding?.message), /does not exist/)
  })

  it('asks for MIME types and currencies by their form', () => {
    const attachment = (contentType: string) => ({ ...good.patient, photo: [{ contentType }] })
    for (const type of ['image/png', 'application/fhir+json; fhirVersion=4.0', 'text/plain;charset=utf-8'])
      assert.deepEqual(shown(attachment(type)), [])
    for (const type of ['png', 'no mime', 'image/'])
      assert.deepEqual(shown(attachment(type)), ['invariant Patient.photo[0]'])
    const paid = (currency: string) => ({
      ...{ resourceType: 'PaymentReconciliation', status: 'active', created: '2024-01-01' },
      ...{ paymentDate: '2024-01-01', paymentAmount: { value: 1, currency } },
    })
    assert.deepEqual(shown(paid('GBP')), [])
    for (const currency of ['gbp', 'Pound', '£'])
      assert.deepEqual(shown(paid(currency)), ['invariant PaymentReconciliation.paymentAmount'])
  })

  it('names the element that was meant, and nothing of what was written', () => {
    const slips: [string, string | undefined][] = [
      ['birthdate', 'birthDate'],
      ['gneder', 'gender'],
      ['genders', 'gender'],
      ['gendr', 'gender'],
      ['gendar', 'gender'],
      ['nam', 'name'],
      ['_birthdate', 'birthDate'],
      ['iq', undefined],
      ['gndre', undefined],
      ['Smith', undefined],
    ]
    for (const [written, meant] of slips) {
      const [finding] = fhirFindings({ ...good.patient, [written]: 'x' })
      const [, told] =
        / \(property \d+ of the object\)(?:; (\w+) is one)?$/.exec(finding?.message ?? '') ?? []
      assert.deepEqual([finding?.path, told], ['Patient.?', meant], written)
    }
  })

  it('finds names that every object of JavaScript has to be no elements', () => {
    assert.deepEqual(shown({ ...good.patient, constructor: 'x', __proto__: {} }), ['structure Patient.?'])
  })
})

describe('the check of a narrative', () => {
  const patient = (div: string) => ({ resourceType: 'Patient', text: { status: 'generated', div } })
  const within = (html: string) => patient(`<div xmlns="http://www.w3.org/1999/xhtml">${html}</div>`)
  const messages = (resource: unknown) => fhirFindings(resource).map(({ message }) => message)

  const good = [
    '<p class="a" style=\'color: "red"\'>A &amp; B &#160;&#xA0; &lt;</p>',
    '<a href="#x" title="on: it">x</a><a href="Patient/1?a=b:c">y</a><a\n href = "mailto:a@example.org" >z</a>',
    '<img src="data:image/png;base64,AAAA" alt="x > y"/>',
    '<img SRC="DATA:IMAGE/PNG;base64,AAAA"/><img src="data:image/gif,x"/><img src="data:image/jpeg,x"/>',
    '<a href="HTTPS://example.org">a</a><a href="tel:1">b</a><a href="ftp://h/x">c</a><a href="//h/x">d</a>',
    '<a href="urn:x">a</a><img src="cid:x"/><a href="http://example.org/a?b=javascript:c">b</a><a href="">c</a>',
    '<p title="see javascript: x">&quot;A&apos; &gt; &#x1F600; &#x10FFFF; &#1114111;</p>',
    '<!-- <script> --> x <br/><table><tbody><tr><td colspan="2">1</td></tr></tbody></table>',
  ]
  for (const html of good) {
    it(`takes ${html}`, () => {
      assert.deepEqual(messages(within(html)), [])
    })
  }

  const bad: [html: string, message: RegExp][] = [
    ['<p onclick=alert(1)>a</p>', /not well-formed/],
    ['<p onclick="alert(1)">a</p>', /run scripts/],
    ['<p ONCLICK="alert(1)">a</p>', /run scripts/],
    ['<img/onerror="alert(1)" src="x"/>', /not well-formed/],
    ['<img src="x"onerror="alert(1)"/>', /not well-formed/],
    ['<img src="x"/onerror="alert(1)"/>', /not well-formed/],
    ['<a href=javascript:alert(1)>x</a>', /not well-formed/],
    ['<a href="javascript:alert(1)">x</a>', /link/],
    ["<a href='javascript:alert(1)'>x</a>", /link/],
    ["<p class='a' onclick='alert(1)'>x</p>", /run scripts/],
    ['<a HREF="data:text/html,x">x</a>', /link/],
    ['<q cite="data:text/html,x">x</q>', /link/],
    ['<img longdesc="data:text/html,x" src="x"/>', /link/],
    ['<table background="data:text/html,x"><tr><td>x</td></tr></table>', /link/],
    ['<a xlink:href="data:text/html,x">x</a>', /link/],
    ['<a href="data:image/png;base64,AAAA">x</a>', /link/],
    ['<img src="data:image/png"/>', /link/],
    ['<img src="xdata:image/png;,"/>', /link/],
    ['<a href="ahttp:x">x</a>', /link/],
    ['<a href="httpsx:x">x</a>', /link/],
    ['<p title="JAVASCRIPT:x">a</p>', /link/],
    ['<p title=" j&#9;ava&#10;script:x">a</p>', /link/],
    ['<a href="java&#10;script&#x3a;alert(1)">x</a>', /link/],
    ['<a href="java&NewLine;script&colon;alert(1)">x</a>', /not well-formed/],
    ['<a href="data:image/svg+xml;base64,PHN2Zz4=">x</a>', /link/],
    ['<a href="data:text/html,x">x</a>', /link/],
    ['<img src="data:image/svg+xml,x"/>', /link/],
    ['<p title="vbscript:x">a</p>', /link/],
    ['<script>x</script>', /such as scripts/],
    ['<svg:a>x</svg:a>', /such as scripts/],
    ['<p>a&nbsp;b</p>', /not well-formed/],
    ['<p>a & b</p>', /not well-formed/],
    ['<p>a &LT; b</p>', /not well-formed/],
    ['<p>a &#X41; b</p>', /not well-formed/],
    ['<p>a &amp; b & c</p>', /not well-formed/],
    ['<p>a</p/>', /not well-formed/],
    ['<!-- <p>a</p>', /not well-formed/],
    ['<p title="a" title="b">x</p>', /not well-formed/],
    ['<p title="a & b">x</p>', /not well-formed/],
    ['<p>a', /not well-formed/],
    ['<p>a</b></p>', /not well-formed/],
    ['<p>a</p title="b">', /not well-formed/],
    ['a < b', /not well-formed/],
    ['<p xmlns="http://www.w3.org/2000/svg">a</p>', /namespace/],
    ['</div><div>x', /one <div>/],
    [' <p></p><!-- x -->', /no content/],
  ]
  for (const [html, message] of bad) {
    it(`does not take ${html}`, () => {
      const [told, ...more] = messages(within(html))
      assert.match(String(told), message)
      assert.deepEqual(more, [])
    })
  }

  it('reads references to characters that there are not', () => {
    for (const reference of ['&#x110000;', '&#9999999;'])
      assert.doesNotThrow(() => messages(within(`<p title="${reference}">${reference}</p>`)))
  })

  it('asks for one div, in the namespace of XHTML', () => {
    assert.match(String(messages(patient('<div>a</div>'))), /namespace of XHTML/)
    assert.match(String(messages(patient('hello'))), /one <div>/)
    assert.match(String(messages(patient('<p>a</p>'))), /one <div>/)
    assert.match(String(messages(patient('<div onclick=x>a</div>'))), /well-formed/)
    const div = '<div xmlns="http://www.w3.org/1999/xhtml">'
    assert.match(String(messages(patient(`${div}<p>a</p>`))), /well-formed/)
    assert.match(String(messages(patient(div))), /well-formed/)
    for (const html of [`x${div}a</div>`, `${div}a</div>x`, `${div}a</div>${div}b</div>`, 'x<div'])
      assert.match(String(messages(patient(html))), /one <div>/)
    assert.deepEqual(messages(patient(` <!-- a -->${div}a</div> <!-- b -->\n`)), [])
  })
})

describe('the check of a large Bundle', () => {
  it('gives other work its turn', async () => {
    const entry = Array.from({ length: 20_000 }, () => ({ resource: good.observation }))
    let turns = 0
    const other = setInterval(() => turns++, 1)
    await assertFhir({ resourceType: 'Bundle', type: 'collection', entry })
    clearInterval(other)
    assert.ok(turns > 5)
  })
})

describe('the check of base64', () => {
  const found = (data: string) => shown({ resourceType: 'Binary', contentType: 'text/plain', data })

  it('takes lines, and what has = at its end', () => {
    for (const data of ['AAAA', 'AA==', 'AAA=', 'AAAA\r\nAA==\r\n', 'AA =\n='])
      assert.deepEqual(found(data), [])
  })

  it('does not take other characters, = in between, or a wrong length', () => {
    for (const data of ['AA-_', 'A=AA', 'A', 'AAAAA', 'A===', 'AA=', '===='])
      assert.deepEqual(found(data), ['value Binary.data'])
  })

  it('ends soon at many blanks and a wrong character', () => {
    assert.deepEqual(found(`${' '.repeat(1_000_000)}!`), ['value Binary.data'])
  })
})

describe('what the check says', () => {
  /** Everything in every place that R4 has, down to elements of elements, with one wrong value. */
  function* wrongResources(): Generator<Json> {
    const values = [
      'x y ',
      '',
      null,
      7,
      {},
      [],
      'soon',
      '2026-01-31',
      '2026-01-31T09:30Z',
      '2026-02-30T09:30:00Z',
    ]
    function* within(name: string, depth: number): Generator<Json> {
      for (const [key, { type, isMany }] of typeOf(name)?.properties ?? []) {
        const many = (value: unknown) => (isMany ? [value] : value)
        if (primitives.has(type) || depth === 3) for (const value of values) yield { [key]: many(value) }
        else if (type !== 'Extension' && type !== 'Resource')
          for (const inner of within(type, depth + 1)) yield { [key]: many(inner) }
      }
    }
    for (const resourceType of ['Observation', 'Patient', 'Bundle', 'Timing', 'CapabilityStatement', 'Claim'])
      for (const one of within(resourceType, 1)) yield { resourceType, ...one }
  }

  it('is there as a whole in the error that a person reads', async () => {
    const told = new Set<string>()
    const hear = async (resource: unknown) => {
      try {
        await assertFhir(resource)
      } catch (error) {
        assert.ok(error instanceof GatewayError)
        const { findings } = error.cause.detail as { findings: { message: string }[] }
        for (const { message } of findings) told.add(message)
        told.add(error.message)
      }
    }
    for (const resource of wrongResources()) await hear(resource)
    for (const [, of, at, value] of mutations) await hear(changed(good[of], at, value))
    for (const div of ['x', '<div>x</div>', '<div>', '<div onclick=""/>', '<div><script/></div>'])
      await hear({ resourceType: 'Patient', text: { status: 'generated', div } })
    assert.ok(told.size > 300)
    assert.deepEqual(
      [...told].filter((message) => message.includes('[redacted]')),
      [],
    )
  })
})

describe('the check of what is made here', () => {
  const errors = (resource: unknown) => fhirFindings(resource).filter(({ severity }) => severity === 'error')

  it('finds nothing in what comes of OMHE commands', () => {
    const text = 'bp=120/80p60#dt20120501:083059z#tz-5#rest#id=a7\nlip190h44l126t99\nst5050m480\nwt85k\nbg98'
    const { bundle } = omheToFhir(text, { patient: { id: 'u1' }, source: 'SMS gateway' })
    assert.equal(bundle.entry?.length, 9)
    assert.deepEqual(errors(bundle), [])
  })

  it('finds nothing in FHIR of what the sandbox of Human API has', async function () {
    this.timeout(60_000)
    const sandbox = await startSandbox({ now: () => Date.UTC(2026, 2, 10, 12) })
    const http = new HttpClient({ proxy: 'none' })
    try {
      const client = new HumanApiClient({ ...sandbox.demo.humanapi, endpoints: sandbox.urls.humanapi, http })
      for (const resource of humanApiFhirResources) {
        const { kind } = humanApiResource(resource)
        const query = { resource, ...(kind === 'daily' ? { id: '2026-03-09' } : {}) }
        const data =
          kind === 'single'
            ? (await client.one(accessBy(), query)).value
            : (await client.page(accessBy(), query)).items
        assert.deepEqual(
          errors(humanApiToFhir(resource, data, { patient: 'Patient/7' }).bundle),
          [],
          resource,
        )
      }
    } finally {
      await http.close()
      await sandbox.close()
    }
  })

  it('finds nothing in what the sandbox’s hospital and sites have', () => {
    const now = Date.UTC(2026, 2, 10, 12)
    const store = new ResourceStore(() => now)
    furnishHospital(store, now)
    for (const site of sites) furnish(store, site, now)
    const resources = store.types().flatMap((type) => store.live(type))
    assert.ok(resources.length > 200)
    for (const { resource } of resources) assert.deepEqual(errors(resource), [], resource.resourceType)
  })
})
