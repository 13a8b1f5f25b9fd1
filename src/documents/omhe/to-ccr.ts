import { stableUuid } from '../fhir/stable-uuid'
import { buildCcr } from '../ccr/build'
import type { CcrActorInput, CcrEntryInput, CcrPersonInput, CcrResultInput } from '../ccr/build/input'
import type { CcrDocument } from '../ccr/model'
import { bloodPressurePanel, factsOf, type MeasureName } from './commands'
import { utcOf } from './helpers'
import type { OmheCommand, OmheFinding, OmheQuantity } from './model'
import { observe } from './record'
import type { Observed, OmheDocument, OmheRecordOptions, People } from './record'

export interface OmheCcrOptions extends OmheRecordOptions {
  /** The document's id. By default it is made of the content: the same content has the same one. */
  documentId?: string
  /** When the document was made; now by default. */
  created?: string | Date
}

export interface OmheCcr {
  ccr: CcrDocument
  findings: OmheFinding[]
}

/**
 * A CCR of OMHE commands, valid by its schema: measurements in VitalSigns and Results, with LOINC codes and UCUM units;
 * what a person ate, drank and did in SocialHistory; tags as comments. HG_INPUT and HG_TOO_LARGE as `parseOmhe`, and
 * HG_INPUT if no command in it has a place in a CCR.
 */
export function omheToCcr(document: OmheDocument, options: OmheCcrOptions = {}): OmheCcr {
  const { observed, findings, people } = observe(document, options)
  const date = utcOf(options.created ?? new Date())
  const inSection = (name: Observed['facts']['section']) =>
    observed.filter(({ facts }) => facts.section === name)
  const habits = inSection('SocialHistory')
  const content = {
    patient: personOf(people),
    ...authorOf(people),
    socialHistory: habits.map(habitOf),
    vitalSigns: inSection('VitalSigns').map(resultOf),
    results: inSection('Results').map(resultOf),
  }
  const ccr = buildCcr({ ...content, id: options.documentId ?? stableUuid(content), date })
  // The builder takes texts and codes; a number has its place in an attribute.
  for (const [index, element] of (ccr.Body?.SocialHistory?.SocialHistoryElement ?? []).entries()) {
    const count = countOf(habits[index]?.command)
    if (!count || !element.Description) continue
    const AttributeValue = [{ Value: String(count.value) }]
    element.Description.ObjectAttribute = [{ Attribute: 'Count', AttributeValue }]
  }
  return { ccr, findings }
}

function personOf({ patient }: People): CcrPersonInput {
  const { id, name, given, family, birthDate, gender } = patient
  return {
    id: 'patient',
    displayName: name,
    dateOfBirth: birthDate,
    ...{ given, family, gender },
    ...(id === undefined ? {} : { ids: [{ id, type: 'Patient ID' }] }),
  }
}

function authorOf({ source }: People): { actors?: CcrActorInput[]; from?: string } {
  return source === undefined ? {} : { actors: [{ ...source, id: 'source' }], from: 'source' }
}

function entryOf({ command, time, note }: Observed): CcrEntryInput {
  return {
    date: time,
    comment: note,
    ...(command.id === undefined ? {} : { ids: [{ id: command.id, type: 'OMHE id' }] }),
  }
}

function resultOf(one: Observed): CcrResultInput {
  const quantities = Object.entries(one.command.values) as [MeasureName, OmheQuantity][]
  return {
    ...entryOf(one),
    description: described(one.title, codeOf(one.command)),
    tests: quantities.map(([measure, { value, unit, loinc }]) => ({
      date: one.time,
      type: 'Observation',
      description: described(factsOf(measure).title, loinc),
      ...{ value, unit },
    })),
  }
}

/** The kind of habit is the entry's type, a text its description. */
function habitOf(one: Observed): CcrEntryInput {
  return { ...entryOf(one), type: one.title, description: one.command.content ?? one.title }
}

function described(text: string, loinc: string | undefined): CcrEntryInput['description'] {
  return loinc === undefined ? text : { text, codes: [{ value: loinc, system: 'LOINC' }] }
}

/** The code of all that a command measures together. */
function codeOf({ command, values }: OmheCommand): string | undefined {
  if (command === 'bp') return bloodPressurePanel.code
  const [only, ...others] = Object.values<OmheQuantity>(values)
  return others.length === 0 ? only?.loinc : undefined
}

function countOf(command: OmheCommand | undefined): OmheQuantity | undefined {
  return command && 'count' in command.values ? command.values.count : undefined
}
