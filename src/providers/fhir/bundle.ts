import { type ErrorCode, GatewayError, toGatewayError } from '../../errors'
import type { HttpResponse } from '../../http/types'
import { isObject, type JsonObject } from '../json-answer'
import { bundleOf, type FhirAnswer, locationIn, notFhir, type ResourceLocation } from './answer'
import { alongReferences, type Group, inParts } from './bundle-groups'
import { anotherInEntry } from './identity'
import { type FhirFacts, type Issue, issuesOf } from './operation-outcome'

/** What became of one entry of a batch or transaction. */
export interface EntryOutcome {
  /** Its place in the Bundle that was given, from 0. */
  index: number
  ok: boolean
  /** Of the entry's own answer; 0 where it got none that can be used. */
  statusCode: number
  /** The address, as the server gives it. */
  location?: string
  /** What is in the address. */
  created?: ResourceLocation
  etag?: string
  lastModified?: string
  /** Of the entry's answer. */
  resource?: JsonObject
  /** What an OperationOutcome says, redacted; where there was none to be had, why. */
  issues: Issue[]
  /**
   * Where the request failed that it was sent in, or was to be sent in, after others had succeeded; and where its answer
   * is of another resource than its request names, which is left out of the answer.
   */
  error?: { code: ErrorCode; message: string; arrived: 'no' | 'unknown' }
}

export interface BundleAnswer extends FhirAnswer {
  /** One for each entry, in their order. */
  outcomes: EntryOutcome[]
  /** How many requests it was sent in, failed ones included. More than one, and a transaction was not one any more. */
  requests: number
  /** Where a request failed after others had succeeded. */
  failure?: GatewayError
}

export interface BundleOptions {
  bundle: JsonObject
  /** Entries of one request: a whole number of 1 or more. Default: as many as there are. */
  most?: number
  /** A transaction may be sent in several, which do not refer to each other: each of them is all or nothing. */
  splitTransaction?: boolean
  facts: FhirFacts
  send: (bundle: JsonObject, idempotent: boolean) => Promise<HttpResponse>
}

type BundleType = 'batch' | 'transaction'

/** What any other part would be answered as well. */
const OF_WHO_ASKS = [401, 403, 407, 408, 429]

/** HG_INPUT for a Bundle that is neither batch nor transaction, or whose entries are none. */
export function bundleTypeOf(bundle: unknown): BundleType {
  if (isObject(bundle) && bundle.resourceType === 'Bundle') {
    const { type, entry = [] } = bundle
    if (type !== 'batch' && type !== 'transaction') {
      throw unusable('The Bundle is neither of the type batch nor transaction. Set its type.')
    }
    if (Array.isArray(entry) && entry.every(isObject)) return type
    throw unusable('The entry of the Bundle is not a list of objects.')
  }
  throw unusable('What is to be sent is no Bundle. Give one of the type batch or transaction.')
}

/**
 * Sends a batch or a transaction, in as many requests as have to be: see `most`; and where the server answers 413, in
 * halves. Rejects where the first of them fails. Where a later one does, what has been done before is not lost: the
 * outcomes tell of every entry, and `failure` of the request; the rest of a batch is sent all the same, where the server
 * refuses that part of it and not who asks. Where the node was closed, HG_CLOSED tells, whose `detail.answered` has the
 * places of those that were answered.
 */
export async function sendBundle(options: BundleOptions): Promise<BundleAnswer> {
  const sending = new Sending(options)
  return sending.run()
}

class Sending {
  private readonly type: BundleType
  private readonly entries: readonly JsonObject[]
  private readonly outcomes: EntryOutcome[] = []
  private readonly answers: JsonObject[] = []
  private requests = 0
  private failure?: GatewayError
  private last?: { bundle: JsonObject; response: HttpResponse }

  constructor(private readonly options: BundleOptions) {
    this.type = bundleTypeOf(options.bundle)
    this.entries = (options.bundle.entry ?? []) as readonly JsonObject[]
  }

