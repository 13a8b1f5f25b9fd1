import type { Call, Reply, Route } from '../call'
import { OneTimeForms } from '../forms'
import { html, type Html } from '../html'
import { page, seeOther } from '../pages'
import type { ZivacareService } from './service'
import { sources } from './sources'
import type { ZivaUser } from './users'

export const usersPath = '/zivacare/users'

/** Stands for the developer dashboard: the users of the application, who can be deleted. */
export function usersRoute(service: ZivacareService, now: () => number): Route {
  const forms = new OneTimeForms<{ user: ZivaUser }>(now)

  const show = (): Reply => {
    const users = service.users.list()
    return page({
      title: 'ZivaCare users',
      wide: true,
      content: html`<section>
        <h1>ZivaCare users of ${service.application.name}</h1>
        ${
          users.length === 0
            ? html`<p>There are none.</p>`
            : html`<ul>
                ${users.map(entry)}
              </ul>`
        }
      </section>`,
    })
  }

  const entry = (user: ZivaUser): Html => {
    const connected = sources.filter(({ id }) => user.sources.has(id)).map(({ name }) => name)
    return html`<li>
      <p>
        <strong>${user.clientUserId}</strong>, ${user.name}<br />
        <span class="quiet">${connected.length === 0 ? 'No sources' : connected.join(', ')}</span><br />
        <code>${user.code}</code>
      </p>
      <form method="post" action="${usersPath}">
        ${forms.field({ user })}
        <div class="buttons"><button>Delete ${user.clientUserId}</button></div>
      </form>
    </li>`
  }

  const remove = async (call: Call): Promise<Reply> => {
    service.users.delete(forms.redeem(call, await call.form()).user)
    return seeOther(usersPath)
  }

  return {
    methods: ['GET', 'POST'],
    path: usersPath,
    reader: 'person',
    answer: (call) => (call.method === 'POST' ? remove(call) : show()),
  }
}
