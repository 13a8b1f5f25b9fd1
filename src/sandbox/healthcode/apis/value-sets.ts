import { codeSets } from '../data/codes'
import { refuse } from '../fhir/outcome'
import type { Resource } from '../fhir/resource'

/**
 * A code set by its name and scheme; the specialties also by profession. Source: apidocs.healthcode.co.uk,
 * "Reference/Master data", Retrieve Master Code Sets.
 * @param path below the namespace
 */
export function valueSet(path: readonly string[], now: number): Resource {
  const [name = '', second, ...more] = path
  const schemes = Object.hasOwn(codeSets, name) ? codeSets[name] : undefined
  if (!schemes || more.length > 0) throw unknown(`There is no code set ${path.join('/')}.`)
  const ofProfession = name === 'practitioner-specialty' ? second : undefined
  const scheme = ofProfession === undefined ? second : ''
  const chosen = Object.entries(schemes).filter(([one]) => scheme === undefined || one === scheme)
  if (chosen.length === 0) {
    throw unknown(
      `The code set ${name} has no scheme ${scheme ?? ''}. It has: ${Object.keys(schemes).join(', ')}.`,
    )
  }
  const contains = chosen.flatMap(([, { system, codes }]) =>
    codes
      .filter(({ profession }) => ofProfession === undefined || profession === ofProfession)
      .map(({ code, display }) => ({ system, code, display })),
  )
  if (contains.length === 0) throw unknown(`There is no profession ${ofProfession ?? ''}.`)
  return {
    resourceType: 'ValueSet',
    id: path.join('-').toLowerCase(),
    status: 'active',
    name,
    expansion: { timestamp: new Date(now).toISOString(), total: contains.length, contains },
  }
}

function unknown(text: string) {
  return refuse(404, 'not-found', text, { message: 'MSG_NO_EXIST' })
}
