import type {
  CcrActorInput,
  CcrAddressInput,
  CcrAlertInput,
  CcrEncounterInput,
  CcrEntryInput,
  CcrIdInput,
  CcrInput,
  CcrPersonInput,
  CcrProcedureInput,
  CcrProductInput,
  CcrRoleInput,
  CcrTestInput,
} from './input'
import { described, id, instant, moment, quantity, when, type Located } from './parts'
import { list, name, object, objectInSteps, oneOrMore, text, wrong, type Reader, type Shape } from './readers'
import type { CcrCodedDescription } from '../model'

const otherId = object({ id: name, type: name, issuedBy: id } satisfies Shape<CcrIdInput>, 'id')

const address = object({
  type: name,
  line1: text,
  line2: text,
  city: text,
  county: text,
  state: text,
  country: text,
  postalCode: text,
} satisfies Shape<CcrAddressInput>)

const personParts = {
  id,
  ids: list(otherId),
  relation: described,
  specialty: described,
  address: oneOrMore(address),
  telephone: oneOrMore(name),
  email: oneOrMore(name),
  given: oneOrMore(name),
  middle: oneOrMore(name),
  family: oneOrMore(name),
  suffix: name,
  title: name,
  displayName: name,
  dateOfBirth: moment,
  birthDate: moment,
  gender: described,
}
const personOfParts = object(personParts satisfies Shape<CcrPersonInput>)
const person: Reader<Person> = (value, where) => born(personOfParts(value, where), where)
const actorParts = object({
  ...personParts,
  organization: name,
  system: name,
  version: name,
} satisfies Shape<CcrActorInput>)

const onlyOfPeople = [
  'given',
  'middle',
  'family',
  'suffix',
  'title',
  'displayName',
  'dateOfBirth',
  'birthDate',
  'gender',
] as const
const actor: Reader<Actor> = (value, where) => {
  const read = actorParts(value, where)
  const isPerson = onlyOfPeople.some((property) => read[property] !== undefined)
  if ([isPerson, read.organization !== undefined, read.system !== undefined].filter(Boolean).length > 1) {
    throw wrong(where, 'has to be one of a person, an organization and a system')
  }
  if (read.version !== undefined && read.system === undefined)
    throw wrong(`${where}.version`, 'is only for a system')
  return born(read, where)
}

/** A person with the one name that the builder has for the day of birth. */
function born<P extends Person>(person: P, where: string): P {
  const { dateOfBirth, birthDate } = person
  if (dateOfBirth !== undefined && birthDate !== undefined)
    throw wrong(`${where}.birthDate`, 'is the same as dateOfBirth: give one of them')
  return { ...person, dateOfBirth: dateOfBirth ?? birthDate }
}

const roleParts = object(
  { actor: id, role: described } satisfies Shape<Exclude<CcrRoleInput, string>>,
  'actor',
)
/** An actor in a role. */
export interface Role {
  actor: Located
  role?: CcrCodedDescription | undefined
}
const role: Reader<Role> = (value, where) =>
  typeof value === 'object' ? roleParts(value, where) : { actor: id(value, where) }

const entryParts = {
  id,
  date: oneOrMore(when),
  ids: list(otherId),
  type: described,
  description: described,
  status: described,
  source: id,
  comment: name,
}
const entry = object(entryParts satisfies Shape<CcrEntryInput>)

const alert = object({
  ...entryParts,
  agent: described,
  reaction: described,
  severity: described,
} satisfies Shape<CcrAlertInput>)

const product = object(
  {
    ...entryParts,
    product: described,
    brand: described,
    strength: oneOrMore(quantity),
    form: described,
    quantity,
    directions: name,
    dose: quantity,
    route: described,
    site: described,
    frequency: name,
    indication: described,
    series: name,
  } satisfies Shape<CcrProductInput>,
  'product',
)

const testParts = {
  ...entryParts,
  value: text,
  unit: name,
  normal: quantity,
  flag: described,
  method: described,
}
const test = object(testParts satisfies Shape<CcrTestInput>, 'value')
const resultParts = object({ ...testParts, tests: list(test) } satisfies Shape<
  CcrTestInput & { tests: CcrTestInput[] }
>)

const ofOneTest = ['unit', 'normal', 'flag', 'method'] as const

/** Its tests, or itself as the only one. */
const result: Reader<Result> = (value, where) => {
  const read = resultParts(value, where)
  if ((read.tests === undefined) === (read.value === undefined))
    throw wrong(where, 'has to have either a value or tests')
  for (const property of read.tests === undefined ? [] : ofOneTest) {
    if (read[property] !== undefined)
      throw wrong(`${where}.${property}`, 'is for a single value: give it in tests')
  }
  return read
}

/** The schema allows a procedure one. */
const oneId: Reader<OtherId[]> = (value, where) => {
  const ids = list(otherId)(value, where)
  if (ids.length > 1) throw wrong(where, 'may hold one id only')
  return ids
}

const procedure = object({
  ...entryParts,
  ids: oneId,
  site: described,
  practitioner: oneOrMore(id),
} satisfies Shape<CcrProcedureInput>)
const encounter = object({
  ...entryParts,
  location: described,
  practitioner: oneOrMore(id),
} satisfies Shape<CcrEncounterInput>)

/** All that a CCR is built of, checked, with its values as parts of the model. */
export const readInput = objectInSteps(
  {
    id: name,
    date: instant,
    language: described,
    patient: person,
    actors: list(actor),
    from: oneOrMore(role),
    to: oneOrMore(role),
    purpose: described,
    source: id,
    advanceDirectives: list(entry),
    support: list(role),
    problems: list(entry),
    socialHistory: list(entry),
    alerts: list(alert),
    medications: list(product),
    medicalEquipment: list(product),
    immunizations: list(product),
    vitalSigns: list(result),
    results: list(result),
    procedures: list(procedure),
    encounters: list(encounter),
    healthCareProviders: list(role),
  } satisfies Shape<CcrInput>,
  'patient',
)

type StepsOf<G> = G extends Generator<unknown, infer T> ? T : never
export type Input = StepsOf<ReturnType<typeof readInput>>
export type Person = ReturnType<typeof personOfParts>
export type Actor = ReturnType<typeof actorParts>
export type Entry = ReturnType<typeof entry>
export type Alert = ReturnType<typeof alert>
export type Product = ReturnType<typeof product>
export type Test = ReturnType<typeof test>
export type Result = ReturnType<typeof resultParts>
export type Procedure = ReturnType<typeof procedure>
export type Encounter = ReturnType<typeof encounter>
export type OtherId = ReturnType<typeof otherId>
