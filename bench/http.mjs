/**
 * Requests per second against a server on this machine: our client, a bare undici Pool, and the global fetch.
 * `npm run build` first, then `node bench/http.mjs [rounds] [milliseconds per cell]`.
 */
import { fork } from 'node:child_process'
import { once } from 'node:events'
import http from 'node:http'
import { fileURLToPath } from 'node:url'
import { Pool } from 'undici'
import { ratioOf, throughput } from './lib/throughput.mjs'

const ANSWER = Buffer.from(
  JSON.stringify({ entries: Array.from({ length: 40 }, (_, id) => ({ id, text: 'x'.repeat(30) })) }),
)
const DOCUMENT = Buffer.alloc(10_000, 'a')
const IN_FLIGHT = [1, 16, 64]

const kinds = {
  [`GET, answer ${(ANSWER.length / 1000).toFixed(1)} kB`]: { method: 'GET' },
  'POST, body 10 kB': { method: 'POST', body: DOCUMENT },
}

if (process.argv[2] === 'serve') serve()
else await main(Number(process.argv[2] ?? 5), Number(process.argv[3] ?? 1000))

function serve() {
  const server = http.createServer((request, response) => {
    request.resume().on('end', () => {
      response.setHeader('content-type', 'application/json')
      response.end(ANSWER)
    })
  })
  server.listen(0, '127.0.0.1', () => process.send(server.address().port))
}

async function main(rounds, milliseconds) {
  const server = fork(fileURLToPath(import.meta.url), ['serve'])
  const [port] = await once(server, 'message')
  const clients = await makeClients(`http://127.0.0.1:${port}`)
  for (const [kind, options] of Object.entries(kinds)) {
    console.log(`\n${kind}\n\n| client | ${IN_FLIGHT.map((n) => `${n} in flight`).join(' | ')} |`)
    console.log(`|---|${'---|'.repeat(IN_FLIGHT.length)}`)
    const columns = []
    for (const inFlight of IN_FLIGHT)
      columns.push(await measure(clients, options, inFlight, rounds, milliseconds))
    for (const { name } of clients)
      console.log(`| ${name} | ${columns.map((column) => column[name]).join(' | ')} |`)
  }
  for (const { close } of clients) await close()
  server.kill()
}

async function makeClients(origin) {
  const { HttpClient } = await import('../dist/src/http/client.js')
  const pool = new Pool(origin, { connections: 64 })
  const ours = new HttpClient({ proxy: 'none' })
  return [
    {
      name: 'undici Pool',
      send: async (options) => (await pool.request({ path: '/', ...options })).body.arrayBuffer(),
      close: () => pool.close(),
    },
    {
      name: 'HttpClient',
      send: async (options) => (await ours.request({ url: `${origin}/`, ...options })).body,
      close: () => ours.close(),
    },
    {
      name: 'global fetch',
      send: async (options) => (await fetch(`${origin}/`, options)).arrayBuffer(),
      close: async () => undefined,
    },
  ]
}

/** One cell a client: requests per second and the ratio to the Pool. */
async function measure(clients, options, inFlight, rounds, milliseconds) {
  const results = await throughput(clients, options, { inFlight, rounds, milliseconds })
  const base = results['undici Pool']
  return Object.fromEntries(
    Object.entries(results).map(([name, own]) => [
      name,
      `${own.rate}/s · **${ratioOf(own, base).toFixed(2)}**`,
    ]),
  )
}
