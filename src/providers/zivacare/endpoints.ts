/**
 * ZivaCare's addresses, as docs.zivacare.com gives them. The pages use v2 of the API and call v1 the current one; a later
 * client of the vendor's (zivacare-connect 0.1.0) uses v3.
 */
export const zivaCareEndpoints = {
  /** It wants jQuery in the page before it. Source: "Get started". */
  connectScript: 'https://developer.zivacare.com/connect.js',
  /** Source: "Get started" (the sample of a server-side endpoint). */
  exchange: 'https://developer.zivacare.com/oauth/v2/get-access-token',
  /** Source: "Manage Users". */
  createUser: 'https://developer.zivacare.com/api/v2/app/create-user',
  /** The base of the data: `/steps`, `/sleeps` … follow. Source: "API Conventions". */
  data: 'https://api.zivacare.com/api/v2/human',
}

export type ZivaCareEndpoints = typeof zivaCareEndpoints

/** How many records are asked for at a time. Documented is the default, and no most. */
export const PAGE = 100

/** How many come where nothing is asked. Source: "API Conventions". */
export const RECORDS_UNASKED = 10

/** Values of `X-Unit-System`. Source: "Unit System" (?p=1515). */
export const unitSystems = ['metric', 'us', 'uk'] as const

export type UnitSystem = (typeof unitSystems)[number]
