import type { Call, Method, Reply, Route } from '../call'
import { html } from '../html'
import type { ProviderPart } from '../provider'
import { Refusal } from '../refusal'
import { answerApi, type SiteData } from './apis/apis'
import { bearer, callerOf } from './caller'
import { furnishHospital } from './data/hospital'
import { type Member, membersAt } from './data/members'
import { remittancesOf } from './data/remittances'
import { furnish, sites } from './data/sites'
import { Directory, type MovedStatus } from './directory'
import {
  type ApiKey,
  apiKeys,
  apiPaths,
  healthcodeEndpoints,
  healthcodePaths,
  type HealthcodeUrls,
} from './endpoints'
import { outcomeReply } from './fhir/outcome'
import { FhirServer, noSuchAddress } from './fhir/server'
import { ResourceStore } from './fhir/store'
import { resourcesPath, resourcesRoutes, type Shelf } from './resources-page'
import { Assertions } from './sso/assertion'
import { demoKeyPair, type KeyOptions, Keys } from './sso/keys'
import { tokenRoute } from './sso/token-endpoint'
import { AccessTokens } from './sso/tokens'

export type { ApiKey, HealthcodeUrls, KeyOptions, MovedStatus }

export interface HealthcodeOptions {
  origin: string
  secret: string
  now: () => number
}

export interface Credentials {
  apiKeyId: string
  apiKey: string
}

export interface HealthcodeDemo extends Credentials {
  siteId: string
  /** Somebody whom the insurer knows, as Find Member asks for them. */
  member: Readonly<
    Record<'insurerIdentifier' | 'firstName' | 'lastName' | 'dateOfbirth' | 'membershipNumber', string>
  >
  /** Another key of the same site. */
  secondKey: Credentials
  /** Of another site. */
  otherSite: Credentials & { siteId: string }
  /** A key of the first site for private_key_jwt: PKCS #8 in PEM. */
  privateKey: { apiKeyId: string; keyId: string; algorithm: 'ES384'; privateKey: string }
}

/** What Healthcode, a site's manager, or time does. */
export interface HealthcodeControl {
  /** A new API key; sites may be new ones, which are empty. */
  addKey(options: KeyOptions): Credentials
  /** From now on the key gets no tokens, and those that it has are refused. @returns false for an unknown key */
  revokeKey(apiKeyId: string): boolean
  /** All access tokens that were given out are expired from now on. */
  expireTokens(): void
  /** Seconds; of the access tokens from now on. Default 3600. */
  setTokenLifetime(seconds: number): void
  /**
   * The API gets another address. The one that it had answers with `status`, default 301; 301 and 302 lead to the new
   * one, or `to`, an address that is put before the rest of the request's.
   */
  move(key: ApiKey, status?: MovedStatus, to?: string): void
  /** Changes fields of a well-known document, `undefined` taking one away; `{}` makes it right again. */
  publish(document: keyof HealthcodeUrls, changes: Record<string, unknown>): void
  /** Entries that a Bundle has at most. Default 1000. */
  setMostEntries(most: number): void
}

export interface Healthcode {
  part: ProviderPart
  urls: HealthcodeUrls
  /** A FHIR R4 server that knows nothing of Healthcode. */
  fhirBase: string
  demo: HealthcodeDemo
  control: HealthcodeControl
}

const METHODS: readonly Method[] = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE']

