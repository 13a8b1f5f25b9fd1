import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import http from 'node:http'
import type { AddressInfo } from 'node:net'
import { GatewayError } from '../../../src/errors'
import { HttpClient } from '../../../src/http/client'
import type { StreamBody } from '../../../src/http/types'
import { failing } from '../../support/failing'
import { startFaultyServer, type FaultyServer } from '../../support/faulty-server'

const PIECE = 256 * 1024

/** A body of `pieces` different pieces; tells how many were taken and whether it was closed. */
class Counted implements StreamBody {
  readonly contentLength: number
  taken = 0
  closed = false

  constructor(private readonly pieces: number) {
    this.contentLength = pieces * PIECE
  }

  async *chunks(): AsyncGenerator<Buffer> {
    try {
      for (let index = 0; index < this.pieces; index++) {
        this.taken++
        yield Buffer.alloc(PIECE, `${index}-`)
        await new Promise((resolve) => setImmediate(resolve))
      }
    } finally {
      this.closed = true
    }
  }

  hash(): string {
    const hash = createHash('sha256')
    for (let index = 0; index < this.pieces; index++) hash.update(Buffer.alloc(PIECE, `${index}-`))
    return hash.digest('hex')
  }
}

describe('HttpClient: streamed bodies', () => {
  let server: http.Server
  let url: string
  let faulty: FaultyServer
  let client: HttpClient

  /** Starts to read after a while, then answers with the hash and the length of what came. */
  const READ_AFTER_MS = 300
  let takenBeforeReading = 0
  let body: Counted

  before(async () => {
    client = new HttpClient({ proxy: 'none' })
    faulty = await startFaultyServer()
    server = http.createServer((request, response) => {
      if (request.url === '/early') return void response.writeHead(413).end('too much')
      const hash = createHash('sha256')
      setTimeout(() => {
        takenBeforeReading = body.taken
        request.on('data', (piece: Buffer) => hash.update(piece))
        request.on('end', () => response.end(`${request.headers['content-length']} ${hash.digest('hex')}`))
      }, READ_AFTER_MS)
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  })

  after(async () => {
    await client.close()
    await faulty.close()
    await new Promise((resolve) => server.close(resolve))
  })

  it('128 MiB arrive as they were made, and are not made before the server reads', async () => {
    body = new Counted(512)
    const response = await client.request({ method: 'POST', url: `${url}/hash`, body })
    assert.equal(response.body.toString(), `${body.contentLength} ${body.hash()}`)
    assert.equal(body.taken, 512)
    // what the two socket buffers hold, and no more
    assert.ok(takenBeforeReading < 100, `${takenBeforeReading} pieces were made ahead`)
    assert.ok(body.closed)
  }).timeout(20_000)

  it('an iterable of bytes will do', async () => {
    const chunks = () => ['a', 'b', 'c'].map((letter) => Buffer.from(letter))
    const response = await client.request({
      method: 'PUT',
      url: `${faulty.url}/echo`,
      body: { contentLength: 3, chunks },
    })
    const echo = JSON.parse(response.body.toString()) as { body: string; headers: Record<string, string> }
    assert.equal(Buffer.from(echo.body, 'base64').toString(), 'abc')
    assert.equal(echo.headers['content-length'], '3')
    assert.equal(echo.headers['transfer-encoding'], undefined)
  })

  it('an answer before the end of the body is the answer, and the body is closed', async () => {
    body = new Counted(400)
    const response = await client.request({ method: 'POST', url: `${url}/early`, body })
    assert.equal(response.statusCode, 413)
    await new Promise((resolve) => setTimeout(resolve, 50))
    assert.ok(body.closed)
    assert.ok(body.taken < 400)
  })

  it('an abort closes the body', async () => {
    body = new Counted(400)
    const controller = new AbortController()
    const request = client.request({ method: 'POST', url: `${url}/hash`, body, signal: controller.signal })
    setTimeout(() => controller.abort(), 100)
    await failing(request, 'HG_CLOSED')
    await new Promise((resolve) => setTimeout(resolve, 50))
    assert.ok(body.closed)
  })

  for (const when of ['at once', 'half way'] as const) {
    it(`a GatewayError that the body throws ${when} is the error, and is not tried again`, async () => {
      const thrown = new GatewayError('HG_INPUT', 'The document cannot be used.', { detail: { line: 7 } })
      let readings = 0
      const chunks = function* () {
        readings++
        if (when === 'half way') yield Buffer.from('12345')
        throw thrown
      }
      const request = client.request({
        method: 'PUT',
        url: `${faulty.url}/echo`,
        body: { contentLength: 10, chunks },
      })
      assert.equal(await failing(request, 'HG_INPUT'), thrown)
      assert.equal(readings, 1)
      assert.equal(faulty.count('/broken-body'), 0)
    })
  }

  it('another error of the body does not look like a broken connection', async () => {
    const chunks = (): Buffer[] => {
      throw new TypeError('disk on fire')
    }
    const request = client.request({
      method: 'PUT',
      url: `${faulty.url}/ok`,
      body: { contentLength: 10, chunks },
    })
    assert.match((await failing(request, 'HG_INTERNAL')).message, /disk on fire/)
  })

  for (const [what, contentLength] of [
    ['shorter', 10],
    ['longer', 4],
  ] as const) {
    it(`a body that is ${what} than announced is HG_INPUT`, async () => {
      const before = faulty.hits.length
      const chunks = () => [Buffer.from('123'), Buffer.from('456')]
      const request = client.request({
        method: 'PUT',
        url: `${faulty.url}/ok`,
        body: { contentLength, chunks },
      })
      const error = await failing(request, 'HG_INPUT')
      assert.match(error.message, /has another length than it was announced with/)
      assert.equal(faulty.hits.length, before)
    })
  }
})
