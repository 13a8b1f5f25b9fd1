import type { CodeableConcept, Coding } from '../../fhir/types'
import type { Reading } from './reading'

export const LOINC = 'http://loinc.org'

/** FHIR's names of the code systems that Human API names by OID. Source: HL7 "Using Codes", terminology.hl7.org. */
const byOid: Readonly<Record<string, string>> = {
  '2.16.840.1.113883.6.1': LOINC,
  '2.16.840.1.113883.6.96': 'http://snomed.info/sct',
  '2.16.840.1.113883.6.90': 'http://hl7.org/fhir/sid/icd-10-cm',
  '2.16.840.1.113883.6.103': 'http://hl7.org/fhir/sid/icd-9-cm',
  '2.16.840.1.113883.6.88': 'http://www.nlm.nih.gov/research/umls/rxnorm',
  '2.16.840.1.113883.12.292': 'http://hl7.org/fhir/sid/cvx',
  '2.16.840.1.113883.6.69': 'http://hl7.org/fhir/sid/ndc',
  '2.16.840.1.113883.6.12': 'http://www.ama-assn.org/go/cpt',
  '2.16.840.1.113883.4.9': 'http://fdasis.nlm.nih.gov',
}

/** By name, where there is no OID; letters and digits only, in capitals. */
const byName: Readonly<Record<string, string>> = {
  LOINC,
  SNOMEDCT: 'http://snomed.info/sct',
  ICD10CM: 'http://hl7.org/fhir/sid/icd-10-cm',
  ICD9CM: 'http://hl7.org/fhir/sid/icd-9-cm',
  RXNORM: 'http://www.nlm.nih.gov/research/umls/rxnorm',
  CVX: 'http://hl7.org/fhir/sid/cvx',
  NDC: 'http://hl7.org/fhir/sid/ndc',
  CPT: 'http://www.ama-assn.org/go/cpt',
}

/** The codes of a record, as FHIR names them. One without a code says nothing; one of an unknown system is reported. */
export function codingsOf(codes: readonly Reading[]): Coding[] {
  return codes.flatMap((one) => {
    const [code, oid, systemName, display] = ['code', 'codeSystem', 'codeSystemName', 'name'].map((name) =>
      one.text(name),
    )
    // Whether Human API found the code itself.
    one.skip('inferred')
    one.end()
    if (code === undefined || /\s{2}|^\s|\s$/.test(code)) return []
    const system = systemOf(oid, systemName)
    if (system === undefined) {
      one.warn(
        'code-system-unknown',
        'codeSystem',
        'is no code system that is known; the code was kept without',
      )
    }
    return [{ ...(system ? { system } : {}), code, ...(display ? { display } : {}) }]
  })
}

function systemOf(oid: string | undefined, name = ''): string | undefined {
  if (oid !== undefined && Object.hasOwn(byOid, oid)) return byOid[oid]
  if (oid !== undefined && /^[0-2](?:\.(?:0|[1-9]\d*))+$/.test(oid)) return `urn:oid:${oid}`
  const key = name.toUpperCase().replace(/[^A-Z0-9]/g, '')
  return Object.hasOwn(byName, key) ? byName[key] : undefined
}

/** Undefined where there is neither a code nor a text. The codes are copies: who gets the concept may change it. */
export function conceptOf(coding: readonly Coding[], text?: string): CodeableConcept | undefined {
  const different = coding.filter(
    (one, index) =>
      coding.findIndex(({ system, code }) => system === one.system && code === one.code) === index,
  )
  if (different.length === 0 && text === undefined) return undefined
  const own = different.map((one) => ({ ...one }))
  return { ...(own.length > 0 ? { coding: own } : {}), ...(text === undefined ? {} : { text }) }
}

/** A concept of one of HL7's own code systems. */
export function hl7(system: string, code: string, display: string): CodeableConcept {
  return { coding: [{ system: `http://terminology.hl7.org/CodeSystem/${system}`, code, display }] }
}

const categories = {
  'vital-signs': 'Vital Signs',
  laboratory: 'Laboratory',
  activity: 'Activity',
} as const

export function categoryOf(code: keyof typeof categories): CodeableConcept {
  return hl7('observation-category', code, categories[code])
}

/** Why an observation, or a part of it, has no value: nobody says. */
export function absent(): CodeableConcept {
  return hl7('data-absent-reason', 'unknown', 'Unknown')
}
