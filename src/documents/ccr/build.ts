import { randomUUID } from 'node:crypto'
import { actorOf } from './build/actors'
import { bodyOf } from './build/body'
import { Context } from './build/context'
import { Identities } from './build/identities'
import type { CcrInput } from './build/input'
import { some, type Located } from './build/parts'
import { readInput, type Input, type Role } from './build/reading'
import type { CcrDocument } from './model'
import { atOnce, inTurns } from './steps'

/**
 * Builds a CCR that is valid by its schema: ids, sources and actors are filled in. Give it what is known, by the names
 * of its properties.
 *
 *     const ccr = buildCcr({
 *       patient: { given: 'Maria', family: 'Example', dateOfBirth: '1970-05-01', gender: 'Female' },
 *       problems: [{ description: 'Asthma', status: 'Active', date: { type: 'Onset', at: '1990' } }],
 *       medications: [
 *         {
 *           product: { text: 'Salbutamol', codes: [{ value: '435', system: 'RxNorm' }] },
 *           strength: { value: 0.1, unit: 'mg' },
 *           frequency: 'when needed',
 *         },
 *       ],
 *       vitalSigns: [
 *         { description: 'Body weight', value: 61.5, unit: 'kg', date: new Date() },
 *         {
 *           description: 'Blood pressure',
 *           date: '2026-01-15T09:25:00Z',
 *           tests: [
 *             { description: 'Systolic', value: 124, unit: 'mm[Hg]' },
 *             { description: 'Diastolic', value: 81, unit: 'mm[Hg]' },
 *           ],
 *         },
 *       ],
 *     })
 *     const xml = writeCcr(ccr)
 *
 * The patient is the source of everything unless `from` or `source` name another actor. HG_INPUT: a property is not
 * known, has another shape than `CcrInput` says, names an actor who is not there, or gives an id twice.
 */
export function buildCcr(input: CcrInput): CcrDocument {
  return atOnce(building(input))
}

/** The same with turns for other work. Rejects with what `buildCcr` throws; HG_CLOSED when aborted. */
export async function buildCcrInTurns(
  input: CcrInput,
  { signal }: { signal?: AbortSignal | undefined } = {},
): Promise<CcrDocument> {
  return inTurns(building(input), signal)
}

function* building(input: CcrInput): Generator<undefined, CcrDocument, undefined> {
  const read = yield* readInput(input, '')
  const { patient, actors = [], from, to, language, purpose } = read
  const created = read.date ?? new Date().toISOString()
  const ids = new Identities()
  ids.claim([patient.id, ...actors.map(({ id }) => id), ...entryIds(read)])
  const patientId = ids.ofActor(patient.id, 'patient')
  const actorIds = actors.map((actor) => ids.ofActor(actor.id, 'actor'))
  const source = ids.actor(read.source ?? from?.[0]?.actor ?? { value: patientId, where: 'patient' })
  const context = new Context(ids, source, created)
  const references = (roles: readonly Role[]) => roles.map((role) => context.reference(role))
  const Body = yield* bodyOf(read, context)
  return {
    CCRDocumentObjectID: read.id ?? randomUUID(),
    Language: language ?? { Text: 'English' },
    Version: 'V1.0',
    DateTime: { ExactDateTime: created },
    Patient: [{ ActorID: patientId }],
    From: { ActorLink: from?.length ? references(from) : [{ ActorID: patientId }] },
    ...(to?.length ? { To: { ActorLink: references(to) } } : {}),
    ...some('Purpose', purpose && [{ Description: [purpose] }]),
    Body,
    Actors: {
      Actor: [
        actorOf(patientId, patient, context),
        ...actors.map((actor, index) => actorOf(actorIds[index] ?? '', actor, context)),
      ],
    },
    ...(context.comments.length > 0 ? { Comments: { Comment: context.comments } } : {}),
  }
}

/** The ids that were given to entries. */
function entryIds(read: Input): (Located | undefined)[] {
  const results = [...(read.vitalSigns ?? []), ...(read.results ?? [])]
  const entries = [
    ...[read.advanceDirectives, read.problems, read.socialHistory, read.alerts, read.medications],
    ...[read.medicalEquipment, read.immunizations, read.procedures, read.encounters],
    ...[results, results.flatMap(({ tests = [] }) => tests)],
  ]
  return entries.flatMap((section = []) => section.map(({ id }) => id))
}
