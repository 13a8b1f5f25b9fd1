import { randomBytes } from 'node:crypto'
import { demoConsumer, people } from './accounts'
import type { Route } from './call'
import { asReceived, type DocumentLimits, Documents, type ReceivedDocument } from './documents'
import { healthjibeRoutes } from './healthjibe/healthjibe'
import { homeRoutes } from './home'
import { type Misbehaviour, Misbehaviours } from './misbehaviour'
import type { Consumer } from './oauth1-verifier'
import type { TokenPair } from './razcode/access-tokens'
import { type RazcodeEndpoint, razcodePaths, razcodeUrls } from './razcode/endpoints'
import { RazcodeService } from './razcode/service'
import { tokenExchangeRoutes } from './razcode/token-exchange'
import { Refusal } from './refusal'
import { listen, type ListenOptions } from './server'

export type { Misbehaviour, ReceivedDocument }

export interface SandboxOptions {
  /** Default 0: any that is free. */
  port?: number
  /** Take any port when `port` is in use, instead of failing. */
  fallbackToAnyPort?: boolean
  /**
   * All that is secret follows from it. With the same secret, access tokens stay good when the sandbox starts again.
   * Default: random.
   */
  secret?: string
  /** PEM; https instead of http. */
  tls?: ListenOptions['tls']
  /** Milliseconds since 1970. Default: the clock. */
  now?: () => number
  /** Registrations besides the demo one. */
  consumers?: readonly Consumer[]
  /** How much of what arrived is kept, newest first. Default: 100 documents, 64 MiB. */
  keep?: DocumentLimits
}

export interface Sandbox {
  /** `http://127.0.0.1:port` */
  url: string
  urls: { razcode: Record<RazcodeEndpoint, string> }
  demo: {
    consumer: { key: string; secret: string }
    login: { email: string; password: string }
    /** Somebody who is connected already. */
    connectedUser: { user: string } & TokenPair
  }
  /** What has arrived and is kept, newest last. */
  documents(): ReceivedDocument[]
  /**
   * @returns takes the rule back
   * @throws RangeError for an endpoint or a status code that does not exist
   */
  misbehave(rule: Misbehaviour): () => void
  /** Lets the process end while the sandbox is up. */
  unref(): void
  /** At once, whatever is going on. */
  close(): Promise<void>
}

/**
 * Plays the providers on this machine: strict, with code of its own, on 127.0.0.1 only.
 * @throws Error when the port is in use
 */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const secret = options.secret ?? randomBytes(32).toString('base64url')
  const now = options.now ?? Date.now
  const consumer = demoConsumer(secret)
  const documents = new Documents(options.keep ?? { count: 100, bytes: 64 * 1024 * 1024 })
  const misbehaviours = new Misbehaviours(Object.keys(razcodePaths))
  const razcode = new RazcodeService({
    consumers: [consumer, ...(options.consumers ?? [])],
    people,
    secret,
    now,
  })

  const server = await listen({
    port: options.port ?? 0,
    fallbackToAnyPort: options.fallbackToAnyPort ?? false,
    tls: options.tls,
  })
  const served = [...tokenExchangeRoutes(razcode), ...healthjibeRoutes(razcode, documents, now)]
  const home = homeRoutes({ origin: server.origin, consumer, people, documents, served })
  server.serve([...home, ...served, ...unservedRoutes(served)], misbehaviours)

  const [{ id, email, password }] = people
  return {
    url: server.origin,
    urls: { razcode: razcodeUrls(server.origin) },
    demo: {
      consumer: { key: consumer.key, secret: consumer.secret },
      login: { email, password },
      connectedUser: { user: id, ...razcode.accessTokens.issue(consumer.key, people[0], 'demo') },
    },
    documents: () => documents.list().map(asReceived),
    misbehave: (rule) => misbehaviours.add(rule),
    unref: () => server.unref(),
    close: () => server.close(),
  }
}

/** The provider's endpoints that the sandbox does not play say so. */
function unservedRoutes(served: readonly Route[]): Route[] {
  return Object.entries(razcodePaths)
    .filter(([endpoint]) => !served.some((route) => route.endpoint === endpoint))
    .map(([endpoint, path]) => ({
      methods: ['GET', 'POST'],
      path,
      endpoint,
      reader: 'person',
      answer: () => {
        throw new Refusal(501, 'The provider has this endpoint, the sandbox does not play it.')
      },
    }))
}
