import { ShortLived } from '../short-lived'

/** The health management services that a person of the sandbox can have records sent to. */
export const healthServices = ['My Health Journal', 'Family Doctor Portal', 'Fitness Diary'] as const

/** What a person chose for one connection. */
export interface Choice {
  services: string[]
  /** False: the source must send nothing more. */
  notify: boolean
}

const THIRTY_DAYS = 30 * 86_400_000

/** The choices by access token. Who has not chosen yet has the first service. */
export class Choices {
  readonly #choices: ShortLived<Choice>

  constructor(now: () => number) {
    this.#choices = new ShortLived(THIRTY_DAYS, now)
  }

  of(token: string): Choice {
    return this.#choices.get(token) ?? { services: [healthServices[0]], notify: true }
  }

  set(token: string, choice: Choice): void {
    this.#choices.set(token, choice)
  }
}
