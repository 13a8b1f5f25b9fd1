/**
 * Paths as the live service has them; there they are on www.razcode.net, www.healthjibe.net and www.razcode.com.
 * Source: the provider's pages "Source Integration", "RAZCODE Integration" and (`authenticate`) "Sign-on".
 */
export const razcodePaths = {
  requestToken: '/request-token.ashx',
  accessToken: '/access-token.ashx',
  authorize: '/jibe/authorize',
  authenticate: '/jibe/authenticate',
  configure: '/jibe/configure',
  activate: '/platform/activate',
  sourceNotification: '/gateway/sourcenotification',
  hmsList: '/gateway/hmslist',
  hmsRead: '/gateway/hmsread',
  stage: '/gateway/stage',
  stageUrl: '/gateway/stage/url',
} as const

export type RazcodeEndpoint = keyof typeof razcodePaths

/** The razcode account's `urls` at this origin. */
export function razcodeUrls(origin: string): Record<RazcodeEndpoint, string> {
  const entries = Object.entries(razcodePaths).map(([key, path]) => [key, origin + path])
  return Object.fromEntries(entries) as Record<RazcodeEndpoint, string>
}
