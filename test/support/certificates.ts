import { generate } from 'selfsigned'

export interface Certificate {
  key: string
  cert: string
}

/** A certificate authority of its own. */
export async function makeAuthority(name = 'Test authority'): Promise<Certificate> {
  return make(name, {
    extensions: [
      { name: 'basicConstraints', cA: true, critical: true },
      { name: 'keyUsage', keyCertSign: true, cRLSign: true, critical: true },
    ],
  })
}

export interface ServerCertificateOptions {
  authority?: Certificate
  /** Default: valid for 127.0.0.1 and localhost. */
  names?: string[]
  notBefore?: Date
  notAfter?: Date
}

/** For a server; without an authority it is self-signed. */
export async function makeServerCertificate(options: ServerCertificateOptions = {}): Promise<Certificate> {
  const names = (options.names ?? ['localhost']).map((value) => ({ type: 2 as const, value }))
  const addresses = options.names ? [] : [{ type: 7 as const, ip: '127.0.0.1' }]
  return make('Test server', {
    ca: options.authority,
    notBeforeDate: options.notBefore,
    notAfterDate: options.notAfter,
    extensions: [
      { name: 'basicConstraints', cA: false },
      { name: 'extKeyUsage', serverAuth: true },
      { name: 'subjectAltName', altNames: [...names, ...addresses] },
    ],
  })
}

export async function makeClientCertificate(
  authority: Certificate,
  passphrase?: string,
): Promise<Certificate> {
  return make('Test client', {
    ca: authority,
    passphrase,
    extensions: [
      { name: 'basicConstraints', cA: false },
      { name: 'extKeyUsage', clientAuth: true },
    ],
  })
}

async function make(commonName: string, options: Parameters<typeof generate>[1]): Promise<Certificate> {
  const made = await generate([{ name: 'commonName', value: commonName }], {
    keyType: 'ec',
    algorithm: 'sha256',
    ...options,
  })
  return { key: made.private, cert: made.cert }
}
