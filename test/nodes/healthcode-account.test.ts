import assert from 'node:assert/strict'
import { generateKeyPairSync } from 'node:crypto'
import helper from 'node-red-node-test-helper'
import type { Healthcode } from '../../nodes/healthcode-account/healthcode-account'
import type { AccountNode } from '../../nodes/kit/account'
import { startSandbox, type Sandbox } from '../../src/sandbox/sandbox'
import { failing } from '../support/failing'
import { startProxy } from '../support/proxy'
import { Flow, sandbox, type Config } from './support/flow'

const practitioners = 'search_practitioner_endpoint'

interface Answer {
  ok: boolean
  code?: string
  message?: string
  works?: string
  endpoints?: string[]
}

describe('healthcode-account', () => {
  let provider: Sandbox
  let flow: Flow

  beforeEach(async () => {
    provider = await startSandbox()
  })
  afterEach(async () => {
    await flow.stop()
    await provider.close()
  })

  const start = async (
    account: Partial<Config>,
    credentials: Record<string, string> = {},
    ...more: Config[]
  ) => {
    flow = await Flow.start([{ id: 'account', type: 'healthcode-account', ...account }, ...more], {
      credentials: Object.fromEntries(
        ['account', ...more.map(({ id }) => id)].map((id) => [id, credentials]),
      ),
    })
  }
  const opened = async (id = 'account') => {
    const node = helper.getNode(id) as unknown as AccountNode<Healthcode>
    return (await node.account.open()).client
  }
  const custom = (more: Partial<Config> = {}): Partial<Config> => ({
    ...{ environment: 'custom', urls: provider.urls.healthcode, siteId: provider.demo.healthcode.siteId },
    ...more,
  })
  const right = () => {
    const { apiKeyId, apiKey } = provider.demo.healthcode
    return { apiKeyId, apiKey }
  }
  const search = async (client: Healthcode) => {
    const request = { operation: 'search', method: 'GET', endpoint: practitioners } as const
    return (await client.service.send(request)).statusCode
  }
  const call = async (what: string, form: object = {}) => {
    return (await flow.editorPosts(`healthcode-account/account/${what}`, form)) as Answer
  }
  const tested = (config: Partial<Config>, credentials: Record<string, string> = {}) =>
    call('test', { config, credentials })

  describe('works', () => {
    it('in the sandbox without key and site id, by key and by signed assertion', async () => {
      await start({}, {}, { id: 'signed', type: 'healthcode-account', authentication: 'privateKeyJwt' })
      for (const id of ['account', 'signed']) assert.equal(await search(await opened(id)), 200)
    })

    it('with addresses, key, site and version of its own', async () => {
      await start(custom({ apiVersion: 1 }), right())
      const client = await opened()
      assert.equal(client.service.provider, 'healthcode')
      assert.equal(await search(client), 200)
    })

    it('with the key in the form, and with a private key that has lost its line breaks', async () => {
      const { apiKeyId, privateKey, keyId } = provider.demo.healthcode.privateKey
      await start(custom({ authentication: 'body' }), right())
      assert.equal(await search(await opened()), 200)
      await flow.stop()
      const credentials = { apiKeyId, apiKey: privateKey.replaceAll('\n', '') }
      await start(custom({ authentication: 'privateKeyJwt', keyId, scope: 'system/*.read' }), credentials)
      assert.equal(await search(await opened()), 200)
    })

    it('as the client of any FHIR R4 server, in the sandbox and at an address of its own, without a token', async () => {
      const plain = { environment: 'custom', urls: { fhir: provider.urls.fhir.base } }
      await start({ service: 'fhir' }, {}, { id: 'own', type: 'healthcode-account', ...plain })
      for (const id of ['account', 'own']) {
        const { service, fhir } = await opened(id)
        assert.equal(service.provider, 'fhir')
        const { resource } = await fhir.create({ endpoint: 'Patient', resource: { resourceType: 'Patient' } })
        assert.equal(resource?.['resourceType'], 'Patient')
        assert.ok((await service.endpoints()).includes('Observation'))
      }
    })

    it('at a FHIR R4 server with a token, by its SMART configuration or an OpenID configuration', async () => {
      const fhir = provider.urls.fhir.base
      const { openidConfiguration } = provider.urls.healthcode
      for (const urls of [{ fhir }, { fhir, openidConfiguration }]) {
        await start({ environment: 'custom', service: 'fhir', urls }, right())
        const client = await opened()
        await client.signOn()
        assert.ok((await client.service.endpoints()).includes('Patient'))
        await flow.stop()
      }
      await start(
        { environment: 'custom', service: 'fhir', urls: { fhir } },
        { ...right(), apiKey: 'wrong-key' },
      )
      await failing((await opened()).signOn(), 'HG_AUTH')
    })

    it('at a FHIR R4 server without a token where the authentication is none, whatever is entered', async () => {
      const urls = { fhir: provider.urls.fhir.base }
      const config = { environment: 'custom', service: 'fhir', urls, authentication: 'none' }
      await start(config, { apiKeyId: 'left', apiKey: 'over' })
      const client = await opened()
      await client.signOn()
      assert.ok((await client.service.endpoints()).includes('Patient'))
    })
  })

  it('asks for the published documents, live and in the user acceptance tests, through the proxy', async () => {
    const proxy = await startProxy({ connectStatus: 403 })
    try {
      const { discovery } = provider.urls.healthcode
      const accounts: [string, object, string][] = [
        ['live', {}, 'The discovery document'],
        ['uat', {}, 'The discovery document'],
        // An empty address keeps its live value.
        ['custom', { discovery }, 'The API key'],
      ]
      for (const [environment, urls, part] of accounts) {
        const config = { environment, urls, siteId: 'HC1', proxy: 'proxy', timeout: 5 }
        await start(config, right(), { id: 'proxy', type: 'http proxy', url: proxy.url, noproxy: [] })
        await failing(search(await opened()), 'HG_UNAVAILABLE')
        const { message = '' } = await tested(config, right())
        assert.ok(message.startsWith(`${part} does not work: `), message)
        await flow.stop()
      }
    } finally {
      await proxy.close()
    }
    assert.deepEqual(
      [...new Set(proxy.connects)],
      ['api.healthcode.co.uk:443', 'api.uat.healthcode.co.uk:443', 'auth.healthcode.co.uk:443'],
    )
    assert.ok(proxy.requests.every((url) => url === provider.urls.healthcode.discovery))
  })

  it('opens no store, since it keeps nothing of people', async () => {
    await start({ ...custom(), store: 'of another flow' }, right())
    assert.equal(await search(await opened()), 200)
  })

  it('shares no token with another account of the same key', async () => {
    await start(custom(), right(), { id: 'other', type: 'healthcode-account', ...custom() })
    const [one, other] = [await opened(), await opened('other')]
    assert.deepEqual([await search(one), await search(other)], [200, 200])
    provider.misbehave({ endpoint: 'healthcode.token', do: 'status', code: 500 })
    await flow.close('account')
    assert.equal(await search(other), 200)
    await failing(search(one), 'HG_CLOSED')
  })

  it('goes on with the last good copies after a deploy too, and none of them serves another account or the button', async () => {
    await start(custom(), right())
    assert.equal(await search(await opened()), 200)
    await flow.stop()
    for (const name of ['discovery', 'openidConfiguration']) {
      provider.misbehave({ endpoint: `healthcode.${name}`, do: 'drop' })
    }
    await start(custom(), right(), { id: 'other', type: 'healthcode-account', ...custom() })
    assert.equal(await search(await opened()), 200)
    await failing(search(await opened('other')), 'HG_UNAVAILABLE')
    assert.equal((await tested(custom(), right())).code, 'HG_UNAVAILABLE')
  })

  describe('is tested by its button', () => {
    it('with what is entered and with what is stored', async () => {
      await start(custom(), right())
      const works = { ok: true, works: 'healthcode-account.works' }
      assert.deepEqual(await tested(custom(), right()), works)
      assert.deepEqual(await tested(custom(), { ...right(), apiKey: '__PWRD__' }), works)
    })

    it('and says which of discovery document, key and site does not work', async () => {
      await start(custom(), right())
      const { otherSite } = provider.demo.healthcode
      const lines = [
        await tested(
          custom({ urls: { ...provider.urls.healthcode, discovery: `${provider.url}/nothing` } }),
          right(),
        ),
        await tested(custom(), { ...right(), apiKey: 'wrong-key' }),
        await tested(custom({ siteId: otherSite.siteId }), right()),
        await tested(custom({ siteId: '' }), right()),
      ]
      const found = lines.map(({ code, message = '' }) => [code, /^(.*?) does not work: /.exec(message)?.[1]])
      assert.deepEqual(found, [
        ['HG_NOT_FOUND', 'The discovery document'],
        ['HG_AUTH', 'The API key'],
        ['HG_FORBIDDEN', 'The site'],
        ['HG_CONFIG', 'The site'],
      ])
      assert.doesNotMatch(JSON.stringify(lines) + flow.log(), /wrong-key/)
      for (const { message = '' } of lines) assert.doesNotMatch(message, /\n/)
    })

    it('at a FHIR R4 server too, with its token', async () => {
      const config = { environment: 'custom', service: 'fhir', urls: { fhir: provider.urls.fhir.base } }
      await start(config)
      assert.deepEqual(await tested(config), { ok: true, works: 'healthcode-account.serverWorks' })
      assert.equal((await tested(config, { ...right(), apiKey: 'wrong-key' })).code, 'HG_AUTH')
      const nowhere = { ...config, urls: { fhir: `${provider.url}/nothing` } }
      assert.equal((await tested(nowhere)).code, 'HG_NOT_FOUND')
    })
  })

  it('gives the dialogs the endpoints that there are, and says why not', async () => {
    await start(custom(), right())
    const { endpoints } = await call('endpoints')
    assert.ok(endpoints?.includes('find_member_endpoint'))
    await flow.stop()
    await start(custom({ urls: { discovery: 'http://127.0.0.1:1/' } }), right())
    assert.deepEqual((await call('endpoints')).code, 'HG_UNAVAILABLE')
  })

  describe('says HG_CONFIG', () => {
    const wrong: [string, Partial<Config>, Record<string, string>, RegExp][] = [
      ['without a key', { environment: 'live', siteId: 'HC1' }, { apiKeyId: 'id' }, /no api key/],
      ['for an environment that there is not', { environment: 'test' }, {}, /sandbox, uat, live or custom/],
      ['for a service that there is not', { service: 'other' }, {}, /service of the account/],
      [
        'for an authentication that there is not',
        { environment: 'live', authentication: 'mac' },
        { apiKeyId: 'id', apiKey: 'key' },
        /authentication of the account/,
      ],
      [
        'for no authentication at Healthcode',
        { authentication: 'none' },
        {},
        /authentication of the account/,
      ],
      [
        'without the address of the FHIR server',
        { environment: 'live', service: 'fhir' },
        {},
        /address of the FHIR/,
      ],
      [
        'for half a key at a FHIR server',
        { environment: 'custom', urls: { fhir: 'https://fhir.example.org' } },
        { apiKeyId: 'id' },
        /no api key/,
      ],
    ]
    for (const [what, config, credentials, sentence] of wrong) {
      it(what, async () => {
        await start(config, credentials)
        assert.match((await failing(opened(), 'HG_CONFIG')).message, sentence)
      })
    }

    it('for a private key that is none, without a word of it', async () => {
      const { privateKey } = generateKeyPairSync('ed25519')
      const pem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()
      for (const apiKey of ['no-key-at-all', pem]) {
        await start(custom({ authentication: 'privateKeyJwt' }), { ...right(), apiKey })
        const { message } = await failing(search(await opened()), 'HG_CONFIG')
        assert.match(message, /private key of the account/)
        assert.ok(!message.includes(apiKey.split('\n')[1] ?? apiKey))
        await flow.stop()
      }
    })

    it('for a host that is not allowed, until it is', async () => {
      const moved = await startSandbox()
      try {
        const { body } = await fetchDocument(moved)
        provider.healthcode.publish('discovery', { [practitioners]: body[practitioners] })
        await start(custom(), right())
        await failing(search(await opened()), 'HG_CONFIG')
        await flow.stop()
        await start(custom({ allowedHosts: `a.example, ${new URL(moved.url).host}` }), right())
        // Another sandbox does not know the token: it was sent.
        assert.equal(await search(await opened()), 401)
      } finally {
        await moved.close()
      }
    })
    const fetchDocument = async ({ urls }: Sandbox) => {
      const response = await fetch(urls.healthcode.discovery)
      return { body: (await response.json()) as Record<string, string> }
    }
  })

  it('never logs a token, nor shows one', async () => {
    await start({})
    const client = await opened()
    await search(client)
    assert.doesNotMatch(flow.log(), /Bearer|access_token/)
    assert.equal((await sandbox()).demo.healthcode.siteId, 'HC10001')
  })
})
