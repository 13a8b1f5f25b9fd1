import type {
  CcrAlert,
  CcrBody,
  CcrCodedDataObject,
  CcrCodedDescription,
  CcrDirection,
  CcrEncounter,
  CcrPractitioners,
  CcrProcedure,
  CcrResult,
  CcrStructuredProduct,
  CcrTest,
} from '../model'
import type { Context } from './context'
import { given, measure, some, type Located } from './parts'
import type { Alert, Encounter, Entry, Input, Procedure, Product, Result, Role, Test } from './reading'

/** The sections that have entries; with a step for each entry. */
export function* bodyOf(input: Input, context: Context): Generator<undefined, CcrBody, undefined> {
  const object = (kind: string) => (entry: Entry) => context.object(entry, kind)
  const product = (kind: string) => (entry: Product) => productOf(entry, kind, context)
  const result = (entry: Result) => resultOf(entry, context)
  const actor = (role: Role) => context.reference(role)
  return {
    ...(yield* section(
      'AdvanceDirectives',
      'AdvanceDirective',
      input.advanceDirectives,
      object('advance-directive'),
    )),
    ...(yield* section('Support', 'SupportProvider', input.support, actor)),
    ...(yield* section('Problems', 'Problem', input.problems, object('problem'))),
    ...(yield* section(
      'SocialHistory',
      'SocialHistoryElement',
      input.socialHistory,
      object('social-history'),
    )),
    ...(yield* section('Alerts', 'Alert', input.alerts, (entry) => alertOf(entry, context))),
    ...(yield* section('Medications', 'Medication', input.medications, product('medication'))),
    ...(yield* section('MedicalEquipment', 'Equipment', input.medicalEquipment, product('equipment'))),
    ...(yield* section('Immunizations', 'Immunization', input.immunizations, product('immunization'))),
    ...(yield* section('VitalSigns', 'Result', input.vitalSigns, result)),
    ...(yield* section('Results', 'Result', input.results, result)),
    ...(yield* section('Procedures', 'Procedure', input.procedures, (entry) => procedureOf(entry, context))),
    ...(yield* section('Encounters', 'Encounter', input.encounters, (entry) => encounterOf(entry, context))),
    ...(yield* section('HealthCareProviders', 'Provider', input.healthCareProviders, actor)),
  }
}

/** A section, or nothing where it has no entries: the schema wants one at least. */
function* section<Name extends string, Child extends string, E, T>(
  name: Name,
  child: Child,
  entries: readonly E[] | undefined,
  make: (entry: E) => T,
): Generator<undefined, Partial<Record<Name, Partial<Record<Child, T[]>>>>, undefined> {
  const made: T[] = []
  for (const entry of entries ?? []) {
    made.push(make(entry))
    yield
  }
  return made.length > 0 ? given(name, some(child, made)) : {}
}

function alertOf(entry: Alert, context: Context): CcrAlert {
  const { agent, reaction, severity } = entry
  return {
    ...context.object(entry, 'alert'),
    ...(agent && { Agent: [{ Products: { Product: [agentOf(agent, entry, context)] } }] }),
    ...((reaction ?? severity) && {
      Reaction: [{ ...given('Description', reaction), ...given('Severity', severity) }],
    }),
  }
}

function agentOf(agent: CcrCodedDescription, { source }: Alert, context: Context): CcrStructuredProduct {
  return { ...bare('agent', source, context), Product: [{ ProductName: agent }] }
}

/** An object that is nothing but there. */
function bare(kind: string, source: Located | undefined, context: Context): CcrCodedDataObject {
  return { CCRDataObjectID: context.ids.of(undefined, kind), Source: context.source(source) }
}

function productOf(entry: Product, kind: string, context: Context): CcrStructuredProduct {
  const direction = directionOf(entry, context)
  return {
    ...context.object(entry, kind),
    Product: [
      {
        ProductName: entry.product,
        ...given('BrandName', entry.brand),
        ...some('Strength', entry.strength),
        ...some('Form', entry.form && [entry.form]),
      },
    ],
    ...some('Quantity', entry.quantity && [entry.quantity]),
    ...(Object.keys(direction).length === 0 ? {} : { Directions: [{ Direction: [direction] }] }),
    ...given('SeriesNumber', entry.series),
  }
}

function directionOf(entry: Product, context: Context): CcrDirection {
  const { directions, dose, route, site, frequency, indication } = entry
  return {
    ...(directions === undefined ? {} : { Description: { Text: directions } }),
    ...some('Dose', dose && [dose]),
    ...some('Route', route && [route]),
    ...some('Site', site && [site]),
    ...some('Frequency', frequency === undefined ? [] : [{ Value: frequency }]),
    ...some(
      'Indication',
      indication && [{ Description: [indication], Source: context.source(entry.source) }],
    ),
  }
}

/** A single measurement is a result with one test: what is said of it is said of the test, its date of both. */
function resultOf(entry: Result, context: Context): CcrResult {
  const { tests, value } = entry
  if (value === undefined) {
    const object = context.object(entry, 'result')
    return {
      ...object,
      ...some(
        'Test',
        tests?.map((test) => testOf(test, context)),
      ),
    }
  }
  const { description, date } = entry
  const object = {
    ...bare('result', entry.source, context),
    ...some('DateTime', date),
    ...given('Description', description),
  }
  return { ...object, Test: [testOf({ ...entry, value }, context)] }
}

function testOf(entry: Test, context: Context): CcrTest {
  const { method, value, unit, normal, flag } = entry
  const object = context.object(entry, 'test')
  const result = measure(value, unit)
  return {
    ...object,
    ...some('Method', method && [method]),
    TestResult: result,
    ...(normal && {
      NormalResult: { Normal: [{ ...given('Units', result.Units), ...normal, Source: object.Source ?? [] }] },
    }),
    ...some('Flag', flag && [flag]),
  }
}

function procedureOf(entry: Procedure, context: Context): CcrProcedure {
  const { IDs, ...object } = context.object(entry, 'procedure')
  return {
    ...object,
    ...given('IDs', IDs?.[0]),
    ...practitioners(entry.practitioner, context),
    ...some('Site', entry.site && [entry.site]),
  }
}

function encounterOf(entry: Encounter, context: Context): CcrEncounter {
  const { location, practitioner } = entry
  return {
    ...context.object(entry, 'encounter'),
    ...(location && { Locations: { Location: [{ Description: location }] } }),
    ...practitioners(practitioner, context),
  }
}

function practitioners(
  ids: readonly Located[] | undefined,
  context: Context,
): { Practitioners?: CcrPractitioners } {
  const references = ids?.map((id) => ({ ActorID: context.ids.actor(id) }))
  return references?.length ? { Practitioners: { Practitioner: references } } : {}
}
