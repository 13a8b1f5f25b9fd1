import { GatewayError, type ErrorCode } from '../../errors'
import { causeOf, errorForStatus } from '../../http/status'
import type { HttpResponse } from '../../http/types'
import type { PersonFacts } from '../json-answer'
import { refusalBody, vendorWords } from '../vendor-words'

export interface ZivaCareFacts extends PersonFacts {
  /** Values that the answer may repeat and that must not be told. */
  hide: readonly string[]
  /** Quotes nothing: what refuses a person's data may tell of the person. */
  silent?: boolean
}

interface Meaning {
  code: ErrorCode
  sentence: string
}

const ACCOUNT = 'Check the client id and the client secret of the account.'

/** ZivaCare's own codes. Source: "Manage Users"; the list goes on where the copy that was found ends. */
const meanings: Readonly<Record<string, Meaning>> = {
  '0001': { code: 'HG_CONFLICT', sentence: 'ZivaCare has a user of this id already (0001).' },
  '0004': { code: 'HG_CONFIG', sentence: `ZivaCare got no client id (0004). ${ACCOUNT}` },
  '0005': { code: 'HG_INPUT', sentence: 'ZivaCare got no user id (0005). Set msg.user.' },
  '0007': { code: 'HG_CONFIG', sentence: `ZivaCare got no client secret (0007). ${ACCOUNT}` },
  '0011': { code: 'HG_AUTH', sentence: `ZivaCare does not know this application (0011). ${ACCOUNT}` },
}

/** The error of an answer that is no success; `own` puts a meaning in place of the general one of its status. */
export function refusalOf(response: HttpResponse, facts: ZivaCareFacts, own?: Meaning): GatewayError {
  const body = refusalBody(response)
  const code = vendorCodeIn(response)
  const meaning = (code === undefined ? undefined : meanings[code]) ?? own
  const said = facts.silent
    ? undefined
    : vendorWords(body, ['message', 'error_description', 'error'], facts.hide)
  const general = errorForStatus(response, facts)
  const sentence = meaning?.sentence ?? general.message
  const cause = causeOf(response, facts, {
    retryable: general.cause.retryable,
    ...(code === undefined ? {} : { detail: { code } }),
  })
  return new GatewayError(
    meaning?.code ?? general.code,
    said ? `${sentence} ZivaCare says: ${said}` : sentence,
    { ...cause, ...(facts.user === undefined ? {} : { user: facts.user }) },
  )
}

/** `0001` and its like. A refusal comes with any status. */
export function vendorCodeIn(response: HttpResponse): string | undefined {
  const { code } = refusalBody(response)
  return typeof code === 'string' && /^\d{4}$/.test(code) ? code : undefined
}
