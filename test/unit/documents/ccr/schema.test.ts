import assert from 'node:assert/strict'
import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { ccrSchema, ccrTypes, type ChildRule, type TypeRule } from '../../../../src/documents/ccr/schema'

/** A line of the outline with the lines that are indented below it. */
interface Line {
  text: string
  below: Line[]
}

/** What one place of a content model says, in words that both sides can be put into. */
type Place = { choice: Place[] } | Named
interface Named {
  name: string
  occurrence?: string
  leaf?: string
  content?: Content
}
interface Content {
  id: string
  places: () => Place[]
}

const outlineFile = path.resolve(__dirname, '../../../../../shared/research/ccr-outline.txt')

describe('the schema table', () => {
  it('has the seventeen sections of the body in their order', () => {
    const body = ccrSchema.byName.get('Body')?.type as TypeRule
    assert.deepEqual(
      body.children.map(({ name }) => name),
      [
        ...['Payers', 'AdvanceDirectives', 'Support', 'FunctionalStatus', 'Problems', 'FamilyHistory'],
        ...['SocialHistory', 'Alerts', 'Medications', 'MedicalEquipment', 'Immunizations', 'VitalSigns'],
        ...['Results', 'Procedures', 'Encounters', 'PlanOfCare', 'HealthCareProviders'],
      ],
    )
  })

  it('puts the content of a base type first, then the extension', () => {
    assert.deepEqual(
      ccrTypes.get('ProblemType')?.children.map(({ name }) => name),
      [
        ...[
          'CCRDataObjectID',
          'DateTime',
          'IDs',
          'Type',
          'Description',
          'Status',
          'Source',
          'InternalCCRLink',
        ],
        ...['ReferenceID', 'CommentID', 'Signature', 'Episodes', 'HealthStatus', 'PatientKnowledge'],
      ],
    )
  })

  it('lists a child once that stands in two places', () => {
    const type = ccrTypes.get('OrderRxHistoryType') as TypeRule
    assert.equal(type.children.filter(({ name }) => name === 'IDs').length, 1)
    assert.equal(places(type).filter((place) => 'name' in place && place.name === 'IDs').length, 2)
    assert.equal(type.byName.get('IDs')?.max, Infinity)
  })

  it('takes an alternative for optional', () => {
    const { byName } = ccrTypes.get('ActorType') as TypeRule
    for (const name of ['Person', 'Organization', 'InformationSystem']) assert.equal(byName.get(name)?.min, 0)
  })

  it('numbers the children', () => {
    for (const { children, byName } of ccrTypes.values()) {
      assert.deepEqual(
        children.map(({ index }) => index),
        [...children.keys()],
      )
      assert.deepEqual([...byName.values()], children)
    }
  })

  it('reaches every type from the root, however deep they contain each other', () => {
    const reached = new Set<TypeRule>()
    const reach = (type: TypeRule): void => {
      if (reached.has(type)) return
      reached.add(type)
      for (const child of type.children) if (child.type !== 'string') reach(child.type)
    }
    reach(ccrSchema)
    const onlyExtended = ['DoseCalculationType', 'InterventionType', 'MeasureGroup', 'SLRCGroup']
    const unreached = [...ccrTypes.values()].filter((type) => !reached.has(type)).map(({ name }) => name)
    assert.deepEqual(unreached.sort(), onlyExtended)
  })

  it('says what the outline of E2369-05 says', function () {
    if (!existsSync(outlineFile)) {
      console.log(`      skipped: ${outlineFile} is not there`)
      this.skip()
    }
    const outline = new Outline(readFileSync(outlineFile, 'utf8'))
    const seen = new Set<string>()
    const compare = (where: string, expected: Content, actual: Content): void => {
      const pair = `${expected.id} | ${actual.id}`
      if (seen.has(pair)) return
      seen.add(pair)
      assert.deepEqual(shape(actual.places()), shape(expected.places()), where)
      const others = flat(actual.places())
      for (const [index, place] of flat(expected.places()).entries()) {
        const other = others[index]
        if (place.content && other?.content) compare(`${where}/${place.name}`, place.content, other.content)
      }
    }
    compare('ContinuityOfCareRecord', outline.root(), contentOf(ccrSchema))
    assert.ok(seen.size > 100, `${seen.size} different contents were compared`)
  })
})

