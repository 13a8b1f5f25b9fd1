import { Random } from '../../random'
import { hexId } from '../ids'
import { hospital, pharmacy, practice, type Source } from '../sources'
import {
  DAY,
  type Entry,
  type Fields,
  HOUR,
  isoTime,
  lasting,
  MINUTE,
  monthly,
  type Subject,
} from './subject'
import type { Lister } from './wellness'

/** Names of code systems as the live service has them, with their OIDs. */
const LOINC = { codeSystem: '2.16.840.1.113883.6.1', codeSystemName: 'LOINC' }
const SNOMED = { codeSystem: '2.16.840.1.113883.6.96', codeSystemName: 'SNOMED CT' }
const ICD10 = { codeSystem: '2.16.840.1.113883.6.90', codeSystemName: 'ICD-10-CM' }
const RXNORM = { codeSystem: '2.16.840.1.113883.6.88', codeSystemName: 'RxNorm' }
const CVX = { codeSystem: '2.16.840.1.113883.12.292', codeSystemName: 'CVX' }

const coded = (code: string, name: string, system: typeof LOINC) => ({ code, name, ...system })

const PROVIDERS = ['Dr. Ada Example', 'Dr. Bo Sample', 'Dr. Cleo Placeholder'] as const

const records = [hospital, practice] as const

export interface Organization {
  id: string
  name: string
  href: string
}

export function organizationOf({ name }: Source): Organization {
  const id = hexId(`organization ${name}`)
  return { id, name, href: `/medical/organizations/${id}` }
}

/** The places of care that the user has connected. */
export function organizations({ user }: Subject): Organization[] {
  return [...user.connections.keys()].filter(({ kind }) => kind === 'medical').map(organizationOf)
}

/** All that a record of care has besides its own fields. */
function ofCare(source: Source, { person }: Subject, fields: Fields): Fields {
  return {
    ...fields,
    patient: { name: `${person.given} ${person.family}` },
    organization: organizationOf(source),
  }
}

/** A visit in some of the last 24 months: the same days for all that was written down there. */
function visits(
  subject: Subject,
  source: Source,
  resource: string,
  often: number,
  fields: (random: Random, at: number) => Fields,
): Entry[] {
  return monthly(subject, source, resource, 24, (_, start) => {
    const visit = new Random(subject.user.id, source.id, 'visit', start)
    const at = start + visit.between(1, 27) * DAY + visit.between(8, 17) * HOUR
    if (!visit.chance(often)) return []
    const random = new Random(subject.user.id, source.id, resource, 'fields', start)
    return [{ at, fields: ofCare(source, subject, fields(random, at)) }]
  })
}

/** Something that is so for good, since some day of the past. */
function standing(subject: Subject, source: Source, resource: string, made: readonly Fields[]): Entry[] {
  return lasting(
    subject,
    source,
    resource,
    made.map((fields, index) => {
      const random = new Random(subject.user.id, source.id, resource, 'since', index)
      const at = Date.UTC(random.between(2012, 2024), random.between(0, 12), random.between(1, 28))
      return { at, fields: ofCare(source, subject, { ...fields, dateTime: isoTime(at) }) }
    }),
  )
}

/** The same with some of the list, at least one, the same for one user and source. */
function someStanding(subject: Subject, source: Source, resource: string, list: readonly Fields[]): Entry[] {
  const random = new Random(subject.user.id, source.id, resource, 'some')
  const chosen = list.filter(() => random.chance(0.6))
  return standing(subject, source, resource, chosen.length > 0 ? chosen : list.slice(0, 1))
}

const eachRecord =
  (make: (subject: Subject, source: Source) => Entry[]): Lister =>
  (subject) =>
    records.flatMap((source) => make(subject, source))

const vitals = eachRecord((subject, source) =>
  visits(subject, source, 'vitals', 0.9, (random, at) => ({
    // One of the two forms that the vendor's samples have
    dateTime: source === practice ? new Date(at).toUTCString() : isoTime(at),
    author: random.oneOf(PROVIDERS),
    results: vitalResults(random, subject, source),
  })),
)

