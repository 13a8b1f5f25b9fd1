/** An address that a browser can be sent back to: an absolute http or https URL in plain ASCII. */
export function isCallback(address: string): boolean {
  return address.length <= 2000 && /^https?:\/\/[\x21-\x7e]+$/i.test(address) && URL.canParse(address)
}

/** The callback with parameters added; its own query stays as it is (RFC 5849 section 2.2). */
export function withParameters(callback: string, parameters: Record<string, string>): string {
  const [, address = '', fragment = ''] = /^([^#]*)(.*)$/.exec(callback) ?? []
  const separator = !address.includes('?') ? '?' : /[?&]$/.test(address) ? '' : '&'
  return `${address}${separator}${new URLSearchParams(parameters).toString()}${fragment}`
}
