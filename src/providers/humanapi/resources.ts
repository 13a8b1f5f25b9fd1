import { GatewayError } from '../../errors'
import { isoDay } from '../day'

/**
 * What an address gives. `single`: one object. `list`: an array, one of it by id. `readings`: all values of a
 * measurement, one of them by id. `summaries`: one a day, one of them by id or day. `daily`: the list of one day, which
 * has to be given. `raw`: a document as it is, whose id has to be given.
 */
export type ResourceKind = 'single' | 'list' | 'readings' | 'summaries' | 'daily' | 'raw'

export interface HumanApiResource {
  /** As a flow names it. */
  readonly name: string
  readonly title: string
  readonly kind: ResourceKind
  /** Below the base of the Data API; `{id}` where an id or a day has to be. */
  readonly path: string
  /** What `id` means: one record or a day, where one can be asked for. */
  readonly id?: 'record' | 'record or day' | 'day'
  /** It is worth nothing without an id. */
  readonly needsId: boolean
}

const ids: Partial<Record<ResourceKind, HumanApiResource['id']>> = {
  list: 'record',
  readings: 'record',
  summaries: 'record or day',
  daily: 'day',
  raw: 'record',
}

function resource(kind: ResourceKind, name: string, title: string, path = name): HumanApiResource {
  const id = ids[kind]
  return { name, title, kind, path, ...(id ? { id } : {}), needsId: path.includes('{id}') }
}

/** The latest value at its own path, all of them at `readings`, those of a day below that. */
function measurement(name: string, title: string): HumanApiResource[] {
  return [
    resource('single', name, `${title}: the latest`),
    resource('readings', `${name}/readings`, `${title}: readings`),
    daily(`${name}/readings`, `${title}: readings of a day`),
  ]
}

function daily(name: string, title: string): HumanApiResource {
  return resource('daily', `${name}/daily`, title, `${name}/daily/{id}`)
}

function medical(name: string, title: string): HumanApiResource {
  return resource('list', `medical/${name}`, title)
}

/**
 * All resources of the Data API. On reference.humanapi.co (pages of the resources, v2.1 to v2.3) are the summary, sources,
 * blood oxygen, heart rate with its summaries, and of medical ones profile, allergies, demographics, encounters,
 * medications, organizations, reports, test results and vitals. The others, and all days of readings, are in clients that
 * others wrote (RapidSoftwareSolutions, humanapi-python-client).
 */
export const humanApiResources: readonly HumanApiResource[] = [
  resource('single', 'summary', 'Summary of the latest values', ''),
  resource('single', 'profile', 'Profile'),
  resource('list', 'sources', 'Connected sources'),
  resource('list', 'activities', 'Activities'),
  daily('activities', 'Activities of a day'),
  resource('summaries', 'activities/summaries', 'Activities: summaries by day'),
  ...measurement('blood_glucose', 'Blood glucose'),
  ...measurement('blood_oxygen', 'Blood oxygen'),
  ...measurement('blood_pressure', 'Blood pressure'),
  ...measurement('bmi', 'Body mass index'),
  ...measurement('body_fat', 'Body fat'),
  ...measurement('heart_rate', 'Heart rate'),
  resource('summaries', 'heart_rate/summaries', 'Heart rate: summaries by day'),
  ...measurement('height', 'Height'),
  ...measurement('weight', 'Weight'),
  resource('list', 'locations', 'Locations'),
  daily('locations', 'Locations of a day'),
  resource('list', 'food/meals', 'Meals'),
  resource('list', 'genetic/traits', 'Genetic traits'),
  resource('list', 'genetic/genotypes', 'Genotypes'),
  resource('list', 'sleeps', 'Sleeps'),
  daily('sleeps', 'Sleeps of a day'),
  resource('summaries', 'sleeps/summaries', 'Sleeps: summaries by day'),
  resource('single', 'medical/profile', 'Medical profile'),
  medical('allergies', 'Allergies'),
  medical('ccds', 'Summary documents (CCD)'),
  resource('raw', 'medical/ccds/raw', 'Summary document as XML', 'medical/ccds/{id}/raw'),
  medical('demographics', 'Demographics'),
  medical('encounters', 'Encounters'),
  medical('functional_statuses', 'Functional statuses'),
  medical('immunizations', 'Immunizations'),
  medical('instructions', 'Instructions'),
  medical('issues', 'Issues (problems)'),
  medical('medications', 'Medications'),
  medical('narratives', 'Narratives'),
  resource('single', 'medical/organizations', 'Organization', 'medical/organizations/{id}'),
  medical('plans_of_care', 'Plans of care'),
  medical('procedures', 'Procedures'),
  resource('list', 'medical/reports', 'Reports'),
  resource('raw', 'medical/reports/raw', 'Report as JSON, HTML or PDF', 'medical/reports/{id}/raw'),
  medical('test_results', 'Test results'),
  resource('list', 'medical/timeline', 'Timeline'),
  medical('vitals', 'Vital signs'),
]

const byName = new Map(humanApiResources.map((each) => [each.name, each]))

/** The resource of a name. HG_INPUT for one that does not exist. */
export function humanApiResource(name: string): HumanApiResource {
  const found = byName.get(name)
  if (found) return found
  throw new GatewayError(
    'HG_INPUT',
    'Human API has no resource of this name. Choose one of the list in the node, for example heart_rate/readings or medical/vitals.',
  )
}

/**
 * Its path, with the id or the day (ISO 8601, of which the day counts as it is written). HG_INPUT for an id that is
 * missing, out of place or none.
 */
export function pathOf({ name, path, id: meaning, needsId }: HumanApiResource, id?: string): string {
  if (id === undefined || id === '') {
    if (!needsId) return path
    const what = meaning === 'day' ? 'a day (yyyy-mm-dd)' : 'the id of a record'
    throw new GatewayError('HG_INPUT', `The resource ${name} needs ${what} as its id.`)
  }
  if (meaning === undefined && !needsId) {
    throw new GatewayError('HG_INPUT', `The resource ${name} is a single one: it takes no id.`)
  }
  const isDay = meaning === 'day' || (meaning === 'record or day' && /^\d{4}-\d\d-\d\d/.test(id))
  const asked = isDay ? isoDay(id) : id
  if (asked === undefined) {
    throw new GatewayError('HG_INPUT', `The resource ${name} needs a day that exists, as yyyy-mm-dd.`)
  }
  if (/^\.{0,2}$/.test(asked) || /[\p{Cc}\p{Surrogate}]/u.test(asked)) {
    throw new GatewayError('HG_INPUT', 'The id is not one of a record of Human API.')
  }
  const written = encodeURIComponent(asked)
  return needsId ? path.replace('{id}', () => written) : `${path}/${written}`
}
