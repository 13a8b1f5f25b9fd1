import { people } from '../accounts'
import { browserScript } from '../browser-script'
import type { Call, Reply, Route } from '../call'
import { type Parameter, text } from '../form'
import { html, type Html } from '../html'
import { page } from '../pages'
import { Refusal } from '../refusal'
import { accountIn, signInFields, wrongPassword } from '../sign-in'
import { humanApiEndpoints, humanApiPaths } from './endpoints'
import type { HumanApiService } from './service'
import { type Source, sources, sourceWith } from './sources'
import type { Token } from './tokens'

const FRAME_SCRIPT = '/humanapi/frame.js'

/** What the page was opened with; every form carries it on, since a frame of another site gets no cookies. */
interface Opening {
  token: string
  /** Origin of the page around the frame. */
  origin: string
  clientId: string
  clientUserId: string
}

/** How a person's way through Connect ends, in the vendor's words. */
type Status = 'SUCCESS' | 'SESSION_TOKEN_INVALID' | 'SESSION_TOKEN_EXPIRED' | 'MISSING_SESSION_TOKEN'

interface Visit {
  opening: Opening
  status: Status
  /** There unless it is missing or invalid. */
  token: Token | undefined
}

interface SourceName {
  name: string
  id: string
}

/** What the page around the frame is told. Source: the vendor's "Connect reference" and its client 2.4. */
interface Message {
  type: 'hapi-connect-connect-source' | 'hapi-connect-disconnect-source' | 'hapi-connect-close'
  status: Status | 'CONNECTED_SOURCE' | 'DISCONNECTED_SOURCE'
  sessionResults: {
    connectedSources: SourceName[]
    disconnectedSources: SourceName[]
    requestedSources: never[]
  }
  currentConnections: SourceName[]
  requestedProviders: never[]
}

/** Connect: its script, and the pages in the frame that this opens. */
export function connectRoutes(service: HumanApiService): Route[] {
  return [
    browserScript({
      name: 'humanapi-connect',
      path: humanApiPaths.connectScript,
      endpoint: humanApiEndpoints.connectScript,
      about: "Human API: Connect's script, for a page of yours",
    }),
    browserScript({ name: 'humanapi-frame', path: FRAME_SCRIPT }),
    {
      methods: ['GET', 'POST'],
      path: humanApiPaths.connect,
      endpoint: humanApiEndpoints.connect,
      about: 'Human API, page in the frame: a person connects and disconnects sources',
      reader: 'person',
      answer: async (call) =>
        call.method === 'POST' ? act(service, call, await call.form()) : look(service, call),
    },
  ]
}

function look(service: HumanApiService, call: Call): Reply {
  const query = call.query()
  const visit = visitOf(service, call, query)
  return visit.status === 'SUCCESS' ? sourcesPage(visit, text(query, 'q')) : failedPage(visit)
}

function act(service: HumanApiService, call: Call, form: readonly Parameter[]): Reply {
  if (call.isFromAnotherSite) throw new Refusal(403, 'This form was sent from a page of another site.')
  const visit = visitOf(service, call, form)
  const what = text(form, 'do')
  if (what === 'close') return closedPage(visit)
  if (visit.status !== 'SUCCESS' || !visit.token) return failedPage(visit)
  const source = sourceWith(text(form, 'source'))
  if (!source) throw new Refusal(400, 'There is no such source.')
  switch (what) {
    case 'choose':
      return signInPage(visit, source)
    case 'connect': {
      const { account, email } = accountIn(form, people)
      return account ? connected(service, visit, visit.token, source) : signInPage(visit, source, email)
    }
    case 'disconnect':
      return disconnected(service, visit, visit.token, source)
    default:
      throw new Refusal(400, 'The form does not say what to do.')
  }
}

function visitOf(service: HumanApiService, call: Call, parameters: readonly Parameter[]): Visit {
  const opening = {
    token: text(parameters, 'token'),
    origin: originIn(text(parameters, 'origin')),
    clientId: text(parameters, 'clientId'),
    clientUserId: text(parameters, 'clientUserId'),
  }
  if (opening.token === '') return { opening, status: 'MISSING_SESSION_TOKEN', token: undefined }
  const token = service.tokens.find(opening.token)
  if (!token || !isFor(service, token, opening)) {
    return { opening, status: 'SESSION_TOKEN_INVALID', token: undefined }
  }
  if (call.isTo('expireTokens')) service.tokens.expire(token)
  return { opening, status: service.tokens.isExpired(token) ? 'SESSION_TOKEN_EXPIRED' : 'SUCCESS', token }
}

/** An access token opens no Connect, nor does a token of somebody else than the page says. */
function isFor({ client }: HumanApiService, token: Token, { clientId, clientUserId }: Opening): boolean {
  return (
    token.type !== 'access' &&
    (clientId === '' || clientId === client.id) &&
    (clientUserId === '' || clientUserId === token.user.id)
  )
}

function originIn(given: string): string {
  if (URL.canParse(given) && /^https?:/.test(given) && new URL(given).origin === given) return given
  throw new Refusal(400, 'Connect is opened by its script, with HumanConnect.open, on a page of yours.')
}

function connected(service: HumanApiService, visit: Visit, token: Token, source: Source): Reply {
  const { results, user } = token
  if (!service.connect(user, source)) return sourcesPage(visit)
  results.connected.add(source.id)
  results.disconnected.delete(source.id)
  return sourcesPage(visit, '', message(visit, 'hapi-connect-connect-source', 'CONNECTED_SOURCE'))
}

