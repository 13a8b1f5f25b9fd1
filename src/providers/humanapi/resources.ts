import { GatewayError } from '../../errors'

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
  readonly area: 'wellness' | 'medical'
  readonly kind: ResourceKind
  /** Below the base of the Data API; `{id}` where an id or a day has to be. */
  readonly path: string
  /** What `id` means: one record or a day, where one can be asked for. */
  readonly id?: 'record' | 'record or day' | 'day'
  /** It is worth nothing without an id. */
  readonly needsId: boolean
  /** Known from the vendor's own pages, or only from clients that others wrote. */
  readonly known: 'vendor' | 'others'
}

type Known = HumanApiResource['known']
type Area = HumanApiResource['area']

const ids: Partial<Record<ResourceKind, HumanApiResource['id']>> = {
  list: 'record',
  readings: 'record',
  summaries: 'record or day',
  daily: 'day',
  raw: 'record',
}

function resource(
  area: Area,
  kind: ResourceKind,
  name: string,
  title: string,
  known: Known,
  path = name,
): HumanApiResource {
  const id = ids[kind]
  return { name, title, area, kind, path, ...(id ? { id } : {}), needsId: path.includes('{id}'), known }
}

/** The latest value at its own path, all of them at `readings`, those of a day below that. */
function measurement(name: string, title: string, known: Known): HumanApiResource[] {
  return [
    resource('wellness', 'single', name, `${title}: the latest`, known),
    resource('wellness', 'readings', `${name}/readings`, `${title}: readings`, known),
    daily(`${name}/readings`, `${title}: readings of a day`),
  ]
}

function daily(name: string, title: string): HumanApiResource {
  return resource('wellness', 'daily', `${name}/daily`, title, 'others', `${name}/daily/{id}`)
}

function medical(name: string, title: string, known: Known): HumanApiResource {
  return resource('medical', 'list', `medical/${name}`, title, known)
}

/**
 * All resources of the Data API. Source: reference.humanapi.co (pages of the resources, v2.1 to v2.3) for `vendor`;
 * clients that others wrote (RapidSoftwareSolutions, humanapi-python-client) for `others`.
 */
export const humanApiResources: readonly HumanApiResource[] = [
  resource('wellness', 'single', 'summary', 'Summary of the latest values', 'vendor', ''),
  resource('wellness', 'single', 'profile', 'Profile', 'others'),
  resource('wellness', 'list', 'sources', 'Connected sources', 'vendor'),
  resource('wellness', 'list', 'activities', 'Activities', 'others'),
  daily('activities', 'Activities of a day'),
  resource('wellness', 'summaries', 'activities/summaries', 'Activities: summaries by day', 'others'),
  ...measurement('blood_glucose', 'Blood glucose', 'others'),
  ...measurement('blood_oxygen', 'Blood oxygen', 'vendor'),
  ...measurement('blood_pressure', 'Blood pressure', 'others'),
  ...measurement('bmi', 'Body mass index', 'others'),
  ...measurement('body_fat', 'Body fat', 'others'),
  ...measurement('heart_rate', 'Heart rate', 'vendor'),
  resource('wellness', 'summaries', 'heart_rate/summaries', 'Heart rate: summaries by day', 'vendor'),
  ...measurement('height', 'Height', 'others'),
  ...measurement('weight', 'Weight', 'others'),
  resource('wellness', 'list', 'locations', 'Locations', 'others'),
  daily('locations', 'Locations of a day'),
  resource('wellness', 'list', 'food/meals', 'Meals', 'others'),
  resource('wellness', 'list', 'genetic/traits', 'Genetic traits', 'others'),
  resource('wellness', 'list', 'genetic/genotypes', 'Genotypes', 'others'),
  resource('wellness', 'list', 'sleeps', 'Sleeps', 'others'),
  daily('sleeps', 'Sleeps of a day'),
  resource('wellness', 'summaries', 'sleeps/summaries', 'Sleeps: summaries by day', 'others'),
  resource('medical', 'single', 'medical/profile', 'Medical profile', 'vendor'),
  medical('allergies', 'Allergies', 'vendor'),
  medical('ccds', 'Summary documents (CCD)', 'others'),
  resource(
    'medical',
    'raw',
    'medical/ccds/raw',
    'Summary document as XML',
    'others',
    'medical/ccds/{id}/raw',
  ),
  medical('demographics', 'Demographics', 'vendor'),
  medical('encounters', 'Encounters', 'vendor'),
  medical('functional_statuses', 'Functional statuses', 'others'),
  medical('immunizations', 'Immunizations', 'others'),
  medical('instructions', 'Instructions', 'others'),
  medical('issues', 'Issues (problems)', 'others'),
  medical('medications', 'Medications', 'vendor'),
  medical('narratives', 'Narratives', 'others'),
  resource(
    'medical',
    'single',
    'medical/organizations',
    'Organization',
    'vendor',
    'medical/organizations/{id}',
  ),
  medical('plans_of_care', 'Plans of care', 'others'),
  medical('procedures', 'Procedures', 'others'),
  resource('medical', 'list', 'medical/reports', 'Reports', 'vendor'),
  resource(
    'medical',
    'raw',
    'medical/reports/raw',
    'Report as JSON, HTML or PDF',
    'vendor',
    'medical/reports/{id}/raw',
  ),
  medical('test_results', 'Test results', 'vendor'),
  resource('medical', 'list', 'medical/timeline', 'Timeline', 'others'),
  medical('vitals', 'Vital signs', 'vendor'),
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

/** Its path, with the id or the day. HG_INPUT for an id that is missing, out of place or none. */
export function pathOf({ name, path, id: meaning, needsId }: HumanApiResource, id?: string): string {
  if (id === undefined || id === '') {
    if (!needsId) return path
    const what = meaning === 'day' ? 'a day (yyyy-mm-dd)' : 'the id of a record'
    throw new GatewayError('HG_INPUT', `The resource ${name} needs ${what} as its id.`)
  }
  if (meaning === undefined && !needsId) {
    throw new GatewayError('HG_INPUT', `The resource ${name} is a single one: it takes no id.`)
  }
  if (/^\.{0,2}$/.test(id) || /[\p{Cc}\p{Surrogate}]/u.test(id)) {
    throw new GatewayError('HG_INPUT', 'The id is not one of a record of Human API.')
  }
  const written = encodeURIComponent(id)
  return needsId ? path.replace('{id}', written) : `${path}/${written}`
}
