/**
 * Reads and creates of a FHIR resource of 2 kB per second, against a server on this machine: our client with a token that
 * it asks for and with a fixed one, undici's Pool with JSON in and out, fhir-kit-client; bare sockets, as the least
 * that a client does; and in Node-RED our node, and the `http request` node behind a function node that sets the headers.
 * `npm run build` first, then `node bench/fhir.mjs [rounds] [milliseconds per cell]`.
 */
import { PATIENT } from './fhir/patient.mjs'
import { ratioOf, startAll, table } from './lib/throughput.mjs'

const IN_FLIGHT = [1, 16, 64]
const BASE = 'undici Pool'
const OURS = ['FhirClient', 'healthcode-fhir node']

const rounds = Number(process.argv[2] ?? 5)
const milliseconds = Number(process.argv[3] ?? 1000)
const size = (JSON.stringify(PATIENT).length / 1000).toFixed(1)
const headings = IN_FLIGHT.map((n) => `${n} in flight`)

const { names, throughput, stop } = await startAll({
  clients: new URL('fhir/clients.mjs', import.meta.url),
  server: new URL('fhir/server.mjs', import.meta.url),
})
for (const kind of ['read', 'create']) {
  const columns = []
  for (const inFlight of IN_FLIGHT) columns.push(await throughput(kind, { inFlight, rounds, milliseconds }))
  console.log(`\n${kind}, ${size} kB; beside undici's Pool, and the client's processor time for a request\n`)
  console.log(
    table('client', headings, names, (name, at) => {
      const { [name]: own, [BASE]: base } = columns[at]
      return `${own.rate}/s · **${ratioOf(own, base).toFixed(2)}** · ${own.cpu.toFixed(0)} µs`
    }),
  )
  for (const ours of OURS) {
    const others = names.filter((name) => !OURS.includes(name))
    console.log(`\n${kind}: ${ours} beside the others\n`)
    console.log(
      table('client', headings, others, (name, at) =>
        ratioOf(columns[at][ours], columns[at][name]).toFixed(2),
      ),
    )
  }
}
await stop()
