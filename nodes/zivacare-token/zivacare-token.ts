import type { NodeAPI } from 'node-red'
import { GatewayError } from '../../src/errors'
import type { ZivaCareClient, ZivaCareGrant } from '../../src/providers/zivacare/client'
import { actionNode, type Action } from '../kit/action-node'
import { choice } from '../kit/choice'
import { user, type Input, type Values } from '../kit/inputs'
import { answer } from '../kit/messages'
import type { Outcome } from '../kit/runner'
import { keepGrant, registerUser } from '../kit/zivacare'

/** What the page of the integrator has posted: the token itself, or an object that has it. Looked at where it is used. */
const specialToken: Input<unknown> = {
  value: 'payload',
  type: 'msg',
  read: (value) =>
    typeof value === 'object' && value !== null ? (value as { specialToken?: unknown }).specialToken : value,
}

const userName: Input<string> = {
  value: 'userName',
  type: 'msg',
  read(value) {
    if (value === undefined || value === null || typeof value === 'string') return value?.trim() ?? ''
    throw new GatewayError(
      'HG_INPUT',
      'The name of the user is not text. Correct msg.userName, or leave it out.',
    )
  },
}

const inputs = { user, specialToken, userName }
const provider = 'zivacare'

type Exchange = Action<ZivaCareClient, Values<typeof inputs>>

export default function (RED: NodeAPI): void {
  actionNode<ZivaCareClient, typeof inputs>(RED, {
    type: 'zivacare-token',
    provider,
    operation: (config) => (typeof config.action === 'string' ? config.action : 'exchange'),
    account: 'zivacare-account',
    inputs,
    run: (action) => actions[choice(action.config, 'action', ['exchange', 'createUser'])](action),
  })
}

/** "ZivaCare Connect", steps 4 and 5, for a page that the integrator hosts. */
async function exchange(action: Exchange): Promise<Outcome> {
  const { client, signal, values } = action
  const token = values.specialToken
  if (typeof token !== 'string' || token.trim() === '') {
    throw new GatewayError(
      'HG_INPUT',
      'No special token. Set msg.payload.specialToken to the one that ZivaCare\'s script gives to "finish".',
    )
  }
  return keep(action, await client.exchange(token.trim(), values.user, signal))
}

/** "Manage Users": somebody without a page. The special token that this gives is exchanged as one of the page's. */
async function createUser(action: Exchange): Promise<Outcome> {
  const { userName, user } = action.values
  return keep(action, await registerUser(action, user, userName || user))
}

async function keep(action: Exchange, grant: ZivaCareGrant): Promise<Outcome> {
  const { zivaUserCode, name, email, response } = grant
  const { user } = action.values
  await keepGrant(action, user, grant)
  return { ...answer(response), payload: { zivaUserCode, name, email }, user }
}

const actions = { exchange, createUser }
