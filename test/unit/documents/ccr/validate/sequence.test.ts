import assert from 'node:assert/strict'
import fc from 'fast-check'
import { ccrTypes, type Particle, type TypeRule } from '../../../../../src/documents/ccr/schema'
import { atOnce } from '../../../../../src/documents/ccr/steps'
import type { Place } from '../../../../../src/documents/ccr/validate/place'
import { Report, Room } from '../../../../../src/documents/ccr/validate/report'
import { checkSequence, isRight } from '../../../../../src/documents/ccr/validate/sequence'
import { slotsOf } from '../../../../../src/documents/ccr/validate/slots'

/** What is found about an element of a type with children of these names, in this order. */
function findings(
  type: TypeRule,
  names: readonly string[],
): { code: string; path: string; message: string }[] {
  const root: Place = { name: 'Root', ordinal: 0 }
  const parent: Place = { parent: root, name: 'It', ordinal: 0 }
  const report = new Report(new Room())
  const inside = {
    place: parent,
    size: names.length,
    rule: (ordinal: number) => type.byName.get(names[ordinal] ?? ''),
    placeOf: (ordinal: number) => {
      const name = names[ordinal] ?? ''
      const index = names.slice(0, ordinal).filter((other) => other === name).length
      return { parent, name, index, ordinal }
    },
  }
  atOnce(checkSequence(type, inside, report))
  const found = atOnce(report.findings()).map(({ code, path, message }) => ({ code, path, message }))
  assert.equal(isRight(slotsOf(type), inside), found.length === 0)
  return found
}

const typeOf = (name: string) => ccrTypes.get(name) as TypeRule

/** The content model as a regular expression over names with a comma behind each. */
function expression(particle: Particle): string {
  if (particle.kind === 'element') {
    return `(?:${particle.name},){${particle.min},${particle.max === Infinity ? '' : particle.max}}`
  }
  return `(?:${particle.particles.map(expression).join(particle.kind === 'choice' ? '|' : '')})`
}

describe('the order and number of elements', () => {
  it('are right exactly where a regular expression of the content model says so', () => {
    const sequences = fc.constantFrom(...ccrTypes.values()).chain((type) => {
      const inOrder = type.children.map(({ name, max }) =>
        fc.array(fc.constant(name), { maxLength: Math.min(max, 2) }),
      )
      const orderly = fc.tuple(...inOrder).map((parts) => parts.flat())
      const names = fc.constantFrom(...type.children.map(({ name }) => name), ...(type.open ? ['x'] : []))
      // An orderly one with something put in or taken out is wrong in few places; an orderly one may be right.
      const nearly = fc.tuple(orderly, fc.nat(), names, fc.boolean()).map(([list, at, name, insert]) => {
        const index = at % (list.length + 1)
        return insert ? list.toSpliced(index, 0, name) : list.toSpliced(index, 1)
      })
      return fc.record({ type: fc.constant(type), names: fc.oneof(orderly, nearly, fc.array(names)) })
    })
    let right = 0
    fc.assert(
      fc.property(sequences, ({ type, names }) => {
        fc.pre(!type.open)
        const wanted = new RegExp(`^${expression(type.content)}$`).test(
          names.map((name) => `${name},`).join(''),
        )
        if (wanted) right++
        assert.equal(findings(type, names).length === 0, wanted, `${type.name}: ${names.join(' ')}`)
      }),
      { numRuns: 3000 },
    )
    assert.ok(right > 300, `${right} of them were right`)
  })

  it('finds what is missing', () => {
    assert.deepEqual(findings(typeOf('IDType'), ['ID']), [
      {
        code: 'structure.missing',
        path: 'It/Source',
        message: 'It has no Source; the schema requires at least one.',
      },
    ])
  })

  it('blames the one element that is out of order, not those around it', () => {
    const late = findings(typeOf('CodeType'), ['CodingSystem', 'Version', 'Value'])
    assert.deepEqual(
      late.map(({ path, message }) => [path, message]),
      [['It/Value[1]', 'Value is in the wrong place; the schema wants it before Version.']],
    )
    const early = findings(typeOf('CodeType'), ['Version', 'Value', 'CodingSystem'])
    assert.deepEqual(
      early.map(({ path, message }) => [path, message]),
      [['It/Version[1]', 'Version is in the wrong place; the schema wants it after Value.']],
    )
  })

  it('does not call missing what is only out of order', () => {
    const codes = findings(typeOf('IDType'), ['Source', 'ID']).map(({ code }) => code)
    assert.deepEqual(codes, ['structure.order'])
  })

  it('counts', () => {
    assert.deepEqual(
      findings(typeOf('CodeType'), ['Value', 'Value', 'Value']).map(({ code, path }) => [code, path]),
      [
        ['structure.too-many', 'It/Value[2]'],
        ['structure.too-many', 'It/Value[3]'],
      ],
    )
  })

  it('knows alternatives', () => {
    const codes = findings(typeOf('ActorType'), ['ActorObjectID', 'Person', 'Organization', 'Source'])
    assert.deepEqual(
      codes.map(({ code, path }) => [code, path]),
      [['structure.choice', 'It/Organization[1]']],
    )
  })

  it('knows an element that stands in two places', () => {
    const before = ['CCRDataObjectID', 'IDs', 'Source', 'Manufacturer', 'IDs', 'SeriesNumber']
    assert.deepEqual(findings(typeOf('OrderRxHistoryType'), before), [])
    const between = ['CCRDataObjectID', 'Source', 'Provider', 'IDs', 'Manufacturer']
    assert.deepEqual(
      findings(typeOf('OrderRxHistoryType'), between).map(({ code }) => code),
      ['structure.order'],
    )
  })
})
