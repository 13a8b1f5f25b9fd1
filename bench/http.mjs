/**
 * Requests per second against a server on this machine: our client, a bare undici Pool, and the global fetch.
 * `npm run build` first, then `node bench/http.mjs [rounds] [milliseconds per cell]`.
 */
import { ANSWER } from './http/bodies.mjs'
import { ratioOf, startAll, table } from './lib/throughput.mjs'

const IN_FLIGHT = [1, 16, 64]
const BASE = 'undici Pool'
const kinds = { get: `GET, answer ${(ANSWER.length / 1000).toFixed(1)} kB`, post: 'POST, body 10 kB' }

const rounds = Number(process.argv[2] ?? 5)
const milliseconds = Number(process.argv[3] ?? 1000)

const { names, throughput, stop } = await startAll({
  clients: new URL('http/clients.mjs', import.meta.url),
  server: new URL('http/server.mjs', import.meta.url),
})
for (const [kind, title] of Object.entries(kinds)) {
  const columns = []
  for (const inFlight of IN_FLIGHT) columns.push(await throughput(kind, { inFlight, rounds, milliseconds }))
  const cell = (name, at) => {
    const { [name]: own, [BASE]: base } = columns[at]
    return `${own.rate}/s · **${ratioOf(own, base).toFixed(2)}**`
  }
  console.log(`\n${title}; beside undici's Pool\n`)
  console.log(
    table(
      'client',
      IN_FLIGHT.map((n) => `${n} in flight`),
      names,
      cell,
    ),
  )
}
await stop()
