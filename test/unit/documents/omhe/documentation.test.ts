import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { runInNewContext } from 'node:vm'
import fc from 'fast-check'
import * as library from '../../../../src/index'
import { commandFacts, words, type CommandName } from '../../../../src/documents/omhe/commands'
import type { OmheFindingCode } from '../../../../src/documents/omhe/model'
import { parseOmhe } from '../../../../src/documents/omhe/parse'
import { Ebnf, type Choose, type Special } from './ebnf'

const page = readFileSync(join(__dirname, '../../../../docs/omhe.md'), 'utf8')

/** The first block of code in that language. */
function blockOf(language: string): string {
  const start = page.indexOf(`\`\`\`${language}\n`) + language.length + 4
  return page.slice(start, page.indexOf('\n```', start))
}

/** The words of the table, by the column "value". */
function wordsByValue(): Map<string, string[]> {
  const [head = [], , ...rows] = page
    .slice(page.indexOf('## Commands'))
    .split('\n')
    .filter((line) => line.startsWith('|'))
    .map((line) => line.split('|').map((cell) => cell.trim()))
  assert.deepEqual(head.slice(1, 4), ['command', 'aliases', 'value'])
  const found = new Map<string, string[]>()
  for (const [, command = '', aliases = '', value = ''] of rows.filter(([, cell]) => cell?.startsWith('`'))) {
    if (!words.has(/`([^`]+)`/.exec(command)?.[1] ?? '')) break
    const ofRow = [...`${command} ${aliases}`.matchAll(/`([^`]+)`/g)].map(([, word = '']) => word)
    found.set(value, [...(found.get(value) ?? []), ...ofRow])
  }
  return found
}

const isDay = (text: string) => {
  const [, year, month, day] = /^(\d{4})(\d\d)(\d\d)$/.exec(text) ?? []
  const date = new Date(`${year}-${month}-${day}T00:00:00Z`)
  return year !== '0000' && !Number.isNaN(date.getTime()) && date.getUTCDate() === Number(day)
}

const pick = (choose: Choose, samples: readonly string[]) => samples[choose(samples.length)] ?? ''

/** All of a length from 1 to `most` characters that pass a test. */
const stretch = (most: number, isOne: (text: string) => boolean, samples: readonly string[]): Special => ({
  ends: (characters, from) =>
    Array.from({ length: Math.min(most, characters.length - from) }, (_, index) => from + index + 1).filter(
      (end) => isOne(characters.slice(from, end).join('')),
    ),
  sample: (choose) => pick(choose, samples),
})

/** What stands after a command's word, as a value. */
const valueOf = (text: string) => text.trim().replace(/^=/, '').trim()
const isEmail = (text: string) => /^[^\s@]+@[^\s@.]+(?:\.[^\s@.]+)+$/.test(text)
const isAddress = (text: string) => /^https?:\/\//i.test(text) && URL.canParse(text)

