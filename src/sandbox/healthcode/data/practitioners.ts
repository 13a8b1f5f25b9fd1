import { Random } from '../../random'
import type { Resource } from '../fhir/resource'
import { codeSets } from './codes'
import { type InsurerId, insurerIds } from './insurers'
import { address, humanName, type Someone, someone } from './names'

/** An entry of the register of practitioners, which all sites share. */
export interface RegisteredPractitioner extends Someone {
  id: string
  profession: string
  specialty: string
  subspecialty: string | undefined
  /** Of the regulator, such as the General Medical Council. */
  regulatorReference: string
  providerNumbers: Readonly<Partial<Record<InsurerId, string>>>
  isBookableOnline: boolean
}

const COUNT = 14

export const practitioners: readonly RegisteredPractitioner[] = Array.from({ length: COUNT }, (_, at) => {
  const random = new Random('practitioner', at)
  const specialties = codeSets['practitioner-specialty']?.['']?.codes ?? []
  const specialty = specialties[at % specialties.length]
  const subspecialties = codeSets['practitioner-subspecialty']?.['']?.codes ?? []
  const code = specialty?.code ?? ''
  return {
    ...someone(random),
    id: `SP${10_001 + at}`,
    profession: specialty?.profession ?? '',
    specialty: code,
    subspecialty: subspecialties.find((one) => one.code.startsWith(code))?.code,
    regulatorReference: String(random.between(3_000_000, 8_000_000)),
    providerNumbers: Object.fromEntries(
      insurerIds
        .filter(() => random.chance(0.7))
        .map((id) => [id, String(random.between(100_000_000, 999_999_999))]),
    ),
    isBookableOnline: random.chance(0.5),
  }
})

/** @param version of the API: from 2 on with qualifications */
export function practitionerResource(one: RegisteredPractitioner, version = 1): Resource {
  const coding = (set: string, code: string) => {
    const { system, codes } = codeSets[set]?.[''] ?? { system: '', codes: [] }
    return { coding: [{ system, code, display: codes.find((known) => known.code === code)?.display }] }
  }
  return {
    resourceType: 'Practitioner',
    id: one.id,
    identifier: [
      { system: 'https://sandbox.invalid/regulator-reference', value: one.regulatorReference },
      ...Object.entries(one.providerNumbers).map(([id, value]) => ({
        system: `https://sandbox.invalid/provider-number/${id}`,
        value,
      })),
    ],
    active: true,
    name: [{ ...humanName(one), ...(one.profession === 'P1' ? { prefix: ['Dr'] } : {}) }],
    gender: one.gender,
    address: [{ ...address(one), use: 'work' }],
    ...(version < 2
      ? {}
      : {
          qualification: [
            { code: coding('practitioner-role', one.profession) },
            { code: coding('practitioner-specialty', one.specialty) },
            ...(one.subspecialty ? [{ code: coding('practitioner-subspecialty', one.subspecialty) }] : []),
          ],
        }),
  }
}
