import type { Route } from '../call'
import { html } from '../html'
import type { SignIn } from '../sign-in'
import { approvalRoute } from './approval'
import { razcodePaths } from './endpoints'
import { recordPageRoutes } from './record-pages'
import { stageRoutes, type Stage } from './stage'
import { tokenExchangeRoutes } from './token-exchange'

/** RAZCODE: tokens, organisations that are activated and stage records, patients who have a RAZCODE. */
export function razcodeRoutes(stage: Stage, signIn: SignIn): Route[] {
  const { service, staged, now } = stage
  return [
    ...tokenExchangeRoutes(service),
    approvalRoute(service, {
      path: razcodePaths.activate,
      endpoint: 'activate',
      about: 'Page: an organisation signs in, approves or refuses an activation',
      title: 'Activate on the RAZCODE Platform',
      question: (consumer) =>
        html`<p>
          <strong>${consumer}</strong> asks to stage health records in the name of your organisation.
        </p>`,
      accounts: service.organisations,
      now,
    }),
    ...stageRoutes(stage),
    ...recordPageRoutes({ staged, signIn, nameOf: (consumerKey) => service.nameOf(consumerKey), now }),
  ]
}
