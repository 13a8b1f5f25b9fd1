import { Random } from '../../random'
import type { Resource } from '../fhir/resource'
import type { ResourceStore } from '../fhir/store'
import { address, humanName, someone } from './names'
import { practitioners, practitionerResource } from './practitioners'

export interface Site {
  /** As SU-SiteId names it. */
  id: string
  name: string
  /** Healthcode's id of who is paid. */
  provider: string
}

export const sites = [
  { id: 'HC10001', name: 'Riverside Clinic', provider: 'P100001' },
  { id: 'HC10002', name: 'Hillside Physiotherapy', provider: 'P100002' },
] as const satisfies readonly Site[]

const DAY = 86_400_000
const MINUTE = 60_000

/** What a site has when the sandbox starts: patients, and a week of its practitioners' slots. */
export function furnish(store: ResourceStore, { id: site, name }: Site, now: number): void {
  const today = Math.floor(now / DAY) * DAY
  const put = (id: string, resource: Resource, daysAgo: number) =>
    store.write('POST', resource.resourceType, id, resource, today - daysAgo * DAY + 8 * 60 * MINUTE)
  const patients = Array.from({ length: 12 }, (_, at) => {
    const who = someone(new Random('patient', site, at))
    const identifier = [{ system: `https://sandbox.invalid/${site}/patient`, value: String(5001 + at) }]
    put(`${site.toLowerCase()}-pat-${at + 1}`, patient(who, identifier), 60 - at)
    return { reference: `Patient/${site.toLowerCase()}-pat-${at + 1}`, display: `${who.given} ${who.family}` }
  })
  const location = { reference: `Location/${site.toLowerCase()}-loc-1`, display: name }
  put(`${site.toLowerCase()}-loc-1`, { resourceType: 'Location', status: 'active', name }, 80)
  for (const [at, one] of practitioners.slice(0, 3).entries()) {
    put(one.id, practitionerResource(one), 70)
    const schedule = `${site.toLowerCase()}-sch-${at + 1}`
    const actor = [{ reference: `Practitioner/${one.id}`, display: `${one.given} ${one.family}` }, location]
    put(schedule, { resourceType: 'Schedule', active: true, actor }, 30)
    for (let number = 0; number < 10; number++) {
      const start = today + (1 + Math.floor(number / 2)) * DAY + (9 + (number % 2) * 5) * 60 * MINUTE
      const id = `${site.toLowerCase()}-slot-${at + 1}${number}`
      const isBusy = new Random('slot', site, at, number).chance(0.4)
      put(id, slot(schedule, start, isBusy ? 'busy' : 'free'), 14)
      if (isBusy) {
        const who = patients[(at * 10 + number) % patients.length]
        put(id.replace('slot', 'apt'), appointment(id, start, [...actor, who]), 10 - number)
      }
    }
  }
}

function patient(who: ReturnType<typeof someone>, identifier: object[]): Resource {
  const { gender, birthDate } = who
  return {
    resourceType: 'Patient',
    ...{ identifier, active: true, name: [humanName(who)], gender, birthDate, address: [address(who)] },
  }
}

function slot(schedule: string, start: number, status: 'free' | 'busy'): Resource {
  return {
    resourceType: 'Slot',
    ...{ schedule: { reference: `Schedule/${schedule}` }, status },
    ...halfAnHour(start),
  }
}

function appointment(slotId: string, start: number, actors: readonly unknown[]): Resource {
  return {
    resourceType: 'Appointment',
    status: 'booked',
    slot: [{ reference: `Slot/${slotId}` }],
    ...halfAnHour(start),
    participant: actors.map((actor) => ({ actor, status: 'accepted' })),
  }
}

function halfAnHour(start: number): { start: string; end: string } {
  return { start: new Date(start).toISOString(), end: new Date(start + 30 * MINUTE).toISOString() }
}
