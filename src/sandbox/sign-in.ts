import type { Account, Accounts } from './accounts'
import type { Call, Reply, Route } from './call'
import { type Parameter, text } from './form'
import { OneTimeForms } from './forms'
import { html, type Html } from './html'
import { page, seeOther } from './pages'
import type { Sessions } from './sessions'

/** A page that somebody has to sign in for. */
export interface Entrance {
  title: string
  introduction: Html
  /** Path to go to once signed in. */
  backTo: string
}

const paths = { signIn: '/sign-in', signOut: '/sign-out' }

/** Signing in on the pages for people, and out again. */
export class SignIn {
  readonly #entrances: OneTimeForms<Entrance>
  readonly #exits: OneTimeForms<{ backTo: string }>

  constructor(
    private readonly sessions: Sessions,
    private readonly people: Accounts,
    now: () => number,
  ) {
    this.#entrances = new OneTimeForms(now)
    this.#exits = new OneTimeForms(now)
  }

  personOf(call: Call): Account | undefined {
    return this.sessions.of(call)
  }

  ask(entrance: Entrance, failedEmail?: string): Reply {
    return page({
      status: failedEmail === undefined ? 200 : 422,
      title: entrance.title,
      content: html`<section>
        <h1>${entrance.title}</h1>
        ${entrance.introduction} ${failedEmail === undefined ? undefined : wrongPassword}
        <form method="post" action="${paths.signIn}">
          ${this.#entrances.field(entrance)} ${signInFields(this.people, failedEmail)}
          <div class="buttons"><button class="main">Sign in</button></div>
        </form>
      </section>`,
    })
  }

  /** Says who is signed in, with a button for somebody else. */
  signedInAs(person: Account, backTo: string): Html {
    return html`<section>
      <p class="quiet">You are signed in as <strong>${person.email}</strong>.</p>
      <form method="post" action="${paths.signOut}">
        ${this.#exits.field({ backTo })}
        <div class="buttons"><button>Sign out</button></div>
      </form>
    </section>`
  }

  routes(): Route[] {
    const route = (path: string, answer: Route['answer']): Route => ({
      methods: ['POST'],
      path,
      reader: 'person',
      answer,
    })
    return [
      route(paths.signIn, (call) => this.#enter(call)),
      route(paths.signOut, async (call) => {
        const { backTo } = this.#exits.redeem(call, await call.form())
        return withCookie(seeOther(backTo), this.sessions.end(call))
      }),
    ]
  }

  async #enter(call: Call): Promise<Reply> {
    const form = await call.form()
    const entrance = this.#entrances.redeem(call, form)
    const { account, email } = accountIn(form, this.people)
    if (!account) return this.ask(entrance, email)
    return withCookie(seeOther(entrance.backTo), this.sessions.start(call, account))
  }
}

function withCookie(reply: Reply, cookie: string): Reply {
  return { ...reply, headers: { ...reply.headers, 'set-cookie': cookie } }
}

/** The account that a form's e-mail address and password open; the address also when they open none. */
export function accountIn(
  form: readonly Parameter[],
  accounts: Accounts,
): { account: Account | undefined; email: string } {
  const email = text(form, 'email').trim().toLowerCase()
  const password = text(form, 'password')
  return { account: accounts.find((one) => one.email === email && one.password === password), email }
}

export const wrongPassword = html`<p class="error" id="failed" role="alert">
  The e-mail address or the password is wrong. Use the ones printed below the fields.
</p>`

/** @param failedEmail what was typed when it was wrong */
export function signInFields([demo]: Accounts, failedEmail?: string): Html {
  const described = failedEmail === undefined ? 'demo' : 'failed demo'
  return html`<label for="email">E-mail address</label>
    <input
      type="email"
      id="email"
      name="email"
      value="${failedEmail ?? demo.email}"
      autocomplete="off"
      aria-describedby="${described}"
    />
    <label for="password">Password</label>
    <input
      type="password"
      id="password"
      name="password"
      value="${failedEmail === undefined ? demo.password : ''}"
      autocomplete="off"
      aria-describedby="${described}"
    />
    <p class="quiet" id="demo">
      Demo account: <code>${demo.email}</code>, password <code>${demo.password}</code>. Never type a real
      password here.
    </p>`
}
