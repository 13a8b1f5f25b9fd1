/**
 * Reads and creates of a FHIR resource of 2 kB per second, against a server on this machine in a process of its own: our
 * client with a token that it asks for and with a fixed one, undici's Pool with JSON in and out, fhir-kit-client; and in
 * Node-RED our node, and the `http request` node (connections kept) behind a function node that sets the headers.
 * `npm run build` first, then `node bench/fhir.mjs [rounds] [milliseconds per cell]`.
 */
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { createRequire } from 'node:module'
import net from 'node:net'
import { fileURLToPath } from 'node:url'
import { Client } from 'fhir-kit-client'
import { Pool } from 'undici'
import { startNodeRed } from './lib/node-red.mjs'
import { ratioOf, throughput } from './lib/throughput.mjs'

const IN_FLIGHT = [1, 16, 64]
const FHIR = 'application/fhir+json'
const TOKEN = 'a-token-as-long-as-many-are.'.repeat(8)

const PATIENT = {
  resourceType: 'Patient',
  id: 'p1',
  meta: { versionId: '1', lastUpdated: '2026-01-01T00:00:00.000Z' },
  identifier: Array.from({ length: 4 }, (_, at) => ({
    system: `https://example.org/ids/${at}`,
    value: `${at}`.repeat(10),
  })),
  active: true,
  name: [{ use: 'official', family: 'Example', given: ['Anna', 'Maria'] }],
  telecom: Array.from({ length: 6 }, (_, at) => ({
    system: 'phone',
    value: `+44 20 7946 000${at}`,
    use: 'home',
    rank: at + 1,
  })),
  gender: 'female',
  birthDate: '1970-01-01',
  address: Array.from({ length: 5 }, (_, at) => ({
    ...{ use: 'home', type: 'physical', line: [`${at} Example Street`, 'Flat 2'], city: 'London' },
    ...{ postalCode: `N1 ${at}AA`, country: 'GB', period: { start: '2020-01-01', end: '2024-12-31' } },
  })),
}
const ANSWER = Buffer.from(JSON.stringify(PATIENT))
const NEW = { ...PATIENT, id: undefined, meta: undefined }

if (process.argv[2] === 'serve') serve()
else await main(Number(process.argv[2] ?? 5), Number(process.argv[3] ?? 1000))

/** Speaks just enough HTTP/1.1 that it is the clients that are measured: node:http would be the limit of the fastest. */
function serve() {
  const answer = (status, type, body, more = '') =>
    Buffer.from(
      `HTTP/1.1 ${status}\r\ncontent-type: ${type}\r\ndate: Thu, 01 Jan 2026 00:00:00 GMT\r\n${more}` +
        `connection: keep-alive\r\ncontent-length: ${body.length}\r\n\r\n${body}`,
    )
  const configuration = () => ({ token_endpoint: `http://127.0.0.1:${server.address().port}/token` })
  const token = { access_token: TOKEN, token_type: 'Bearer', expires_in: 3600 }
  const answers = {
    read: answer('200 OK', FHIR, ANSWER, 'etag: W/"1"\r\n'),
    create: answer('201 Created', FHIR, ANSWER, 'etag: W/"1"\r\nlocation: /fhir/Patient/p1/_history/1\r\n'),
    token: answer('200 OK', 'application/json', Buffer.from(JSON.stringify(token))),
    refused: answer('401 Unauthorized', FHIR, Buffer.alloc(0)),
  }
  const reply = (head, body) => {
    if (head.startsWith('POST /token ')) return answers.token
    if (head.startsWith('GET /fhir/.well-known/smart-configuration ')) {
      return answer('200 OK', 'application/json', Buffer.from(JSON.stringify(configuration())))
    }
    if (!head.includes(`Bearer ${TOKEN}`)) return answers.refused
    if (head.startsWith('GET ')) return answers.read
    JSON.parse(body)
    return answers.create
  }
  const server = net.createServer((socket) => {
    let held = ''
    socket.setNoDelay(true)
    socket.on('error', () => undefined)
    socket.on('data', (piece) => {
      held += piece.toString('latin1')
      for (;;) {
        const end = held.indexOf('\r\n\r\n')
        if (end < 0) return
        const head = held.slice(0, end)
        const length = Number(/\r\ncontent-length: *(\d+)/i.exec(head)?.[1] ?? 0)
        const next = end + 4 + length
        if (held.length < next) return
        socket.write(reply(head, held.slice(end + 4, next)))
        held = held.slice(next)
      }
    })
  })
  server.listen(0, '127.0.0.1', () => process.send(server.address().port))
  process.once('disconnect', () => process.exit())
}

