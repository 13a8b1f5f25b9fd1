import { GatewayError, toGatewayError } from '../errors'
import type { CcrDocument } from './ccr/model'
import { readCcr } from './ccr/read'
import { assertCcr } from './ccr/well-formed'
import { documentText } from './outgoing'

/** What a provider answered with. */
interface Answer {
  body: Uint8Array
  headers: Readonly<Record<string, string | undefined>>
}

/**
 * The CCR of an answer as text. HG_RESPONSE: empty, not well-formed, with a DOCTYPE, nested too deep, of another encoding
 * than it says, or no CCR.
 */
export function incomingCcrText(answer: Answer): Promise<string> {
  return ofAnswer(async () => {
    const text = await answeredText(answer)
    await assertCcr(text)
    return text
  })
}

/** The CCR of an answer as its full model. HG_RESPONSE as `incomingCcrText`. */
export function incomingCcr(answer: Answer, signal?: AbortSignal): Promise<CcrDocument> {
  return ofAnswer(async () => readCcr(await answeredText(answer), { signal }))
}

async function answeredText({ body, headers }: Answer): Promise<string> {
  const [, charset] = /;\s*charset="?([\w.:-]+)/i.exec(headers['content-type'] ?? '') ?? []
  const text = await documentText(body, charset)
  if (text.trim() === '') throw new GatewayError('HG_INPUT', 'It is empty.')
  return text
}

/** What is wrong with the document is the provider's fault here, not the message's. */
async function ofAnswer<T>(read: () => Promise<T>): Promise<T> {
  try {
    return await read()
  } catch (thrown) {
    const error = toGatewayError(thrown)
    if (error.code !== 'HG_INPUT') throw error
    throw new GatewayError('HG_RESPONSE', `The answer cannot be used as a CCR. ${error.message}`)
  }
}
