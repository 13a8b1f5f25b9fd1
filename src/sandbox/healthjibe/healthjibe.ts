import type { Route } from '../call'
import type { Documents } from '../documents'
import { html } from '../html'
import { approvalRoute } from '../razcode/approval'
import { razcodePaths } from '../razcode/endpoints'
import type { RazcodeService } from '../razcode/service'
import type { SignIn } from '../sign-in'
import { authenticateRoute } from './authenticate'
import { configureRoute } from './configure'
import { connectionsRoute } from './connections-page'
import { hmsListRoute, hmsReadRoute } from './hms'
import { Choices } from './services'
import { sourceNotificationRoute } from './source-notification'

export interface HealthjibeOptions {
  service: RazcodeService
  documents: Documents
  signIn: SignIn
  now: () => number
}

/**
 * HealthJibe: people connect a source of health records, choose where these go, the source sends them and reads
 * them back, and people withdraw.
 */
export function healthjibeRoutes({ service, documents, signIn, now }: HealthjibeOptions): Route[] {
  const choices = new Choices(now)
  return [
    approvalRoute(service, {
      path: razcodePaths.authorize,
      endpoint: 'authorize',
      about: 'Page: sign in, approve or refuse a connection',
      title: 'Connect with HealthJibe',
      question: (consumer) =>
        html`<p><strong>${consumer}</strong> asks to send health records to your HealthJibe account.</p>`,
      accounts: service.people,
      now,
    }),
    authenticateRoute(service, signIn, now),
    configureRoute(service, choices, now),
    sourceNotificationRoute(service, choices, documents, now),
    hmsListRoute(service, choices),
    hmsReadRoute(service, choices, documents, now),
    connectionsRoute(service, choices, signIn, now),
  ]
}