  async run(): Promise<BundleAnswer> {
    const left = this.groups(this.options.most ?? Infinity)
    for (let group = left.shift(); group; group = left.shift()) {
      try {
        await this.sendGroup(group)
      } catch (thrown) {
        const error = toGatewayError(thrown)
        const smaller = this.smaller(group, error)
        if (smaller) left.unshift(...smaller)
        else if (!this.last) throw error
        else if (error.code === 'HG_CLOSED') throw this.closed(error)
        else this.giveUp([group, ...(this.goesOnAfter(error) ? [] : left.splice(0))], error)
      }
    }
    return this.answer()
  }

  /** Entries of a batch have nothing to do with each other. */
  private goesOnAfter({ cause: { statusCode = 0 } }: GatewayError): boolean {
    return (
      this.type === 'batch' && statusCode >= 400 && statusCode <= 499 && !OF_WHO_ASKS.includes(statusCode)
    )
  }

  /** HG_TOO_LARGE for a transaction that would have to be split and may not, or cannot. */
  private groups(most: number): Group[] {
    const { length } = this.entries
    if (most !== Infinity && !(Number.isInteger(most) && most >= 1))
      throw unusable('The number of entries of a request has to be a whole number, 1 or more.')
    if (length <= most) return [this.entries.map((_, index) => index)]
    if (this.type === 'batch') return inParts(length, most)
    if (!this.options.splitTransaction) {
      throw tooLarge(
        `The transaction has ${length} entries, and ${most} may be sent at a time. Allow it to be split, or send less.`,
      )
    }
    const groups = alongReferences(this.entries, most)
    const largest = Math.max(...groups.map((group) => group.length))
    if (largest <= most) return groups
    throw tooLarge(
      `The transaction has ${largest} entries that refer to each other, and ${most} may be sent at a time. Send less.`,
    )
  }

  private async sendGroup(group: Group): Promise<void> {
    const { bundle, facts, send } = this.options
    const isAll = group.length === this.entries.length
    const entry = group.map((index) => this.entries[index] ?? {})
    const response = await send(isAll ? bundle : { ...bundle, entry }, entry.every(isIdempotent))
    const answer = bundleOf(response, facts)
    const answers = Array.isArray(answer.entry) ? (answer.entry as unknown[]) : []
    if (answers.length !== group.length) {
      const told = `${answers.length} answers to ${group.length} entries, so that it is not known which are whose. They may have been carried out`
      throw notFhir(response, facts, told)
    }
    this.last = { bundle: answer, response }
    this.requests++
    group.forEach((index, at) => {
      const given = answers[at]
      const answered = isObject(given) ? given : {}
      const sent = this.entries[index] ?? {}
      const other = anotherInEntry(sent, answered, response, facts)
      this.answers[index] = other ? failedAnswer(other.message) : answered
      this.outcomes[index] = other
        ? failedOutcome(index, other, 'unknown', other.message)
        : outcomeOf(index, answered, sent)
    })
  }

  /** 413 says that nothing was done. */
  private smaller(group: Group, { cause }: GatewayError): Group[] | undefined {
    if (cause.statusCode !== 413 || group.length < 2) return undefined
    const half = Math.ceil(group.length / 2)
    if (this.type === 'batch') return [group.slice(0, half), group.slice(half)]
    if (!this.options.splitTransaction) return undefined
    const entries = group.map((index) => this.entries[index] ?? {})
    const parts = alongReferences(entries, half).map((part) => part.map((at) => group[at] ?? 0))
    return parts.length > 1 ? parts : undefined
  }

  /** The flow is about to end, so that nobody takes an answer; what was done before is not undone by that. */
  private closed(error: GatewayError): GatewayError {
    const answered = Object.keys(this.outcomes).map(Number)
    const sentence = `${error.message} The ${this.type} was sent in parts, and ${answered.length} of its ${this.entries.length} entries had been answered: look at what was done before you send it again.`
    const { cause } = error
    const detail = { ...(cause.detail as object | undefined), arrived: 'unknown', answered }
    return new GatewayError(error.code, sentence, { ...cause, retryable: false, detail })
  }

