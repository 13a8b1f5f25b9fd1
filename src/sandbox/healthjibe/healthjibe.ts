import type { Route } from '../call'
import type { Documents } from '../documents'
import { html } from '../html'
import { approvalRoute } from '../razcode/approval'
import { razcodePaths } from '../razcode/endpoints'
import type { RazcodeService } from '../razcode/service'
import { configureRoute } from './configure'
import { Choices } from './services'
import { sourceNotificationRoute } from './source-notification'

/** HealthJibe: people connect a source of health records, choose where these go, and the source sends them. */
export function healthjibeRoutes(service: RazcodeService, documents: Documents, now: () => number): Route[] {
  const choices = new Choices(now)
  return [
    approvalRoute(service, {
      path: razcodePaths.authorize,
      endpoint: 'authorize',
      about: 'Page: sign in, approve or refuse a connection',
      title: 'Connect with HealthJibe',
      question: (consumer) =>
        html`<p><strong>${consumer}</strong> asks to send health records to your HealthJibe account.</p>`,
      now,
    }),
    configureRoute(service, choices, now),
    sourceNotificationRoute(service, choices, documents, now),
  ]
}
