/**
 * Human API's addresses and limits, as its pages give them; "reference" is reference.humanapi.co. Connect and the Data
 * API (v2.1 to v2.3 of the pages) are called legacy since the company was bought.
 */
export const humanApiEndpoints = {
  /** The origin that `/v1/connect/token` is appended to. Source: "Web Guide". */
  auth: 'https://auth.humanapi.co',
  /** The base of the Data API. Source: reference, "Patterns and Conventions". */
  data: 'https://api.humanapi.co/v1/human',
  /** Source: "Web Guide", CDN. A version may stand for `latest`: `@2.4.1`. */
  connectScript: 'https://cdn.humanapi.co/humanapi-connect-client@latest.js',
  /** Where the script opens its frame, wherever the script itself is. Source: humanapi-connect-client 2.4.1. */
  connectFrame: 'https://hapi-connect.humanapi.co',
}

export type HumanApiEndpoints = typeof humanApiEndpoints

/** Below `auth`. Source: "Web Guide". */
export const tokenPath = '/v1/connect/token'

/** The most records that one answer holds. Source: reference, "Patterns and Conventions". */
export const MOST_RECORDS = 500

/** How many it holds where nothing is asked. Source: as above. */
export const RECORDS_UNASKED = 50

/** How many records the whole list has. Not on the pages: seen in clients of others, which page by it. */
export const TOTAL_HEADER = 'x-total-count'

/** The token that serves demo data on the live service. Source: reference, "Demo data". */
export const DEMO_TOKEN = 'demo'
