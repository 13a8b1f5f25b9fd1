import type { Call, Reply, Route } from '../call'
import { text } from '../form'
import { OneTimeForms } from '../forms'
import { html, type Html } from '../html'
import { page, seeOther } from '../pages'
import { Refusal } from '../refusal'
import { withParameters } from './callback'
import type { RequestToken } from './request-tokens'
import type { RazcodeService } from './service'

export interface Approval {
  path: string
  endpoint: string
  about: string
  title: string
  /** What the person is asked, given the consumer's name. */
  question: (consumer: string) => Html
  now: () => number
}

/** A page where somebody signs in and approves or refuses a request token: RFC 5849 section 2.2. */
export function approvalRoute(service: RazcodeService, approval: Approval): Route {
  const forms = new OneTimeForms<{ requestToken: string }>(approval.now)

  const ask = (token: RequestToken, failed?: { email: string }): Reply => {
    const consumer = service.consumers.get(token.consumerKey)?.name ?? token.consumerKey
    return page({
      status: failed ? 422 : 200,
      title: approval.title,
      content: html`<section>
          <h1>${approval.title}</h1>
          ${approval.question(consumer)} ${failed && wrongPassword}
          <form method="post" action="${approval.path}">
            ${forms.field({ requestToken: token.token })} ${signInFields(service, failed?.email)}
            <div class="buttons">
              <button class="main" name="decision" value="approve">Approve</button>
              <button name="decision" value="refuse">Refuse</button>
            </div>
          </form>
        </section>
        ${whereTo(token.callback)}`,
    })
  }

  const decide = async (call: Call): Promise<Reply> => {
    const form = await call.form()
    const token = service.requestTokens.toDecide(forms.redeem(call, form).requestToken)
    const decision = text(form, 'decision')
    if (decision === 'refuse') {
      token.state = 'refused'
      return goBack(token, { oauth_problem: 'user_refused', denied: token.token })
    }
    if (decision !== 'approve') throw new Refusal(400, 'The form says neither approve nor refuse.')
    const email = text(form, 'email').trim().toLowerCase()
    const person = service.people.find((candidate) => candidate.email === email)
    if (person?.password !== text(form, 'password')) return ask(token, { email })
    token.state = 'approved'
    token.person = person
    return goBack(token, { oauth_verifier: token.verifier })
  }

  return {
    methods: ['GET', 'POST'],
    path: approval.path,
    endpoint: approval.endpoint,
    about: approval.about,
    reader: 'person',
    answer: (call) =>
      call.method === 'POST'
        ? decide(call)
        : ask(service.requestTokens.toDecide(text(call.query(), 'oauth_token'))),
  }
}

const wrongPassword = html`<p class="error" id="failed" role="alert">
  The e-mail address or the password is wrong. Use the ones printed below the fields.
</p>`

function signInFields({ people: [demo] }: RazcodeService, email?: string): Html {
  const described = email === undefined ? 'demo' : 'failed demo'
  return html`<label for="email">E-mail address</label>
    <input
      type="email"
      id="email"
      name="email"
      value="${email ?? demo.email}"
      autocomplete="off"
      aria-describedby="${described}"
    />
    <label for="password">Password</label>
    <input
      type="password"
      id="password"
      name="password"
      value="${email === undefined ? demo.password : ''}"
      autocomplete="off"
      aria-describedby="${described}"
    />
    <p class="quiet" id="demo">
      Demo account: <code>${demo.email}</code>, password <code>${demo.password}</code>. Never type a real
      password here.
    </p>`
}

function whereTo(callback: string): Html {
  return callback === 'oob'
    ? html`<p class="quiet">You will be shown a code to type in where you came from.</p>`
    : html`<p class="quiet">Afterwards you go back to <code>${new URL(callback).origin}</code>.</p>`
}

function goBack(token: RequestToken, result: Record<string, string>): Reply {
  if (token.callback !== 'oob') {
    return seeOther(withParameters(token.callback, { oauth_token: token.token, ...result }))
  }
  return page({
    title: token.state === 'approved' ? 'Approved' : 'Refused',
    content:
      token.state === 'approved'
        ? html`<section>
            <h1>Approved</h1>
            <p>Type this code in where you came from:</p>
            <p><code>${token.verifier}</code></p>
          </section>`
        : html`<section>
            <h1>Refused</h1>
            <p>Nothing was connected. You can close this page.</p>
          </section>`,
  })
}
