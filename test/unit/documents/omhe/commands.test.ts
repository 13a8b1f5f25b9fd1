import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import {
  bloodPressurePanel,
  commandFacts,
  commands,
  factsOf,
  isOmhe,
  measures,
  words,
  type CommandName,
  type MeasureName,
} from '../../../../src/documents/omhe/commands'
import { parseOmhe } from '../../../../src/documents/omhe/parse'

/** LOINC's check digit: double every second digit from the right, add the digits, fill up to ten. */
function checkDigit(number: string): number {
  const digits = Array.from(number, Number).reverse()
  const sum = digits.reduce((total, digit, place) => {
    const doubled = place % 2 === 0 ? digit * 2 : digit
    return total + Math.floor(doubled / 10) + (doubled % 10)
  }, 0)
  return (10 - (sum % 10)) % 10
}

describe("OMHE's command table", () => {
  it('has every command and alias of the documented table', () => {
    const documented: Record<string, string> = {
      bp: 'bloodpressure',
      bg: 'bloodglucose',
      wt: 'weight',
      fm: 'fatmass',
      ffm: 'freefatmass',
      pbf: 'percentbodyfat',
      st: 'steps spd fitbit',
      pn: 'pain',
      md: 'mood',
      ci: 'checkin check-in check',
      pts: 'points gems',
      zeo: 'sleepscore zscore',
      frv: 'freggie',
      frt: 'fruit',
      veg: 'vegetable veggie',
      jnk: 'junk junkfood',
      wtr: 'water h2o',
      alc: 'alcohol beer wine shot',
      ptn: 'protien',
      crb: 'starch carb carbohydrate',
      dry: 'dairy',
      drk: 'drink',
      sbp: 'sendbloodpressure',
      eat: 'ate tweat',
      gym: 'workout',
      que: 'question',
      ans: 'answer',
      gbp: 'getbloodpressure',
      yes: 'y si ok',
      bmi: 'bodymassindex',
      lip: 'chol',
      hr: 'healthrecord',
      hp: 'help',
      ...{ mc: '', hc: '', sta: '', sto: '', id: '', hid: '', hivcd4: '', hivvl: '' },
    }
    for (const [command, aliases] of Object.entries(documented)) {
      for (const word of [command, ...aliases.split(' ').filter(Boolean)]) {
        assert.equal(words.get(word), command, word)
      }
    }
    assert.deepEqual(Object.keys(commands).sort(), Object.keys(documented).sort())
  })

  it('has no word twice', () => {
    const all = Object.entries(commands).flatMap(([name, { aliases }]) => [name, ...aliases])
    assert.equal(new Set(all).size, all.length)
  })

  it('has LOINC codes with the right check digit, each once', () => {
    const codes = (Object.keys(measures) as MeasureName[]).flatMap((name) => factsOf(name).loinc?.code ?? [])
    for (const code of [...codes, bloodPressurePanel.code]) {
      const [number = '', digit] = code.split('-')
      assert.equal(Number(digit), checkDigit(number), code)
    }
    assert.equal(new Set(codes).size, codes.length)
    assert.equal(codes.length, 15)
  })

  it('takes the longest word, in any case', () => {
    const cases: [string, string][] = [
      ['wtr3', 'wtr'],
      ['wt3', 'wt'],
      ['starch', 'crb'],
      ['steps7', 'st'],
      ['st7', 'st'],
      ['check-in', 'ci'],
      ['CheckIn', 'ci'],
      ['CHECK', 'ci'],
      ['yes', 'yes'],
      ['Y', 'yes'],
      ['hivcd4', 'hivcd4'],
      ['hid', 'hid'],
      ['junkfood2', 'jnk'],
      ['carbohydrate', 'crb'],
      ['WINE', 'alc'],
      ['bmi20', 'bmi'],
      ['ffm=22', 'ffm'],
    ]
    for (const [text, command] of cases) assert.equal(parseOmhe(text).commands[0]?.command, command, text)
  })

  it('is in the documentation as it is, word for word', () => {
    const rows = readFileSync(join(__dirname, '../../../../docs/omhe.md'), 'utf8')
      .split('\n')
      .filter((line) => line.startsWith('| `'))
    for (const name of Object.keys(commands) as CommandName[]) {
      const { aliases, form, section = 'nowhere' } = commandFacts(name)
      const row = rows.find((line) => line.split('|')[1]?.includes(`\`${name}\``))
      assert.ok(row, name)
      for (const alias of aliases) assert.ok(row.includes(`\`${alias}\``), `${name}: ${alias}`)
      assert.ok(row.includes(section), `${name}: ${section}`)
      if (form.kind !== 'numbers') continue
      for (const [, measure] of form.written) {
        const { unit, min, max, loinc } = factsOf(measure)
        assert.ok(row.includes(unit), `${name}: ${unit}`)
        assert.ok(row.includes(loinc?.code ?? ''), `${name}: ${loinc?.code}`)
        const range = max === undefined ? `${min ?? ''} or more` : `${min}–${max}`
        assert.ok(min === undefined || row.includes(range), `${name}: ${range}`)
      }
    }
  })

  describe('tells commands from prose before they are sent', () => {
    it('by how each line begins', () => {
      for (const text of ['bp120/80', 'help', 'lip190h44', 'hr=https://example.org', 'ci=Howdy', 'CHOL190']) {
        assert.ok(isOmhe(text), text)
      }
      for (const text of [
        'wt 85k',
        'weight 70k',
        'bp = 120/80',
        'eat pizza',
        'h2o 3',
        '\uFEFFwt85k\rok\r\n',
      ]) {
        assert.ok(isOmhe(text), text)
      }
      for (const text of [
        'hello world',
        'checking in',
        'Yellow',
        'painful=9',
        'starting',
        'stop',
        '',
        ' \n',
      ]) {
        assert.ok(!isOmhe(text), text)
      }
      for (const other of [5, undefined, null, {}, Buffer.from('wt85k')]) {
        assert.equal(isOmhe(other), false)
      }
    })

    it('by the rule that the reader has', () => {
      const isCommand = (line: string) =>
        !parseOmhe(`ok\n${line}`).findings.some(({ code }) => code === 'unknown-command')
      const after = [
        '',
        '=',
        ' ',
        '#',
        '5',
        '+5',
        '-',
        '.',
        '.5',
        '-.5',
        'x',
        ' x',
        '\t',
        '\u00a0',
        'ſ',
        '!',
        '-x',
      ]
      for (const word of words.keys()) {
        for (const end of after) {
          for (const line of [word + end, word.toUpperCase() + end, ` ${word}${end}80`]) {
            assert.equal(isOmhe(line), isCommand(line), JSON.stringify(line))
          }
        }
      }
      const line = fc.tuple(fc.constantFrom('', ...words.keys()), fc.string({ unit: 'binary', maxLength: 8 }))
      fc.assert(
        fc.property(fc.array(line, { minLength: 1 }), (lines) => {
          const text = lines.map((parts) => parts.join('')).join('\n')
          const blank = text.trim() === ''
          assert.equal(isOmhe(text), !blank && isCommand(text))
        }),
        { numRuns: 1000 },
      )
    })
  })
})
