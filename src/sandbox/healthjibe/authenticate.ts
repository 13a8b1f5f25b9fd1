import type { Account } from '../accounts'
import type { Call, Reply, Route } from '../call'
import { text } from '../form'
import { OneTimeForms } from '../forms'
import { html } from '../html'
import { page, seeOther } from '../pages'
import { approved, approves, decisionButtons, refused, whereTo } from '../razcode/approval'
import { withParameters } from '../razcode/callback'
import { razcodePaths } from '../razcode/endpoints'
import type { RequestToken } from '../razcode/request-tokens'
import type { RazcodeService } from '../razcode/service'
import { Refusal } from '../refusal'
import type { SignIn } from '../sign-in'

/**
 * Sign-on. Who is not signed in to HealthJibe signs in first; who has not connected this consumer approves or
 * refuses, and the callback brings a request token to be exchanged. Who has connected it goes straight back, with
 * `oauth_token` being the access token already, without a verifier.
 */
export function authenticateRoute(service: RazcodeService, signIn: SignIn, now: () => number): Route {
  const forms = new OneTimeForms<{ requestToken: string; person: Account }>(now)

  const begin = (call: Call): Reply => {
    const token = service.requestTokens.toDecide(text(call.query(), 'oauth_token'))
    if (token.callback === 'oob') {
      throw new Refusal(400, 'Sign-on needs a callback address; the consumer asked for none (oob).')
    }
    const person = signIn.personOf(call)
    if (!person) return askWho(token)
    const accessToken = service.connections.tokenFor(token.consumerKey, person)
    if (accessToken === undefined) return askLeave(token, person)
    token.state = 'used'
    return seeOther(withParameters(token.callback, { oauth_token: accessToken }))
  }

  const askWho = (token: RequestToken): Reply =>
    signIn.ask({
      title: 'Sign in with HealthJibe',
      introduction: html`<p>
        <strong>${service.nameOf(token.consumerKey)}</strong> asks HealthJibe who you are.
      </p>`,
      backTo: pathFor(token),
    })

  const askLeave = (token: RequestToken, person: Account): Reply =>
    page({
      title: 'Sign in with HealthJibe',
      content: html`<section>
          <h1>Sign in with HealthJibe</h1>
          <p>
            <strong>${service.nameOf(token.consumerKey)}</strong> asks to know you by your HealthJibe account
            and to send health records to it.
          </p>
          <form method="post" action="${razcodePaths.authenticate}">
            ${forms.field({ requestToken: token.token, person })} ${decisionButtons}
          </form>
        </section>
        ${signIn.signedInAs(person, pathFor(token))} ${whereTo(token.callback)}`,
    })

  const decide = async (call: Call): Promise<Reply> => {
    const form = await call.form()
    const { requestToken, person } = forms.redeem(call, form)
    const token = service.requestTokens.toDecide(requestToken)
    return approves(form) ? approved(token, person) : refused(token)
  }

  return {
    methods: ['GET', 'POST'],
    path: razcodePaths.authenticate,
    endpoint: 'authenticate',
    about: 'Page: sign-on; brings a request token the first time, the access token later',
    reader: 'person',
    answer: (call) => (call.method === 'POST' ? decide(call) : begin(call)),
  }
}

function pathFor({ token }: RequestToken): string {
  return `${razcodePaths.authenticate}?oauth_token=${encodeURIComponent(token)}`
}
