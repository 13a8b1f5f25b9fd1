import { timesInZone, timesInZoneSteps } from '../../src/documents/fhir/times'
import { GatewayError } from '../../src/errors'
import type { EntryOutcome, FhirAnswer, FhirPage, FhirQuery, Target } from '../../src/providers/fhir/client'
import type { JsonObject } from '../../src/providers/json-answer'
import { inTurns } from '../../src/turn'
import type { Healthcode } from '../healthcode-account/healthcode-account'
import type { Action } from '../kit/action-node'
import { choice } from '../kit/choice'
import { answer } from '../kit/messages'
import type { Outcome, Part } from '../kit/runner'
import { finished, partly } from '../kit/status'
import type { FhirValues } from './inputs'
import { Outgoing, typeTakenBy } from './outgoing'

/** What the node can do, as the property `operation` says it. */
export const operations = [
  ...(['read', 'create', 'update', 'patch', 'delete', 'search', 'searchPost'] as const),
  ...(['history', 'batch', 'transaction', 'operation'] as const),
] as const
export type FhirOperation = (typeof operations)[number]

/** More in one message would fill the memory: as a sequence there may be any number. */
const MOST_IN_ONE = 100_000

const ofOne = { location: undefined }
const ofList = { entry: undefined }

/** What an operation may set beside the payload: where an answer has none, that of an earlier node is not left there. */
const absent: Readonly<Record<FhirOperation, Readonly<Record<string, undefined>>>> = {
  ...{ read: ofOne, create: ofOne, update: ofOne, patch: ofOne, delete: ofOne },
  ...{ search: ofList, searchPost: ofList, history: ofList },
  ...{ batch: ofOne, transaction: ofOne, operation: { ...ofOne, ...ofList } },
}

/** One message at work. */
export class Interaction {
  readonly #action: Action<Healthcode, FhirValues>
  readonly #operation: FhirOperation
  readonly #target: Target
  readonly #outgoing: Outgoing

  constructor(action: Action<Healthcode, FhirValues>, operation: FhirOperation) {
    const { values, config, signal, client } = action
    const { endpoint = '', siteId, apiVersion, timeZone } = values
    const type = typeTakenBy(endpoint)
    this.#action = action
    this.#operation = operation
    this.#target = { endpoint, signal, siteId, apiVersion, type }
    // Healthcode has types of resource of its own.
    const otherTypes = client.service.provider === 'healthcode' ? 'warning' : 'error'
    this.#outgoing = new Outgoing(timeZone, config.check === false ? undefined : { otherTypes })
  }

  run(): Promise<Outcome> | Outcome {
    const operation = this.#operation
    switch (operation) {
      case 'read':
        return this.#read()
      case 'create':
        return this.#create()
      case 'update':
        return this.#update()
      case 'patch':
        return this.#patch()
      case 'delete':
        return this.#delete()
      case 'search':
      case 'searchPost':
      case 'history':
        return this.#list(operation)
      case 'batch':
      case 'transaction':
        return this.#bundle(operation)
      case 'operation':
        return this.#named()
    }
  }

