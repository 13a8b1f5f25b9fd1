import { html, type Html } from './html'

/** @param time milliseconds since 1970 */
export function when(time: number): Html {
  const date = new Date(time)
  const shown = date.toLocaleString('en-GB', { dateStyle: 'medium', timeStyle: 'medium' })
  return html`<time datetime="${date.toISOString()}">${shown}</time>`
}
