import type { Reply } from '../call'
import { Refusal } from '../refusal'

/**
 * What the API for applications turns down, all with status 400. The codes below 9000 are ZivaCare's (docs.zivacare.com,
 * "Manage Users", whose list goes on where the copy that was found ends); from 9000 on they are the sandbox's own.
 */
const problems = {
  duplicateUser: ['0001', 'There is a user of this application with this clientUserId already.'],
  noClientId: ['0004', 'The parameter clientId is missing.'],
  noClientUserId: ['0005', 'The parameter clientUserId is missing.'],
  noClientSecret: ['0007', 'The parameter clientSecret is missing.'],
  unknownApplication: ['0011', 'There is no such application. Check clientId and clientSecret.'],
  noUserName: ['9001', 'The parameter clientUserName is missing.'],
  noSpecialToken: ['9002', 'The parameter specialToken is missing.'],
  unknownSpecialToken: ['9003', 'The special token is unknown, or older than ten minutes.'],
  usedSpecialToken: ['9004', 'The special token was used already. It serves once.'],
  deletedUser: ['9005', 'This user has been deleted from the application.'],
  notText: ['9006', 'A parameter has to be text, of 255 characters at most.'],
  sessionExpired: ['9007', 'The session has expired. Begin again.'],
  noOrigin: ['9008', 'The page that opened this window has no origin: it needs an http or https address.'],
} as const satisfies Record<string, readonly [code: string, message: string]>

export type Problem = keyof typeof problems

export function refusal(problem: Problem): Refusal {
  const [code, message] = problems[problem]
  return new Refusal(400, message, code)
}

/** A refusal of another kind has its status as its code. */
export function applicationRefusal({ status, message, problem }: Refusal): Reply {
  return json({ code: problem ?? String(status), message }, status)
}

export function json(value: object, status = 200, headers: Reply['headers'] = {}): Reply {
  return {
    status,
    headers: { 'content-type': 'application/json; charset=utf-8', ...headers },
    body: JSON.stringify(value),
  }
}
