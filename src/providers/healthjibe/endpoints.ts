/** HealthJibe's own addresses. Source: HealthJibe "Source Integration"; `authenticate`: its single sign-on page. */
export const healthJibeEndpoints = {
  authorize: 'https://www.healthjibe.net/jibe/authorize',
  authenticate: 'https://www.healthjibe.net/jibe/authenticate',
  configure: 'https://www.healthjibe.net/jibe/configure',
  sourceNotification: 'https://www.razcode.net/gateway/sourcenotification',
  hmsList: 'https://www.razcode.net/gateway/hmslist',
  hmsRead: 'https://www.razcode.net/gateway/hmsread',
}
