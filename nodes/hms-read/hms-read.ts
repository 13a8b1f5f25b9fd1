import type { NodeAPI } from 'node-red'
import { incomingCcr, incomingCcrText } from '../../src/documents/incoming'
import { GatewayError } from '../../src/errors'
import { calendarDay, type CalendarDay } from '../../src/providers/healthjibe/calendar-day'
import type { ConnectionSummary } from '../../src/store/store'
import { accountOf, actionNode } from '../kit/action-node'
import { choice } from '../kit/choice'
import type { AccountConnections } from '../kit/connections'
import { editorCall } from '../kit/editor-call'
import { isEmpty, user, type Input } from '../kit/inputs'
import { answer } from '../kit/messages'
import type { RazcodeClients } from '../razcode-account/razcode-account'

const hms: Input<string> = {
  value: 'hms',
  type: 'msg',
  read(value) {
    if (typeof value === 'string' && value.trim() !== '') return value
    throw new GatewayError(
      'HG_INPUT',
      'No health management service. Set msg.hms, or the node\'s property "HMS", to one of the names that hms-list gives.',
    )
  },
}

function day(name: string, what: string): Input<CalendarDay | undefined> {
  return {
    value: name,
    type: 'msg',
    read: (value) => (isEmpty(value) ? undefined : calendarDay(value, what)),
  }
}

const inputs = {
  user,
  hms,
  startDate: day('startDate', 'start date'),
  endDate: day('endDate', 'end date'),
}

export default function (RED: NodeAPI): void {
  serveNames(RED)
  actionNode<RazcodeClients, typeof inputs>(RED, {
    type: 'hms-read',
    provider: 'healthjibe',
    operation: 'hmsRead',
    account: 'razcode-account',
    inputs,
    async run({ client, config, people, signal, used, values }) {
      const present = presentations[choice(config, 'output', ['xml', 'object'])]
      const connection = await people.get(values.user)
      const response = await client.healthjibe.hmsRead(connection, values, signal)
      const payload = await present(response, signal)
      await used(connection)
      return { ...answer(response), payload, user: values.user }
    },
  })
}

/**
 * For the dialog: the names of the services that one user of a deployed account has linked. Where the dialog knows no
 * user, it is who used the account last.
 */
function serveNames(RED: NodeAPI): void {
  editorCall(RED, 'hms-read/:id/names', async (id, form) => {
    const { client, people } = await accountOf<RazcodeClients>(RED, id, 'razcode-account').open()
    const asked = (form as { user?: unknown } | undefined)?.user
    const person = typeof asked === 'string' && asked !== '' ? asked : await lastUser(people)
    const { names } = await client.healthjibe.hmsList(await people.get(person))
    return { user: person, names }
  })
}

async function lastUser(people: AccountConnections): Promise<string> {
  const lastSeen = ({ lastUsedAt, grantedAt }: ConnectionSummary) => lastUsedAt ?? grantedAt
  const [latest] = (await people.list()).sort((a, b) => (lastSeen(a) < lastSeen(b) ? 1 : -1))
  if (latest) return latest.user
  throw new GatewayError(
    'HG_NOT_CONNECTED',
    'Nobody has connected this account yet. Send a browser through a connect node first.',
  )
}

const presentations = {
  xml: incomingCcrText,
  object: incomingCcr,
}
