import { types } from 'node:util'
import { GatewayError } from '../../errors'
import { MAX_DOCUMENT_BYTES } from '../outgoing'

/**
 * What a flow wants to send, as JavaScript has it: an object as it is, JSON read from a string or a Buffer in UTF-8.
 * Whether it is a resource is looked at elsewhere.
 * @throws GatewayError HG_INPUT for what is no JSON, HG_TOO_LARGE for text over 64 MiB
 */
export function fhirJson(value: unknown): unknown {
  if (typeof value !== 'string' && !types.isUint8Array(value)) return value
  if (Buffer.byteLength(value) > MAX_DOCUMENT_BYTES) {
    throw new GatewayError('HG_TOO_LARGE', 'The resource has more than 64 MiB. Send it in parts.')
  }
  const text = typeof value === 'string' ? value : Buffer.from(value).toString('utf8')
  if (/^\s*</.test(text)) {
    throw new GatewayError(
      'HG_INPUT',
      'The resource is XML. FHIR is sent in JSON here: give an object, or JSON.',
    )
  }
  try {
    return JSON.parse(text.replace(/^\uFEFF/, '')) as unknown
  } catch {
    throw new GatewayError(
      'HG_INPUT',
      'The resource is a text, and that is no JSON. Give an object, or JSON.',
    )
  }
}
