import type { Node, NodeAPI, NodeDef } from 'node-red'
import { GatewayError, toGatewayError } from '../../src/errors'
import { HttpClient } from '../../src/http/client'
import type { HttpClientOptions } from '../../src/http/types'
import type { Sandbox } from '../../src/sandbox/sandbox'
import type { LastGood } from '../../src/providers/well-known'
import type { Connection, Store } from '../../src/store/store'
import type { HealthStoreNode } from '../health-store/health-store'
import { AccountConnections, type ConnectionKind } from './connections'
import { proxyOptions, referenced, tlsOptions } from './references'
import { sandbox } from './sandbox'
import { builtinStore, noStore, packageKeys, type HeldStore } from './stores'

/** What every account's configuration has. All but the name may be missing in a flow written by hand. */
export interface AccountConfig extends NodeDef {
  /** What only one provider's account has. */
  [property: string]: unknown
  environment?: string
  urls?: Readonly<Record<string, string | undefined>>
  publicUrl?: string
  tls?: string
  proxy?: string
  store?: string
  timeout?: number | string
}

export type Credentials<Name extends string> = Partial<Record<Name, string>>
type Endpoints = Readonly<Record<string, string>>

/** What is different from provider to provider. */
export interface Provider<Name extends string, E extends Endpoints, Client> {
  /** The type of the config node. */
  type: string
  provider: string
  /** `text` is sent to the editor, `password` is not. */
  credentials: Record<Name, 'text' | 'password'>
  live: E
  /** Further environments with addresses of the provider's own, by name. */
  environments?: Readonly<Record<string, E>>
  sandbox(
    sandbox: Sandbox,
    config: AccountConfig,
  ): {
    endpoints: E
    credentials: Record<Name, string>
    /** What stands in for properties of the account that are left empty. */
    defaults?: Readonly<Record<string, string>>
    /** Connections that exist from the start, so that an imported example works at once. */
    connections: SeededConnection[]
  }
  /** Changes the addresses by a choice of the account that is not an address. Not asked in the sandbox. */
  adjust?(endpoints: E, config: AccountConfig): E
  /** Whether the account cannot do without credentials. Default: yes. */
  needsCredentials?(config: AccountConfig, entered: Credentials<Name>): boolean
  client(options: {
    credentials: Record<Name, string>
    endpoints: E
    http: HttpClient
    /** For a choice of the account that is neither. */
    config: AccountConfig
    /** Of documents at well-known addresses. */
    lastGood: LastGood
  }): Client
  /** True where nothing is kept of people: no store is opened. */
  storeless?: true
  /** Lets go of what the client holds of a person whose connection is forgotten. */
  forgotten?(client: Client, user: string): void
  /**
   * Makes one harmless request that fails if the account does not work.
   * @returns the catalog's key of what it has shown; without one, a sentence that all accounts share is
   */
  test(client: Client): Promise<string | undefined>
}

/** A connection that the sandbox's account has from the start. */
interface SeededConnection extends Pick<Connection, 'user' | 'provider' | 'tokens' | 'notificationStatus'> {
  of: Exclude<ConnectionKind, 'registered'>
}

/** An account at work. */
export interface OpenAccount<Client> {
  client: Client
  store: Store
  /** What people have granted, by the integrator's own ids of them. */
  people: AccountConnections
  /** Who was registered with the provider ahead of connecting. */
  registered: AccountConnections
  /** What organisations have granted; an id may be that of a person as well. */
  organisations: AccountConnections
}

export interface AccountNode<Client> extends Node {
  account: Account<Client>
}

interface Settings<Name extends string, E extends Endpoints> {
  endpoints: E
  credentials: Record<Name, string>
  connections: SeededConnection[]
  defaults?: Readonly<Record<string, string>>
}

/** By the accounts' scopes: a deploy, which opens all of them anew, may come while a provider's address is down. */
const lastGood = new Map<string, LastGood>()

/** One registration with one provider: its client, its HTTP pool and its store, opened when first needed. */
export class Account<Client, Name extends string = string, E extends Endpoints = Endpoints> {
  /**
   * What tells it from all others, its environment included: a token of the sandbox is never sent to the live
   * service.
   */
  readonly scope: string
  readonly environment: string
  readonly provider: string
  readonly #RED: NodeAPI
  readonly #definition: Provider<Name, E, Client>
  readonly #config: AccountConfig
  readonly #credentials: Credentials<Name>
  #http: HttpClient | undefined
  #held: Promise<HeldStore> | undefined
  #open: Promise<OpenAccount<Client>> | undefined
  #announced: Promise<void> | undefined
  #closed = false

