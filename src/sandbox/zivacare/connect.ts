import { randomBytes } from 'node:crypto'
import type { Call, Reply, Route } from '../call'
import { text } from '../form'
import { html, type Html } from '../html'
import { page } from '../pages'
import { Refusal } from '../refusal'
import { ShortLived } from '../short-lived'
import { emailIn } from './applications'
import { connectPath } from './endpoints'
import { refusal } from './errors'
import type { Application, ZivacareService } from './service'
import { isSourceId, type SourceId, sources } from './sources'

const TEN_MINUTES = 600_000

/** One person at the window, from its opening to "Finish Connecting Data". */
interface Session {
  id: string
  application: Application
  clientUserId: string
  /** Of the page that opened the window. */
  origin: string
  /** What is connected once the person has finished. */
  chosen: Set<SourceId>
}

/** What the connect script in the page that opened the window is told. */
type Message =
  | { event: 'finish'; specialToken: string }
  | { event: 'cancel' }
  | { event: 'error'; code: string; message: string }

/** The script that tells it. */
export const windowScriptPath = '/zivacare/window.js'

/**
 * The window in which a person connects sources. The connect script opens it with `clientId`, `clientUserId` and its
 * own `origin`, to which alone the special token is posted. Nothing is kept of a session that the person cancels.
 */
export function connectRoute(service: ZivacareService, now: () => number): Route {
  const sessions = new ShortLived<Session>(TEN_MINUTES, now)

  const begin = (call: Call): Reply => {
    const query = call.query()
    const origin = text(query, 'origin')
    return inWindow(origin, () => {
      const clientId = text(query, 'clientId')
      const clientUserId = text(query, 'clientUserId')
      if (!isOrigin(origin)) throw refusal('noOrigin')
      if (clientId === '') throw refusal('noClientId')
      if (clientUserId === '') throw refusal('noClientUserId')
      if (clientUserId.length > 255) throw refusal('notText')
      const application = service.applicationOf(clientId)
      const chosen = new Set(service.users.find({ clientId, clientUserId })?.sources)
      const id = randomBytes(18).toString('base64url')
      const session = { id, application, clientUserId, origin, chosen }
      sessions.set(id, session)
      return overview(session)
    })
  }

  const proceed = async (call: Call): Promise<Reply> => {
    if (call.isFromAnotherSite) throw new Refusal(403, 'This form was sent from a page of another site.')
    const form = await call.form()
    return inWindow(text(form, 'origin'), () => {
      const session = sessions.get(text(form, 'session'))
      if (!session || call.isTo('expireTokens')) throw refusal('sessionExpired')
      const [action = '', source = ''] = text(form, 'action').split(' ')
      if (action === 'finish' || action === 'cancel') sessions.take(session.id)
      if (action === 'finish') return finish(session)
      if (action === 'cancel') return lastPage(session.origin, 'Cancelled', { event: 'cancel' })
      return choose(session, action, source)
    })
  }

  const finish = ({ application: { clientId }, clientUserId, origin, chosen }: Session): Reply => {
    const registration = { clientId, clientUserId }
    const known = service.users.find(registration)
    const user = service.users.register(registration, {
      name: known?.name ?? 'New Person',
      email: known?.email ?? emailIn(clientUserId),
      sources: chosen,
    })
    const specialToken = service.issueSpecialToken(user)
    return lastPage(origin, 'Your health data is connected', { event: 'finish', specialToken })
  }

  return {
    methods: ['GET', 'POST'],
    path: connectPath,
    endpoint: 'zivacare.connect',
    about: 'Page: the window of the connect script, where a person connects sources',
    reader: 'person',
    answer: (call) => (call.method === 'POST' ? proceed(call) : begin(call)),
  }
}

function choose(session: Session, action: string, source: string): Reply {
  if (!isSourceId(source)) throw new Refusal(400, 'The form names no source.')
  if (action === 'connect') return consent(session, source)
  if (action === 'allow') session.chosen.add(source)
  if (action === 'disconnect') session.chosen.delete(source)
  return overview(session)
}

function overview(session: Session): Reply {
  const entry = ({ id, name, about }: (typeof sources)[number]): Html => {
    const action = session.chosen.has(id) ? 'Disconnect' : 'Connect'
    return html`<li>
      <p>
        <strong>${name}</strong>${session.chosen.has(id) ? ' (connected)' : ''}<br />
        <span class="quiet">${about}</span>
      </p>
      <div class="buttons">
        <button name="action" value="${action.toLowerCase()} ${id}">${action} ${name}</button>
      </div>
    </li>`
  }
  return page({
    title: 'Connect health data',
    content: html`<section>
      <h1>Connect health data</h1>
      <p>
        <strong>${session.application.name}</strong>, where you are known as
        <strong>${session.clientUserId}</strong>, asks to read your health data through ZivaCare.
      </p>
      <form method="post" action="${connectPath}">
        ${hidden(session)}
        <ul>
          ${sources.map(entry)}
        </ul>
        <div class="buttons">
          <button class="main" name="action" value="finish">Finish Connecting Data</button>
          <button name="action" value="cancel">Cancel</button>
        </div>
      </form>
    </section>`,
  })
}

function consent(session: Session, id: SourceId): Reply {
  const { name, about } = sources.find((source) => source.id === id) ?? sources[0]
  return page({
    title: name,
    content: html`<section>
      <h1>${name}</h1>
      <p>ZivaCare asks for your data of ${name}: ${about}.</p>
      <form method="post" action="${connectPath}">
        ${hidden(session)}
        <div class="buttons">
          <button class="main" name="action" value="allow ${id}">Allow</button>
          <button name="action" value="refuse ${id}">Do not allow</button>
        </div>
      </form>
    </section>`,
  })
}

function hidden({ id, origin }: Session): Html {
  return html`<input type="hidden" name="session" value="${id}" />
    <input type="hidden" name="origin" value="${origin}" />`
}

/** What goes wrong is shown in the window and told to the page that opened it. */
function inWindow(origin: string, answer: () => Reply): Reply {
  try {
    return answer()
  } catch (error) {
    if (!(error instanceof Refusal) || error.problem === undefined) throw error
    const { status, message, problem: code } = error
    return lastPage(origin, 'Nothing was connected', { event: 'error', code, message }, status)
  }
}

function lastPage(origin: string, title: string, message: Message, status = 200): Reply {
  return page({
    status,
    title,
    content: html`<section>
      <h1>${title}</h1>
      ${message.event === 'error' ? html`<p class="error" role="alert">${message.message}</p>` : undefined}
      <p>You can close this window.</p>
    </section>`,
    ...(isOrigin(origin)
      ? { scripts: [{ path: windowScriptPath, data: { message: JSON.stringify(message), origin } }] }
      : {}),
  })
}

function isOrigin(text: string): boolean {
  return /^https?:\/\//.test(text) && URL.canParse(text) && new URL(text).origin === text
}
