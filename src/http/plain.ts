/** Plain http to another machine: whoever is on the way can read what is sent. */
export function isPlainHttp({ protocol, hostname }: URL): boolean {
  return protocol === 'http:' && !/^(?:(?:.+\.)?localhost|127(?:\.\d+){3}|\[::1\])$/.test(hostname)
}
