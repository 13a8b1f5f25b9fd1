import type { Reply, Route } from '../call'
import { html, type Html } from '../html'
import { page } from '../pages'
import { recordText } from '../record-text'
import { Refusal } from '../refusal'
import { when } from '../when'
import type { ResourceStore, Version } from './fhir/store'

/** Resources of one owner, as the page shows them. */
export interface Shelf {
  /** In addresses. */
  id: string
  name: string
  store: ResourceStore
}

export const resourcesPath = '/healthcode'

const MOST_SHOWN = 50

/** Pages for a developer: what was sent since the sandbox started, newest first, and each of it. */
export function resourcesRoutes(shelves: () => readonly Shelf[], startedAt: number): Route[] {
  const route = (path: string, answer: Route['answer']): Route => ({
    methods: ['GET'],
    reader: 'person',
    path,
    answer,
  })
  return [
    route(resourcesPath, () => resourcesPage(shelves(), startedAt)),
    route(`${resourcesPath}/resources/:shelf/:type/:id/:version`, ({ params }) => {
      const { store } = shelves().find(({ id }) => id === params['shelf']) ?? {}
      const version = store
        ?.versions(params['type'] ?? '', params['id'] ?? '')
        .find(({ number }) => String(number) === params['version'])
      if (!version) throw new Refusal(404, 'There is no such resource, or newer ones have taken its place.')
      return versionPage(version)
    }),
  ]
}

function resourcesPage(shelves: readonly Shelf[], startedAt: number): Reply {
  return page({
    title: 'Healthcode and FHIR',
    wide: true,
    content: [
      html`<section>
        <h1>Healthcode and FHIR</h1>
        <p>What was sent since the sandbox started.</p>
        <p class="quiet"><a href="${resourcesPath}">Look again</a> · <a href="/">Home page</a></p>
      </section>`,
      ...shelves.map(
        (shelf) =>
          html`<section>
            <h2>${shelf.name}</h2>
            ${sent(shelf, startedAt)}
          </section>`,
      ),
    ],
  })
}

function sent({ id: shelf, store }: Shelf, startedAt: number): Html {
  const versions = store.history().filter(({ at }) => at >= startedAt)
  if (versions.length === 0) return html`<p>Nothing yet.</p>`
  return html`<ol>
    ${versions.slice(0, MOST_SHOWN).map(
      ({ type, id, number, method, at }) =>
        html`<li>
          <a href="${resourcesPath}/resources/${shelf}/${type}/${id}/${number}">${type} ${id}</a><br />
          <span class="quiet">${when(at)} · ${method} · version ${number}</span>
        </li>`,
    )}
  </ol>`
}

function versionPage({ type, id, number, resource }: Version): Reply {
  return page({
    title: `${type} ${id}`,
    wide: true,
    content: html`<section>
      <h1>${type} ${id}</h1>
      <p>Version ${number}${resource ? '' : ': deleted'}.</p>
      ${resource ? recordText(Buffer.from(JSON.stringify(resource, undefined, 2))) : undefined}
      <p><a href="${resourcesPath}">All that was sent</a></p>
    </section>`,
  })
}
