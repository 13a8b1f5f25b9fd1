import type { Account, Accounts } from '../accounts'
import type { Call, Reply, Route } from '../call'
import { type Parameter, text } from '../form'
import { OneTimeForms } from '../forms'
import { html, type Html } from '../html'
import { page, seeOther } from '../pages'
import { Refusal } from '../refusal'
import { accountIn, signInFields, wrongPassword } from '../sign-in'
import { withParameters } from './callback'
import type { RequestToken } from './request-tokens'
import type { RazcodeService } from './service'

export interface Approval {
  path: string
  endpoint: string
  about: string
  title: string
  /** What is asked, given the consumer's name. */
  question: (consumer: string) => Html
  /** Who can sign in here. */
  accounts: Accounts
  now: () => number
}

/** A page where somebody signs in and approves or refuses a request token: RFC 5849 section 2.2. */
export function approvalRoute(service: RazcodeService, approval: Approval): Route {
  const forms = new OneTimeForms<{ requestToken: string }>(approval.now)

  const ask = (token: RequestToken, failedEmail?: string): Reply =>
    page({
      status: failedEmail === undefined ? 200 : 422,
      title: approval.title,
      content: html`<section>
          <h1>${approval.title}</h1>
          ${approval.question(service.nameOf(token.consumerKey))}
          ${failedEmail === undefined ? undefined : wrongPassword}
          <form method="post" action="${approval.path}">
            ${forms.field({ requestToken: token.token })} ${signInFields(approval.accounts, failedEmail)}
            ${decisionButtons}
          </form>
        </section>
        ${whereTo(token.callback)}`,
    })

  const decide = async (call: Call): Promise<Reply> => {
    const form = await call.form()
    const token = service.requestTokens.toDecide(forms.redeem(call, form).requestToken)
    if (!approves(form)) return refused(token)
    const { account, email } = accountIn(form, approval.accounts)
    return account ? approved(token, account) : ask(token, email)
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

export const decisionButtons = html`<div class="buttons">
  <button class="main" name="decision" value="approve">Approve</button>
  <button name="decision" value="refuse">Refuse</button>
</div>`

/** Which of the `decisionButtons` was pressed. */
export function approves(form: readonly Parameter[]): boolean {
  const decision = text(form, 'decision')
  if (decision !== 'approve' && decision !== 'refuse') {
    throw new Refusal(400, 'The form says neither approve nor refuse.')
  }
  return decision === 'approve'
}

export function approved(token: RequestToken, account: Account): Reply {
  token.state = 'approved'
  token.approvedBy = account
  return goBack(token, { oauth_verifier: token.verifier })
}

export function refused(token: RequestToken): Reply {
  token.state = 'refused'
  return goBack(token, { oauth_problem: 'user_refused', denied: token.token })
}

export function whereTo(callback: string): Html {
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
