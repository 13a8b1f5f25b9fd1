import type { Account } from './accounts'
import type { Call, Reply, Route } from './call'
import type { Documents, KeptDocument } from './documents'
import { html, type Html } from './html'
import type { Consumer } from './oauth1-verifier'
import { connectionsPath } from './healthjibe/connections-page'
import { page, stylesheetRoute } from './pages'
import type { ProviderPart } from './provider'
import { razcodePath, recordPathOf } from './razcode/record-pages'
import type { StagedRecords } from './razcode/staged-records'
import { recordSize, recordText } from './record-text'
import { Refusal } from './refusal'
import { when } from './when'

export interface Home {
  origin: string
  consumer: Consumer
  people: readonly Account[]
  organisations: readonly Account[]
  documents: Documents
  staged: StagedRecords
  /** RAZCODE's and HealthJibe's routes, to be listed. */
  served: readonly Route[]
  /** The other providers. */
  parts: readonly ProviderPart[]
}

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

function homePage(home: Home): Reply {
  const { origin, consumer, people, organisations, documents, staged, parts } = home
  const served = [home.served, ...parts.map(({ routes }) => routes)].flat()
  return page({
    title: 'Health gateways',
    wide: true,
    content: html`<section>
        <h1>What has arrived</h1>
        ${arrived(documents.list().toReversed())}
        <p class="quiet"><a href="/">Look again</a></p>
      </section>
      <section>
        <h2>What was staged</h2>
        ${stagedRecords(staged)}
      </section>
      <section>
        <h2>Pages for people</h2>
        <ul>
          <li>
            <a href="${razcodePath}">Type a RAZCODE</a><br />
            <span class="quiet">As a patient who was given one</span>
          </li>
          <li>
            <a href="${connectionsPath}">Your connections</a><br />
            <span class="quiet">As a person who wants to see or withdraw them</span>
          </li>
          ${parts
            .flatMap(({ pages }) => pages)
            .map(
              ({ path, title, about }) =>
                html`<li>
                  <a href="${path}">${title}</a><br />
                  <span class="quiet">${about}</span>
                </li>`,
            )}
        </ul>
      </section>
      <section>
        <h2>Demo accounts</h2>
        <dl>
          ${[...people, ...organisations].map(
            ({ name, email, password }) =>
              html`<dt>${name}</dt>
                <dd><code>${email}</code>, password <code>${password}</code></dd>`,
          )}
          <dt>Consumer key</dt>
          <dd><code>${consumer.key}</code></dd>
          <dt>Consumer secret</dt>
          <dd><code>${consumer.secret}</code></dd>
          ${parts
            .flatMap(({ accounts }) => accounts)
            .map(
              ({ name, shown }) =>
                html`<dt>${name}</dt>
                  <dd>${shown}</dd>`,
            )}
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
          ${recordSize(document.bytes)}<br />
          <span class="quiet">${when(document.receivedAt)} · to ${destinations(document)}</span>
        </li>`,
    )}
  </ol>`
}

function stagedRecords(staged: StagedRecords): Html {
  const records = staged.list().toReversed()
  if (records.length === 0) return html`<p>Nothing yet. Stage a document, then look again.</p>`
  return html`<ol>
    ${records.map(
      ({ razId, bytes, stagedAt, restrictedTo }) =>
        html`<li>
          <a href="${recordPathOf(razId)}">RAZCODE ${razId}</a>, ${recordSize(bytes)}<br />
          <span class="quiet">
            ${when(stagedAt)} · for ${restrictedTo ? restrictedTo.email : 'whoever has the code'}
          </span>
        </li>`,
    )}
  </ol>`
}

function documentPage(document: KeptDocument): Reply {
  const { number, person, consumerKey, bytes } = document
  return page({
    title: title(document),
    wide: true,
    content: html`<section>
        <h1>${title(document)}</h1>
        <dl>
          <dt>Arrived</dt>
          <dd>${when(document.receivedAt)}</dd>
          <dt>For</dt>
          <dd>${person}</dd>
          <dt>From</dt>
          <dd>${consumerKey}</dd>
          <dt>Sent on to</dt>
          <dd>${destinations(document)}</dd>
          <dt>Size</dt>
          <dd>${recordSize(document.bytes)}</dd>
        </dl>
      </section>
      <section>
        <h2>Text</h2>
        ${recordText(bytes)}
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
