import { createHash } from 'node:crypto'
import type { Reply } from '../call'
import { html } from '../html'

const COLUMNS = 10
const ROWS = 5
const SIDE = 24

const colours = ['#00a3c7', '#c8217f', '#e8c400', '#1d1d1b']

/**
 * A picture for `raz_image`. The live service made JPEG images of Microsoft Tags, which no telephone reads since
 * Microsoft ended that service in August 2015. This one looks like a Tag, cannot be scanned, and has the code in
 * letters below, in SVG.
 */
export function razcodeImage(razId: string): Reply {
  const bits = createHash('sha512').update(razId).digest()
  const cells = Array.from({ length: COLUMNS * ROWS }, (_, at) => {
    const x = (at % COLUMNS) * SIDE
    const y = Math.floor(at / COLUMNS) * SIDE
    const colour = colours[(bits[at] ?? 0) % colours.length]
    return html`<path d="M${x + 2} ${y + 2}h${SIDE - 4}l${2 - SIDE / 2} ${SIDE - 4}z" fill="${colour}" />`
  })
  const [width, height] = [COLUMNS * SIDE + 40, ROWS * SIDE + 90]
  const { markup } = html`<svg
    xmlns="http://www.w3.org/2000/svg"
    width="${width}"
    height="${height}"
    viewBox="-20 -20 ${width} ${height}"
    role="img"
    aria-label="RAZCODE ${razId}"
  >
    <rect x="-20" y="-20" width="${width}" height="${height}" fill="#fff" />
    ${cells}
    <text
      x="${(COLUMNS * SIDE) / 2}"
      y="${ROWS * SIDE + 36}"
      text-anchor="middle"
      font-family="ui-monospace, monospace"
      font-size="26"
      font-weight="600"
    >
      ${razId}
    </text>
  </svg>`
  return { status: 200, headers: { 'content-type': 'image/svg+xml; charset=utf-8' }, body: markup }
}
