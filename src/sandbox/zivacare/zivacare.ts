import { browserScript } from '../browser-script'
import { html } from '../html'
import type { ProviderPart } from '../provider'
import { applicationRoutes } from './applications'
import { connectRoute, windowScriptPath } from './connect'
import { dataRoutes } from './data'
import { type ZivacareEndpoint, zivacareEndpoints, zivacarePaths, zivacareUrls } from './endpoints'
import { ZivacareService } from './service'
import { sources } from './sources'
import { usersPath, usersRoute } from './users-page'

export interface ZivacareOptions {
  /** Where browsers reach the sandbox. */
  origin: string
  secret: string
  now: () => number
}

export interface ZivacareDemo {
  clientId: string
  clientSecret: string
  /** Somebody who has connected all sources already. */
  connectedUser: { user: string; zivaUserCode: string; accessToken: string }
}

export interface Zivacare {
  part: ProviderPart
  urls: Record<ZivacareEndpoint, string>
  demo: ZivacareDemo
}

/** ZivaCare: people connect sources in a window, the application's server gets a token and reads their data. */
export function zivacare({ origin, secret, now }: ZivacareOptions): Zivacare {
  const service = new ZivacareService(secret, now)
  const { clientId, clientSecret } = service.application
  const user = service.users.register(service.demoUser, {
    name: 'Demo Person',
    email: 'demo@example.org',
    sources: new Set(sources.map(({ id }) => id)),
  })
  return {
    part: {
      routes: [
        browserScript({
          name: 'zivacare-connect',
          path: zivacarePaths.connectScript,
          endpoint: 'zivacare.connectScript',
          about: 'Script for web pages: ZivaConnect.open({ clientId, clientUserId, finish, close })',
        }),
        browserScript({ name: 'zivacare-window', path: windowScriptPath }),
        connectRoute(service, now),
        ...applicationRoutes(service),
        ...dataRoutes(service, now),
        usersRoute(service, now),
      ],
      endpoints: zivacareEndpoints,
      pages: [
        {
          path: usersPath,
          title: 'ZivaCare users',
          about: 'As a developer who wants to see or delete the users of the application',
        },
      ],
      accounts: [
        { name: 'ZivaCare client id', shown: html`<code>${clientId}</code>` },
        { name: 'ZivaCare client secret', shown: html`<code>${clientSecret}</code>` },
      ],
    },
    urls: zivacareUrls(origin),
    demo: {
      clientId,
      clientSecret,
      connectedUser: {
        user: user.clientUserId,
        zivaUserCode: user.code,
        accessToken: service.issueAccessToken(user, 'demo'),
      },
    },
  }
}
