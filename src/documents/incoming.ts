import { GatewayError, toGatewayError } from '../errors'
import { assertCcr } from './ccr/well-formed'
import { documentText } from './outgoing'

/**
 * The CCR that a provider answered with, as text. HG_RESPONSE: empty, not well-formed, with a DOCTYPE, nested too
 * deep, of another encoding than it declares, or no CCR.
 */
export async function incomingCcr(body: Uint8Array): Promise<string> {
  try {
    const text = documentText(body)
    if (text.trim() === '') throw new GatewayError('HG_RESPONSE', 'It is empty.')
    await assertCcr(text)
    return text
  } catch (thrown) {
    const error = toGatewayError(thrown)
    if (error.code !== 'HG_INPUT' && error.code !== 'HG_RESPONSE') throw error
    throw new GatewayError('HG_RESPONSE', `The answer cannot be used as a CCR. ${error.message}`)
  }
}
