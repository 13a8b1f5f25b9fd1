import assert from 'node:assert/strict'
import net, { type AddressInfo } from 'node:net'
import tls from 'node:tls'
import { HttpClient } from '../../../src/http/client'
import type { TlsOptions } from '../../../src/http/types'
import {
  makeAuthority,
  makeClientCertificate,
  makeServerCertificate,
  type Certificate,
} from '../../support/certificates'
import { failing } from '../../support/failing'
import { startFaultyServer, type FaultyServer } from '../../support/faulty-server'

const DAY = 24 * 3600 * 1000

describe('HttpClient: TLS', () => {
  let authority: Certificate
  let clientCertificate: Certificate
  let server: FaultyServer
  let mutual: FaultyServer
  const clients: HttpClient[] = []

  const clientWith = (options?: TlsOptions) => {
    const client = new HttpClient({ proxy: 'none', tls: options })
    clients.push(client)
    return client
  }

  const post = (options: TlsOptions | undefined, url: string) =>
    clientWith(options).request({ method: 'POST', url, body: 'document' })

  before(async () => {
    authority = await makeAuthority()
    clientCertificate = await makeClientCertificate(authority)
    const certificate = await makeServerCertificate({ authority })
    server = await startFaultyServer(
      {
        '/tls': (request, response) => {
          assert.ok(request.socket instanceof tls.TLSSocket)
          const { servername, alpnProtocol: alpn } = request.socket
          response.end(JSON.stringify({ servername, alpn }))
        },
      },
      { ...certificate, ALPNProtocols: ['h2', 'http/1.1', 'special'] },
    )
    mutual = await startFaultyServer(
      {
        '/who': (request, response) => {
          assert.ok(request.socket instanceof tls.TLSSocket)
          response.end(request.socket.getPeerCertificate().subject.CN)
        },
      },
      { ...certificate, ca: authority.cert, requestCert: true, rejectUnauthorized: true },
    )
  })

  afterEach(() => Promise.all(clients.splice(0).map((client) => client.close())))

  after(async () => {
    await server.close()
    await mutual.close()
  })

  it('a server of our own authority is trusted with its CA', async () => {
    const response = await post({ ca: authority.cert }, `${server.url}/ok`)
    assert.equal(response.body.toString(), 'ok')
  })

  it('and not without: HG_UNAVAILABLE, not tried again, and the sentence says what to add', async () => {
    const error = await failing(post(undefined, `${server.url}/ok?patient=Jane`), 'HG_UNAVAILABLE')
    assert.match(
      error.message,
      /^The certificate of 127\.0\.0\.1:\d+ is not trusted \(\w+\)\. .* add its CA in a TLS/,
    )
    assert.doesNotMatch(error.message, /Jane/)
    assert.equal(error.cause.retryable, false)
    assert.deepEqual(error.cause.detail, {
      reason: 'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
      arrived: 'no',
      attempts: 1,
    })
  })

  it('checking can be switched off by the options, and by nothing else', async () => {
    const response = await post({ rejectUnauthorized: false }, `${server.url}/ok`)
    assert.equal(response.statusCode, 200)
    const before = process.env.NODE_TLS_REJECT_UNAUTHORIZED
    process.env.NODE_TLS_REJECT_UNAUTHORIZED = '0'
    try {
      await failing(post({}, `${server.url}/ok`), 'HG_UNAVAILABLE')
    } finally {
      if (before === undefined) delete process.env.NODE_TLS_REJECT_UNAUTHORIZED
      else process.env.NODE_TLS_REJECT_UNAUTHORIZED = before
    }
  })

  for (const [what, options, sentence, reason] of [
    ['for another name', { names: ['other.example'] }, /is for another name/, 'ERR_TLS_CERT_ALTNAME_INVALID'],
    [
      'that has expired',
      { notBefore: new Date(Date.now() - 9 * DAY), notAfter: new Date(Date.now() - DAY) },
      /has expired/,
      'CERT_HAS_EXPIRED',
    ],
    [
      'that is not valid yet',
      { notBefore: new Date(Date.now() + 9 * DAY), notAfter: new Date(Date.now() + 19 * DAY) },
      /is not valid yet\. Check this machine's clock/,
      'CERT_NOT_YET_VALID',
    ],
  ] as const) {
    it(`a certificate ${what} is HG_UNAVAILABLE, once`, async () => {
      const names = 'names' in options ? [...options.names] : undefined
      const odd = await startFaultyServer({}, await makeServerCertificate({ authority, ...options, names }))
      const error = await failing(post({ ca: authority.cert }, `${odd.url}/ok`), 'HG_UNAVAILABLE')
      await odd.close()
      assert.match(error.message, sentence)
      assert.deepEqual(error.cause.detail, { reason, arrived: 'no', attempts: 1 })
    })
  }

  it('the server name of the options is sent and checked', async () => {
    const response = await post({ ca: authority.cert, servername: 'localhost' }, `${server.url}/tls`)
    assert.deepEqual(JSON.parse(response.body.toString()), { servername: 'localhost', alpn: 'http/1.1' })
    const wrong = post({ ca: authority.cert, servername: 'other.example' }, `${server.url}/tls`)
    assert.match((await failing(wrong, 'HG_UNAVAILABLE')).message, /is for another name/)
  })

  it('HTTP/2 is never agreed on, other protocols as the options say', async () => {
    const options = { ca: authority.cert, ALPNProtocols: ['h2', 'special'] }
    const response = await post(options, `${server.url}/tls`)
    assert.match(response.body.toString(), /"alpn":"special"/)
  })

  describe('client certificates', () => {
    it('are sent', async () => {
      const options = { ca: authority.cert, cert: clientCertificate.cert, key: clientCertificate.key }
      const response = await post(options, `${mutual.url}/who`)
      assert.equal(response.body.toString(), 'Test client')
    })

    it('may have a key with a passphrase', async () => {
      const locked = await makeClientCertificate(authority, 'open sesame')
      const options = { ca: authority.cert, cert: locked.cert, key: locked.key }
      assert.match(locked.key, /ENCRYPTED/)
      const response = await post({ ...options, passphrase: 'open sesame' }, `${mutual.url}/who`)
      assert.equal(response.statusCode, 200)
      const error = await failing(post({ ...options, passphrase: 'wrong' }, `${mutual.url}/who`), 'HG_CONFIG')
      assert.match(
        error.message,
        /^The TLS configuration cannot be used \(.*\)\. Check its certificate, key, CA and/,
      )
      assert.doesNotMatch(error.message, /wrong|sesame/)
    })

    for (const [what, certificate] of [
      ['missing', () => Promise.resolve(undefined)],
      ['of a stranger', async () => makeClientCertificate(await makeAuthority('Stranger'))],
    ] as const) {
      it(`that are ${what} let nothing through`, async () => {
        const { cert, key } = (await certificate()) ?? {}
        await failing(post({ ca: authority.cert, cert, key }, `${mutual.url}/ok`), 'HG_UNAVAILABLE')
        assert.equal(mutual.count('/ok'), 0)
      })
    }

    for (const [alert, number] of [
      ['BAD_CERTIFICATE', 42],
      ['UNKNOWN_CA', 48],
      ['CERTIFICATE_REQUIRED', 116],
    ] as const) {
      it(`that are refused with the alert ${alert} surely let nothing arrive, and are not tried again`, async () => {
        const error = await failing(withAlert(number), 'HG_UNAVAILABLE')
        assert.match(
          error.message,
          /does not accept our client certificate\. Check certificate and key in the TLS/,
        )
        assert.deepEqual(error.cause, {
          retryable: false,
          detail: { reason: `ERR_SSL_ALERT_${alert}`, arrived: 'no', attempts: 1 },
        })
      })
    }
  })

  it('another alert is not tried again either', async () => {
    const error = await failing(withAlert(40), 'HG_UNAVAILABLE')
    assert.match(error.message, /^No secure connection to .* \(ERR_SSL_ALERT_HANDSHAKE_FAILURE\)/)
    assert.equal(error.cause.retryable, false)
  })

  /** A request to a server whose handshake ends with an alert (RFC 8446 section 6): record 21, fatal. */
  async function withAlert(number: number): Promise<unknown> {
    const server = net.createServer((socket) => {
      socket.on('error', () => undefined)
      socket.once('data', () => socket.end(Buffer.from([21, 3, 3, 0, 2, 2, number])))
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const url = `https://127.0.0.1:${(server.address() as AddressInfo).port}/`
    return post({}, url).finally(() => server.close())
  }

  for (const [what, options] of [
    ['a certificate that is none', { cert: 'nonsense', key: 'nonsense' }],
    ['a PFX that is none', { pfx: Buffer.from('nonsense') }],
  ] as const) {
    it(`${what} is HG_CONFIG`, async () => {
      const error = await failing(post(options, `${server.url}/ok`), 'HG_CONFIG')
      assert.match(error.message, /The TLS configuration cannot be used/)
      assert.equal(error.cause.retryable, false)
    })
  }

  it('http and https mixed up is HG_UNAVAILABLE', async () => {
    const plain = await startFaultyServer()
    const error = await failing(post({}, `${plain.url.replace('http', 'https')}/ok`), 'HG_UNAVAILABLE')
    assert.match(
      error.message,
      /^No secure connection to 127\.0\.0\.1:\d+ \(ERR_SSL_WRONG_VERSION_NUMBER\)\. Check http/,
    )
    assert.equal(plain.hits.length, 0)
    await plain.close()
    const other = await failing(post({}, `${server.url.replace('https', 'http')}/ok`), 'HG_UNAVAILABLE')
    assert.match(other.message, /closed the connection without an answer/)
  })

  it('a handshake that the network breaks off is tried again', async () => {
    let connections = 0
    const abrupt = net.createServer((socket) => {
      connections++
      socket.on('error', () => undefined).once('data', () => socket.resetAndDestroy())
    })
    await new Promise<void>((resolve) => abrupt.listen(0, '127.0.0.1', resolve))
    const request = post({}, `https://127.0.0.1:${(abrupt.address() as AddressInfo).port}/`)
    const error = await failing(request, 'HG_UNAVAILABLE').finally(() => abrupt.close())
    assert.match(error.message, /did not finish the TLS handshake \(ECONNRESET\)\. Try again later/)
    assert.deepEqual(error.cause.detail, { reason: 'ECONNRESET', arrived: 'no', attempts: 3 })
    assert.equal(error.cause.retryable, true)
    assert.equal(connections, 3)
  })

  it('what goes wrong in TLS after the handshake is told, and not as a connection that was closed', async () => {
    // between the two: once the request is there, a record that nobody encrypted, and the end
    const middle = net.createServer((near) => {
      const far = net.connect(Number(new URL(server.url).port), '127.0.0.1')
      for (const socket of [near, far]) socket.on('error', () => undefined)
      near.pipe(far)
      far.pipe(near, { end: false })
      near.on('close', () => far.destroy())
      const watch = setInterval(() => {
        if (server.count('/hang') === 0) return
        clearInterval(watch)
        near.end(Buffer.from([23, 3, 3, 0, 24, ...Buffer.alloc(24, 7)]))
      }, 5)
    })
    await new Promise<void>((resolve) => middle.listen(0, '127.0.0.1', resolve))
    const url = `https://127.0.0.1:${(middle.address() as AddressInfo).port}/hang`
    const error = await failing(post({ ca: authority.cert }, url), 'HG_UNAVAILABLE').finally(() =>
      middle.close(),
    )
    assert.deepEqual(error.cause.detail, {
      reason: 'ERR_SSL_DECRYPTION_FAILED_OR_BAD_RECORD_MAC',
      arrived: 'unknown',
      attempts: 1,
    })
  })

  it('a TLS session is used again for the next connection', async () => {
    const certificate = await makeServerCertificate({ authority })
    let resumed = 0
    const counting = tls.createServer({ ...certificate, maxVersion: 'TLSv1.2' }, (socket) => {
      if (socket.isSessionReused()) resumed++
      socket.on('error', () => undefined)
      socket.once('data', () =>
        socket.end('HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 0\r\n\r\n'),
      )
    })
    await new Promise<void>((resolve) => counting.listen(0, '127.0.0.1', resolve))
    const client = clientWith({ ca: authority.cert })
    const url = `https://localhost:${(counting.address() as AddressInfo).port}/`
    for (let round = 0; round < 3; round++) await client.request({ method: 'GET', url })
    counting.close()
    assert.equal(resumed, 2)
  })
})