function vitalResults(random: Random, { person }: Subject, source: Source): Fields[] {
  const kg = person.weightKg + random.between(-2, 2, 1)
  const celsius = random.between(36.1, 37.3, 1)
  const us = source === practice
  const value = (code: string, name: string, amount: number, unit: string, places = 0) => ({
    name,
    value: amount.toFixed(places),
    unit,
    ...(us ? {} : { codes: [coded(code, name, LOINC)] }),
  })
  return [
    value('8480-6', 'SYSTOLIC BLOOD PRESSURE', person.systolic + random.between(-8, 9), 'mm[Hg]'),
    value('8462-4', 'DIASTOLIC BLOOD PRESSURE', person.diastolic + random.between(-5, 6), 'mm[Hg]'),
    value('8867-4', 'HEART RATE', person.restingHeartRate + random.between(4, 20), '/min'),
    value('9279-1', 'RESPIRATORY RATE', random.between(12, 19), '/min'),
    us
      ? value('8310-5', 'BODY TEMPERATURE', celsius * 1.8 + 32, '[degF]', 1)
      : value('8310-5', 'BODY TEMPERATURE', celsius, 'Cel', 1),
    us
      ? value('8302-2', 'HEIGHT', person.heightMm / 25.4, '[in_i]', 1)
      : value('8302-2', 'HEIGHT', person.heightMm / 10, 'cm', 1),
    us ? value('29463-7', 'WEIGHT', kg / 0.45359237, '[lb_av]', 1) : value('29463-7', 'WEIGHT', kg, 'kg', 1),
    value('39156-5', 'BODY MASS INDEX', kg / (person.heightMm / 1000) ** 2, 'kg/m2', 1),
    value('59408-5', 'OXYGEN SATURATION', random.between(95, 100), '%'),
  ]
}

interface Component {
  loinc: string
  name: string
  unit: string
  low: number
  high: number
  places: number
}

const component = (
  loinc: string,
  name: string,
  unit: string,
  low: number,
  high: number,
  places = 0,
): Component => ({
  loinc,
  name,
  unit,
  low,
  high,
  places,
})

interface Panel {
  name: string
  loinc: string
  components: readonly Component[]
}

const PANELS: readonly [Panel, ...Panel[]] = [
  {
    name: 'LIPID PANEL',
    loinc: '24331-1',
    components: [
      component('2093-3', 'Cholesterol', 'mg/dL', 125, 200),
      component('2085-9', 'HDL Cholesterol', 'mg/dL', 40, 90),
      component('2571-8', 'Triglycerides', 'mg/dL', 50, 150),
    ],
  },
  {
    name: 'HEMOGLOBIN A1C',
    loinc: '4548-4',
    components: [component('4548-4', 'Hemoglobin A1c', '%', 4, 5.6, 1)],
  },
  {
    name: 'COMPREHENSIVE METABOLIC PANEL',
    loinc: '24323-8',
    components: [
      component('2345-7', 'Glucose', 'mg/dL', 70, 99),
      component('2160-0', 'Creatinine', 'mg/dL', 0.6, 1.3, 1),
      component('2823-3', 'Potassium', 'mmol/L', 3.5, 5.1, 1),
    ],
  },
]

const testResults = eachRecord((subject, source) =>
  visits(subject, source, 'test_results', 0.5, (random, at) => {
    const panel = random.oneOf(PANELS)
    return {
      name: panel.name,
      resultDateTime: isoTime(at),
      orderedBy: random.oneOf(PROVIDERS),
      status: 'Final result',
      ...(source === practice ? {} : { codes: [coded(panel.loinc, panel.name, LOINC)] }),
      components: panel.components.map(({ loinc, name, unit, low, high, places }) => ({
        name,
        value: random.between(low * 0.9, high * 1.15, places).toFixed(places),
        unit,
        low: String(low),
        high: String(high),
        refRange: `${low}-${high} ${unit}`,
        ...(source === practice ? {} : { codes: [coded(loinc, name, LOINC)] }),
      })),
    }
  }),
)

