import type { Person } from './accounts'
import type { Call, Reply, Route } from './call'
import type { Documents, KeptDocument } from './documents'
import { html, type Html } from './html'
import type { Consumer } from './oauth1-verifier'
import { page, stylesheetRoute } from './pages'
import { Refusal } from './refusal'

export interface Home {
  origin: string
  consumer: Consumer
  people: readonly Person[]
  documents: Documents
  /** The providers' routes, to be listed. */
  served: readonly Route[]
}

/** A browser shows this much of a document at ease. */
const SHOWN_BYTES = 200_000

/** The sandbox's own pages: what it is, and what has arrived. */
export function homeRoutes(home: Home): Route[] {
  const ownPage = (path: string, answer: Route['answer']): Route => ({
    methods: ['GET'],
    path,
    reader: 'person',
    answer,
  })
  const asked = ({ params }: Call): KeptDocument => {
    const found = home.documents.find(Number(params.number))
    if (!found) throw new Refusal(404, 'There is no such document, or newer ones have taken its place.')
    return found
  }
  return [
    stylesheetRoute,
    ownPage('/', () => homePage(home)),
    ownPage('/documents/:number', (call) => documentPage(asked(call))),
    ownPage('/documents/:number/text', (call) => ({ status: 200, body: asked(call).bytes })),
  ]
}

function homePage({ origin, consumer, people, documents, served }: Home): Reply {
  return page({
    title: 'Health gateways',
    wide: true,
    content: html`<section>
        <h1>What has arrived</h1>
        ${arrived(documents.list().toReversed())}
        <p class="quiet"><a href="/">Look again</a></p>
      </section>
      <section>
        <h2>Demo accounts</h2>
        <dl>
          ${people.map(
            ({ name, email, password }) =>
              html`<dt>${name}</dt>
                <dd><code>${email}</code>, password <code>${password}</code></dd>`,
          )}
          <dt>Consumer key</dt>
          <dd><code>${consumer.key}</code></dd>
          <dt>Consumer secret</dt>
          <dd><code>${consumer.secret}</code></dd>
        </dl>
      </section>
      <section>
        <h2>What the sandbox serves</h2>
        <ul>
          ${served
            .filter(({ about }) => about !== undefined)
            .map(
              ({ methods, path, about }) =>
                html`<li>
                  <code>${methods.join(', ')} ${origin}${path}</code><br /><span class="quiet">${about}</span>
                </li>`,
            )}
        </ul>
      </section>`,
  })
}

function arrived(documents: readonly KeptDocument[]): Html {
  if (documents.length === 0) return html`<p>Nothing yet. Send a document, then look again.</p>`
  return html`<ol>
    ${documents.map(
      (document) =>
        html`<li>
          <a href="/documents/${document.number}">${title(document)}</a> for ${document.person},
          ${size(document)}<br />
          <span class="quiet">${when(document)} · to ${destinations(document)}</span>
        </li>`,
    )}
  </ol>`
}

function documentPage(document: KeptDocument): Reply {
  const { number, person, consumerKey, bytes } = document
  const cut = bytes.length > SHOWN_BYTES
  return page({
    title: title(document),
    wide: true,
    content: html`<section>
        <h1>${title(document)}</h1>
        <dl>
          <dt>Arrived</dt>
          <dd>${when(document)}</dd>
          <dt>For</dt>
          <dd>${person}</dd>
          <dt>From</dt>
          <dd>${consumerKey}</dd>
          <dt>Sent on to</dt>
          <dd>${destinations(document)}</dd>
          <dt>Size</dt>
          <dd>${size(document)}</dd>
        </dl>
      </section>
      <section>
        <h2>Text</h2>
        ${cut ? html`<p>The beginning of it.</p>` : undefined}
        <pre tabindex="0">${bytes.subarray(0, SHOWN_BYTES).toString()}</pre>
      </section>
      <p>
        <a href="/documents/${number}/text">The whole document as plain text</a> ·
        <a href="/">All documents</a>
      </p>`,
  })
}

function title({ kind, number }: KeptDocument): string {
  return `${kind === 'ccr' ? 'CCR document' : 'OMHE message'} ${number}`
}

function destinations({ services }: KeptDocument): string {
  return services.join(', ')
}

function size({ bytes }: KeptDocument): string {
  const { length } = bytes
  if (length < 1000) return `${length} bytes`
  return length < 1_000_000 ? `${(length / 1000).toFixed(1)} kB` : `${(length / 1_000_000).toFixed(1)} MB`
}

function when({ receivedAt }: KeptDocument): Html {
  const date = new Date(receivedAt)
  const shown = date.toLocaleString('en-GB', { dateStyle: 'medium', timeStyle: 'medium' })
  return html`<time datetime="${date.toISOString()}">${shown}</time>`
}
