import type { Call, Reply, Route } from '../call'
import { CcrMerge } from '../ccr/merge'
import { readCcr } from '../ccr/read'
import type { Documents } from '../documents'
import { text } from '../form'
import { razcodePaths } from '../razcode/endpoints'
import type { RazcodeService } from '../razcode/service'
import { Refusal } from '../refusal'
import { readPeriod } from './period'
import type { Choices } from './services'

/** The names of the services that the person chose for this connection. */
export function hmsListRoute(service: RazcodeService, choices: Choices): Route {
  return {
    methods: ['GET', 'POST'],
    path: razcodePaths.hmsList,
    endpoint: 'hmsList',
    about: 'JSON array of the names of the health management services that the person chose',
    reader: 'program',
    answer: async (call) => {
      const { token } = await service.verifyForPerson(call, await call.form())
      return {
        status: 200,
        headers: { 'content-type': 'application/json; charset=utf-8' },
        body: JSON.stringify(choices.of(token).services),
      }
    },
  }
}

/**
 * What a service has about the person: the CCR documents that any source had sent on to it, merged into one. Without
 * any, the CCR has an empty body. OMHE messages are no part of it, as how the live service turns them into a CCR is
 * not documented. 404 for a service that the person did not choose for this connection.
 */
export function hmsReadRoute(
  service: RazcodeService,
  choices: Choices,
  documents: Documents,
  now: () => number,
): Route {
  const read = async (call: Call): Promise<Reply> => {
    const { token, person, parameters } = await service.verifyForPerson(call, await call.form())
    const hms = text(parameters, 'hms')
    if (hms === '') throw new Refusal(400, 'The parameter hms is missing; it has to name a service.')
    if (!choices.of(token).services.includes(hms)) {
      throw new Refusal(404, 'The person has not chosen a health management service of this name.')
    }
    const period = readPeriod(text(parameters, 'startdate'), text(parameters, 'enddate'))
    const merge = new CcrMerge({ from: hms, patient: person.name, createdAt: now() })
    const sent = documents
      .list()
      .filter(
        (document) =>
          document.kind === 'ccr' && document.person === person.email && document.services.includes(hms),
      )
    for (const { bytes } of sent) {
      await merge.add(await readCcr(bytes, call.signal), ({ dates }) => period.includes(dates), call.signal)
    }
    return {
      status: 200,
      headers: { 'content-type': 'application/xml; charset=utf-8' },
      body: merge.toBuffer(),
    }
  }

  return {
    methods: ['GET'],
    path: razcodePaths.hmsRead,
    endpoint: 'hmsRead',
    about: 'One CCR of all that a service (hms) has, from startdate to enddate (mmddyyyy) if given',
    reader: 'program',
    answer: read,
  }
}