const encounters = eachRecord((subject, source) =>
  visits(subject, source, 'encounters', 0.9, (random, at) => ({
    dateTime: isoTime(at),
    visitType: random.oneOf(['Office Visit', 'Hospital Outpatient Visit', 'Telephone']),
    provider: {
      name: random.oneOf(PROVIDERS),
      departmentName: random.oneOf(['Internal Medicine', 'Cardiology', 'Laboratory']),
    },
    reasons: [random.oneOf(['Check-up', 'Cough', 'Headache', 'Follow-up'])],
    diagnoses: [
      { name: random.oneOf(['Essential hypertension', 'Seasonal allergic rhinitis', 'Well adult']) },
    ],
    orders: [],
    medications: [],
  })),
)

const narratives = eachRecord((subject, source) =>
  visits(subject, source, 'narratives', 0.4, (random, at) => ({
    dateTime: isoTime(at),
    author: random.oneOf(PROVIDERS),
    entries: [
      { title: 'Reason for Visit', text: 'Made up for this sandbox.' },
      { title: 'Plan of Care', text: 'Nothing on file.' },
    ],
  })),
)

const allergies = eachRecord((subject, source) =>
  someStanding(subject, source, 'allergies', [
    {
      name: 'Penicillin',
      codes: [coded('91936005', 'Allergy to penicillin', SNOMED)],
      reactions: ['Rash'],
    },
    { name: 'Peanut', codes: [coded('91935009', 'Allergy to peanut', SNOMED)], reactions: ['Hives'] },
    { name: 'Pollen', codes: [], reactions: ['Sneezing'] },
  ]),
)

const issues = eachRecord((subject, source) =>
  someStanding(subject, source, 'issues', [
    {
      name: 'Essential hypertension',
      status: 'Active',
      codes: [
        coded('I10', 'Essential hypertension', ICD10),
        coded('59621000', 'Essential hypertension', SNOMED),
      ],
    },
    {
      name: 'Type 2 diabetes mellitus',
      status: 'Active',
      codes: [coded('44054006', 'Type 2 diabetes mellitus', SNOMED)],
    },
    { name: 'Asthma', status: 'Resolved', codes: [coded('195967001', 'Asthma', SNOMED)] },
    { name: 'Limb pain', status: 'Active', codes: [] },
  ]),
)

const DRUGS = [
  {
    name: 'Metformin 500 mg tablet',
    rxnorm: '6809',
    ingredient: 'metformin',
    instructions: 'One tablet twice a day.',
  },
  {
    name: 'Lisinopril 10 mg tablet',
    rxnorm: '29046',
    ingredient: 'lisinopril',
    instructions: 'One tablet a day.',
  },
  {
    name: 'Atorvastatin 20 mg tablet',
    rxnorm: '83367',
    ingredient: 'atorvastatin',
    instructions: 'One tablet at night.',
  },
  { name: 'Loratadine 10 mg tablet', rxnorm: '28889', ingredient: 'loratadine', instructions: 'As needed.' },
] as const

const medications: Lister = (subject) =>
  [...records, pharmacy].flatMap((source) =>
    someStanding(
      subject,
      source,
      'medications',
      DRUGS.map(({ name, rxnorm, ingredient, instructions }) => ({
        name,
        productName: name,
        instructions,
        status: 'Active',
        provider: PROVIDERS[0],
        codes: [coded(rxnorm, ingredient, RXNORM)],
        ...(source === pharmacy
          ? { pharmacy: { name: pharmacy.name, phone: '555-0100', address: '1 Example Street\nExampleton' } }
          : {}),
      })),
    ),
  )

