import { html, type Html } from './html'

/** A browser shows this much of a document at ease. */
const SHOWN_BYTES = 200_000

/** A document as it came, or the beginning of it. */
export function recordText(bytes: Buffer): Html {
  const cut = bytes.length > SHOWN_BYTES
  return html`${cut ? html`<p>The beginning of it.</p>` : undefined}
    <pre tabindex="0">${bytes.subarray(0, SHOWN_BYTES).toString()}</pre>`
}

export function recordSize({ length }: Buffer): string {
  if (length < 1000) return `${length} bytes`
  return length < 1_000_000 ? `${(length / 1000).toFixed(1)} kB` : `${(length / 1_000_000).toFixed(1)} MB`
}
