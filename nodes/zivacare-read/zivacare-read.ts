import type { NodeAPI, NodeMessageInFlow } from 'node-red'
import { GatewayError } from '../../src/errors'
import type { HttpResponse } from '../../src/http/types'
import { isoDay } from '../../src/providers/day'
import type { JsonObject } from '../../src/providers/json-answer'
import type { Page } from '../../src/providers/paging'
import type { ZivaCareAccess, ZivaCareClient, ZivaCareQuery } from '../../src/providers/zivacare/client'
import {
  zivaCareDataType,
  zivaCareDataTypes,
  type ZivaCareDataType,
} from '../../src/providers/zivacare/data-types'
import { PAGE } from '../../src/providers/zivacare/endpoints'
import { actionNode, type Action } from '../kit/action-node'
import { choice } from '../kit/choice'
import { editorChoices } from '../kit/editor-call'
import { isEmpty, user, type Input, type Values } from '../kit/inputs'
import { answer } from '../kit/messages'
import type { Outcome } from '../kit/runner'
import { finished } from '../kit/status'

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

/** Checked where it is used. */
const limit: Input<number | undefined> = {
  value: '',
  type: 'num',
  read: (value) => (isEmpty(value) ? undefined : Number(value)),
}

const inputs = { user, resource, recordId, from: day('from'), to: day('to'), limit }

type Read = Action<ZivaCareClient, Values<typeof inputs>>
type Outputs = 'array' | 'sequence' | 'onRequest'

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
      const { config, people, used, values } = action
      const output = choice<Outputs>(config, 'output', ['array', 'sequence', 'onRequest'])
      const question = questionOf(action)
      const connection = await people.get(values.user)
      const access = { user: values.user, accessToken: connection.tokens.access_token ?? '' }
      const outcome =
        values.resource.kind === 'single' || values.recordId !== undefined
          ? await one(action, access, question)
          : output === 'array'
            ? await list(action, access, question)
            : sequence(RED, action, access, question, output === 'onRequest')
      await used(connection)
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

async function list(action: Read, access: ZivaCareAccess, question: ZivaCareQuery): Promise<Outcome> {
  const records: JsonObject[] = []
  let last: HttpResponse | undefined
  let attempts = 0
  for await (const { items, response } of pages(action, access, question)) {
    for (const item of items) records.push(item)
    last = response
    attempts += response.attempts
  }
  return {
    ...(last ? answer(last) : {}),
    attempts,
    payload: records,
    status: finished(String(records.length)),
  }
}

function sequence(
  RED: NodeAPI,
  action: Read,
  access: ZivaCareAccess,
  question: ZivaCareQuery,
  onRequest: boolean,
): Outcome {
  async function* parts() {
    for await (const { items } of pages(action, access, question)) yield { payload: items }
  }
  return {
    payload: undefined,
    sequence: {
      parts: parts(),
      empty: { payload: [] },
      len: question.limit ?? PAGE,
      onRequest,
      copy: (msg: NodeMessageInFlow) => RED.util.cloneMessage(msg),
    },
  }
}

/** All there are, or the first one. */
async function* pages(
  { client, config }: Read,
  access: ZivaCareAccess,
  question: ZivaCareQuery,
): AsyncGenerator<Page<JsonObject>> {
  if (config.all === false) yield await client.page(access, question)
  else yield* client.pages(access, question)
}