function disconnected(service: HumanApiService, visit: Visit, token: Token, source: Source): Reply {
  const { results, user } = token
  if (!service.disconnect(user, source)) return sourcesPage(visit)
  results.disconnected.add(source.id)
  results.connected.delete(source.id)
  return sourcesPage(visit, '', message(visit, 'hapi-connect-disconnect-source', 'DISCONNECTED_SOURCE'))
}

function message({ token }: Visit, type: Message['type'], status: Message['status']): Message {
  const named = (ids: Iterable<string>): SourceName[] =>
    [...ids].flatMap((id) => {
      const source = sourceWith(id)
      return source ? [{ name: source.name, id }] : []
    })
  const { connected: those = [], disconnected: these = [] } = token?.results ?? {}
  const current = token ? [...token.user.connections.keys()] : []
  return {
    type,
    status,
    sessionResults: {
      connectedSources: named(those),
      disconnectedSources: named(these),
      requestedSources: [],
    },
    currentConnections: current.map(({ name, id }) => ({ name, id })),
    requestedProviders: [],
  }
}

function framed({ opening: { origin } }: Visit, title: string, content: Html, ...messages: Message[]): Reply {
  const data = { origin, messages: JSON.stringify(messages) }
  return page({ title, content, framedBy: origin, scripts: [{ path: FRAME_SCRIPT, data }] })
}

function sourcesPage(visit: Visit, wanted = '', ...messages: Message[]): Reply {
  const connections = visit.token?.user.connections
  const found = sources.filter(({ name, about }) =>
    `${name} ${about}`.toLowerCase().includes(wanted.toLowerCase()),
  )
  const content = html`<section>
      <h1>Connect your health data</h1>
      ${messages.length > 0 ? html`<p role="status">${saying(messages)}</p>` : undefined}
      <form method="get" action="${humanApiPaths.connect}">
        ${carried(visit)}
        <label for="q">Find a hospital, a device or an app</label>
        <input type="text" id="q" name="q" value="${wanted}" autocomplete="off" />
        <div class="buttons"><button>Search</button>${closeButton}</div>
      </form>
    </section>
    <section>
      ${found.length === 0 ? html`<p>There is none of that name.</p>` : undefined}
      <ul>
        ${found.map((source) => entry(visit, source, connections?.has(source) ?? false))}
      </ul>
    </section>
    ${closing(visit)}`
  return framed(visit, 'Connect', content, ...messages)
}

function saying([{ type }]: Message[] | [Message]): string {
  return type === 'hapi-connect-connect-source' ? 'The source is connected.' : 'The source is disconnected.'
}

function entry(visit: Visit, { id, name, about }: Source, isConnected: boolean): Html {
  return html`<li>
    <p>
      <strong>${name}</strong><br /><span class="quiet">${about}${isConnected ? ' · connected' : ''}</span>
    </p>
    <form method="post" action="${humanApiPaths.connect}">
      ${carried(visit)}
      <input type="hidden" name="source" value="${id}" />
      <input type="hidden" name="do" value="${isConnected ? 'disconnect' : 'choose'}" />
      <div class="buttons">
        <button aria-label="${isConnected ? 'Disconnect' : 'Connect'} ${name}">
          ${isConnected ? 'Disconnect' : 'Connect'}
        </button>
      </div>
    </form>
  </li>`
}

function signInPage(visit: Visit, { id, name }: Source, failedEmail?: string): Reply {
  return framed(
    visit,
    name,
    html`<section>
        <h1>Sign in at ${name}</h1>
        <p>Your data there are then shared through Human API.</p>
        ${failedEmail === undefined ? undefined : wrongPassword}
        <form method="post" action="${humanApiPaths.connect}">
          ${carried(visit)}
          <input type="hidden" name="source" value="${id}" />
          <input type="hidden" name="do" value="connect" />
          ${signInFields(people, failedEmail)}
          <div class="buttons">
            <button class="main">Sign in and connect</button>
            <button form="back">Back</button>
            ${closeButton}
          </div>
        </form>
      </section>
      <form id="back" method="get" action="${humanApiPaths.connect}">${carried(visit)}</form>
      ${closing(visit)}`,
  )
}

const FAILURES: Readonly<Record<Exclude<Status, 'SUCCESS'>, string>> = {
  SESSION_TOKEN_EXPIRED: 'Your session has expired.',
  SESSION_TOKEN_INVALID: 'This session is not known.',
  MISSING_SESSION_TOKEN: 'This page was opened without a session.',
}

function failedPage(visit: Visit): Reply {
  const reason = visit.status === 'SUCCESS' ? '' : FAILURES[visit.status]
  return framed(
    visit,
    'Connect',
    html`<section>
        <h1>${reason}</h1>
        <p>Close this window and start again.</p>
        <div class="buttons">${closeButton}</div>
      </section>
      ${closing(visit)}`,
  )
}

function closedPage(visit: Visit): Reply {
  const ending = message(visit, 'hapi-connect-close', visit.status)
  visit.token?.results.connected.clear()
  visit.token?.results.disconnected.clear()
  return framed(visit, 'Connect', html`<p>You can close this window.</p>`, ending)
}

/** The button that the script presses on Escape. Its form is `closing`, so that it can stand beside other buttons. */
const closeButton = html`<button id="close" form="closing">Close</button>`

function closing(visit: Visit): Html {
  return html`<form id="closing" method="post" action="${humanApiPaths.connect}">
    ${carried(visit)}
    <input type="hidden" name="do" value="close" />
  </form>`
}

function carried({ opening }: Visit): readonly Html[] {
  return Object.entries(opening).map(
    ([name, value]: [string, string]) => html`<input type="hidden" name="${name}" value="${value}" />`,
  )
}
