import { randomBytes } from 'node:crypto'
import type { Call } from './call'
import { type Parameter, text } from './form'
import { html, type Html } from './html'
import { Refusal } from './refusal'
import { ShortLived } from './short-lived'

const TEN_MINUTES = 600_000

/** What pages with a form remember until it comes back: once, within ten minutes, from a page of the sandbox. */
export class OneTimeForms<State> {
  readonly #states: ShortLived<State>

  constructor(now: () => number) {
    this.#states = new ShortLived(TEN_MINUTES, now)
  }

  /** The hidden field for the form. */
  field(state: State): Html {
    const id = randomBytes(18).toString('base64url')
    this.#states.set(id, state)
    return html`<input type="hidden" name="form" value="${id}" />`
  }

  redeem(call: Call, form: readonly Parameter[]): State {
    if (call.isFromAnotherSite) throw new Refusal(403, 'This form was sent from a page of another site.')
    const state = this.#states.take(text(form, 'form'))
    if (state === undefined) {
      throw new Refusal(
        400,
        'This page was used already or is too old. Go back to where you came from and start again.',
      )
    }
    return state
  }
}
