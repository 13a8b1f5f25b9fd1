import { GatewayError } from './errors'
import { create, toBuffer, toString } from './vendor/qrcode'

/** How much of a code may be lost: about 15, 7, 25 or 30 per cent (ISO/IEC 18004). The usual one first. */
export const errorCorrections = ['M', 'L', 'Q', 'H'] as const
export type ErrorCorrection = (typeof errorCorrections)[number]

export const qrFormats = ['svg', 'png'] as const
export type QrFormat = (typeof qrFormats)[number]

/** What a code can hold at all. */
const MOST_BYTES = 2953

/** Light modules around the code; readers rely on four (ISO/IEC 18004). */
const QUIET_ZONE = 4

/** Pixels of one module: a PNG of a usual address is about 300 pixels wide, and stays sharp when printed small. */
const MODULE_PIXELS = 8

/**
 * Draws text as a QR code: a string of SVG, which fits any size, or a Buffer with a PNG. HG_TOO_LARGE where the text
 * does not fit a code of this error correction (at most 2,953 bytes at L, 1,273 at H).
 */
export async function drawQr(
  text: string,
  format: QrFormat,
  errorCorrection: ErrorCorrection,
): Promise<string | Buffer> {
  const options = { errorCorrectionLevel: errorCorrection, margin: QUIET_ZONE }
  if (!fits(text, options)) {
    const advice =
      Buffer.byteLength(text) > MOST_BYTES ? `None holds more than ${MOST_BYTES}.` : 'Choose a lower one.'
    throw new GatewayError(
      'HG_TOO_LARGE',
      `The address of ${Buffer.byteLength(text)} bytes does not fit a QR code with error correction ${errorCorrection}. ${advice}`,
    )
  }
  return format === 'svg'
    ? toString(text, { ...options, type: 'svg' })
    : toBuffer(text, { ...options, type: 'png', scale: MODULE_PIXELS })
}

/** Longer text is not even tried: that would take as long as drawing it. */
function fits(text: string, options: { errorCorrectionLevel: ErrorCorrection }): boolean {
  if (Buffer.byteLength(text) > MOST_BYTES) return false
  try {
    create(text, options)
    return true
  } catch {
    return false
  }
}
