import assert from 'node:assert/strict'
import type { Observation } from '../../../../src/documents/fhir/types'
import type { OmheRecordOptions } from '../../../../src/documents/omhe/record'
import { omheToFhir } from '../../../../src/documents/omhe/to-fhir'

function observations(text: string, options?: OmheRecordOptions): Observation[] {
  return (omheToFhir(text, options).bundle.entry ?? []).flatMap(({ resource }) => resource ?? [])
}

const uuid = /^urn:uuid:[\da-f]{8}-[\da-f]{4}-8[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/
/** R4's regular expression of `dateTime`, for one with a time. */
const dateTime =
  /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])T([01]\d|2[0-3]):[0-5]\d:[0-5]\d(Z|[+-](0\d|1[0-3]):[0-5]\d|[+-]14:00)$/

/** What R4 has where something has to be, and is not known. */
const absent = {
  extension: [{ url: 'http://hl7.org/fhir/StructureDefinition/data-absent-reason', valueCode: 'unknown' }],
}

describe('FHIR observations of OMHE commands', () => {
  const loinc = (code: string, display: string) => ({ system: 'http://loinc.org', code, display })
  const ucum = (value: number, unit: string, code: string) => ({
    ...{ value, unit, system: 'http://unitsofmeasure.org', code },
  })
  const category = (code: string, display: string) => [
    {
      coding: [{ system: 'http://terminology.hl7.org/CodeSystem/observation-category', code, display }],
    },
  ]

  it('have blood pressure as a panel with components, and the pulse of its own', () => {
    const subject = { type: 'Patient', identifier: { value: 'u1' } }
    const head = {
      resourceType: 'Observation',
      status: 'final',
      category: category('vital-signs', 'Vital Signs'),
    }
    const rest = {
      subject,
      effectiveDateTime: '2012-05-01T03:30:59-05:00',
      performer: [subject],
      note: [{ text: '#rest' }],
    }
    assert.deepEqual(
      observations('bp=120/80p60#dt20120501:083059z#tz-5#rest#id=a7', { patient: { id: 'u1' } }),
      [
        {
          ...head,
          identifier: [{ value: 'a7' }],
          code: {
            coding: [loinc('85354-9', 'Blood pressure panel with all children optional')],
            text: 'Blood pressure',
          },
          ...rest,
          component: [
            {
              code: { coding: [loinc('8480-6', 'Systolic blood pressure')], text: 'Systolic blood pressure' },
              valueQuantity: ucum(120, 'mmHg', 'mm[Hg]'),
            },
            {
              code: {
                coding: [loinc('8462-4', 'Diastolic blood pressure')],
                text: 'Diastolic blood pressure',
              },
              valueQuantity: ucum(80, 'mmHg', 'mm[Hg]'),
            },
          ],
        },
        {
          ...head,
          code: { coding: [loinc('8867-4', 'Heart rate')], text: 'Heart rate' },
          ...rest,
          valueQuantity: ucum(60, '/min', '/min'),
        },
      ],
    )
  })

  const cases: [string, string, string | undefined, unknown][] = [
    ['wt85k', 'vital-signs', '29463-7', ucum(85, 'kg', 'kg')],
    ['wt155.5', 'vital-signs', '29463-7', ucum(155.5, 'lb', '[lb_av]')],
    ['fm=30k', 'vital-signs', '73708-0', ucum(30, 'kg', 'kg')],
    ['ffm=22', 'vital-signs', undefined, ucum(22, 'lb', '[lb_av]')],
    ['pbf12.6', 'vital-signs', '41982-0', ucum(12.6, '%', '%')],
    ['bmi19.7', 'vital-signs', '39156-5', ucum(19.7, 'kg/m2', 'kg/m2')],
    ['bg104', 'laboratory', '2339-0', ucum(104, 'mg/dL', 'mg/dL')],
    ['st7540', 'activity', '55423-8', ucum(7540, 'steps', '{steps}')],
    ['pn3', 'survey', '72514-3', ucum(3, 'score', '{score}')],
    ['md7', 'survey', undefined, ucum(7, 'score', '{score}')],
    ['zeo77', 'activity', undefined, ucum(77, 'score', '{score}')],
    ['wtr3', 'social-history', undefined, ucum(3, 'count', '{count}')],
    ['beer', 'social-history', undefined, ucum(1, 'count', '{count}')],
    ['wine=red', 'social-history', undefined, 'red'],
    ['frv=apple', 'social-history', undefined, 'apple'],
    ['gym=30 laps', 'activity', undefined, '30 laps'],
  ]
  for (const [text, kind, code, value] of cases) {
    it(`have ${text} coded as ${code ?? 'text'}, in ${kind}`, () => {
      const [one, ...others] = observations(text)
      assert.deepEqual(others, [])
      assert.equal(one?.category?.[0]?.coding?.[0]?.code, kind)
      assert.equal(one.code.coding?.[0]?.code, code)
      assert.ok(one.code.text)
      assert.deepEqual(one.valueQuantity ?? one.valueString, value)
      assert.deepEqual([one.valueQuantity, one.valueString].filter((each) => each !== undefined).length, 1)
    })
  }

  it('have each lipid of its own, and the duration of steps as a component', () => {
    assert.deepEqual(
      observations('lip190h44l126t99').map(({ code, valueQuantity }) => [
        code.coding?.[0]?.code,
        valueQuantity?.value,
      ]),
      [
        ['2093-3', 190],
        ['2085-9', 44],
        ['2089-1', 126],
        ['2571-8', 99],
      ],
    )
    const [steps] = observations('st5050m480')
    assert.equal(steps?.valueQuantity?.value, 5050)
    assert.deepEqual(steps.component, [
      {
        code: { coding: [loinc('55411-3', 'Exercise duration')], text: 'Duration' },
        valueQuantity: ucum(480, 'min', 'min'),
      },
    ])
  })

  it('name subject, performer and device', () => {
    const people = (options: OmheRecordOptions) => {
      const [{ subject, performer, device } = {} as Observation] = observations('wt85k', options)
      return { subject, performer, device }
    }
    const none = { subject: { ...absent, type: 'Patient' }, performer: undefined, device: undefined }
    const patient = { type: 'Patient', reference: 'Patient/7', display: 'Maria Example' }
    assert.deepEqual(people({}), none)
    assert.deepEqual(
      people({ patient: { id: 'u1', reference: 'Patient/7', given: 'Maria', family: 'Example' } }),
      {
        ...none,
        subject: patient,
        performer: [patient],
      },
    )
    assert.deepEqual(
      people({
        patient: { reference: 'Patient/7', name: 'Maria Example' },
        source: { organization: 'Clinic' },
      }),
      {
        ...none,
        subject: patient,
        performer: [{ type: 'Organization', display: 'Clinic' }],
      },
    )
    assert.deepEqual(people({ source: { system: 'SMS gateway', version: '2' } }), {
      ...none,
      device: { type: 'Device', display: 'SMS gateway 2' },
    })
  })

  it("take a text for the patient's id, or the name of a system", () => {
    const [one] = observations('wt85k', { patient: 'u1', source: 'SMS gateway' })
    assert.deepEqual(one?.subject, { type: 'Patient', identifier: { value: 'u1' } })
    assert.deepEqual(one.device, { type: 'Device', display: 'SMS gateway' })
  })

  it('take every form of reference to a patient', () => {
    const urn = 'urn:uuid:b9181dce-1c7d-8e3c-8e57-0f8486f05b54'
    for (const reference of ['Patient/7', 'https://example.org/fhir/Patient/a-b.C', urn]) {
      assert.equal(observations('wt85k', { patient: { reference } })[0]?.subject?.reference, reference)
    }
    for (const reference of ['7', 'Patient/', 'Patient/a b', 'Observation/7', 'urn:uuid:7']) {
      assert.throws(() => observations('wt85k', { patient: { reference } }), { code: 'HG_INPUT' })
    }
  })

  it('have an address that the same content gets again, and no other', () => {
    const urls = (text: string, options?: OmheRecordOptions) =>
      (omheToFhir(text, options).bundle.entry ?? []).map(({ fullUrl }) => String(fullUrl))
    const at = '2026-01-15T09:00:00Z'
    const all = urls('wt85k\nwt=85.0k\nwt86k\nbp120/80p60', { at })
    assert.equal(new Set(all).size, 5)
    for (const url of all) assert.match(url, uuid)
    assert.deepEqual(urls('wt86k\nwt85k', { at }), [all[2], all[0]])
    assert.notEqual(urls('wt85k', { at, patient: { id: 'u1' } })[0], all[0])
    assert.notEqual(urls('wt85k')[0], all[0])
    // What is learned later, or noted with it, makes no other measurement.
    const known = urls('wt85k', { at, patient: { id: 'u1' } })
    assert.deepEqual(urls('wt85k#tz-5#rest', { at, patient: { id: 'u1', name: 'Maria Example' } }), known)
    assert.equal(new Set(urls('wt85k\nwt85k', { at })).size, 2)
  })

  it('keep their address whatever is learned of the patient, and however the same is written', () => {
    const urls = (text: string, options?: OmheRecordOptions) =>
      (omheToFhir(text, options).bundle.entry ?? []).map(({ fullUrl }) => String(fullUrl))
    const dt = '#dt20260115:090000z'
    const known = urls(`bp120/80p60${dt}`, { patient: 'u1' })
    assert.equal(new Set(known).size, 2)
    const patient = { id: 'u1', name: 'Maria Example', birthDate: '1970-05-01', gender: 'Female' }
    const same: [string, OmheRecordOptions][] = [
      [`bloodpressure = 120d80p60${dt}#rest`, { patient: 'u1' }],
      [`bp120080060${dt}#tz-5#points5`, { patient }],
      [`bp120/80p60${dt}`, { patient: { ...patient, reference: 'Patient/7' }, source: 'SMS gateway' }],
      ['bp120/80p60', { patient: 'u1', at: new Date('2026-01-15T09:00:00.999Z') }],
    ]
    for (const [text, options] of same) assert.deepEqual(urls(text, options), known, text)
    const others: [string, OmheRecordOptions][] = [
      [`bp120/80p60${dt}`, { patient: 'u2' }],
      [`bp120/80p60${dt}`, { patient: { reference: 'Patient/u1' } }],
      [`bp120/80p60${dt}`, { patient: 'Patient/u1' }],
      [`bp120/80p60${dt}`, { patient: { name: 'u1' } }],
      [`bp121/80p61${dt}`, { patient: 'u1' }],
      ['bp120/80p60#dt20260115:090001z', { patient: 'u1' }],
      [`bp120/80p60${dt}#id=7`, { patient: 'u1' }],
    ]
    const all = others.map(([text, options]) => urls(text, options)[0])
    assert.equal(new Set([...all, ...known]).size, all.length + 2)
    const kinds = ['alc=2', 'beer=2', 'wine=2', 'drk=2', 'wine=red', 'eat=2', 'frv=2', 'wt2k', 'wt2l', 'fm2k']
    const each = kinds.map((text) => urls(text + dt, { patient: 'u1' })[0])
    assert.equal(new Set(each).size, kinds.length)
    assert.deepEqual(urls(`alcohol 2${dt}`, { patient: 'u1' }), [each[0]])
    assert.equal(urls(`lip190h190${dt}`)[1], urls(`lip200h190${dt}`)[1])
  })

  it('of vital signs say that a time or the patient is not known, and tell it', () => {
    const made = (text: string, options?: OmheRecordOptions) => {
      const { bundle, findings } = omheToFhir(text, options)
      const told = findings.map(({ severity, code, path, line }) => [severity, code, path, line])
      return { all: (bundle.entry ?? []).flatMap(({ resource }) => resource ?? []), told }
    }
    const noPatient = ['error', 'no-patient', '', 1]
    const alone = made('ok#a\nbp120/80p60\nwtr3')
    const times = ['error', 'no-time', 'bp', 2]
    assert.deepEqual(alone.told, [['information', 'not-carried', 'yes', 1], times, noPatient])
    const [panel, pulse, water] = alone.all
    for (const vital of [panel, pulse]) {
      assert.deepEqual(vital?.subject, { ...absent, type: 'Patient' })
      assert.deepEqual(vital._effectiveDateTime, absent)
      assert.equal('effectiveDateTime' in vital, false)
    }
    assert.deepEqual(
      ['subject', '_effectiveDateTime', 'effectiveDateTime'].filter((name) => name in (water ?? {})),
      [],
    )
    const unreadable = made('wt=70k#dt2012', { patient: 'u1', at: '2026-01-15T09:00:00Z' })
    assert.deepEqual(
      unreadable.told.map(([, code]) => code),
      ['malformed-helper', 'not-carried', 'no-time'],
    )
    assert.deepEqual(unreadable.all[0]?._effectiveDateTime, absent)
    const whole = made('wt=70k', { patient: 'u1', at: '2026-01-15T09:00:00Z' })
    assert.deepEqual(whole.told, [])
    assert.deepEqual(
      [whole.all[0]?.effectiveDateTime, whole.all[0]?._effectiveDateTime],
      ['2026-01-15T09:00:00Z', undefined],
    )
    for (const options of [{ patient: 'u1' }, { at: new Date() }]) {
      assert.throws(() => omheToFhir('wt=70k', { ...options, strict: true }), { code: 'HG_INPUT' })
    }
    assert.equal(omheToFhir('wt=70k', { patient: 'u1', at: new Date(), strict: true }).findings.length, 0)
  })

  it('have times as R4 writes them', () => {
    const tags = [
      '',
      '#tz-12',
      '#tz14',
      '#tz5.75',
      '#tz-0',
      '#dt99991231:235959z#tz14',
      '#dt00010101:000000z#tz-12',
    ]
    for (const tag of tags) {
      const [one] = observations(`wt85k${tag}`, { at: '2026-01-15T09:00:00Z' })
      assert.match(String(one?.effectiveDateTime), dateTime, tag)
    }
    assert.equal(observations('wt85k')[0]?.effectiveDateTime, undefined)
  })

  it('hold nothing empty', () => {
    const { bundle } = omheToFhir('bp120/80\nwtr\neat=a')
    const visit = (value: unknown): void => {
      assert.notEqual(value, undefined)
      assert.notEqual(value, '')
      if (typeof value !== 'object' || value === null) return
      assert.ok(Object.keys(value).length > 0)
      Object.values(value).forEach(visit)
    }
    visit(bundle)
    assert.deepEqual(bundle, JSON.parse(JSON.stringify(bundle)))
    assert.deepEqual([bundle.resourceType, bundle.type], ['Bundle', 'collection'])
  })

  it('share no object: a flow may change one of them', () => {
    const [one, other] = observations('bp120/80\nbp120/80', { patient: { id: 'u1' } })
    assert.ok(one?.subject && one.performer && one.code.coding?.[0])
    one.subject.display = 'changed'
    one.code.coding[0].code = 'changed'
    assert.equal(one.performer[0]?.display, undefined)
    assert.equal(other?.subject?.display, undefined)
    assert.equal(other?.code.coding?.[0]?.code, '85354-9')
    assert.equal(observations('bp120/80')[0]?.code.coding?.[0]?.code, '85354-9')
  })
})