async function main(rounds, milliseconds) {
  const server = fork(fileURLToPath(import.meta.url), ['serve'])
  const [port] = await once(server, 'message')
  const { clients, close } = await makeClients(`http://127.0.0.1:${port}`)
  const base = clients[0]
  for (const kind of ['read', 'create']) {
    const columns = []
    for (const inFlight of IN_FLIGHT) {
      columns.push(
        await throughput(
          clients.map(({ name, [kind]: send }) => ({ name, send })),
          {},
          { inFlight, rounds, milliseconds },
        ),
      )
    }
    print(
      `${kind}, ${(ANSWER.length / 1000).toFixed(1)} kB; beside undici's Pool`,
      clients,
      columns,
      (own, column) => {
        return `${own.rate}/s · **${ratioOf(own, column[base.name]).toFixed(2)}**`
      },
    )
    for (const ours of clients.filter(({ isOurs }) => isOurs)) {
      const others = clients.filter((client) => !client.isOurs)
      print(`${kind}: ${ours.name} beside the others`, others, columns, (own, column) =>
        ratioOf(column[ours.name], own).toFixed(2),
      )
    }
  }
  await close()
  server.kill()
}

function print(title, clients, columns, cell) {
  console.log(`\n${title}\n\n| client | ${IN_FLIGHT.map((n) => `${n} in flight`).join(' | ')} |`)
  console.log(`|---|${'---|'.repeat(IN_FLIGHT.length)}`)
  for (const { name } of clients) {
    console.log(`| ${name} | ${columns.map((column) => cell(column[name], column)).join(' | ')} |`)
  }
}

async function makeClients(origin) {
  const pool = new Pool(origin, { connections: 64 })
  const authorization = `Bearer ${TOKEN}`
  const viaPool = async (options) => {
    const { statusCode, body } = await pool.request(options)
    if (statusCode > 299) throw new Error(`status ${statusCode}`)
    return body.json()
  }
  const { ours, withoutToken, closeOurs } = ourClients(origin)
  const kit = new Client({ baseUrl: `${origin}/fhir`, bearerToken: TOKEN })
  const nodeRed = await startNodeRed([...coreFlow(origin, authorization), ...ourFlow(origin)], {
    credentials: { account: { apiKeyId: 'id', apiKey: 'secret' } },
    settings: { nodesDir: fileURLToPath(new URL('../dist/nodes', import.meta.url)) },
  })
  const core = nodeRed.through('headers', 'request')
  const node = {
    read: nodeRed.through('our-read', 'our-read'),
    create: nodeRed.through('our-create', 'our-create'),
  }
  const accept = { accept: FHIR, authorization }
  const clients = [
    {
      name: 'undici Pool',
      read: () => viaPool({ path: '/fhir/Patient/p1', method: 'GET', headers: accept }),
      create: () =>
        viaPool({
          ...{ path: '/fhir/Patient', method: 'POST', headers: { ...accept, 'content-type': FHIR } },
          body: JSON.stringify(NEW),
        }),
    },
    { name: 'FhirClient', isOurs: true, ...operationsOf(ours) },
    { name: 'FhirClient, fixed token', ...operationsOf(withoutToken) },
    {
      name: 'fhir-kit-client',
      read: () => kit.read({ resourceType: 'Patient', id: 'p1' }),
      create: () => kit.create({ resourceType: 'Patient', body: NEW }),
    },
    {
      name: 'healthcode-fhir node',
      isOurs: true,
      read: async () => checked(await node.read({ id: 'p1' }), 200),
      create: async () => checked(await node.create({ payload: NEW }), 201),
    },
    {
      name: 'http request node',
      read: async () => checked(await core({ method: 'GET', url: `${origin}/fhir/Patient/p1` }), 200),
      create: async () =>
        checked(await core({ method: 'POST', url: `${origin}/fhir/Patient`, payload: NEW }), 201),
    },
  ]
  const close = async () => {
    await Promise.all([pool.close(), closeOurs(), nodeRed.stop()])
  }
  return { clients, close }
}

