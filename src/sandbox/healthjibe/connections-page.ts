import type { Account } from '../accounts'
import type { Call, Reply, Route } from '../call'
import { OneTimeForms } from '../forms'
import { html, type Html } from '../html'
import { page, seeOther } from '../pages'
import type { Connection } from '../razcode/connections'
import type { RazcodeService } from '../razcode/service'
import type { SignIn } from '../sign-in'
import { when } from '../when'
import type { Choices } from './services'

export const connectionsPath = '/connections'

/** The page where a person sees the connections and withdraws one; its access token is refused from then on. */
export function connectionsRoute(
  service: RazcodeService,
  choices: Choices,
  signIn: SignIn,
  now: () => number,
): Route {
  const forms = new OneTimeForms<{ token: string }>(now)

  const show = (call: Call): Reply => {
    const person = signIn.personOf(call)
    return person
      ? list(person)
      : signIn.ask({
          title: 'Your connections',
          introduction: html`<p>Sign in to see who may send health records to your HealthJibe account.</p>`,
          backTo: connectionsPath,
        })
  }

  const list = (person: Account): Reply => {
    const connections = service.connections.of(person)
    return page({
      title: 'Your connections',
      content: html`<section>
          <h1>Your connections</h1>
          ${
            connections.length === 0
              ? html`<p>Nobody may send health records to your HealthJibe account.</p>`
              : html`<ul>
                  ${connections.map(entry)}
                </ul>`
          }
        </section>
        ${signIn.signedInAs(person, connectionsPath)}`,
    })
  }

  const entry = ({ token, consumerKey, since }: Connection): Html => {
    const { services, notify } = choices.of(token)
    return html`<li>
      <p>
        <strong>${service.nameOf(consumerKey)}</strong><br />
        <span class="quiet">
          Since ${when(since)} · ${services.join(', ')}${notify ? '' : ' · told to stop sending'}
        </span>
      </p>
      <form method="post" action="${connectionsPath}">
        ${forms.field({ token })}
        <div class="buttons"><button>Withdraw</button></div>
      </form>
    </li>`
  }

  const withdraw = async (call: Call): Promise<Reply> => {
    service.connections.withdraw(forms.redeem(call, await call.form()).token)
    return seeOther(connectionsPath)
  }

  return {
    methods: ['GET', 'POST'],
    path: connectionsPath,
    reader: 'person',
    answer: (call) => (call.method === 'POST' ? withdraw(call) : show(call)),
  }
}
