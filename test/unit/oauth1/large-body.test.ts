import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import v8 from 'node:v8'
import vm from 'node:vm'
import { HttpClient } from '../../../src/http/client'
import { formBody, type FormBody } from '../../../src/oauth1/form-body'
import { OAuth1Signer } from '../../../src/oauth1/signer'
import { listen } from '../../support/server'

const MB = 1_000_000
const RECORD =
  '<Result><Test><Description><Text>Blutdruck &amp; Puls (größer)</Text></Description><Value>120</Value></Test></Result>\n'

v8.setFlagsFromString('--expose-gc')
const collectGarbage = vm.runInNewContext('gc') as () => void

/** Bytes in use that nothing could free. Twice, because the first collection frees buffers in the background. */
function liveBytes(): number {
  collectGarbage()
  collectGarbage()
  const { heapUsed, external } = process.memoryUsage()
  return heapUsed + external
}

/** Runs the work; tells how far live memory rose above its start, and how many turns the event loop had. */
async function watch<T>(work: () => Promise<T>): Promise<{ result: T; growth: number; turns: number }> {
  const start = liveBytes()
  let highest = start
  let turns = 0
  let running = true
  const turn = () => {
    turns++
    if (turns % 5 === 0) highest = Math.max(highest, liveBytes())
    if (running) setImmediate(turn)
  }
  setImmediate(turn)
  const result = await work().finally(() => {
    running = false
  })
  return { result, growth: Math.max(highest, liveBytes()) - start, turns }
}

describe('a body of 32 MB', () => {
  const text = RECORD.repeat(Math.ceil((32 * MB) / RECORD.length))
  const documents: [string, string | Buffer][] = [
    ['text', text],
    ['bytes', Buffer.from(text)],
  ]
  const signer = new OAuth1Signer({ consumer: { key: 'k', secret: 's' } })

  for (const [kind, document] of documents) {
    it(`of ${kind} is signed in a few hundred KiB, and the event loop goes on`, async () => {
      const form = formBody([['her', document]])
      const request = { method: 'POST', url: 'https://www.razcode.net/gateway/sourcenotification', form }
      const { growth, turns } = await watch(() => signer.authorizationHeader(request))
      assert.ok(growth < 1 * MB, `grew by ${growth} bytes`)
      assert.ok(turns > 5, `only ${turns} turns`)
    }).timeout(60_000)

    it(`of ${kind} is encoded for whoever reads it at once, and the event loop goes on`, async () => {
      const { growth, turns } = await watch(() => expected(formBody([['her', document]])))
      assert.ok(growth < 1 * MB, `grew by ${growth} bytes`)
      assert.ok(turns > 5, `only ${turns} turns`)
    }).timeout(60_000)

    it(`of ${kind} is signed and sent in a few MB, and arrives whole`, async () => {
      const { arrived, received } = receiver()
      const server = await listen(arrived)
      const http = new HttpClient({ proxy: 'none', timeoutMs: 60_000 })
      try {
        const form = formBody([['her', document]])
        const url = `${server.url}/gateway/sourcenotification`
        const { growth, turns } = await watch(() =>
          http.request({
            method: 'POST',
            url,
            headers: { 'content-type': form.contentType },
            body: form,
            authorization: (target) => signer.authorizationHeader({ method: 'POST', url: target, form }),
          }),
        )
        assert.deepEqual(await received, await expected(form))
        assert.ok(growth < 4 * MB, `grew by ${growth} bytes`)
        assert.ok(turns > 5, `only ${turns} turns`)
      } finally {
        await http.close()
        await server.close()
      }
    }).timeout(60_000)
  }

  it('is the same for a reader as encodeURIComponent would make it', async () => {
    const hash = createHash('sha256').update('her=')
    for (let at = 0; at < text.length; at += RECORD.length) {
      hash.update(encodeURIComponent(RECORD).replace(/[()]/g, (c) => (c === '(' ? '%28' : '%29')))
    }
    assert.equal((await expected(formBody([['her', text]]))).sha256, hash.digest('hex'))
  }).timeout(60_000)
})

interface Digest {
  bytes: number
  sha256: string
}

async function expected(form: FormBody): Promise<Digest> {
  const hash = createHash('sha256')
  for await (const chunk of form.chunks()) hash.update(chunk)
  return { bytes: form.contentLength, sha256: hash.digest('hex') }
}

/** Digests a request's body without keeping it. */
function receiver() {
  let tell: (digest: Digest) => void
  const received = new Promise<Digest>((resolve) => {
    tell = resolve
  })
  const arrived: Parameters<typeof listen>[0] = (request, response) => {
    const hash = createHash('sha256')
    let bytes = 0
    request.on('data', (chunk: Buffer) => {
      bytes += chunk.length
      hash.update(chunk)
    })
    request.on('end', () => {
      tell({ bytes, sha256: hash.digest('hex') })
      response.end()
    })
  }
  return { arrived, received }
}
