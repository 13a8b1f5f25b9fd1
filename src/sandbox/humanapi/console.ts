import type { Call, Reply, Route } from '../call'
import { text } from '../form'
import { OneTimeForms } from '../forms'
import { html, type Html } from '../html'
import { page, seeOther } from '../pages'
import { Refusal } from '../refusal'
import { when } from '../when'
import type { SentNotification } from './notifications'
import type { HumanApiService } from './service'
import type { User } from './users'

export const consolePath = '/humanapi'

/** What a form of the page is about. */
type Subject = { address: true } | { notification: number } | { user: User }

/** The page that stands in for the vendor's portal: the users, and where notifications go. */
export function consoleRoute(service: HumanApiService): Route {
  const forms = new OneTimeForms<Subject>(service.now)
  const { notifications, users, tokens } = service

  const form = (about: Subject, content: Html): Html =>
    html`<form method="post" action="${consolePath}">${forms.field(about)} ${content}</form>`

  const show = (failure?: string): Reply =>
    page({
      status: failure === undefined ? 200 : 422,
      title: 'Human API',
      wide: true,
      content: html`<section>
          <h1>Notifications</h1>
          ${failure === undefined ? undefined : html`<p class="error" role="alert">${failure}</p>`}
          ${form(
            { address: true },
            html`<label for="address">Address of your flow, on this machine; empty for none</label>
              <input
                type="text"
                id="address"
                name="address"
                value="${notifications.address ?? ''}"
                autocomplete="off"
              />
              <div class="buttons"><button>Send them there</button></div>`,
          )}
        </section>
        <section>
          <h2>What was sent</h2>
          ${sentList(notifications.list().toReversed())}
        </section>
        <section>
          <h2>Users</h2>
          <ul>
            ${users.list().map(entry)}
          </ul>
        </section>`,
    })

  const sentList = (sent: readonly SentNotification[]): Html =>
    sent.length === 0
      ? html`<p>Nothing yet.</p>`
      : html`<ol>
          ${sent.slice(0, 20).map(
            ({ number, sentAt, type, to, outcome }) =>
              html`<li>
                <p>
                  <strong>${type}</strong> to ${to}<br />
                  <span class="quiet">${when(sentAt)} · ${outcome ?? 'on its way'}</span>
                </p>
                ${form(
                  { notification: number },
                  html`<div class="buttons"><button>Send the same again</button></div>`,
                )}
              </li>`,
          )}
        </ol>`

  const entry = (user: User): Html =>
    html`<li>
      <p>
        <strong>${user.id}</strong>, ${user.email}<br />
        <span class="quiet">${user.humanId} · ${sourceNames(user)}</span>
      </p>
      ${form(
        { user },
        html`<div class="buttons">
          <button name="do" value="newData">Notify of new data</button>
          <button name="do" value="expire">Let the tokens expire</button>
          <button name="do" value="delete">Delete the user</button>
        </div>`,
      )}
    </li>`

  const press = async (call: Call): Promise<Reply> => {
    const sent = await call.form()
    const about = forms.redeem(call, sent)
    if ('user' in about) change(about.user, text(sent, 'do'))
    else if ('notification' in about) repeat(about.notification)
    else return register(text(sent, 'address').trim())
    return seeOther(consolePath)
  }

  const register = (address: string): Reply => {
    try {
      notifications.register(address || undefined)
      return seeOther(consolePath)
    } catch (error) {
      if (error instanceof RangeError) return show(error.message)
      throw error
    }
  }

  const repeat = (wanted: number): void => {
    const sent = notifications.list().find(({ number }) => number === wanted)
    if (!sent) throw new Refusal(404, 'Newer notifications have taken its place.')
    notifications.repeat(sent)
  }

  const change = (user: User, what: string): void => {
    if (what === 'newData') service.newDataOf(user)
    else if (what === 'expire') tokens.expireOf(user)
    else if (what === 'delete') service.delete(user)
    else throw new Refusal(400, 'The form does not say what to do.')
  }

  return {
    methods: ['GET', 'POST'],
    path: consolePath,
    reader: 'person',
    answer: (call) => (call.method === 'POST' ? press(call) : show()),
  }
}

function sourceNames({ connections }: User): string {
  if (connections.size === 0) return 'no sources'
  return [...connections.keys()].map(({ name }) => name).join(', ')
}
