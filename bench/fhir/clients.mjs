import { once } from 'node:events'
import { createRequire } from 'node:module'
import net from 'node:net'
import { fileURLToPath } from 'node:url'
import { startNodeRed } from '../lib/node-red.mjs'
import { FHIR, NEW, TOKEN } from './patient.mjs'

const require = createRequire(import.meta.url)
const authorization = `Bearer ${TOKEN}`

export const clients = {
  'undici Pool': async (origin) => {
    const { Pool } = await import('undici')
    const pool = new Pool(origin, { connections: 64 })
    const send = async (options) => {
      const { statusCode, body } = await pool.request(options)
      if (statusCode > 299) throw new Error(`status ${statusCode}`)
      return body.json()
    }
    const headers = { accept: FHIR, authorization }
    return {
      read: () => send({ path: '/fhir/Patient/p1', method: 'GET', headers }),
      create: () =>
        send({
          path: '/fhir/Patient',
          method: 'POST',
          headers: { ...headers, 'content-type': FHIR },
          body: JSON.stringify(NEW),
        }),
    }
  },

  'bare sockets': async (origin) => {
    const { host, hostname, port } = new URL(origin)
    const head = (line) =>
      `${line} HTTP/1.1\r\nhost: ${host}\r\naccept: ${FHIR}\r\nauthorization: ${authorization}\r\n`
    const exchange = bareSockets(hostname, Number(port))
    return {
      read: () => exchange(`${head('GET /fhir/Patient/p1')}\r\n`),
      create: () => {
        const body = JSON.stringify(NEW)
        const about = `content-type: ${FHIR}\r\ncontent-length: ${body.length}\r\n\r\n`
        return exchange(`${head('POST /fhir/Patient')}${about}${body}`)
      },
    }
  },

  FhirClient: async (origin) => {
    const { ClientTokens } = require('../../dist/src/oauth2/client-tokens.js')
    const http = httpClient()
    const access = new ClientTokens({
      http,
      client: { clientId: 'id', clientSecret: 'secret', authentication: 'basic' },
      address: { get: async () => `${origin}/token`, elsewhere: async () => undefined },
      provider: 'fhir',
    })
    return fhirClient({ origin, http, access })
  },

  'FhirClient, fixed token': async (origin) =>
    fhirClient({ origin, http: httpClient(), access: { use: (send) => send(authorization) } }),

  'fhir-kit-client': async (origin) => {
    const { Client } = await import('fhir-kit-client')
    const kit = new Client({ baseUrl: `${origin}/fhir`, bearerToken: TOKEN })
    return {
      read: () => kit.read({ resourceType: 'Patient', id: 'p1' }),
      create: () => kit.create({ resourceType: 'Patient', body: NEW }),
    }
  },

  'healthcode-fhir node': async (origin) => {
    const { through, stop: close } = await startNodeRed(ourFlow(origin), {
      credentials: { account: { apiKeyId: 'id', apiKey: 'secret' } },
      settings: { nodesDir: fileURLToPath(new URL('../../dist/nodes', import.meta.url)) },
    })
    const [read, create] = ['read', 'create'].map((id) => through(id, id))
    return {
      read: async () => checked(await read({ id: 'p1' }), 200),
      create: async () => checked(await create({ payload: NEW }), 201),
      close,
    }
  },

  'http request node': async (origin) => {
    const { through, stop: close } = await startNodeRed(coreFlow())
    const request = through('headers', 'request')
    return {
      read: async () => checked(await request({ method: 'GET', url: `${origin}/fhir/Patient/p1` }), 200),
      create: async () =>
        checked(await request({ method: 'POST', url: `${origin}/fhir/Patient`, payload: NEW }), 201),
      close,
    }
  },
}

/** The least that a client on Node does: it writes the bytes of a request, and reads and parses those of the answer. */
function bareSockets(host, port) {
  const idle = []
  const connect = async () => {
    const socket = net.connect({ host, port, noDelay: true })
    await once(socket, 'connect')
    return socket
  }
  const answered = (socket) =>
    new Promise((resolve) => {
      let held = ''
      const take = (piece) => {
        held += piece.latin1Slice()
        const end = held.indexOf('\r\n\r\n')
        const length = end < 0 ? 0 : Number(/\r\ncontent-length: (\d+)/.exec(held)[1])
        if (end < 0 || held.length < end + 4 + length) return
        socket.off('data', take)
        resolve(JSON.parse(held.slice(end + 4)))
      }
      socket.on('data', take)
    })
  return async (text) => {
    const socket = idle.pop() ?? (await connect())
    const answer = answered(socket)
    socket.write(text, 'latin1')
    const resource = await answer
    idle.push(socket)
    return resource
  }
}

function httpClient() {
  const { HttpClient } = require('../../dist/src/http/client.js')
  return new HttpClient({ proxy: 'none' })
}

function fhirClient({ origin, http, access }) {
  const { FhirClient } = require('../../dist/src/providers/fhir/client.js')
  const { PlainFhirService } = require('../../dist/src/providers/fhir/plain-service.js')
  const client = new FhirClient(new PlainFhirService({ base: `${origin}/fhir`, http, access }))
  return {
    read: () => client.read({ endpoint: 'Patient', id: 'p1' }),
    create: () => client.create({ endpoint: 'Patient', resource: NEW }),
  }
}

const place = { z: 'flow', x: 100, y: 100 }
const flow = { id: 'flow', type: 'tab', label: 'bench' }

/** Connections are kept, as our node keeps them: without that the core's node makes one for each request. */
function coreFlow() {
  const headers = JSON.stringify({ accept: FHIR, authorization, 'content-type': FHIR })
  return [
    flow,
    {
      ...{ id: 'headers', ...place, type: 'function', name: '', outputs: 1, noerr: 0 },
      ...{ initialize: '', finalize: '', libs: [], wires: [['request']] },
      func: `msg.headers = ${headers}; return msg`,
    },
    {
      ...{ id: 'request', ...place, type: 'http request', method: 'use', ret: 'obj', paytoqs: 'ignore' },
      ...{
        url: '',
        tls: '',
        persist: true,
        proxy: '',
        authType: '',
        senderr: false,
        headers: [],
        wires: [[]],
      },
    },
  ]
}

function ourFlow(origin) {
  const node = { ...place, type: 'healthcode-fhir', account: 'account', endpoint: 'Patient', wires: [[]] }
  return [
    flow,
    {
      ...{ id: 'account', type: 'healthcode-account', name: '', service: 'fhir', environment: 'custom' },
      ...{ urls: { fhir: `${origin}/fhir` }, authentication: 'basic' },
    },
    { ...node, id: 'read', operation: 'read' },
    { ...node, id: 'create', operation: 'create' },
  ]
}

function checked({ statusCode, payload }, wanted) {
  if (statusCode !== wanted || payload.resourceType !== 'Patient') throw new Error(`status ${statusCode}`)
  return payload
}
