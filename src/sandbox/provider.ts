import type { Route } from './call'
import type { Html } from './html'

/** What a provider adds to the sandbox. */
export interface ProviderPart {
  routes: readonly Route[]
  /** Keys that a misbehaviour can name. */
  endpoints: readonly string[]
  /** Pages for people that the home page links to. */
  pages: readonly { path: string; title: string; about: string }[]
  /** Registrations and logins that the home page shows. */
  accounts: readonly { name: string; shown: Html }[]
}
