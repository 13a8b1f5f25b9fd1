import type { Call, Reply, Route } from '../call'
import { type Parameter, text } from '../form'
import { Refusal } from '../refusal'
import { zivacarePaths } from './endpoints'
import { applicationRefusal, json, type Problem, refusal } from './errors'
import type { ZivacareService } from './service'

const LONGEST_TEXT = 255

/** What an application's server asks for, with its secret. Source: docs.zivacare.com, "Get started", "Manage Users". */
export function applicationRoutes(service: ZivacareService): Route[] {
  const route = (endpoint: 'exchange' | 'createUser', about: string, answer: Route['answer']): Route => ({
    methods: ['POST'],
    path: zivacarePaths[endpoint],
    endpoint: `zivacare.${endpoint}`,
    about,
    reader: 'program',
    refuse: applicationRefusal,
    answer,
  })
  return [
    route('exchange', 'Exchanges a special token (form or JSON) for an access token', (call) =>
      exchange(service, call),
    ),
    route('createUser', 'Registers a user (JSON); gives a special token', (call) =>
      createUser(service, call),
    ),
  ]
}

type Read = (name: string, ifMissing: Problem) => string

async function exchange(service: ZivacareService, call: Call): Promise<Reply> {
  const read = await readBody(call)
  const clientSecret = read('clientSecret', 'noClientSecret')
  const specialToken = read('specialToken', 'noSpecialToken')
  if (call.isTo('expireTokens')) throw refusal('unknownSpecialToken')
  const user = service.redeemSpecialToken(specialToken, clientSecret)
  return json({
    ziva_user_code: user.code,
    name: user.name,
    ...(user.email === '' ? {} : { email: user.email }),
    access_token: service.issueAccessToken(user),
  })
}

async function createUser(service: ZivacareService, call: Call): Promise<Reply> {
  const read = readJson(await call.json())
  const clientId = read('clientId', 'noClientId')
  const clientSecret = read('clientSecret', 'noClientSecret')
  const clientUserId = read('clientUserId', 'noClientUserId')
  const clientUserName = read('clientUserName', 'noUserName')
  service.checkSecret(clientId, clientSecret)
  if (service.users.find({ clientId, clientUserId })) throw refusal('duplicateUser')
  const user = service.users.register(
    { clientId, clientUserId },
    { name: clientUserName, email: emailIn(clientUserId), sources: new Set() },
  )
  return json({ specialToken: service.issueSpecialToken(user), clientId, clientUserId, clientUserName })
}

/** ZivaCare's pages say that the id may well be the e-mail address. */
export function emailIn(clientUserId: string): string {
  return /^[^\s@]+@[^\s@]+$/.test(clientUserId) ? clientUserId : ''
}

async function readBody(call: Call): Promise<Read> {
  const type = call.header('content-type').toLowerCase()
  if (type.startsWith('application/json')) return readJson(await call.json())
  if (type.startsWith('application/x-www-form-urlencoded')) return readForm(await call.form())
  throw new Refusal(
    415,
    'The content type has to be application/x-www-form-urlencoded or application/json, in UTF-8.',
  )
}

function readForm(form: readonly Parameter[]): Read {
  return (name, ifMissing) => checked(text(form, name), ifMissing)
}

function readJson(body: Readonly<Record<string, unknown>>): Read {
  return (name, ifMissing) => checked(body[name] ?? '', ifMissing)
}

function checked(value: unknown, ifMissing: Problem): string {
  if (value === '') throw refusal(ifMissing)
  if (typeof value !== 'string' || value.length > LONGEST_TEXT) throw refusal('notText')
  return value
}
