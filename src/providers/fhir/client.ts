import type { HttpResponse } from '../../http/types'
import type { JsonObject } from '../json-answer'
import type { FhirService } from './service'

/** An object {name: value | value[]}, a query string, or pairs. Dates become UTC instants. */
export type FhirQuery = Readonly<Record<string, unknown>> | string | readonly (readonly [string, string])[]

export interface FhirAnswer {
  /** Absent where the answer has no body. */
  resource?: JsonObject
  response: HttpResponse
}

export interface FhirPage {
  bundle: JsonObject
  entries: JsonObject[]
  /** How many there are in all, where the answer says so. */
  total?: number
  response: HttpResponse
}

export interface EntryOutcome {
  /** Place in the Bundle that was given, from 0. */
  index: number
  ok: boolean
  /** The first number of entry.response.status; 0 where the server gave none. */
  statusCode: number
  location?: string
  etag?: string
  lastModified?: string
  /** The resource of the entry's answer. */
  resource?: JsonObject
  /** What an OperationOutcome says, redacted. */
  issues: Issue[]
}

export interface Issue {
  severity?: string
  code?: string
  details?: string
  diagnostics?: string
  expression?: string[]
}

export interface Target {
  endpoint: string
  siteId?: string
  apiVersion?: string
  signal?: AbortSignal
}

export class FhirClient {
  constructor(readonly service: FhirService) {}

  create(
    _t: Target & {
      resource: JsonObject
      ifNoneExist?: FhirQuery
      prefer?: 'minimal' | 'representation' | 'OperationOutcome'
    },
  ): Promise<FhirAnswer> {
    return Promise.reject(new Error('later'))
  }

  read(_t: Target & { id: string; versionId?: string; query?: FhirQuery }): Promise<FhirAnswer> {
    return Promise.reject(new Error('later'))
  }

  update(
    _t: Target & { resource: JsonObject; id?: string; ifMatch?: string; query?: FhirQuery },
  ): Promise<FhirAnswer> {
    return Promise.reject(new Error('later'))
  }

  patch(
    _t: Target & { patch: unknown; id?: string; ifMatch?: string; query?: FhirQuery },
  ): Promise<FhirAnswer> {
    return Promise.reject(new Error('later'))
  }

  delete(_t: Target & { id?: string; query?: FhirQuery; ifMatch?: string }): Promise<FhirAnswer> {
    return Promise.reject(new Error('later'))
  }

  pages(
    _t: Target & {
      what: 'search' | 'searchPost' | 'history'
      id?: string
      query?: FhirQuery
      count?: number
      all: boolean
      mostPages?: number
    },
  ): AsyncGenerator<FhirPage> {
    throw new Error('later')
  }

  bundle(
    _t: Target & { bundle: JsonObject; most?: number; splitTransaction?: boolean },
  ): Promise<FhirAnswer & { outcomes: EntryOutcome[] }> {
    return Promise.reject(new Error('later'))
  }

  operation(
    _t: Target & { name: string; id?: string; parameters?: JsonObject; query?: FhirQuery },
  ): Promise<FhirAnswer> {
    return Promise.reject(new Error('later'))
  }
}
