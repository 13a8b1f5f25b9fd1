import { randomBytes } from 'node:crypto'
import { type Account, demoConsumer, organisations, people } from './accounts'
import { asReceived, Documents, type ReceivedDocument } from './documents'
import { healthjibeRoutes } from './healthjibe/healthjibe'
import {
  healthcode as playHealthcode,
  type HealthcodeControl,
  type HealthcodeDemo,
  type HealthcodeUrls,
} from './healthcode/healthcode'
import { homeRoutes } from './home'
import type { HumanApiUrls } from './humanapi/endpoints'
import { type HumanApiControl, type HumanApiDemo, humanApi as playHumanApi } from './humanapi/humanapi'
import { type Misbehaviour, Misbehaviours } from './misbehaviour'
import type { Limits } from './newest'
import type { Consumer } from './oauth1-verifier'
import type { ProviderPart } from './provider'
import type { TokenPair } from './razcode/access-tokens'
import { type RazcodeEndpoint, razcodePaths, razcodeUrls } from './razcode/endpoints'
import { razcodeRoutes } from './razcode/razcode'
import { RazcodeService } from './razcode/service'
import { type StagedRecord, StagedRecords } from './razcode/staged-records'
import { listen, type ListenOptions } from './server'
import { Sessions } from './sessions'
import { SignIn } from './sign-in'
import type { ZivacareEndpoint } from './zivacare/endpoints'
import { zivacare as playZivacare, type ZivacareDemo } from './zivacare/zivacare'

export type { Misbehaviour, ReceivedDocument }

export type Login = Pick<Account, 'email' | 'password'>

/** What an organisation has staged. */
export interface StagedDocument {
  razId: string
  /** Milliseconds since 1970. */
  stagedAt: number
  consumerKey: string
  /** E-mail address; `undefined` when the consumer has not been activated. */
  organisation: string | undefined
  /** The document as it came. */
  her: string
  kind: 'ccr' | 'omhe'
  /** E-mail address of who alone may see it. */
  restrictedTo: string | undefined
  /** JSON as it came. */
  payment: string | undefined
}

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
  /** How much of what arrived is kept, newest first, and as much again of what was staged. Default: 100 documents, 64 MiB. */
  keep?: Limits
}

export interface Sandbox {
  /** `http://127.0.0.1:port` */
  url: string
  urls: {
    razcode: Record<RazcodeEndpoint, string>
    humanapi: HumanApiUrls
    zivacare: Record<ZivacareEndpoint, string>
    healthcode: HealthcodeUrls
    /** Base of a FHIR R4 server without access control. */
    fhir: { base: string }
  }
  demo: {
    consumer: { key: string; secret: string }
    login: Login
    /** Somebody who is connected already, with `login`. */
    connectedUser: { user: string } & TokenPair
    /** Somebody who is connected to nothing yet. */
    newLogin: Login
    /** On the RAZCODE Platform. */
    organisationLogin: Login
    /** An organisation that is activated already, with `organisationLogin`. */
    organisation: { user: string } & TokenPair
    humanapi: HumanApiDemo
    zivacare: ZivacareDemo
    healthcode: HealthcodeDemo
  }
  /** What a person, or time, does to Human API. */
  humanapi: HumanApiControl
  /** What Healthcode, a site's manager, or time does. */
  healthcode: HealthcodeControl
  /** What has arrived and is kept, newest last. */
  documents(): ReceivedDocument[]
  /** What was staged and is kept, newest last. */
  stagedDocuments(): StagedDocument[]
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
  const keep = options.keep ?? { count: 100, bytes: 64 * 1024 * 1024 }
  const documents = new Documents(keep)
  const staged = new StagedRecords(keep)
  const service = new RazcodeService({
    consumers: [consumer, ...(options.consumers ?? [])],
    people,
    organisations,
    secret,
    now,
  })
  const signIn = new SignIn(new Sessions(now), people, now)

  const server = await listen({
    port: options.port ?? 0,
    fallbackToAnyPort: options.fallbackToAnyPort ?? false,
    tls: options.tls,
  })
  const served = [
    ...razcodeRoutes({ service, staged, origin: server.origin, now }, signIn),
    ...healthjibeRoutes({ service, documents, signIn, now }),
  ]
  const zivacare = playZivacare({ origin: server.origin, secret, now })
  const humanapi = playHumanApi({
    origin: server.origin,
    secret,
    now,
    isTo: (target, what) => misbehaviours.takeInside(target, what),
  })
  const healthcode = playHealthcode({ origin: server.origin, secret, now })
  const parts: ProviderPart[] = [humanapi.part, zivacare.part, healthcode.part]
  const home = homeRoutes({
    origin: server.origin,
    consumer,
    people,
    organisations,
    documents,
    staged,
    served,
    parts,
  })
  const misbehaviours = new Misbehaviours([
    ...Object.keys(razcodePaths),
    ...parts.flatMap(({ endpoints }) => endpoints),
  ])
  server.serve(
    [...home, ...signIn.routes(), ...served, ...parts.flatMap(({ routes }) => routes)],
    misbehaviours,
  )

  const [person, newPerson] = people
  const [organisation] = organisations
  const demoToken = (account: Account) => ({
    user: account.id,
    ...service.issueAccessToken(consumer.key, account, 'demo'),
  })
  return {
    url: server.origin,
    urls: {
      razcode: razcodeUrls(server.origin),
      humanapi: humanapi.urls,
      zivacare: zivacare.urls,
      healthcode: healthcode.urls,
      fhir: { base: healthcode.fhirBase },
    },
    demo: {
      consumer: { key: consumer.key, secret: consumer.secret },
      login: loginOf(person),
      connectedUser: demoToken(person),
      newLogin: loginOf(newPerson),
      organisationLogin: loginOf(organisation),
      organisation: demoToken(organisation),
      humanapi: humanapi.demo,
      zivacare: zivacare.demo,
      healthcode: healthcode.demo,
    },
    humanapi: humanapi.control,
    healthcode: healthcode.control,
    documents: () => documents.list().map(asReceived),
    stagedDocuments: () => staged.list().map(asStaged),
    misbehave: (rule) => misbehaviours.add(rule),
    unref: () => server.unref(),
    close: () => {
      humanapi.close()
      return server.close()
    },
  }
}

function loginOf({ email, password }: Account): Login {
  return { email, password }
}

function asStaged(record: StagedRecord): StagedDocument {
  const { razId, stagedAt, consumerKey, organisation, kind, bytes, restrictedTo, payment } = record
  return {
    razId,
    stagedAt,
    consumerKey,
    organisation: organisation?.email,
    kind,
    get her() {
      return bytes.toString()
    },
    restrictedTo: restrictedTo?.email,
    payment: payment?.json,
  }
}
