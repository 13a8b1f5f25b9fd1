import type { Call, Reply, Route } from '../call'
import { text } from '../form'
import { Refusal } from '../refusal'
import { type DataType, dataTypes } from './data-types'
import { zivacarePaths } from './endpoints'
import { json } from './errors'
import { portraitOf } from './portraits'
import { type DataRecord, recordsOf } from './records'
import type { ZivacareService } from './service'
import { converted, type UnitSystem, unitSystems } from './units'
import { uuid, type ZivaUser } from './users'

const PARAMETERS = ['access_token', 'limit', 'offset', 'start', 'end']

const DEFAULT_LIMIT = 10

/** The most that one answer holds, whatever the limit. The live service's is not known. */
export const MOST_RECORDS = 100

/**
 * The Data API: all of a type, one by its code, those of a day, those of a period. Source: docs.zivacare.com,
 * "API Conventions" and "Unit System". Days are of UTC.
 */
export function dataRoutes(service: ZivacareService, now: () => number): Route[] {
  const route = (below: string, answer: (question: Question) => Reply, about?: string): Route => ({
    methods: ['GET'],
    path: zivacarePaths.data + below,
    endpoint: 'zivacare.data',
    ...(about === undefined ? {} : { about }),
    reader: 'program',
    refuse: dataRefusal,
    answer: (call) => answer(ask(service, call, now())),
  })
  return [
    route(
      '/:type',
      all,
      'Data of a type: steps, sleeps, weights … (access_token, limit, offset, start, end)',
    ),
    route('/:type/:code', oneByCode, 'One record of a type'),
    route('/:type/daily/:day', ofPeriod, 'Records of a day'),
    route('/:type/period/:start/:end', ofPeriod, 'Records of a period, both days included'),
  ]
}

interface Question {
  call: Call
  user: ZivaUser
  name: string
  units: UnitSystem | undefined
  now: number
}

/** What is the same for every question: who asks, for which type, in which units. */
function ask(service: ZivacareService, call: Call, now: number): Question {
  const user = authorized(service, call)
  const strange = call.query().find(({ name }) => !PARAMETERS.includes(name))
  if (strange) throw new Refusal(400, 'The query has a parameter that is not known.')
  const accept = call.header('accept').toLowerCase()
  if (accept !== '' && !/\bapplication\/(?:json|\*)|\*\/\*/.test(accept)) {
    throw new Refusal(406, 'The answer is application/json, which the header Accept leaves out.')
  }
  const given = call.header('x-unit-system')
  const units = unitSystems.find((system) => system === given)
  if (given !== '' && units === undefined) {
    throw new Refusal(400, `The header X-Unit-System has to be one of ${unitSystems.join(', ')}.`)
  }
  return { call, user, name: call.params.type ?? '', units, now }
}

function authorized(service: ZivacareService, call: Call): ZivaUser {
  const token = text(call.query(), 'access_token')
  if (token === '') throw new Refusal(401, 'The query has no access_token.', 'access_denied')
  if (call.isTo('expireTokens')) throw new Refusal(401, 'The access token has expired.', 'invalid_grant')
  const user = service.userBehind(token)
  if (!user) throw new Refusal(401, 'The access token is not valid.', 'invalid_grant')
  return user
}

/**
 * How the live service refuses a token is not documented. Its ids of applications and its path for tokens are those of
 * FOSOAuthServerBundle, so this is how that does it.
 */
function dataRefusal({ status, message, problem }: Refusal): Reply {
  if (problem === undefined) return json({ code: String(status), message }, status)
  const challenge = `Bearer realm="Sandbox", error="${problem}", error_description="${message}"`
  return json({ error: problem, error_description: message }, status, { 'www-authenticate': challenge })
}

function all(question: Question): Reply {
  if (question.name === 'profile') return profile(question)
  return list(question, typeOf(question), () => true)
}

function ofPeriod(question: Question): Reply {
  const { day: only, start = only, end = only } = question.call.params
  const [first, last] = [asDay('The start', start), asDay('The end', end)]
  if (first > last) throw new Refusal(400, 'The start is after the end.')
  const type = typeOf(question)
  if (type.goal) throw new Refusal(404, 'A goal is not kept by day.')
  return list(question, type, ({ day }) => first <= day && day <= last)
}

function oneByCode(question: Question): Reply {
  const type = typeOf(question)
  const { user, name, now, call } = question
  const found = recordsOf(user, name, type, now).find(({ fields }) => fields.code === call.params.code)
  if (!found) throw new Refusal(404, 'This person has no such record.')
  return json({ [type.one]: shown(question, type, found) })
}

function list(question: Question, type: DataType, fits: (record: DataRecord) => boolean): Reply {
  const { user, name, now, call } = question
  const query = call.query()
  const limit = Math.min(wholeNumber('limit', text(query, 'limit'), 1) ?? DEFAULT_LIMIT, MOST_RECORDS)
  const offset = wholeNumber('offset', text(query, 'offset'), 0) ?? 0
  const [start, end] = [text(query, 'start'), text(query, 'end')]
  const after = start === '' ? -Infinity : Date.parse(asDay('start', start))
  const before = end === '' ? Infinity : Date.parse(asDay('end', end))
  const found = recordsOf(user, name, type, now).filter(
    (record) => fits(record) && record.created >= after && record.updated < before,
  )
  const from = call.isTo('repeatPage') ? 0 : offset
  const page = call.isTo('emptyPage') ? [] : found.slice(from, from + limit)
  return json({
    [type.many]: page.map((record) => shown(question, type, record)),
    ...(call.isTo('noTotal') ? {} : { total: found.length }),
  })
}

/** No page of it was found: the fields are made up. */
function profile({ user }: Question): Reply {
  const { code, name, email } = user
  const { gender, dateOfBirth } = portraitOf(user)
  return json({
    profile: {
      ...{ code: uuid(`${code} profile`), user_code: code, name },
      ...(email === '' ? {} : { email }),
      ...(user.sources.size === 0 ? {} : { gender, date_of_birth: dateOfBirth }),
    },
  })
}

function shown({ units }: Question, { measured }: DataType, { fields }: DataRecord): DataRecord['fields'] {
  return units && measured ? converted(fields, measured, units) : fields
}

function typeOf({ name }: Question): DataType {
  const type = Object.hasOwn(dataTypes, name) ? dataTypes[name] : undefined
  if (!type) throw new Refusal(404, 'There is no data of this type.')
  return type
}

function wholeNumber(name: string, given: string, least: number): number | undefined {
  if (given === '') return undefined
  if (!/^\d{1,9}$/.test(given) || Number(given) < least) {
    throw new Refusal(400, `${name} has to be a whole number, ${least} or more.`)
  }
  return Number(given)
}

function asDay(name: string, given = ''): string {
  const time = /^\d{4}-\d\d-\d\d$/.test(given) ? new Date(given) : new Date(NaN)
  if (Number.isNaN(time.getTime()) || !time.toISOString().startsWith(given)) {
    throw new Refusal(400, `${name} has to be a day of the calendar as YYYY-MM-DD.`)
  }
  return given
}
