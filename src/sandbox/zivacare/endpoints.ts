/**
 * Paths as the live service has them, which has `connectScript`, `exchange` and `createUser` on developer.zivacare.com
 * and `data` on api.zivacare.com. Source: docs.zivacare.com, "Get started", "Manage Users" and "API Conventions".
 */
export const zivacarePaths = {
  connectScript: '/zivacare/connect.js',
  exchange: '/zivacare/oauth/v2/get-access-token',
  createUser: '/zivacare/api/v2/app/create-user',
  data: '/zivacare/api/v2/human',
} as const

export type ZivacareEndpoint = keyof typeof zivacarePaths

/** The window that the connect script opens; its address is the script's own affair. */
export const connectPath = '/zivacare/connect'

/** Where rules of misbehaviour can strike. */
export const zivacareEndpoints = [...Object.keys(zivacarePaths), 'connect'].map((key) => `zivacare.${key}`)

/** The zivacare account's `urls` at this origin. */
export function zivacareUrls(origin: string): Record<ZivacareEndpoint, string> {
  const entries = Object.entries(zivacarePaths).map(([key, path]) => [key, origin + path])
  return Object.fromEntries(entries) as Record<ZivacareEndpoint, string>
}
