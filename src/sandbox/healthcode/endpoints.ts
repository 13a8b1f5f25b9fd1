/**
 * Keys of the discovery document that the public pages name (apidocs.healthcode.co.uk, "API library"), and those of the
 * sandbox's own: the live document's other keys and all of its paths are not published.
 */
export const apiPaths = {
  find_member_endpoint: 'authorisation/find-member',
  search_remittance_summary_endpoint: 'clearing/remittance-summary',
  search_remittance_detail_advanced_endpoint: 'clearing/remittance-detail',
  get_remittance_endpoint: 'clearing/remittance',
  create_schedule_endpoint: 'ice/schedule',
  search_practitioner_endpoint: 'ppr/practitioner',
  codes_valueset_namespace: 'ref/codes/valueset',
  appointment_endpoint: 'ice/Appointment',
  patient_endpoint: 'ice/Patient',
  schedule_endpoint: 'ice/Schedule',
  slot_endpoint: 'ice/Slot',
  fhir_namespace: 'fhir',
} as const

export type ApiKey = keyof typeof apiPaths

/** With standard CRUD, each for its type. */
export const crudTypes = {
  appointment_endpoint: 'Appointment',
  patient_endpoint: 'Patient',
  schedule_endpoint: 'Schedule',
  slot_endpoint: 'Slot',
} as const satisfies Partial<Record<ApiKey, string>>

export const apiKeys = Object.keys(apiPaths) as ApiKey[]

export const healthcodePaths = {
  discovery: '/healthcode/api/.well-known/discovery-document.json',
  issuer: '/healthcode/auth',
  openidConfiguration: '/healthcode/auth/.well-known/openid-configuration',
  token: '/healthcode/auth/token',
  jwks: '/healthcode/auth/jwks',
  authorize: '/healthcode/auth/authorize',
  /** Where an API is may change, so its address has a part that does. */
  apis: '/healthcode/api/:place',
  fhir: '/fhir/r4',
  smartConfiguration: '/fhir/r4/.well-known/smart-configuration',
} as const

export interface HealthcodeUrls {
  discovery: string
  openidConfiguration: string
}

/** What a misbehaviour can name. */
export const healthcodeEndpoints: readonly string[] = [
  ...['healthcode.discovery', 'healthcode.openidConfiguration', 'healthcode.token', 'healthcode.fhir'],
  ...apiKeys.map((key) => `healthcode.${key}`),
]
