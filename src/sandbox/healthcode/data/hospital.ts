import { Random } from '../../random'
import type { Resource } from '../fhir/resource'
import type { ResourceStore } from '../fhir/store'
import { address, humanName, someone } from './names'

const DAY = 86_400_000
const PATIENTS = 6
const MEASURED = 40

interface Measure {
  code: string
  display: string
  unit: string
  middle: number
  spread: number
  decimals: number
}

/** LOINC and UCUM. */
const measures: readonly [Measure, ...Measure[]] = [
  { code: '8867-4', display: 'Heart rate', unit: '/min', middle: 72, spread: 20, decimals: 0 },
  { code: '29463-7', display: 'Body weight', unit: 'kg', middle: 78, spread: 14, decimals: 1 },
  { code: '8310-5', display: 'Body temperature', unit: 'Cel', middle: 36.8, spread: 0.9, decimals: 1 },
  { code: '15074-8', display: 'Glucose in blood', unit: 'mmol/L', middle: 5.6, spread: 1.8, decimals: 1 },
  { code: '2708-6', display: 'Oxygen saturation', unit: '%', middle: 97, spread: 3, decimals: 0 },
]

/** What the plain FHIR server has when the sandbox starts. */
export function furnishHospital(store: ResourceStore, now: number): void {
  const today = Math.floor(now / DAY) * DAY
  for (let at = 1; at <= PATIENTS; at++) {
    const who = someone(new Random('hospital patient', at))
    const { gender, birthDate } = who
    const identifier = [{ system: 'https://sandbox.invalid/hospital/patient', value: String(7000 + at) }]
    const patient = {
      ...{ resourceType: 'Patient', identifier, active: true, name: [humanName(who)], gender, birthDate },
      address: [address(who)],
    }
    store.write('POST', 'Patient', `patient-${at}`, patient, today - 40 * DAY)
    for (let day = MEASURED; day > 0; day--) {
      const time = today - day * DAY + 9 * 3_600_000
      store.write('POST', 'Observation', `obs-${at}-${day}`, observation(`patient-${at}`, day, time), time)
    }
  }
}

function observation(patient: string, day: number, time: number): Resource {
  const random = new Random('observation', patient, day)
  const { code, display, unit, middle, spread, decimals } = random.oneOf(measures)
  return {
    resourceType: 'Observation',
    status: 'final',
    category: [
      {
        coding: [
          { system: 'http://terminology.hl7.org/CodeSystem/observation-category', code: 'vital-signs' },
        ],
      },
    ],
    code: { coding: [{ system: 'http://loinc.org', code, display }] },
    subject: { reference: `Patient/${patient}` },
    effectiveDateTime: new Date(time).toISOString(),
    valueQuantity: {
      ...{ value: random.near(middle, spread, decimals), unit },
      ...{ system: 'http://unitsofmeasure.org', code: unit },
    },
  }
}
