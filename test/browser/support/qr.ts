import type { Locator } from 'playwright-core'

/** What a telephone's camera would read in a QR code as the browser draws it. */
export async function readQr(code: Locator): Promise<string> {
  const png = await code.screenshot()
  const image = await code.page().evaluate(async (base64) => {
    const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0))
    const bitmap = await createImageBitmap(new Blob([bytes]))
    const { width, height } = bitmap
    const context = new OffscreenCanvas(width, height).getContext('2d')
    if (!context) throw new Error('The browser draws no pictures')
    context.drawImage(bitmap, 0, 0)
    return { width, height, data: Array.from(context.getImageData(0, 0, width, height).data) }
  }, png.toString('base64'))
  const { default: decodeQR } = await import('qr/decode.js')
  return decodeQR({ ...image, data: Uint8Array.from(image.data) })
}
