import { GatewayError } from '../../errors'
import type { HttpResponse } from '../../http/types'
import type { PendingAuthorization } from '../../oauth1/exchange'
import { excerpt } from '../../redact'
import { answerParameters } from './answer'
import {
  sentText,
  textOf,
  tokenOf,
  unreadable,
  type AccessTokens,
  type CallbackQuery,
  type Fields,
  type Grant,
  type RazcodeGateway,
} from './gateway'

const provider = 'razcode'

/** An answer has some five short values, one of them a sentence. */
const LONGEST_ANSWER = 64 * 1024

export interface StageRequest {
  /** Health encounter record: a CCR in XML, or OMHE commands. */
  her: string
  /** The only person who may use the RAZCODE: their access token goes out as `user`. */
  restrictTo?: Grant
  /** A payment request: JSON. It is passed on as it is. */
  pmt?: string
}

export interface Staged {
  /** The code for the patient to type. */
  razId: string
  /** Address of the gateway's own image of the code (stage). */
  razImage?: string
  /** The address to draw as a code (stage/url). */
  razUri?: string
  /** `valid` or `invalid`, where a payment was asked for. */
  pmt?: string
  /** As it came: `Success`. */
  ack: string
  response: HttpResponse
}

/** RAZCODE's operations, one method each. Source of all: RAZCODE "RAZCODE Integration". */
export class RazcodeClient {
  readonly #gateway: RazcodeGateway

  constructor(gateway: RazcodeGateway) {
    this.#gateway = gateway
  }

  /** Activation steps 1 and 2: a request token, and the page on which the organisation authorizes it. */
  beginActivation(callback: string, signal?: AbortSignal): Promise<PendingAuthorization> {
    return this.#gateway.beginAuthorization('activate', callback, signal)
  }

  /** Activation step 3: the access token, to be stored with the organisation. */
  finishActivation(
    pending: Pick<PendingAuthorization, 'token' | 'secret'>,
    query: CallbackQuery,
    signal?: AbortSignal,
  ): Promise<AccessTokens> {
    return this.#gateway.accessToken(pending, query, signal)
  }

  /** Where `stage` sends to: the published address is plain http. */
  addressOf(endpoint: 'stage' | 'stageUrl'): string {
    return this.#gateway.endpoints[endpoint]
  }

  /** Stages a record; the gateway makes the image of its code (`razImage`). */
  stage(request: StageRequest, organisation?: Grant, signal?: AbortSignal): Promise<Staged> {
    return this.#stage('stage', 'raz_image', request, organisation, signal)
  }

  /** Stages a record; the address behind the code comes back (`razUri`), to be drawn with any technology. */
  stageUrl(request: StageRequest, organisation?: Grant, signal?: AbortSignal): Promise<Staged> {
    return this.#stage('stageUrl', 'raz_uri', request, organisation, signal)
  }

  /** HG_REJECTED with the gateway's `errormsg` where ACK is not Success. */
  async #stage(
    endpoint: 'stage' | 'stageUrl',
    parameter: 'raz_image' | 'raz_uri',
    { her, restrictTo, pmt }: StageRequest,
    grant: Grant | undefined,
    signal: AbortSignal | undefined,
  ): Promise<Staged> {
    const fields: Fields = [
      ['her', her],
      ...(restrictTo ? [['user', tokenOf(restrictTo).key] as const] : []),
      ...(pmt === undefined ? [] : [['pmt', pmt] as const]),
    ]
    const facts = { provider, operation: endpoint }
    const response = await this.#gateway.send({
      ...facts,
      method: 'POST',
      url: this.addressOf(endpoint),
      fields,
      grant,
      signal,
      maxResponseBytes: LONGEST_ANSWER,
    })
    const exchange = { response, facts, sent: fields }
    const parameters = answerParameters(textOf(exchange))
    const ack = parameters?.get('ack')
    if (parameters && ack && ack.toLowerCase() !== 'success') {
      throw notStaged(parameters, fields, { ...facts, statusCode: response.statusCode }, restrictTo)
    }
    const razId = parameters?.get('raz_id')
    const address = webAddress(parameters?.get(parameter))
    if (!parameters || !ack || !razId || address === undefined) {
      throw unreadable(`The gateway's answer lacks ACK, raz_id or ${parameter}.`, exchange)
    }
    const payment = parameters.get('pmt')
    return {
      razId,
      ...(parameter === 'raz_image' ? { razImage: address } : { razUri: address }),
      ...(payment ? { pmt: payment } : {}),
      ack,
      response,
    }
  }
}

/** ACK is not Success. Where the record was restricted, the gateway may mean the person's token. */
function notStaged(
  parameters: ReadonlyMap<string, string>,
  sent: Fields,
  facts: { provider: string; operation: string; statusCode: number },
  restrictTo: Grant | undefined,
): GatewayError {
  const errormsg = parameters.get('errormsg') ?? ''
  const reason =
    errormsg === ''
      ? 'it gives no reason.'
      : excerpt(errormsg, sentText(sent)) || 'its reason is not fit to be shown.'
  const person = restrictTo
    ? ` The record is for the user "${restrictTo.user}" only: if their token is the reason, let them connect again.`
    : ''
  return new GatewayError(
    'HG_REJECTED',
    `The gateway did not stage the record (ACK=${excerpt(parameters.get('ack') ?? '')}): ${reason}${person}`,
    { ...facts, ...(restrictTo ? { user: restrictTo.user } : {}) },
  )
}

/** Pages show it as a link: it must lead to a page, and not be a program. */
function webAddress(value = ''): string | undefined {
  if (!URL.canParse(value)) return undefined
  const { protocol, href } = new URL(value)
  return protocol === 'https:' || protocol === 'http:' ? href : undefined
}
