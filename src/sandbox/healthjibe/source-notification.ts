import type { Call, Reply, Route } from '../call'
import type { Documents } from '../documents'
import { only } from '../form'
import { checkHer, LARGEST_BODY, quotingErrorPage } from '../her'
import { razcodePaths } from '../razcode/endpoints'
import type { RazcodeService } from '../razcode/service'
import { Refusal } from '../refusal'
import type { Choices } from './services'

/**
 * Takes a health record. 200 with `OK`; 403 when the person has said stop, since the source was told so on its
 * callback and must not send; 400 for what is no record. The live service's answers are not documented.
 */
export function sourceNotificationRoute(
  service: RazcodeService,
  choices: Choices,
  documents: Documents,
  now: () => number,
): Route {
  const receive = async (call: Call): Promise<Reply> => {
    const form = await call.form(LARGEST_BODY, true)
    const { consumer, token, person } = await service.verifyForPerson(call, form)
    const { services, notify } = choices.of(token)
    if (!notify) throw new Refusal(403, 'This person has stopped notifications. Do not send any more.')
    const her = only(form, 'her')
    if (!her)
      throw new Refusal(400, 'The parameter her is missing in the body; it has to hold the health record.')
    if (call.isTo('echo')) return quotingErrorPage(her)
    const kind = await checkHer(her, call.signal)
    documents.add({
      receivedAt: now(),
      consumerKey: consumer.key,
      person: person.email,
      bytes: her,
      kind,
      services,
    })
    return { status: 200, body: 'OK' }
  }
  return {
    methods: ['POST'],
    path: razcodePaths.sourceNotification,
    endpoint: 'sourceNotification',
    about: 'Takes a health record (CCR or OMHE) in the form parameter her',
    reader: 'program',
    answer: receive,
  }
}