/** The things that the grammar has words for instead of rules. */
const specials: Readonly<Record<string, Special>> = {
  'one to nine digits': stretch(9, (text) => /^\d+$/.test(text), ['7', '120', '80', '085', '999999999']),
  'one to seventeen digits': stretch(17, (text) => /^\d+$/.test(text), ['5', '12345678901234567']),
  'one to four digits': stretch(4, (text) => /^\d+$/.test(text), ['5', '05', '14']),
  'two digits, from 00 to 59': stretch(2, (text) => /^[0-5]\d$/.test(text), ['00', '30', '59']),
  'one to three digits that make whole minutes': stretch(
    3,
    (text) => /^\d+$/.test(text) && Number.isInteger(60 * Number(`0.${text}`)),
    ['5', '75', '050'],
  ),
  'YYYYMMDD, a day of the calendar': stretch(8, isDay, ['20120501', '20240229', '99991231']),
  'HHMMSS, from 000000 to 235959': stretch(6, (text) => /^([01]\d|2[0-3])([0-5]\d){2}$/.test(text), [
    '083059',
    '235959',
  ]),
  'any but "#", a line break, a control character other than the tab, half of a surrogate pair': stretch(
    1,
    (text) => /^[^#\n\r]$/u.test(text) && !/[^\P{Cc}\t]|\p{Cs}|[\ufffe\uffff]/u.test(text),
    ['a', 'Z', '5', ' ', '=', '-', '+', '.', 'é', '😀', 'x', '@', '/', '\t'],
  ),
  'a space, a tab or another space of Unicode': stretch(1, (text) => /^[^\S\n\v\f\r]$/.test(text), [
    ' ',
    '\t',
    '\u00a0',
  ]),
  'CR LF, LF or CR': stretch(2, (text) => ['\r\n', '\n', '\r'].includes(text), ['\r\n', '\n', '\r']),
  'anything but an e-mail address': stretch(Infinity, (text) => !isEmail(valueOf(text)), []),
  'anything but an http or https address': stretch(Infinity, (text) => !isAddress(valueOf(text)), []),
}

const table = wordsByValue()
const grammar = new Ebnf(blockOf('ebnf'), (text) => {
  const value = /^word of (.+)$/.exec(text)?.[1]
  if (value === undefined) {
    const special = specials[text]
    assert.ok(special, `The grammar has something that this test does not know: ${text}`)
    return special
  }
  const list = table.get(value)
  assert.ok(list, `The table has no value ${value}`)
  return stretch(20, (word) => list.includes(word.toLowerCase()), list)
})

/** What the grammar says nothing of: ranges, lengths, and helpers that stand twice. */
const beyond: ReadonlySet<OmheFindingCode> = new Set([
  'out-of-range',
  'too-long',
  'repeated-helper',
  'undocumented',
])

/** Whether the reader takes a text as it is. */
function reads(text: string): boolean {
  return parseOmhe(`ok\n${text}`).findings.every(({ code }) => beyond.has(code))
}

const choices = fc.array(fc.nat(1000), { minLength: 10, maxLength: 120 })

/** Chooses by a list of numbers, and 0 after its end. */
function chooser(numbers: readonly number[]): Choose {
  let at = 0
  return (count) => (numbers[at++] ?? 0) % count
}

const line = choices.map((numbers) => grammar.sample('line', chooser(numbers)))

/** One of the table's commands with a value that fits it, or not. */
const composed = fc
  .tuple(
    fc.constantFrom(...words.keys()),
    fc.constantFrom('', '=', ' ', ' = ', '\t', '==', '= =', 'x', '#', '-', '.', '+', '+.'),
    fc.constantFrom(
      ...[
        '',
        '5',
        '5.5',
        '5p5',
        '.5',
        '5.',
        '120/80',
        '120d80P60',
        '090090060',
        '85K',
        '5m7',
        '190h44',
        '190l4h4',
      ],
      ...[
        'text',
        '4 glasses',
        'a@b.org',
        '5@b.org',
        'http://a',
        'https://',
        '5#',
        '5#a',
        '5##a',
        '5#dt20120501:083059',
      ],
      ...[
        '5#dt 20120501:083059',
        '5#tz-5',
        '5#tz5:60',
        '5#id',
        '5#id =7',
        '5#ID7',
        '5#idea',
        '5#pw',
        '5#pw x',
        '5#tm=x',
      ],
    ),
  )
  .map((parts) => parts.join(''))

/** A text with a few characters taken out, put in or changed. */
const mutated = fc
  .tuple(
    fc.oneof(line, composed),
    fc.array(
      fc.tuple(
        fc.nat(1000),
        fc.nat(2),
        fc.constantFrom(...Array.from('=#/.:+- \tabdhiklmprstxyz0123456789@é😀'), '\u0001', '\ud800'),
      ),
      { maxLength: 3 },
    ),
  )
  .map(([text, changes]) =>
    changes.reduce((characters, [place, removed, added]) => {
      const at = place % (characters.length + 1)
      return [...characters.slice(0, at), added, ...characters.slice(at + removed)]
    }, Array.from(text)),
  )
  .map((characters) => characters.join(''))

describe('the documentation of OMHE', () => {
  it('has every word of the table once, with the value that its command takes', () => {
    assert.deepEqual([...table.values()].flat().sort(), [...words.keys()].sort())
    const kinds: Record<string, readonly string[]> = {
      numbers: ['pressure', 'mass', 'steps', 'lipids', 'decimal', 'tenths', 'integer'],
      count: ['count'],
      text: ['text', 'text or nothing'],
      email: ['e-mail'],
      url: ['address'],
      none: ['nothing'],
    }
    for (const [value, list] of table) {
      for (const word of list) {
        const { form } = commandFacts(words.get(word) as CommandName)
        assert.ok(kinds[form.kind]?.includes(value), `${word}: ${value}`)
      }
    }
  })

  it('has a grammar that tells right from wrong', () => {
    const right = [
      '',
      ' bp = 120/80p60 # rest ',
      'WT85K',
      'wtr',
      'wtr =',
      'gym30 laps',
      'eat pizza',
      'ok#dt#'.slice(0, 2),
    ]
    const wrong = [
      'bp',
      'wtr=1.5',
      'wtr=4 glasses',
      'eat =',
      'stop',
      'ok#',
      'ok#dt2012',
      'sbp=a',
      'eat=\u0001',
    ]
    for (const text of right) assert.ok(grammar.allows('line', text), text)
    for (const text of wrong) assert.ok(!grammar.allows('line', text), text)
  })

  it('has a grammar of which all that it allows is read', () => {
    const kinds = new Set<string>()
    fc.assert(
      fc.property(line, (text) => {
        fc.pre(grammar.allows('line', text))
        assert.ok(reads(text), JSON.stringify(text))
        for (const { command } of parseOmhe(`ok\n${text}`).commands) kinds.add(command)
      }),
      { numRuns: 1500 },
    )
    assert.ok(kinds.size > 25, String(kinds.size))
  })

  it('has a grammar that allows all that is read, and nothing else', () => {
    const seen = { read: 0, refused: 0 }
    fc.assert(
      fc.property(mutated, (text) => {
        // Of a helper that stands twice, the second one is not looked at.
        fc.pre(!parseOmhe(`ok\n${text}`).findings.some(({ code }) => code === 'repeated-helper'))
        const isRead = reads(text)
        seen[isRead ? 'read' : 'refused']++
        assert.equal(grammar.allows('line', text), isRead, JSON.stringify(text))
      }),
      { numRuns: 4000 },
    )
    assert.ok(seen.read > 500 && seen.refused > 500, JSON.stringify(seen))
  })

  it('has a grammar for several lines', () => {
    fc.assert(
      fc.property(choices, (numbers) => {
        const text = grammar.sample('message', chooser(numbers))
        fc.pre(grammar.allows('message', text))
        assert.ok(reads(text), JSON.stringify(text))
      }),
    )
    assert.ok(grammar.allows('message', 'bp120/80\r\n\r\nok\rwt85k\n'))
    assert.ok(!grammar.allows('message', 'bp120/80\nstop'))
  })

  it('has a script that prints what stands behind its lines', () => {
    const script = blockOf('js')
    assert.ok(script.split('\n').length <= 25)
    const printed: string[] = []
    const required = (name: string) => {
      assert.equal(name, '@health-gateways/node-red')
      return library
    }
    const log = (...values: unknown[]) => printed.push(values.join(' '))
    runInNewContext(script, { require: required, console: { log } })
    const expected = [...script.matchAll(/ \/\/ (.+)$/gm)].map(([, comment]) => comment)
    assert.deepEqual(printed, expected)
  })
})
