import { createHash } from 'node:crypto'

/** The same for the same text, in the form of the live service's ids. @param digits up to 64 */
export function hexId(text: string, digits = 24): string {
  return createHash('sha256').update(text).digest('hex').slice(0, digits)
}
