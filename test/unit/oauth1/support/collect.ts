import {
  type ProtocolParameters,
  signatureBaseString,
  type SignedRequest,
} from '../../../../src/oauth1/base-string'
import type { FormBody } from '../../../../src/oauth1/form-body'

export async function collectBody(form: FormBody): Promise<Buffer> {
  const chunks: Uint8Array[] = []
  for await (const chunk of form.chunks()) chunks.push(chunk)
  return Buffer.concat(chunks)
}

/** The pieces joined; copied one by one, since a piece is valid only until the next. */
export function wholeBaseString(request: SignedRequest, protocol: ProtocolParameters = {}): string {
  let whole = ''
  for (const piece of signatureBaseString(request, protocol)) {
    whole += typeof piece === 'string' ? piece : Buffer.from(piece).toString('latin1')
  }
  return whole
}
