/** Coding systems that are met in CCRs, by the many ways in which their names are spelled there. */
const spellings: Record<string, readonly string[]> = {
  'ICD-9': ['icd9', 'icd9cm'],
  'ICD-10': ['icd10', 'icd10cm', 'icd10pcs'],
  'SNOMED CT': ['snomed', 'snomedct', 'sct'],
  LOINC: ['loinc', 'ln'],
  RxNorm: ['rxnorm'],
  NDC: ['ndc'],
  CPT: ['cpt', 'cpt4'],
  HCPCS: ['hcpcs'],
  CVX: ['cvx', 'hl7cvx'],
  MVX: ['mvx', 'hl7mvx'],
  UNII: ['unii'],
  UMLS: ['umls', 'umlsconcept', 'umlsconceptid', 'umlscui'],
  NUCC: ['nucc'],
  UCUM: ['ucum'],
  'Medi-Span': ['medispan', 'medispangpi', 'gpi'],
  'First Databank': ['fdb', 'firstdatabank', 'fdbmedid'],
  Multum: ['multum'],
  Medcin: ['medcin'],
}

const byKey = new Map(
  Object.entries(spellings).flatMap(([name, keys]) => keys.map((key) => [key, name] as const)),
)

const usual = new Set(Object.keys(spellings))

/** The usual name of a coding system, however it is spelled; an OID or a URI as it is; undefined for any other. */
export function codingSystem(text: string): string | undefined {
  const name = text.trim()
  if (usual.has(name)) return name
  if (/^(?:urn:oid:)?[0-2](?:\.\d+){3,}$/.test(name) || /^(?:https?:\/\/|urn:)\S+$/i.test(name)) return name
  return byKey.get(name.toLowerCase().replace(/[^a-z0-9]/g, ''))
}
