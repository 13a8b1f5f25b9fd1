/**
 * Paths as the live service has them; there they are on auth.humanapi.co, api.humanapi.co, cdn.humanapi.co and (the
 * frame) hapi-connect.humanapi.co. Source: the provider's pages "Web Guide", "Patterns and Conventions", "Managing
 * Users".
 */
export const humanApiPaths = {
  token: '/v1/connect/token',
  data: '/v1/human',
  users: '/v1/apps/:clientId/users',
  connectScript: '/humanapi/humanapi-connect-client.js',
  connect: '/humanapi/connect',
} as const

export interface HumanApiUrls {
  /** The origin that `/v1/connect/token` is appended to. */
  auth: string
  /** The base of the Data API. */
  data: string
  connectScript: string
  /** Connect's frame is of this origin. */
  connectFrame: string
}

export function humanApiUrls(origin: string): HumanApiUrls {
  return {
    auth: origin,
    data: origin + humanApiPaths.data,
    connectScript: origin + humanApiPaths.connectScript,
    connectFrame: origin,
  }
}

/** Keys that a misbehaviour can name. */
export const humanApiEndpoints = {
  auth: 'humanapi.auth',
  data: 'humanapi.data',
  users: 'humanapi.users',
  connectScript: 'humanapi.connectScript',
  connect: 'humanapi.connect',
  /** What the sandbox sends, not what it is asked. */
  notification: 'humanapi.notification',
} as const