  private inParts({ code, message, cause }: GatewayError): GatewayError {
    const done = this.outcomes.filter(({ ok }) => ok).length
    const sentence = `${message} The ${this.type} was sent in parts, and ${done} of its ${this.entries.length} entries were done: the outcomes tell of each. Send only the others again.`
    return new GatewayError(code, sentence, { ...cause, retryable: false })
  }

  private giveUp(groups: readonly Group[], error: GatewayError): void {
    this.failure ??= error
    if (error.cause.statusCode !== undefined || arrivedIn(error.cause) === 'unknown') this.requests++
    groups.forEach((group, number) => {
      // What was never sent surely did not arrive; of an answer with a status, only 5xx leaves it open.
      const arrived = number > 0 ? 'no' : arrivedIn(error.cause)
      const why = number > 0 ? 'Not sent, since an earlier request failed.' : error.message
      for (const index of group) {
        this.outcomes[index] = failedOutcome(index, error, arrived, why)
        this.answers[index] = failedAnswer(why)
      }
    })
  }

  private answer(): BundleAnswer {
    const { last, requests, outcomes, failure } = this
    if (!last) throw unusable('There was nothing to send.')
    const { bundle, response } = last
    const resource =
      requests === 1 && this.answers.every((_, at) => !outcomes[at]?.error) ? bundle : this.merged(bundle)
    return { resource, response, outcomes, requests, ...(failure ? { failure: this.inParts(failure) } : {}) }
  }

  private merged({ id, ...bundle }: JsonObject): JsonObject {
    return { ...bundle, type: `${this.type}-response`, entry: this.answers }
  }
}

function failedOutcome(
  index: number,
  { code, message }: GatewayError,
  arrived: 'no' | 'unknown',
  why: string,
): EntryOutcome {
  return { index, ok: false, statusCode: 0, issues: [incomplete(why)], error: { code, message, arrived } }
}

function failedAnswer(why: string): JsonObject {
  return {
    response: { status: '0', outcome: { resourceType: 'OperationOutcome', issue: [incomplete(why)] } },
  }
}

function incomplete(diagnostics: string): Issue {
  return { severity: 'error', code: 'incomplete', diagnostics }
}

function outcomeOf(index: number, answered: JsonObject, sent: JsonObject): EntryOutcome {
  const response = isObject(answered.response) ? answered.response : {}
  const text = (name: string) => (typeof response[name] === 'string' ? { [name]: response[name] } : {})
  const statusCode = Number(/^\s*(\d{3})\b/.exec(String(response.status))?.[1] ?? 0)
  const place = typeof response.location === 'string' ? locationIn(response.location) : undefined
  return {
    index,
    ok: statusCode >= 200 && statusCode <= 299,
    statusCode,
    ...text('location'),
    ...(place ? { created: place } : {}),
    ...text('etag'),
    ...text('lastModified'),
    ...(isObject(answered.resource) ? { resource: answered.resource } : {}),
    issues: issuesOf(response.outcome, sent),
  }
}

function arrivedIn({ detail, statusCode }: GatewayError['cause']): 'no' | 'unknown' {
  const { arrived } = isObject(detail) ? detail : {}
  if (arrived === 'no') return 'no'
  return statusCode !== undefined && statusCode >= 300 && statusCode <= 499 ? 'no' : 'unknown'
}

/**
 * As the interaction would be by itself: by criteria, a second one may be about another resource than the first; an
 * entry with ifMatch would meet the version that it has made.
 */
function isIdempotent({ request }: JsonObject): boolean {
  const { method, url, ifNoneExist, ifMatch } = isObject(request) ? request : {}
  if (typeof ifMatch === 'string' && ifMatch !== '') return false
  if (method === 'POST') return typeof ifNoneExist === 'string' && ifNoneExist !== ''
  if (method === 'PUT' || method === 'DELETE') return typeof url === 'string' && !url.includes('?')
  return method === 'GET' || method === 'HEAD'
}

function tooLarge(sentence: string): GatewayError {
  return new GatewayError('HG_TOO_LARGE', sentence)
}

function unusable(sentence: string): GatewayError {
  return new GatewayError('HG_INPUT', sentence)
}