function operationsOf(client) {
  return {
    read: () => client.read({ endpoint: 'Patient', id: 'p1' }),
    create: () => client.create({ endpoint: 'Patient', resource: NEW }),
  }
}

function ourClients(origin) {
  const require = createRequire(import.meta.url)
  const { HttpClient } = require('../dist/src/http/client.js')
  const { ClientTokens } = require('../dist/src/oauth2/client-tokens.js')
  const { FhirClient } = require('../dist/src/providers/fhir/client.js')
  const { PlainFhirService } = require('../dist/src/providers/fhir/plain-service.js')
  const options = { proxy: 'none' }
  const clients = [new HttpClient(options), new HttpClient(options)]
  const access = new ClientTokens({
    http: clients[0],
    client: { clientId: 'id', clientSecret: 'secret', authentication: 'basic' },
    address: { get: async () => `${origin}/token`, elsewhere: async () => undefined },
    provider: 'fhir',
  })
  const fixed = { use: (send) => send(`Bearer ${TOKEN}`) }
  const [ours, withoutToken] = [access, fixed].map(
    (one, at) =>
      new FhirClient(new PlainFhirService({ base: `${origin}/fhir`, http: clients[at], access: one })),
  )
  return { ours, withoutToken, closeOurs: () => Promise.all(clients.map((client) => client.close())) }
}

function coreFlow(origin, authorization) {
  const place = { z: 'flow', x: 100, y: 100 }
  const headers = JSON.stringify({ accept: FHIR, authorization, 'content-type': FHIR })
  return [
    { id: 'flow', type: 'tab', label: 'bench' },
    {
      ...{
        id: 'headers',
        ...place,
        type: 'function',
        name: '',
        outputs: 1,
        noerr: 0,
        initialize: '',
        finalize: '',
        libs: [],
      },
      func: `msg.headers = ${headers}; return msg`,
      wires: [['request']],
    },
    {
      ...{
        id: 'request',
        ...place,
        type: 'http request',
        method: 'use',
        ret: 'obj',
        paytoqs: 'ignore',
        url: '',
        tls: '',
      },
      ...{ persist: true, proxy: '', authType: '', senderr: false, headers: [], wires: [[]] },
    },
  ]
}

function ourFlow(origin) {
  const place = { z: 'flow', x: 100, y: 100 }
  const node = { ...place, type: 'healthcode-fhir', account: 'account', endpoint: 'Patient', wires: [[]] }
  return [
    {
      ...{ id: 'account', type: 'healthcode-account', name: '', service: 'fhir', environment: 'custom' },
      ...{ urls: { fhir: `${origin}/fhir` }, authentication: 'basic' },
    },
    { ...node, id: 'our-read', operation: 'read' },
    { ...node, id: 'our-create', operation: 'create' },
  ]
}

function checked({ statusCode, payload }, wanted) {
  if (statusCode !== wanted || payload.resourceType !== 'Patient') throw new Error(`status ${statusCode}`)
  return payload
}
