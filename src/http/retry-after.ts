/**
 * The wait that an answer asks for, in milliseconds (Retry-After, RFC 9110 section 10.2.3): seconds, or a date by the
 * server's own clock, which may be wrong by any amount. A date that has passed is 0; what is neither is undefined.
 */
export function retryAfterMs(headers: Readonly<Record<string, string>>): number | undefined {
  const value = headers['retry-after']?.trim() ?? ''
  if (/^\d+$/.test(value)) return Number(value) * 1000
  const at = httpDate(value)
  return at === undefined ? undefined : Math.max(0, at - (httpDate(headers.date?.trim()) ?? Date.now()))
}

/**
 * Any of the three forms of RFC 9110 section 5.6.7, of which asctime does not say that it is GMT. Date.parse alone
 * takes `-1` and `1.5` for days in 2001.
 */
function httpDate(text = ''): number | undefined {
  if (!/^[a-z]{3,9},? .*\d\d:\d\d:\d\d/i.test(text)) return undefined
  const at = Date.parse(/\d$/.test(text) ? `${text} GMT` : text)
  return Number.isNaN(at) ? undefined : at
}