const flat = (list: Place[]): Named[] =>
  list.flatMap((place) => ('choice' in place ? flat(place.choice) : [place]))

/** One level, as data. */
const shape = (list: Place[]): unknown =>
  list.map((place) =>
    'choice' in place ? { choice: shape(place.choice) } : [place.name, place.occurrence, place.leaf],
  )

function contentOf(type: TypeRule): Content {
  const attributes = (type.attributes ?? []).map((name) => ({ name: `@${name}` }))
  return { id: type.name, places: () => [...places(type), ...attributes] }
}

function places(type: TypeRule, particles = type.content.particles): Place[] {
  return particles.map((particle): Place => {
    if (particle.kind !== 'element') {
      assert.equal(particle.kind, 'choice')
      return { choice: places(type, particle.particles) }
    }
    const { name, min, max } = particle
    const { type: contained, format } = type.byName.get(name) as ChildRule
    const occurrence = min === 1 && max === 1 ? '1' : `${min}..${max === Infinity ? 'n' : max}`
    if (contained === 'string') return { name, occurrence, leaf: format ?? 'string' }
    // The outline has no word for a type that is open to anything.
    return contained.open
      ? { name, occurrence, leaf: 'string' }
      : { name, occurrence, content: contentOf(contained) }
  })
}

class Outline {
  readonly #blocks = new Map<string, Line>()

  constructor(text: string) {
    const stack: Line[] = []
    for (const raw of text.split(/\r?\n/)) {
      if (raw.trim() === '') continue
      const depth = (raw.length - raw.trimStart().length) / 2
      const line: Line = { text: raw.trim(), below: [] }
      if (depth === 0) this.#blocks.set(line.text.replace(/ :.*/, ''), line)
      else stack[depth - 1]?.below.push(line)
      stack[depth] = line
    }
  }

  root(): Content {
    return this.#global('ContinuityOfCareRecord')
  }

  #global(name: string): Content {
    const type = / : (\S+)$/.exec(this.#block(`element ${name}`).text)?.[1]
    return this.#named(type ? `complexType ${type}` : `element ${name}`)
  }

  #named(key: string): Content {
    return this.#content(key, this.#block(key))
  }

  #block(key: string): Line {
    const block = this.#blocks.get(key)
    assert.ok(block, `the outline has ${key}`)
    return block
  }

  #content(id: string, line: Line): Content {
    return { id, places: () => line.below.flatMap((below) => this.#places(id, below)) }
  }

  #places(id: string, line: Line): Place[] {
    const base = /^\(extension of (\w+)\)$/.exec(line.text)?.[1]
    if (base) return this.#named(`complexType ${base}`).places()
    const group = /^\+group (\w+) 1$/.exec(line.text)?.[1]
    if (group) return this.#named(`group ${group}`).places()
    if (line.text === '[choice 1]') return [{ choice: this.#content(id, line).places() }]
    if (line.text.startsWith('@')) return [{ name: line.text }]
    const [, reference, name = '', occurrence = '', type = 'string'] =
      /^(->)?(\w+) (\S+)(?: : (\w+))?$/.exec(line.text) ?? []
    assert.ok(name, line.text)
    if (reference) return [{ name, occurrence, content: this.#global(name) }]
    if (line.below.length > 0) return [{ name, occurrence, content: this.#content(`${id}/${name}`, line) }]
    if (type === 'string' || type === 'integer') return [{ name, occurrence, leaf: type }]
    return [{ name, occurrence, content: this.#named(`complexType ${type}`) }]
  }
}