  constructor(
    RED: NodeAPI,
    definition: Provider<Name, E, Client>,
    config: AccountConfig,
    credentials: Credentials<Name>,
  ) {
    this.#RED = RED
    this.#definition = definition
    this.#config = config
    this.#credentials = credentials
    this.provider = definition.provider
    this.environment = config.environment || 'sandbox'
    this.scope = `${definition.type}:${config.id}:${this.environment}`
  }

  /** Opens what is not open yet. HG_CONFIG where something is not set up, HG_CONFLICT where the store is in use. */
  open(): Promise<OpenAccount<Client>> {
    if (this.#closed)
      return Promise.reject(new GatewayError('HG_CLOSED', 'The account was closed. Send the message again.'))
    this.#open ??= this.#start().catch((error: unknown) => {
      this.#open = undefined
      throw error
    })
    return this.#open
  }

  /** Starts the sandbox where it is used, so that its pages can be opened before the first message. */
  announce(log: (text: string) => void): void {
    if (this.environment !== 'sandbox') return
    this.#announced = this.#sandbox().then(
      ({ url }) => {
        log(`The sandbox is at ${url}`)
      },
      (error: unknown) => {
        log(toGatewayError(error).message)
      },
    )
  }

  /** As the provider's; needs no store. */
  async test(): Promise<string | undefined> {
    // With nothing from earlier: it is about what works now.
    return await this.#definition.test(this.#client(await this.#settings(), new Map()))
  }

  /**
   * Where browsers reach this Node-RED's HTTP nodes, without a slash at its end. In the sandbox it may be left out:
   * the address by which the browser came serves as well. Elsewhere that would let a forged Host header choose where
   * the provider sends the browser.
   */
  publicUrl(request: { protocol: string; headers: { host?: string }; baseUrl: string }): string {
    const configured = this.#config.publicUrl?.trim()
    if (configured) {
      if (!/^https?:\/\/[^/\s]/i.test(configured) || !URL.canParse(configured)) {
        throw new GatewayError(
          'HG_CONFIG',
          'The public URL of the account is not a URL. Give, for example, https://flows.example.org.',
        )
      }
      return configured.replace(/\/+$/, '')
    }
    if (this.environment !== 'sandbox' || !request.headers.host) {
      throw new GatewayError(
        'HG_CONFIG',
        'The account has no public URL. Enter the address by which browsers reach this Node-RED, for example https://flows.example.org.',
      )
    }
    return `${request.protocol}://${request.headers.host}${request.baseUrl}`.replace(/\/+$/, '')
  }

  async close(): Promise<void> {
    this.#closed = true
    await this.#http?.close()
    // What is still being opened ends first, so that its store is released as well.
    await Promise.allSettled([this.#open, this.#announced])
    const held = await this.#held?.catch(() => undefined)
    await held?.release()
  }

  async #start(): Promise<OpenAccount<Client>> {
    const settings = await this.#settings()
    const kept = lastGood.get(this.scope) ?? (new Map() as LastGood)
    lastGood.set(this.scope, kept)
    const client = this.#client(settings, kept)
    this.#held ??= this.#acquireStore().catch((error: unknown) => {
      this.#held = undefined
      throw error
    })
    const { store } = await this.#held
    const registered = new AccountConnections(store.connections, this, 'registered')
    const people = new AccountConnections(store.connections, this, 'people', (user) => {
      this.#definition.forgotten?.(client, user)
      return registered.forget(user)
    })
    const organisations = new AccountConnections(store.connections, this, 'organisations')
    for (const { of, ...connection } of settings.connections) {
      const connections = of === 'people' ? people : organisations
      // Only where there is none: a person may have connected under the same id since, or said stop.
      if (!(await connections.find(connection.user))) await connections.grant(connection)
    }
    return { client, store, people, registered, organisations }
  }

  async #settings(): Promise<Settings<Name, E>> {
    const { live, environments = {} } = this.#definition
    const { name: _shown, urls = {}, ...config } = this.#config
    for (const [name, value] of Object.entries({ ...config, ...urls })) assertFilledIn(name, value)
    const adjusted = (endpoints: E) => this.#definition.adjust?.(endpoints, this.#config) ?? endpoints
    switch (this.environment) {
      case 'sandbox': {
        const local = this.#definition.sandbox(await this.#sandbox(), this.#config)
        const entered = Object.values<string | undefined>(this.#credentials).some(Boolean)
        return entered ? { ...local, credentials: this.#entered() } : local
      }
      case 'live':
        return {
          endpoints: adjusted(live),
          credentials: this.#entered(),
          connections: [],
        }
      case 'custom':
        return {
          endpoints: adjusted(this.#overridden(live)),
          credentials: this.#entered(),
          connections: [],
        }
      default: {
        const own = Object.hasOwn(environments, this.environment) ? environments[this.environment] : undefined
        if (own) return { endpoints: adjusted(own), credentials: this.#entered(), connections: [] }
        // Not taken for the sandbox: a flow that means to go live would go green and send nothing.
        const names = ['sandbox', ...Object.keys(environments), 'live']
        throw new GatewayError(
          'HG_CONFIG',
          `The environment of the account is not known. Choose ${names.join(', ')} or custom.`,
        )
      }
    }
  }

  async #sandbox(): Promise<Sandbox> {
    const [key = ''] = await packageKeys(this.#RED)
    return sandbox(key)
  }

  #overridden(live: E): E {
    const entries = Object.entries(live).map(([key, url]) => {
      const own = this.#config.urls?.[key]?.trim()
      if (!own) return [key, url]
      if (!(URL.canParse(own) && /^https?:/i.test(own))) {
        throw new GatewayError(
          'HG_CONFIG',
          `The account's address "${key}" is not an http or https URL. Correct it in the account.`,
        )
      }
      return [key, own]
    })
    return Object.fromEntries(entries) as E
  }

  #entered(): Record<Name, string> {
    const names = Object.keys(this.#definition.credentials) as Name[]
    if (this.#definition.needsCredentials?.(this.#config, this.#credentials) === false) {
      return Object.fromEntries(names.map((name) => [name, ''])) as Record<Name, string>
    }
    for (const name of names) {
      assertFilledIn(name, this.#credentials[name])
      if (!this.#credentials[name]) {
        throw new GatewayError(
          'HG_CONFIG',
          `The account has no ${words(name)}. Enter it in the account and deploy.`,
        )
      }
    }
    return this.#credentials as Record<Name, string>
  }

  #client(settings: Settings<Name, E>, kept: LastGood): Client {
    this.#http ??= new HttpClient({ ...this.#transport(), timeoutMs: this.#timeoutMs() })
    const { defaults = {}, ...rest } = settings
    return this.#definition.client({
      ...rest,
      http: this.#http,
      config: withDefaults(this.#config, defaults),
      lastGood: kept,
    })
  }

  #timeoutMs(): number {
    // An emptied field of the dialog is saved as an empty text.
    const seconds = Number(this.#config.timeout || 30)
    if (seconds > 0 && seconds <= 3600) return seconds * 1000
    throw new GatewayError(
      'HG_CONFIG',
      'The time-out of the account is not a number of seconds from 1 to 3600.',
    )
  }

  #transport(): Pick<HttpClientOptions, 'tls' | 'proxy'> {
    // The sandbox is on this machine: a proxy could not reach it, and its certificate is nobody's concern.
    if (this.environment === 'sandbox') return { proxy: 'none' }
    return {
      tls: tlsOptions(this.#RED, this.#config.tls),
      proxy: proxyOptions(this.#RED, this.#config.proxy),
    }
  }

  #acquireStore(): Promise<HeldStore> {
    if (this.#definition.storeless) return Promise.resolve(noStore)
    if (!this.#config.store) return builtinStore(this.#RED)
    const node = referenced(this.#RED, this.#config.store, 'health-store') as HealthStoreNode
    return node.acquire()
  }
}

function withDefaults(config: AccountConfig, defaults: Readonly<Record<string, string>>): AccountConfig {
  return { ...config, ...Object.fromEntries(Object.entries(defaults).filter(([name]) => !config[name])) }
}

/** HG_CONFIG for a text that Node-RED has left as it is, since the variable is not set. */
function assertFilledIn(name: string, value: unknown): void {
  const variable = typeof value === 'string' ? /^\$\{([^}]+)\}$/.exec(value)?.[1] : undefined
  if (variable === undefined) return
  throw new GatewayError(
    'HG_CONFIG',
    `The account takes its ${words(name)} from the environment variable ${variable}, which is not set.`,
  )
}

/** `consumerKey` as a person says it. */
function words(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)
}
