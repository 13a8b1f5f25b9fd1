import type { NodeAPI } from 'node-red'
import { GatewayError } from '../../src/errors'
import type { Http } from '../../src/http/types'
import { clientAuthentications, type ClientCredentials } from '../../src/oauth2/client-credentials'
import { ClientTokens } from '../../src/oauth2/client-tokens'
import { FhirClient } from '../../src/providers/fhir/client'
import { PlainFhirService } from '../../src/providers/fhir/plain-service'
import type { FhirService } from '../../src/providers/fhir/service'
import {
  healthcodeEndpoints,
  healthcodeTrust,
  healthcodeUatEndpoints,
} from '../../src/providers/healthcode/endpoints'
import { HealthcodeService } from '../../src/providers/healthcode/service'
import { TokenEndpoint } from '../../src/providers/token-endpoint'
import { TrustedHosts } from '../../src/providers/trusted-hosts'
import type { LastGood } from '../../src/providers/well-known'
import type { AccountConfig } from '../kit/account'
import { accountNode } from '../kit/account-node'
import { accountOf } from '../kit/action-node'
import { editorCall } from '../kit/editor-call'

/** What the nodes of an account share: the addresses and tokens are asked for once. */
export interface Healthcode {
  fhir: FhirClient
  service: FhirService
  /** Asks for an access token, where the account has credentials. */
  signOn: () => Promise<void>
}

type Name = 'apiKeyId' | 'apiKey'

/** Healthcode's two well-known documents, and the base of another server. */
type Endpoints = Record<'discovery' | 'openidConfiguration' | 'fhir', string>

interface Options {
  credentials: Record<Name, string>
  endpoints: Endpoints
  http: Http
  config: AccountConfig
  lastGood: LastGood
}

const type = 'healthcode-account'

/** What a test has shown to work. */
const shown = {
  server: 'healthcode-account.serverWorks',
  site: 'healthcode-account.works',
  key: 'healthcode-account.keyWorks',
}

export default function (RED: NodeAPI): void {
  accountNode<Name, Endpoints, Healthcode>(RED, {
    type,
    provider: 'healthcode',
    credentials: { apiKeyId: 'text', apiKey: 'password' },
    storeless: true,
    live: { ...healthcodeEndpoints, fhir: '' },
    environments: { uat: { ...healthcodeUatEndpoints, fhir: '' } },
    sandbox({ urls, demo: { healthcode } }, config) {
      if (isPlain(config)) {
        const endpoints = { discovery: '', openidConfiguration: '', fhir: urls.fhir.base }
        return { endpoints, credentials: { apiKeyId: '', apiKey: '' }, connections: [] }
      }
      const { apiKeyId, apiKey, siteId, privateKey } = healthcode
      const isSigned = config.authentication === 'privateKeyJwt'
      return {
        endpoints: { ...urls.healthcode, fhir: '' },
        credentials: isSigned
          ? { apiKeyId: privateKey.apiKeyId, apiKey: privateKey.privateKey }
          : { apiKeyId, apiKey },
        connections: [],
        defaults: { siteId, ...(isSigned ? { keyId: privateKey.keyId } : {}) },
      }
    },
    adjust: (endpoints, config) =>
      isPlain(config)
        ? { ...endpoints, openidConfiguration: ownAddress(config, 'openidConfiguration') }
        : endpoints,
    needsCredentials: (config, entered) =>
      !isPlain(config) || (config.authentication !== 'none' && Object.values(entered).some(Boolean)),
    client: (options) => (isPlain(options.config) ? plain(options) : healthcode(options)),
    async test({ service, signOn }) {
      if (service.provider === 'fhir') await signOn()
      return shown[await service.test()]
    },
  })

  editorCall(RED, `${type}/:id/endpoints`, async (id) => {
    const { client } = await accountOf<Healthcode>(RED, id, type).open()
    return { endpoints: await client.service.endpoints() }
  })
}

/** Any FHIR R4 server, and not Healthcode. */
function isPlain(config: AccountConfig): boolean {
  const { service = 'healthcode', environment } = config
  if (service === 'fhir' || (environment === 'custom' && ownAddress(config, 'fhir') !== '')) return true
  if (service === 'healthcode' || service === '') return false
  throw new GatewayError(
    'HG_CONFIG',
    'The service of the account is not known. Open the account, choose Healthcode or a FHIR R4 server, and deploy.',
  )
}

function ownAddress({ urls, environment }: AccountConfig, key: string): string {
  return environment === 'custom' ? (urls?.[key]?.trim() ?? '') : ''
}

function healthcode({ credentials, endpoints, http, config, lastGood }: Options): Healthcode {
  const service = new HealthcodeService({
    ...{ endpoints, http, lastGood },
    client: clientOf(credentials, config),
    siteId: text(config, 'siteId'),
    apiVersion: text(config, 'apiVersion'),
    trusted: new TrustedHosts({ ...healthcodeTrust(endpoints), allowed: allowedHosts(config) }),
  })
  return { service, fhir: new FhirClient(service), signOn: () => Promise.resolve() }
}

function plain({ credentials, endpoints, http, config, lastGood }: Options): Healthcode {
  const { fhir: base, openidConfiguration } = endpoints
  if (base === '') {
    throw new GatewayError(
      'HG_CONFIG',
      'The account has no address of the FHIR server. Choose custom addresses, enter the base URL of the FHIR server, and deploy.',
    )
  }
  const provider = 'fhir'
  const trusted = new TrustedHosts({
    entered: [base, openidConfiguration],
    allowed: allowedHosts(config),
    // Who has entered an address of plain http has decided that already, for its host.
    plainHttp: true,
  })
  const options = { base, http, trusted }
  if (credentials.apiKeyId === '') {
    const service = new PlainFhirService(options)
    return { service, fhir: new FhirClient(service), signOn: () => Promise.resolve() }
  }
  const document: { kind: 'openid' | 'smart'; url: string } = openidConfiguration
    ? { kind: 'openid', url: openidConfiguration }
    : { kind: 'smart', url: `${base.replace(/\/+$/, '')}/.well-known/smart-configuration` }
  const tokens = new ClientTokens({
    ...{ http, provider },
    client: clientOf(credentials, config),
    address: new TokenEndpoint({ ...document, http, trusted, provider, lastGood }),
  })
  const service = new PlainFhirService({ ...options, access: tokens })
  return { service, fhir: new FhirClient(service), signOn: () => tokens.ready() }
}

function clientOf({ apiKeyId, apiKey }: Record<Name, string>, config: AccountConfig): ClientCredentials {
  const chosen = text(config, 'authentication') || 'basic'
  const authentication = clientAuthentications.find((one) => one === chosen)
  if (!authentication) {
    throw new GatewayError(
      'HG_CONFIG',
      'The authentication of the account is not known, or not for this service. Choose basic, body or private key, and deploy.',
    )
  }
  return {
    ...{ clientId: apiKeyId, clientSecret: apiKey, authentication },
    keyId: text(config, 'keyId'),
    scope: text(config, 'scope'),
  }
}

function allowedHosts(config: AccountConfig): string[] {
  return text(config, 'allowedHosts')
    .split(/[\s,;]+/)
    .filter(Boolean)
}

/** A number may stand for a text in a flow that was written by hand. */
function text(config: AccountConfig, name: string): string {
  const value = config[name]
  if (typeof value === 'number') return String(value)
  return typeof value === 'string' ? value.trim() : ''
}
