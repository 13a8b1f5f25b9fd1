import { GatewayError } from '../../errors'
import type { RequestFacts } from '../../http/status'
import type { Http } from '../../http/types'
import type { JsonObject } from '../json-answer'
import type { TrustedHosts } from '../trusted-hosts'
import { type LastGood, WellKnown } from '../well-known'

/** Where an API is, and the document that says so. */
export interface Place {
  url: string
  document: JsonObject
}

export interface DiscoveryOptions {
  url: string
  http: Http
  trusted: TrustedHosts
  lastGood?: LastGood
  now?: () => number
}

const provider = 'healthcode'
const facts: RequestFacts = { provider, operation: 'discovery', what: 'the discovery document' }

/** Addresses of one API: a list is not read for as long as it takes to move more often. */
const MOST_KEPT = 5

/** More would be no help to a person. */
const MOST_NAMED = 40

/**
 * Healthcode's discovery document: key-value pairs, of which the values that are addresses are the APIs. An address is
 * checked when it is used, so that one that cannot be used does not take the others away.
 */
export class Discovery {
  readonly #document: WellKnown<JsonObject>
  readonly #trusted: TrustedHosts
  readonly #checked = new WeakMap<JsonObject, Map<string, Place>>()
  readonly #addresses = new Map<string, Set<string>>()

  constructor({ url, http, trusted, lastGood, now }: DiscoveryOptions) {
    this.#trusted = trusted
    const check = (address: string) =>
      void trusted.check(address, 'The address that the discovery document comes from', facts)
    this.#document = new WellKnown({
      ...{ url, http, facts, lastGood, now, check },
      read(document, from) {
        check(from)
        if (keysOf(document).length > 0) return document
        throw new GatewayError(
          'HG_RESPONSE',
          'The discovery document names no address of any API. It is not used. Check its address in the account.',
          { provider, operation: 'discovery' },
        )
      },
    })
  }

  async keys(): Promise<string[]> {
    return keysOf(await this.#document.get())
  }

  /** HG_CONFIG for a key that the document does not have, not even when it is asked for again. */
  async find(key: string, operation: string): Promise<Place> {
    const document = await this.#document.get()
    if (Object.hasOwn(document, key)) return this.#place(key, document, operation)
    const newer = await this.#document.refresh(document, false)
    if (newer && Object.hasOwn(newer, key)) return this.#place(key, newer, operation)
    throw new GatewayError('HG_CONFIG', unknownKey(key, newer ?? document), { provider, operation })
  }

  /**
   * After there was no API at `place`: another address, if the document has one by now.
   * @param certain false where the answer may mean something else
   */
  async elsewhere(
    key: string,
    place: Place,
    operation: string,
    certain: boolean,
  ): Promise<Place | undefined> {
    const newer = await this.#document.refresh(place.document, certain)
    if (!newer || !Object.hasOwn(newer, key)) return undefined
    const found = this.#place(key, newer, operation)
    return found.url === place.url ? undefined : found
  }

  /** Those that were used of an API, today's and earlier ones. */
  addressesOf(key: string): string[] {
    return [...(this.#addresses.get(key) ?? [])]
  }

  #place(key: string, document: JsonObject, operation: string): Place {
    // An address is looked at once, not once a message.
    const known = this.#checked.get(document) ?? new Map<string, Place>()
    let place = known.get(key)
    if (!place) {
      const what = `The address of "${key}" in the discovery document`
      place = { url: this.#trusted.check(document[key], what, { provider, operation }).href, document }
      this.#checked.set(document, known.set(key, place))
      this.#addresses.set(key, new Set([place.url, ...this.addressesOf(key)].slice(0, MOST_KEPT)))
    }
    return place
  }
}

/** Of what looks like an address; it may turn out to be one that cannot be used. */
function keysOf(document: JsonObject): string[] {
  return Object.keys(document)
    .filter((key) => typeof document[key] === 'string' && /^https?:/i.test(document[key]))
    .sort()
}

function unknownKey(key: string, document: JsonObject): string {
  // A key may come from a message.
  const named = /^[\w.-]{1,80}$/.test(key) ? `"${key}"` : 'of this name'
  const keys = keysOf(document).filter((one) => /^[\w.-]{1,80}$/.test(one))
  const more = keys.length > MOST_NAMED ? ', …' : ''
  return `The discovery document has no endpoint ${named}. It has: ${keys.slice(0, MOST_NAMED).join(', ')}${more}.`
}