/** Healthcode: its two well-known documents, the SSO server and the APIs; and a plain FHIR R4 server. */
export function healthcode({ origin, secret, now }: HealthcodeOptions): Healthcode {
  const directory = new Directory(origin)
  const keys = new Keys(secret)
  const tokens = new AccessTokens(secret, now)
  const assertions = new Assertions(keys, origin + healthcodePaths.token, now)
  const gate = { keys, tokens }
  const server = new FhirServer(now)
  const members = membersAt(now())
  const siteData = new Map<string, SiteData>()
  for (const site of sites) {
    const store = new ResourceStore(now)
    furnish(store, site, now())
    siteData.set(site.id, { store, remittances: remittancesOf(site.id, site.provider, members, now()) })
  }
  const dataOf = (site: string): SiteData => {
    const known = siteData.get(site) ?? { store: new ResourceStore(now), remittances: [] }
    siteData.set(site, known)
    return known
  }
  const hospital = new ResourceStore(now)
  furnishHospital(hospital, now())

  const shelves = (): Shelf[] => [
    ...[...siteData].map(([id, { store }]) => ({ id, name: `Site ${id}`, store })),
    { id: 'fhir', name: 'FHIR server', store: hospital },
  ]

  const apiRoutes = (key: ApiKey): Route[] => {
    const path = `${healthcodePaths.apis}/${apiPaths[key]}`
    const answer = (call: Call): Reply | Promise<Reply> => {
      const rest = segmentsOf(call)
      directory.check(key, call.params['place'] ?? '', () => restOf(call, rest))
      const caller = callerOf(gate, call, key)
      const site = dataOf(caller.site)
      const url = directory.urlOf(key)
      return answerApi(key, { call, caller, path: rest, url, site, members, server, now: now() })
    }
    return routesAt(path, `healthcode.${key}`, answer)
  }
  const fhir = (call: Call): Promise<Reply> => {
    const { mayWrite } = call.header('authorization') === '' ? { mayWrite: true } : bearer(gate, call)
    return server.respond(call, segmentsOf(call), {
      ...{ base: origin + healthcodePaths.fhir, store: hospital, lists: 'fhir', now: now() },
      ...{ utc: false, createByUpdate: true, mayWrite },
    })
  }

  const demo = { ...demoKeys(keys, secret), member: demoMember(members) }
  return {
    part: {
      routes: [
        ...documentRoutes(directory, origin),
        tokenRoute({ keys, tokens, assertions }),
        ...apiKeys.flatMap(apiRoutes),
        unknownApi,
        ...resourcesRoutes(shelves, now()),
        ...routesAt(healthcodePaths.fhir, 'healthcode.fhir', fhir, 'A FHIR R4 server for any FHIR client'),
      ],
      endpoints: healthcodeEndpoints,
      pages: [
        {
          path: resourcesPath,
          title: 'Healthcode and FHIR',
          about: 'As a developer who wants to see which resources were sent',
        },
      ],
      accounts: accountsOf(demo),
    },
    urls: {
      discovery: origin + healthcodePaths.discovery,
      openidConfiguration: origin + healthcodePaths.openidConfiguration,
    },
    fhirBase: origin + healthcodePaths.fhir,
    demo,
    control: {
      addKey: (options) => {
        const { id, secret: apiKey } = keys.add(options)
        return { apiKeyId: id, apiKey }
      },
      revokeKey: (id) => keys.revoke(id),
      expireTokens: () => tokens.expireAll(),
      setTokenLifetime: (seconds) => {
        tokens.lifetime = seconds
      },
      move: (key, status = 301, to) => directory.move(key, status, to),
      publish: (document, changes) => directory.publish(document, changes),
      setMostEntries: (most) => {
        server.mostEntries = most
      },
    },
  }
}

/** What the home page shows. */
function accountsOf({ privateKey, otherSite, member, ...demo }: HealthcodeDemo): ProviderPart['accounts'] {
  const [site, other] = sites
  const code = (name: string, value: string) => ({ name, shown: html`<code>${value}</code>` })
  return [
    code('Healthcode API Key Id', demo.apiKeyId),
    code('Healthcode API Key', demo.apiKey),
    { name: 'Site of this key', shown: html`<code>${demo.siteId}</code> (${site.name})` },
    code('Another Healthcode API Key Id', otherSite.apiKeyId),
    code('Its API Key', otherSite.apiKey),
    { name: 'Its site', shown: html`<code>${otherSite.siteId}</code> (${other.name})` },
    {
      name: `Healthcode API Key Id for private_key_jwt (${privateKey.algorithm})`,
      shown: html`<code>${privateKey.apiKeyId}</code>, key <code>${privateKey.keyId}</code>
        <pre tabindex="0">${privateKey.privateKey}</pre>`,
    },
    {
      name: 'Somebody whom Find Member finds',
      shown: html`${Object.entries(member).map(
        ([name, value]) => html`<code>${name}=${value}</code><br />`,
      )}`,
    },
  ]
}