  async #read(): Promise<Outcome> {
    const { resourceId: id, versionId } = this.#values
    if (id === undefined) {
      throw new GatewayError(
        'HG_INPUT',
        'No id. Set msg.id, or the property "Id" of the node, to that of the resource.',
      )
    }
    return this.#one(
      await this.#fhir.read(
        this.#about({ id, versionId, query: this.#values.query.isOwn ? this.#query() : undefined }),
      ),
    )
  }

  async #create(): Promise<Outcome> {
    const resource = await this.#outgoing.resource(this.#values.document, this.#target.endpoint)
    const ifNoneExist = this.#outgoing.query(this.#values.ifNoneExist)
    const prefer = choice(this.#action.config, 'prefer', [
      '',
      'representation',
      'minimal',
      'OperationOutcome',
    ])
    return this.#one(
      await this.#fhir.create(
        this.#about({ resource, ifNoneExist, prefer: prefer === '' ? undefined : prefer }),
      ),
    )
  }

  async #update(): Promise<Outcome> {
    const which = this.#which()
    const resource = await this.#outgoing.resource(this.#values.document, this.#target.endpoint, which.id)
    return this.#one(
      await this.#fhir.update(this.#about({ ...which, resource, ifMatch: this.#ifMatch(resource) })),
    )
  }

  async #patch(): Promise<Outcome> {
    const patch = await this.#outgoing.patch(this.#values.document)
    const about = this.#about({ ...this.#which(), patch, ifMatch: this.#ifMatch() })
    return this.#one(await this.#fhir.patch(about))
  }

  async #delete(): Promise<Outcome> {
    return this.#one(await this.#fhir.delete(this.#about({ ...this.#which(), ifMatch: this.#ifMatch() })))
  }

  /** An operation of FHIR that has a name, with `$`. */
  async #named(): Promise<Outcome> {
    const { operationName: name = '', resourceId: id, document } = this.#values
    const { config } = this.#action
    const isPost = choice(config, 'method', ['get', 'post']) === 'post'
    const target = this.#about({
      name,
      id,
      query: this.#query(),
      parameters: isPost ? await this.#outgoing.parameters(document, name) : undefined,
    })
    const first = await this.#fhir.operation(target)
    if (first.resource?.resourceType !== 'Bundle') return this.#one(first)
    return this.#listed(this.#fhir.pagesOfAnswer({ ...target, all: config.all !== false }, first))
  }

  async #bundle(type: 'batch' | 'transaction'): Promise<Outcome> {
    const { most } = this.#values
    const bundle = await this.#outgoing.bundle(this.#values.document, type)
    const splitTransaction = this.#action.config.splitTransaction === true
    const sent = await this.#fhir.bundle(this.#about({ bundle, most, splitTransaction }))
    const { outcomes, requests, failure } = sent
    const done = outcomes.filter(({ ok }) => ok).length
    const figure = `${done}/${outcomes.length}`
    const { set, ...outcome } = await this.#one(sent)
    return {
      ...outcome,
      set: { ...set, outcomes: await this.#outcomes(outcomes), requests },
      status: done === outcomes.length ? finished(figure) : partly(figure),
      ...(failure ? { failure } : {}),
    }
  }

  #list(what: 'search' | 'searchPost' | 'history'): Promise<Outcome> | Outcome {
    const { config, values } = this.#action
    const { resourceId: id, count } = values
    return this.#listed(
      this.#fhir.pages(
        this.#about({
          what,
          query: this.#query(),
          all: config.all !== false,
          count,
          id: what === 'history' ? id : undefined,
        }),
      ),
    )
  }

  #listed(pages: AsyncIterable<FhirPage>): Promise<Outcome> | Outcome {
    const { config } = this.#action
    const output = choice(config, 'output', ['bundle', 'entries', 'pages'])
    if (output === 'bundle') return this.#together(pages)
    const empty: Part = { payload: null, set: this.#set({ entry: null }) }
    return {
      payload: undefined,
      sequence: {
        parts: output === 'entries' ? this.#entries(pages, empty) : this.#pages(pages),
        empty,
        len: 1,
        onRequest: config.onRequest === true,
      },
    }
  }

  /** The first page's Bundle with the entries of all, and without what is true of one page only. */
  async #together(pages: AsyncIterable<FhirPage>): Promise<Outcome> {
    let first: JsonObject | undefined
    let facts: Pick<Outcome, 'statusCode' | 'headers' | 'attempts'> = {}
    let attempts = 0
    let number = 0
    let total: number | undefined
    const entry: JsonObject[] = []
    for await (const page of pages) {
      number++
      first ??= page.bundle
      for (const one of page.entries) entry.push(one)
      if (entry.length > MOST_IN_ONE) {
        throw new GatewayError(
          'HG_TOO_LARGE',
          `The list has more than ${MOST_IN_ONE} entries. Have them sent one by one or page by page, or ask for a part of it.`,
        )
      }
      facts = answer(page.response)
      attempts += page.response.attempts
      total = page.total ?? total
    }
    const whole = number > 1 ? without(first ?? {}, ['id', 'meta', 'link', 'total', 'entry']) : first
    const bundle = {
      ...whole,
      ...(number > 1 && total !== undefined ? { total } : {}),
      ...(entry.length > 0 ? { entry } : {}),
    }
    return {
      ...facts,
      attempts,
      payload: await this.#there(bundle),
      set: this.#set({}),
      status: finished(String(entry.length)),
    }
  }

  async *#pages(pages: AsyncIterable<FhirPage>): AsyncGenerator<Part> {
    for await (const { bundle, entries, response } of pages) {
      const own = without(bundle, ['entry'])
      const payload = await this.#there(entries.length > 0 ? { ...own, entry: entries } : own)
      yield { ...answer(response), payload, set: this.#set({}) }
    }
  }

  /**
   * The resource of each entry, and what else the entry says in `msg.entry`.
   * @param empty stands for a list without entries: it gets the facts of the answer
   */
  async *#entries(pages: AsyncIterable<FhirPage>, empty: Part): AsyncGenerator<Part> {
    for await (const { entries, response } of pages) {
      const facts = answer(response)
      Object.assign(empty, facts)
      for (const given of entries) {
        const one = this.#entryThere(given)
        const about = without(one, ['resource'])
        yield { ...facts, payload: one.resource ?? null, set: this.#set({ entry: about }) }
      }
    }
  }

  async #one({ resource, location, response }: FhirAnswer): Promise<Outcome> {
    const { statusCode, headers, attempts } = answer(response)
    const payload = resource === undefined ? null : await this.#there(resource)
    return { statusCode, headers, attempts, payload, set: this.#set({ location }) }
  }

  #set(facts: Record<string, unknown>): Record<string, unknown> {
    return Object.assign({ findings: this.#outgoing.findings }, absent[this.#operation], facts)
  }

  /** Assigned, not spread: CONTRIBUTING.md, "Speed". */
  #about<T extends object>(what: T): T & Target {
    return Object.assign(what, this.#target)
  }

  /** With its times told by the clocks that the node's author wants. */
  async #there<T extends object>(value: T): Promise<T> {
    const { answerTimeZone } = this.#values
    return answerTimeZone ? inTurns(timesInZoneSteps(value, answerTimeZone)) : value
  }

  /** The same for an entry of a Bundle. */
  #entryThere(entry: JsonObject): JsonObject {
    const { answerTimeZone } = this.#values
    if (!answerTimeZone) return entry
    const [there = entry] = timesInZone({ resourceType: 'Bundle', entry: [entry] }, answerTimeZone).entry
    return there
  }

  async #outcomes(outcomes: readonly EntryOutcome[]): Promise<EntryOutcome[]> {
    const there: EntryOutcome[] = []
    for (const one of outcomes) {
      const { resource } = one
      there.push(resource === undefined ? one : { ...one, resource: await this.#there(resource) })
    }
    return there
  }

  /** By id; or by criteria, but only where the node's author has said so: a flow's msg.query may be an earlier search. */
  #which(): { id?: string; query?: FhirQuery } {
    const { resourceId: id } = this.#values
    if (this.#action.config.conditional !== true) return { id }
    const query = this.#query()
    if (query !== undefined) return { query }
    throw new GatewayError(
      'HG_INPUT',
      'No criteria. Set msg.query, or the property "Query" of the node, to those of the one resource that is meant.',
    )
  }

  #query(): FhirQuery | undefined {
    return this.#outgoing.query(this.#values.query.given)
  }

  #ifMatch(resource?: JsonObject): string | undefined {
    const { ifMatch } = this.#values
    if (ifMatch !== undefined) return ifMatch
    if (resource === undefined || this.#action.config.matchVersion !== true) return undefined
    const { versionId } = (resource.meta ?? {}) as { versionId?: unknown }
    if (typeof versionId === 'string' && versionId !== '') return versionId
    throw new GatewayError(
      'HG_INPUT',
      'The resource has no meta.versionId, by which it could be known whether somebody else has changed it. Read it first.',
    )
  }

  get #fhir(): Healthcode['fhir'] {
    return this.#action.client.fhir
  }

  get #values(): FhirValues {
    return this.#action.values
  }
}

function without(value: JsonObject, names: readonly string[]): JsonObject {
  return Object.fromEntries(Object.entries(value).filter(([name]) => !names.includes(name)))
}
