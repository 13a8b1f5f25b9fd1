import { GatewayError } from '../../errors'
import type { HttpResponse } from '../../http/types'
import { excerpt } from '../../redact'
import { answerParameters } from './answer'
import {
  sentText,
  textOf,
  type AccessTokens,
  type CallbackQuery,
  type Fields,
  type Grant,
  type PendingAuthorization,
  type RazcodeGateway,
} from './gateway'

const provider = 'razcode'

/** An answer has some five short values, one of them a sentence. */
const LONGEST_ANSWER = 64 * 1024

export interface StageRequest {
  /** Health encounter record: a CCR in XML, or OMHE commands. */
  her: string
  /** The access token of the only person who may use the RAZCODE. */
  user?: string
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
    code: 'raz_image' | 'raz_uri',
    { her, user, pmt }: StageRequest,
    grant: Grant | undefined,
    signal: AbortSignal | undefined,
  ): Promise<Staged> {
    const fields: Fields = [
      ['her', her],
      ...(user === undefined ? [] : [['user', user] as const]),
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
    const text = textOf(response, facts)
    const parameters = answerParameters(text)
    const ack = parameters?.get('ack')
    const sent = sentText(fields)
    if (parameters && ack && ack.toLowerCase() !== 'success') {
      const reason = excerpt(parameters.get('errormsg') ?? '', sent)
      throw new GatewayError(
        'HG_REJECTED',
        `The gateway did not stage the record (ACK=${excerpt(ack)}): ${reason || 'it gives no reason.'}`,
        { ...facts, statusCode: response.statusCode },
      )
    }
    const razId = parameters?.get('raz_id')
    const address = parameters?.get(code)
    if (!parameters || !ack || !razId || !isAddress(address)) {
      throw new GatewayError(
        'HG_RESPONSE',
        `The gateway's answer lacks ACK, raz_id or ${code}. Whether the record was staged is not known.`,
        { ...facts, statusCode: response.statusCode, detail: { answer: excerpt(text, sent) } },
      )
    }
    const payment = parameters.get('pmt')
    return {
      razId,
      ...(code === 'raz_image' ? { razImage: address } : { razUri: address }),
      ...(payment ? { pmt: payment } : {}),
      ack,
      response,
    }
  }
}

/** Pages show it as a link: it must lead somewhere, and not be a program. */
function isAddress(value: string | undefined): value is string {
  return (
    value !== undefined && URL.canParse(value) && !/^(?:javascript|data|vbscript|file|blob):/i.test(value)
  )
}