const immunizations = eachRecord((subject, source) =>
  someStanding(subject, source, 'immunizations', [
    {
      name: 'Influenza, seasonal',
      codes: [coded('140', 'Influenza, seasonal, injectable, preservative free', CVX)],
    },
    { name: 'Tetanus and diphtheria', codes: [coded('113', 'Td (adult)', CVX)] },
    { name: 'Pneumococcal polysaccharide', codes: [coded('33', 'pneumococcal polysaccharide PPV23', CVX)] },
  ]).map((entry) => ({ ...entry, fields: { ...entry.fields, dates: [isoTime(entry.at)] } })),
)

const procedures = eachRecord((subject, source) =>
  someStanding(subject, source, 'procedures', [
    { name: 'Colonoscopy', status: 'Completed', codes: [coded('73761001', 'Colonoscopy', SNOMED)] },
    {
      name: 'Electrocardiogram',
      status: 'Completed',
      codes: [coded('29303009', 'Electrocardiographic procedure', SNOMED)],
    },
  ]),
)

const functionalStatuses = eachRecord((subject, source) =>
  standing(subject, source, 'functional_statuses', [
    { name: 'Walks without help', statusName: 'Active', codes: [] },
  ]),
)

const instructions = eachRecord((subject, source) =>
  standing(subject, source, 'instructions', [
    { name: 'Blood pressure', text: 'Measure at home twice a week.' },
  ]),
)

const plansOfCare = eachRecord((subject, source) =>
  standing(subject, source, 'plans_of_care', [{ name: 'Follow-up', text: 'Come back in six months.' }]),
)

const demographics = eachRecord((subject, source) =>
  standing(subject, source, 'demographics', [demographicsOf(subject)]),
)

function demographicsOf({ person, user }: Subject): Fields {
  return {
    name: { given: [person.given], family: person.family },
    dob: person.birthDate,
    gender: person.gender,
    language: 'ENG',
    address: { street: ['1 Example Street'], city: 'Exampleton', state: 'CA', zip: '00000', country: 'USA' },
    email: user.email,
  }
}

/** One summary document of each place of care; `raw` below it is the document itself. */
const ccds = eachRecord((subject, source) =>
  standing(subject, source, 'ccds', [{ name: 'Continuity of Care Document', mimeType: 'application/xml' }]),
)

/** Lists at their own path below `medical/`, with each of their records by its id below that. */
export const medicalLists: Readonly<Record<string, Lister>> = {
  allergies,
  ccds,
  demographics,
  encounters,
  functional_statuses: functionalStatuses,
  immunizations,
  instructions,
  issues,
  problems: issues,
  medications,
  narratives,
  plans_of_care: plansOfCare,
  procedures,
  test_results: testResults,
  vitals,
  timeline: (subject) => timeline(subject),
}

const ON_THE_TIMELINE = ['encounters', 'test_results', 'immunizations', 'narratives', 'vitals'] as const

function timeline(subject: Subject): Entry[] {
  return ON_THE_TIMELINE.flatMap((type) =>
    (medicalLists[type]?.(subject) ?? []).map((entry) => ({
      ...entry,
      id: hexId(`timeline ${entry.id}`),
      fields: {
        type,
        dateTime: isoTime(entry.at),
        name: entry.fields.name ?? 'n/a',
        author: entry.fields.author ?? 'n/a',
        href: `/medical/${type}/${entry.id}`,
        organization: entry.fields.organization,
      },
    })),
  )
}

/** The medical profile; `undefined` for who has connected no place of care. */
export function medicalProfile(subject: Subject): Fields | undefined {
  const [first] = medicalLists.demographics?.(subject) ?? []
  if (!first) return undefined
  return {
    id: hexId(`profile ${subject.user.humanId}`),
    humanId: subject.user.humanId,
    demographics: demographicsOf(subject),
    alcohol: { use: 'no' },
    smoking: { status: 'Never smoker' },
    createdAt: isoTime(first.createdAt),
    updatedAt: isoTime(first.createdAt + MINUTE),
  }
}
