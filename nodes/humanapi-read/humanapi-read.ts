import { isUtf8 } from 'node:buffer'
import type { NodeAPI } from 'node-red'
import { humanApiToFhir } from '../../src/documents/convert/humanapi-to-fhir/humanapi-to-fhir'
import { GatewayError } from '../../src/errors'
import { isoDay } from '../../src/providers/day'
import type { HumanApiAccess } from '../../src/providers/humanapi/client'
import { MOST_RECORDS, RECORDS_UNASKED } from '../../src/providers/humanapi/endpoints'
import {
  humanApiResource,
  humanApiResources,
  pathOf,
  type HumanApiResource,
} from '../../src/providers/humanapi/resources'
import type { JsonObject } from '../../src/providers/json-answer'
import type { Page } from '../../src/providers/paging'
import type { HumanApi } from '../humanapi-account/humanapi-account'
import { actionNode, type Action } from '../kit/action-node'
import { choice } from '../kit/choice'
import { editorChoices } from '../kit/editor-call'
import { humanApiPerson } from '../kit/humanapi'
import { isEmpty, user, type Input, type Values } from '../kit/inputs'
import { answer } from '../kit/messages'
import { limit, readList } from '../kit/reading'
import type { Outcome, Part } from '../kit/runner'

/** Of what this node can read, the name of one. */
const resource: Input<HumanApiResource> = {
  value: 'summary',
  type: 'str',
  read: (value) => humanApiResource(typeof value === 'string' ? value : ''),
}

/** A record's id, or a day where the resource has days: a Date or ISO 8601. `id` itself is the node's own. */
const recordId: Input<string | undefined> = {
  value: 'id',
  type: 'msg',
  read(value) {
    if (isEmpty(value)) return undefined
    const text = value instanceof Date ? isoDay(value) : value
    if (typeof text === 'string') return text
    throw new GatewayError('HG_INPUT', 'The id is no text. Give the id of a record, or a day.')
  },
}

const filters: Input<unknown> = { value: 'filters', type: 'msg', read: (value) => value }

const inputs = { user, resource, recordId, filters, limit }
type Read = Action<HumanApi, Values<typeof inputs>>

export default function (RED: NodeAPI): void {
  editorChoices(
    RED,
    'humanapi-read/resources',
    humanApiResources.map(({ name, title }) => ({ value: name, label: `${title} (${name})` })),
  )
  actionNode<HumanApi, typeof inputs>(RED, {
    type: 'humanapi-read',
    provider: 'humanapi',
    operation: 'read',
    account: 'humanapi-account',
    inputs,
    async run(action) {
      const { config, people, signal, values } = action
      const { name, kind } = values.resource
      const present = formats[choice(config, 'format', ['json', 'fhir'])](name)
      pathOf(values.resource, values.recordId)
      const access = humanApiPerson(action, values.user).access(signal)
      const used = async () => {
        const connection = await people.find(values.user)
        if (connection) await action.used(connection)
      }
      const isOne = kind === 'single' || (kind !== 'daily' && values.recordId !== undefined)
      if (kind !== 'raw' && !isOne) {
        const pageSize = values.limit ?? (config.all === false ? RECORDS_UNASKED : MOST_RECORDS)
        const pages = pagesOf(action, access)
        const outcome = await readList(config, { pages, pageSize, present, used })
        return { ...outcome, user: values.user }
      }
      const outcome = kind === 'raw' ? await document(action, access) : await one(action, access, present)
      await used()
      return { ...outcome, user: values.user }
    },
  })
}

type Convert = (data: JsonObject | JsonObject[]) => Part

const formats: Record<'json' | 'fhir', (resource: string) => Convert> = {
  json: () => (payload) => ({ payload }),
  fhir(resource) {
    // Before anything is asked for.
    humanApiToFhir(resource, [])
    return (data) => {
      const { bundle, findings } = humanApiToFhir(resource, data)
      return { payload: bundle, set: { findings } }
    }
  },
}

async function one(
  { client, values, signal }: Read,
  access: HumanApiAccess,
  convert: Convert,
): Promise<Outcome> {
  const { value, response } = await client.client.one(access, {
    resource: values.resource.name,
    ...(values.recordId === undefined ? {} : { id: values.recordId }),
    signal,
  })
  return { ...answer(response), ...convert(value) }
}

/** As it came: a PDF is bytes, all else text, if its bytes are UTF-8. */
async function document({ client, config, values, signal }: Read, access: HumanApiAccess): Promise<Outcome> {
  const format = choice<'json' | 'html' | 'pdf'>(config, 'reportFormat', ['json', 'html', 'pdf'])
  const { name } = values.resource
  const response = await client.client.raw(access, {
    resource: name,
    id: values.recordId ?? '',
    format,
    signal,
  })
  const { body } = response
  const isText = !(name === 'medical/reports/raw' && format === 'pdf') && isUtf8(body)
  return { ...answer(response), payload: isText ? body.toString('utf8') : body }
}

/** All there are, or the first one. */
async function* pagesOf(
  { client, config, values, signal }: Read,
  access: HumanApiAccess,
): AsyncGenerator<Page<JsonObject>> {
  const query = {
    resource: values.resource.name,
    ...(values.recordId === undefined ? {} : { id: values.recordId }),
    ...(values.limit === undefined ? {} : { limit: values.limit }),
    filters: values.filters,
    signal,
  }
  if (config.all === false) yield await client.client.page(access, query)
  else yield* client.client.pages(access, query)
}