function demoMember(members: readonly Member[]): HealthcodeDemo['member'] {
  const [first] = members
  return {
    insurerIdentifier: first?.insurer ?? '',
    firstName: first?.given ?? '',
    lastName: first?.family ?? '',
    dateOfbirth: first?.birthDate ?? '',
    membershipNumber: first?.membershipNumber ?? '',
  }
}

function demoKeys(keys: Keys, secret: string): Omit<HealthcodeDemo, 'member'> {
  const [site, other] = sites
  const { privateKey, publicKey } = demoKeyPair(secret)
  const credentials = (options: KeyOptions, id: string) => {
    const key = keys.add(options, id)
    return { apiKeyId: key.id, apiKey: key.secret }
  }
  credentials({ sites: [site.id], jwks: [publicKey] }, 'sandbox-signed')
  return {
    ...credentials({ sites: [site.id] }, 'sandbox-key'),
    siteId: site.id,
    secondKey: credentials({ sites: [site.id] }, 'sandbox-key-2'),
    otherSite: {
      ...credentials({ sites: [other.id] }, 'sandbox-key-hillside'),
      siteId: other.id,
    },
    privateKey: { apiKeyId: 'sandbox-signed', keyId: 'sandbox-1', algorithm: 'ES384', privateKey },
  }
}

function documentRoutes(directory: Directory, origin: string): Route[] {
  const route = (path: string, answer: Route['answer']): Route => ({
    methods: ['GET'],
    reader: 'program',
    path,
    answer,
  })
  return [
    {
      ...route(healthcodePaths.discovery, (call) => directory.discovery(call)),
      endpoint: 'healthcode.discovery',
      about: 'Healthcode: the discovery document, with the addresses of the APIs',
    },
    {
      ...route(healthcodePaths.openidConfiguration, (call) => directory.openidConfiguration(call)),
      endpoint: 'healthcode.openidConfiguration',
      about: 'Healthcode: the configuration of the SSO server',
    },
    route(healthcodePaths.jwks, () => json({ keys: [] })),
    route(healthcodePaths.smartConfiguration, () => json(directory.smartConfiguration())),
    {
      ...route(healthcodePaths.authorize, () => {
        throw new Refusal(501, `People do not sign in at ${origin}: only servers get access tokens here.`)
      }),
      reader: 'person',
    },
  ]
}

function json(value: object): Reply {
  return {
    status: 200,
    headers: { 'content-type': 'application/json; charset=utf-8' },
    body: JSON.stringify(value),
  }
}

/** Whatever is no API below their common path. */
const unknownApi: Route = {
  methods: METHODS,
  path: '/healthcode/api/*',
  reader: 'program',
  refuse: outcomeReply,
  answer: () => {
    throw noSuchAddress()
  },
}

function routesAt(path: string, endpoint: string, answer: Route['answer'], about?: string): Route[] {
  const route = { methods: METHODS, endpoint, reader: 'program', refuse: outcomeReply, answer } as const
  return [
    { ...route, path, ...(about === undefined ? {} : { about }) },
    { ...route, path: `${path}/*` },
  ]
}

/** @throws FhirRefusal for an address with an empty part */
function segmentsOf(call: Call): string[] {
  const rest = call.params['*'] ?? ''
  if (rest === '') return []
  const segments = rest.split('/')
  if (segments.includes('')) throw noSuchAddress()
  return segments
}

function restOf(call: Call, segments: readonly string[]): string {
  const query = new URLSearchParams(
    call.query().map(({ name, value }): [string, string] => [name, value.toString()]),
  ).toString()
  return segments.map((one) => `/${encodeURIComponent(one)}`).join('') + (query === '' ? '' : `?${query}`)
}
