import type { Call, Reply, Route } from '../call'
import { Refusal } from '../refusal'
import { isCallback } from './callback'
import { razcodePaths } from './endpoints'
import { expired, type RazcodeService } from './service'

/** The two steps of the OAuth exchange that the consumer takes itself: RFC 5849 sections 2.1 and 2.3. */
export function tokenExchangeRoutes(service: RazcodeService): Route[] {
  return [
    {
      methods: ['GET', 'POST'],
      path: razcodePaths.requestToken,
      endpoint: 'requestToken',
      about: 'OAuth 1.0a: gives a request token',
      reader: 'program',
      answer: (call) => giveRequestToken(service, call),
    },
    {
      methods: ['GET', 'POST'],
      path: razcodePaths.accessToken,
      endpoint: 'accessToken',
      about: 'OAuth 1.0a: exchanges an approved request token for an access token',
      reader: 'program',
      answer: (call) => giveAccessToken(service, call),
    },
  ]
}

async function giveRequestToken(service: RazcodeService, call: Call): Promise<Reply> {
  const { consumer, callback } = await service.verifier.verify(call.wire(await call.form()), {
    required: ['oauth_callback'],
    signal: call.signal,
  })
  if (callback !== 'oob' && !isCallback(callback)) {
    throw new Refusal(
      400,
      'oauth_callback has to be an absolute http or https URL, or oob.',
      'parameter_rejected',
    )
  }
  const { token, secret } = service.requestTokens.issue(consumer.key, callback)
  const parameters = { oauth_token: token, oauth_token_secret: secret }
  return credentials(
    call.isTo('noCallbackConfirmed') ? parameters : { ...parameters, oauth_callback_confirmed: 'true' },
  )
}

async function giveAccessToken(service: RazcodeService, call: Call): Promise<Reply> {
  const { consumer, token, verifier } = await service.verifier.verify(call.wire(await call.form()), {
    required: ['oauth_token', 'oauth_verifier'],
    tokenSecret: (token, consumerKey) => service.requestTokens.secretOf(token, consumerKey),
    signal: call.signal,
  })
  if (call.isTo('expireTokens')) throw expired('It has to be asked for again.')
  const account = service.requestTokens.redeem(token, verifier)
  return credentials({ ...service.issueAccessToken(consumer.key, account) })
}

function credentials(parameters: Record<string, string>): Reply {
  return {
    status: 200,
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams(parameters).toString(),
  }
}
