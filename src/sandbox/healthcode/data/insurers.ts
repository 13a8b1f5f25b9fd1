/** Who pays, by the identifier that the pages list (apidocs.healthcode.co.uk, "Find Member"). */
export const insurers = {
  bup: 'Bupa',
  bui: 'Bupa Global',
  ppp: 'AXA Health',
  nuh: 'Aviva',
  slh: 'Vitality Health',
  cin: 'Cigna International',
  tih: 'Trust In Health',
  wpa: 'WPA',
  pzo: 'Patientzone',
} as const

export type InsurerId = keyof typeof insurers

export const insurerIds = Object.keys(insurers) as [InsurerId, ...InsurerId[]]

const INSURER_SYSTEM = 'https://ref.api.healthcode.co.uk/insurer-id'

export function isInsurer(id: string): id is InsurerId {
  return Object.hasOwn(insurers, id)
}

/** Reference to an insurer by its identifier. */
export function insurer(id: InsurerId): object {
  return { identifier: { system: INSURER_SYSTEM, value: id }, display: insurers[id] }
}
