import type { Call, Reply, Route } from '../call'
import { Refusal } from '../refusal'
import { jsonReply, refusalReply } from './answers'
import { humanApiEndpoints, humanApiPaths } from './endpoints'
import type { HumanApiService } from './service'
import type { User } from './users'

/** The client's users: listed, read, deleted. Source: the vendor's "Managing Users" (v2.1). */
export function usersRoutes(service: HumanApiService): Route[] {
  const common = {
    endpoint: humanApiEndpoints.users,
    reader: 'program',
    refuse: refusalReply,
  } as const

  const asked = (call: Call): User => {
    authorize(service, call)
    const user = service.users.findHuman(call.params.humanId ?? '')
    if (!user) throw new Refusal(404, 'There is no such user.')
    return user
  }

  const one = (call: Call): Reply => {
    const user = asked(call)
    if (call.method === 'DELETE') service.delete(user)
    return jsonReply(described(service, user))
  }

  return [
    {
      ...common,
      methods: ['GET'],
      path: humanApiPaths.users,
      about: "Human API: the client's users",
      answer: (call) => {
        authorize(service, call)
        return jsonReply(service.users.list().map((user) => described(service, user)))
      },
    },
    {
      ...common,
      methods: ['GET', 'DELETE'],
      path: `${humanApiPaths.users}/:humanId`,
      about: 'Human API: one user, or its end',
      answer: one,
    },
  ]
}

/** Basic, with the app key as the name and no password. The sandbox takes the client's secret for the app key. */
function authorize(service: HumanApiService, call: Call): void {
  const [scheme = '', credentials = ''] = call.header('authorization').split(' ')
  const [key = '', password] = Buffer.from(credentials, 'base64').toString().split(':')
  const fits = scheme.toLowerCase() === 'basic' && password === '' && service.isSecret(key)
  if (!fits || call.params.clientId !== service.client.id) {
    throw new Refusal(
      401,
      'The app key is wrong. It is sent as the name of Basic authentication, without a password.',
    )
  }
}

function described({ client }: HumanApiService, user: User): Record<string, string> {
  return {
    humanId: user.humanId,
    externalId: user.id,
    appId: client.id,
    createdAt: new Date(user.createdAt).toISOString(),
    updatedAt: new Date(user.updatedAt).toISOString(),
  }
}
