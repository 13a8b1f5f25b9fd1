/** A resource of 2 kB, as it is sent to a server. */
export const NEW = {
  resourceType: 'Patient',
  identifier: Array.from({ length: 4 }, (_, at) => ({
    system: `https://example.org/ids/${at}`,
    value: `${at}`.repeat(10),
  })),
  active: true,
  name: [{ use: 'official', family: 'Example', given: ['Anna', 'Maria'] }],
  telecom: Array.from({ length: 6 }, (_, at) => ({
    system: 'phone',
    value: `+44 20 7946 000${at}`,
    use: 'home',
    rank: at + 1,
  })),
  gender: 'female',
  birthDate: '1970-01-01',
  address: Array.from({ length: 5 }, (_, at) => ({
    use: 'home',
    type: 'physical',
    line: [`${at} Example Street`, 'Flat 2'],
    city: 'London',
    postalCode: `N1 ${at}AA`,
    country: 'GB',
    period: { start: '2020-01-01', end: '2024-12-31' },
  })),
}

/** The same as the server has it. */
export const PATIENT = {
  ...NEW,
  id: 'p1',
  meta: { versionId: '1', lastUpdated: '2026-01-01T00:00:00.000Z' },
}

export const FHIR = 'application/fhir+json'
export const TOKEN = 'a-token-as-long-as-many-are.'.repeat(8)
