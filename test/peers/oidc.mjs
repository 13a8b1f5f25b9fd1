/**
 * A token server that is not ours, as a process of its own: oidc-provider, with clients for each way of client
 * authentication, and one thing that only a good token opens. Tells its addresses and clients to the process that forked
 * it. `/control/expire` makes all tokens worth nothing, `/control/delete?client=` deletes a client.
 */
import { generateKeyPairSync } from 'node:crypto'
import http from 'node:http'
import { Provider } from 'oidc-provider'

/** What oidc-provider keeps: models by name and id. */
const kept = new Map()

class Memory {
  constructor(model) {
    this.model = model
  }

  async find(id) {
    return kept.get(`${this.model} ${id}`)
  }

  async upsert(id, payload) {
    kept.set(`${this.model} ${id}`, payload)
  }

  async destroy(id) {
    kept.delete(`${this.model} ${id}`)
  }
}

const keys = {
  RS384: generateKeyPairSync('rsa', { modulusLength: 2048 }),
  ES384: generateKeyPairSync('ec', { namedCurve: 'secp384r1' }),
}

function client(id, method, more = {}) {
  kept.set(`Client ${id}`, {
    client_id: id,
    token_endpoint_auth_method: method,
    scope: 'system/*.read',
    grant_types: ['client_credentials'],
    redirect_uris: [],
    response_types: [],
    ...more,
  })
  return { clientId: id }
}

function signing(alg) {
  const kid = `key-${alg}`
  const jwk = { ...keys[alg].publicKey.export({ format: 'jwk' }), kid, alg, use: 'sig' }
  const registered = client(`signed-${alg}`, 'private_key_jwt', {
    jwks: { keys: [jwk] },
    token_endpoint_auth_signing_alg: alg,
  })
  const clientSecret = keys[alg].privateKey.export({ type: 'pkcs8', format: 'pem' })
  return { ...registered, clientSecret, keyId: kid }
}

/** With all that a form or a header could get wrong. */
const SECRET = "a+b/c=%d:e&f g~'()*!"

const clients = {
  basic: { ...client('basic', 'client_secret_basic', { client_secret: SECRET }), clientSecret: SECRET },
  body: { ...client('body', 'client_secret_post', { client_secret: SECRET }), clientSecret: SECRET },
  RS384: signing('RS384'),
  ES384: signing('ES384'),
}

const server = http.createServer((request, response) => void answer(request, response))
await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve))
const origin = `http://127.0.0.1:${server.address().port}`

const provider = new Provider(origin, {
  adapter: Memory,
  features: { clientCredentials: { enabled: true }, devInteractions: { enabled: false } },
  scopes: ['system/*.read', 'system/*.write'],
  ttl: { ClientCredentials: 3600 },
  enabledJWA: { clientAuthSigningAlgValues: ['RS384', 'ES384'] },
})
const oidc = provider.callback()

async function answer(request, response) {
  const url = new URL(request.url, origin)
  switch (url.pathname) {
    case '/control/expire':
      for (const name of kept.keys()) if (name.startsWith('ClientCredentials ')) kept.delete(name)
      return response.writeHead(204).end()
    case '/control/delete':
      kept.delete(`Client ${url.searchParams.get('client')}`)
      return response.writeHead(204).end()
    case '/fhir/metadata': {
      const [, token = ''] = (request.headers.authorization ?? '').split('Bearer ')
      const found = token && (await provider.ClientCredentials.find(token))
      response.writeHead(found ? 200 : 401, { 'content-type': 'application/fhir+json' })
      return response.end(
        JSON.stringify({
          resourceType: found ? 'CapabilityStatement' : 'OperationOutcome',
          fhirVersion: '4.0.1',
        }),
      )
    }
    default:
      return oidc(request, response)
  }
}

process.on('disconnect', () => process.exit())
process.send({ origin, openidConfiguration: `${origin}/.well-known/openid-configuration`, clients })
