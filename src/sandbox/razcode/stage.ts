import type { Call, Reply, Route } from '../call'
import { only, type Parameter, text } from '../form'
import { checkHer, LARGEST_BODY, quotingErrorPage } from '../her'
import type { SignedRequest } from '../oauth1-verifier'
import { Refusal } from '../refusal'
import type { Account } from '../accounts'
import { razcodePaths } from './endpoints'
import type { RazcodeService } from './service'
import { stageAnswer } from './stage-answer'
import { imagePathOf, recordPathOf } from './record-pages'
import type { StagedRecord, StagedRecords } from './staged-records'

export interface Stage {
  service: RazcodeService
  staged: StagedRecords
  /** Where browsers reach the sandbox. */
  origin: string
  now: () => number
}

/**
 * Stages a health record (`her`) for a patient, as an activated organisation or as a consumer without a token, since
 * activation is optional. `user` is the access token of the only person who may have it, `pmt` a payment request.
 * What is wrong with the parameters is answered with status 200 and `ACK=Failure`; what is wrong with the signature
 * as everywhere else.
 */
export function stageRoutes(stage: Stage): Route[] {
  const route = (endpoint: 'stage' | 'stageUrl', about: string, code: Code): Route => ({
    methods: ['POST'],
    path: razcodePaths[endpoint],
    endpoint,
    about,
    reader: 'program',
    answer: (call) => receive(stage, call, code),
  })
  return [
    route('stage', 'Stages a health record; gives a RAZCODE and an image of it', ({ razId }) => ({
      raz_image: stage.origin + imagePathOf(razId),
    })),
    route('stageUrl', 'Stages a health record; gives a RAZCODE and its address', ({ razId }) => ({
      raz_uri: stage.origin + recordPathOf(razId),
    })),
  ]
}

/** The response parameter that an endpoint has of its own. */
type Code = (staged: StagedRecord) => Record<string, string>

async function receive(stage: Stage, call: Call, code: Code): Promise<Reply> {
  const form = await call.form(LARGEST_BODY, true)
  const request = await stage.service.verifyForOrganisation(call, form)
  if (call.isTo('echo')) return quotingErrorPage(only(form, 'her') ?? Buffer.alloc(0))
  try {
    if (call.isTo('stageFailure')) throw new Refusal(400, 'The sandbox was told to fail.')
    const record = stage.staged.add(await readRecord(stage, call, form, request))
    const pmt = record.payment && { pmt: record.payment.valid ? 'valid' : 'invalid' }
    return stageAnswer(call, { raz_id: record.razId, ...code(record), ...pmt, ACK: 'Success' })
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    return stageAnswer(call, { ACK: 'Failure', errormsg: error.message })
  }
}

async function readRecord(
  { service, now }: Stage,
  call: Call,
  form: readonly Parameter[],
  { consumer, organisation }: SignedRequest & { organisation: Account | undefined },
): Promise<Omit<StagedRecord, 'razId'>> {
  const her = only(form, 'her')
  if (!her) {
    throw new Refusal(400, 'The parameter her is missing in the body; it has to hold the health record.')
  }
  const user = text(form, 'user')
  const restrictedTo = user === '' ? undefined : service.personBehind(user, consumer.key)
  if (user !== '' && !restrictedTo) {
    throw new Refusal(400, 'The parameter user is no access token that a person gave to this consumer.')
  }
  const json = text(form, 'pmt')
  return {
    stagedAt: now(),
    consumerKey: consumer.key,
    organisation,
    kind: await checkHer(her, call.signal),
    bytes: her,
    restrictedTo,
    payment: json === '' ? undefined : { json, valid: isPayment(json) },
  }
}

/** The fields of a payment request are not documented; it is taken for valid when it is an object with any. */
function isPayment(json: string): boolean {
  try {
    const value: unknown = JSON.parse(json)
    return (
      typeof value === 'object' && value !== null && !Array.isArray(value) && Object.keys(value).length > 0
    )
  } catch {
    return false
  }
}
