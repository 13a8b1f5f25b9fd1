/**
 * RAZCODE's own addresses. Source: RAZCODE "RAZCODE Integration"; the token endpoints also stand in HealthJibe
 * "Source Integration". The services date from about 2012 and may be gone.
 */
export const razcodeEndpoints = {
  requestToken: 'https://www.razcode.net/request-token.ashx',
  accessToken: 'https://www.razcode.net/access-token.ashx',
  activate: 'https://www.razcode.com/platform/activate',
  /** Plain http in both published versions of the page. The scheme is part of what is signed. */
  stage: 'http://www.razcode.net/gateway/stage',
  stageUrl: 'https://www.razcode.net/gateway/stage/url',
}
