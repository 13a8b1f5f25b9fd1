import type { NodeAPI } from 'node-red'
import { GatewayError } from '../../src/errors'
import { isoDay } from '../../src/providers/day'
import type { JsonObject } from '../../src/providers/json-answer'
import type { Page } from '../../src/providers/paging'
import type { ZivaCareAccess, ZivaCareClient, ZivaCareQuery } from '../../src/providers/zivacare/client'
import {
  zivaCareDataType,
  zivaCareDataTypes,
  type ZivaCareDataType,
} from '../../src/providers/zivacare/data-types'
import { PAGE, RECORDS_UNASKED } from '../../src/providers/zivacare/endpoints'
import { actionNode, type Action } from '../kit/action-node'
import { choice } from '../kit/choice'
import { editorChoices } from '../kit/editor-call'
import { isEmpty, user, type Input, type Values } from '../kit/inputs'
import { answer } from '../kit/messages'
import { limit, readList } from '../kit/reading'
import type { Outcome } from '../kit/runner'

/** Of what ZivaCare has, the name of one. */
const resource: Input<ZivaCareDataType> = {
  value: 'steps',
  type: 'str',
  read: (value) => zivaCareDataType(typeof value === 'string' ? value.trim() : ''),
}

/** The `code` of a record. The property cannot be called `id`, as the message's is: a node's own id is there. */
const recordId: Input<string | undefined> = {
  value: 'id',
  type: 'msg',
  read(value) {
    if (isEmpty(value)) return undefined
    if (typeof value === 'string') return value
    throw new GatewayError('HG_INPUT', 'The id is no text. Give the "code" of a record of ZivaCare.')
  },
}

/** Checked by the client, which says what a day is. */
function day(name: string): Input<unknown> {
  return { value: name, type: 'msg', read: (value) => (isEmpty(value) ? undefined : value) }
}

const inputs = { user, resource, recordId, from: day('from'), to: day('to'), limit }

type Read = Action<ZivaCareClient, Values<typeof inputs>>

export default function (RED: NodeAPI): void {
  editorChoices(
    RED,
    'zivacare-read/resources',
    zivaCareDataTypes.map(({ name, title }) => ({ value: name, label: `${title} (${name})` })),
  )
  actionNode<ZivaCareClient, typeof inputs>(RED, {
    type: 'zivacare-read',
    provider: 'zivacare',
    operation: 'read',
    account: 'zivacare-account',
    inputs,
    async run(action) {
      const { config, people, values } = action
      const question = questionOf(action)
      const connection = await people.get(values.user)
      const access = { user: values.user, accessToken: connection.tokens.access_token ?? '' }
      const used = () => action.used(connection)
      if (values.resource.kind !== 'single' && values.recordId === undefined) {
        const pageSize = values.limit ?? (config.all === false ? RECORDS_UNASKED : PAGE)
        const pages = pagesOf(action, access, question)
        const outcome = await readList(config, { pages, pageSize, used })
        return { ...outcome, user: values.user }
      }
      const outcome = await one(action, access, question)
      await used()
      return { ...outcome, user: values.user }
    },
  })
}

function questionOf({ config, signal, values }: Read): ZivaCareQuery {
  const { resource, limit } = values
  const units = choice(config, 'units', ['metric', 'us', 'uk', 'source'])
  return {
    type: resource.name,
    signal,
    ...(units === 'source' ? {} : { units }),
    ...(limit === undefined ? {} : { limit }),
    ...daysOf(values),
  }
}

/** One day where both are the same, a period otherwise. One without an end goes on up to now. */
function daysOf({ from, to }: Read['values']): Pick<ZivaCareQuery, 'day' | 'from' | 'to'> {
  if (from === undefined) return { to }
  const first = isoDay(from)
  return first !== undefined && first === isoDay(to) ? { day: first } : { from, to: to ?? latestDay() }
}

/** The day of the calendar where it is latest on earth: whose days ZivaCare means is not told. */
function latestDay(): string {
  return new Date(Date.now() + 14 * 3_600_000).toISOString().slice(0, 10)
}

async function one(
  { client, values }: Read,
  access: ZivaCareAccess,
  question: ZivaCareQuery,
): Promise<Outcome> {
  const code = values.recordId === undefined ? {} : { code: values.recordId }
  const { value, response } = await client.one(access, { ...question, ...code })
  return { ...answer(response), payload: value }
}

/** All there are, or the first one. */
async function* pagesOf(
  { client, config }: Read,
  access: ZivaCareAccess,
  question: ZivaCareQuery,
): AsyncGenerator<Page<JsonObject>> {
  if (config.all === false) yield await client.page(access, question)
  else yield* client.pages(access, question)
}
