import assert from 'node:assert/strict'
import { drawQr, errorCorrections } from '../../src/qr'

const address = 'https://www.razcode.net/r/ABCD2345'

const MODULE = 4

/** Dark runs of modules, as the SVG writes them: move to the beginning of one, then so many to the right. */
function pixelsOf(svg: string): { width: number; height: number; data: Uint8Array } {
  const side = Number(/viewBox="0 0 (\d+)/.exec(svg)?.[1]) * MODULE
  const data = new Uint8Array(side * side * 4).fill(255)
  let [x, y] = [0, 0]
  for (const [, move, dx, dy, run] of (/stroke="#000000" d="([^"]+)"/.exec(svg)?.[1] ?? '').matchAll(
    /([Mm])(-?[\d.]+) (-?[\d.]+)|h(\d+)/g,
  )) {
    if (move === 'M') [x, y] = [Number(dx), Math.floor(Number(dy))]
    if (move === 'm') [x, y] = [x + Number(dx), y + Number(dy)]
    if (run === undefined) continue
    for (let row = y * MODULE; row < (y + 1) * MODULE; row++) {
      const from = row * side + x * MODULE
      for (let at = from; at < from + Number(run) * MODULE; at++) data.fill(0, at * 4, at * 4 + 3)
    }
    x += Number(run)
  }
  return { width: side, height: side, data }
}

describe('a QR code', () => {
  it('is drawn as SVG, with a quiet zone and nothing from elsewhere', async () => {
    const svg = await drawQr(address, 'svg', 'M')
    assert.equal(typeof svg, 'string')
    assert.match(String(svg), /^<svg[^>]* viewBox="0 0 37 37"/)
    assert.doesNotMatch(String(svg), /<script|href/)
  })

  it('is drawn as PNG', async () => {
    const png = await drawQr(address, 'png', 'M')
    assert.ok(Buffer.isBuffer(png))
    assert.equal(png.toString('latin1', 1, 4), 'PNG')
    // 29 modules and 2 times 4 around them, 8 pixels each
    assert.equal(png.readUInt32BE(16), 37 * 8)
  })

  it('grows with the error correction', async () => {
    const sizes: Record<string, number> = {}
    for (const level of errorCorrections) {
      const png = await drawQr(`${address}?${'x'.repeat(200)}`, 'png', level)
      sizes[level] = Buffer.isBuffer(png) ? png.readUInt32BE(16) : 0
    }
    const { L = 0, M = 0, Q = 0, H = 0 } = sizes
    assert.ok(0 < L && L < M && M < Q && Q < H, JSON.stringify(sizes))
  })

  it('holds the text, as another library reads it', async () => {
    const { default: decodeQR } = await import('qr/decode.js')
    for (const level of errorCorrections) {
      assert.equal(decodeQR(pixelsOf(String(await drawQr(address, 'svg', level)))), address)
    }
  })

  it('holds 2,953 bytes at L and 1,273 at H, and says so beyond', async () => {
    const bytes = (length: number) => 'x'.repeat(length)
    assert.ok(await drawQr(bytes(2953), 'svg', 'L'))
    assert.ok(await drawQr(bytes(1273), 'svg', 'H'))
    for (const [length, level] of [
      [2954, 'L'],
      [1274, 'H'],
    ] as const) {
      await assert.rejects(drawQr(bytes(length), 'svg', level), {
        code: 'HG_TOO_LARGE',
        message: new RegExp(`${length} bytes .* error correction ${level}`),
      })
    }
  })
})
