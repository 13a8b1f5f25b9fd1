import assert from 'node:assert/strict'
import fc from 'fast-check'
import { GatewayError } from '../../../../src/errors'
import { buildOmhe } from '../../../../src/documents/omhe/build'
import { isOmhe, words } from '../../../../src/documents/omhe/commands'
import type { OmheInput } from '../../../../src/documents/omhe/model'
import { parseOmhe } from '../../../../src/documents/omhe/parse'
import { omheToCcr } from '../../../../src/documents/omhe/to-ccr'
import { omheToFhir } from '../../../../src/documents/omhe/to-fhir'
import { stringWork } from '../../../support/string-work'

const actions: [string, (value: unknown, options: object) => unknown][] = [
  ['parse', (value, options) => parseOmhe(value as string, options)],
  ['build', (value, options) => buildOmhe(value as OmheInput, options)],
  ['toCcr', (value, options) => omheToCcr(value as string, options)],
  ['toFhir', (value, options) => omheToFhir(value as string, options)],
]

/** Runs it; what it throws must be a typed error that tells nothing of the input. */
function attempt(run: () => unknown): void {
  try {
    run()
  } catch (error) {
    assert.ok(error instanceof GatewayError, String(error))
    assert.ok(
      ['HG_INPUT', 'HG_CONFIG', 'HG_TOO_LARGE'].includes(error.code),
      `${error.code}: ${error.message}`,
    )
  }
}

/** Texts that look like OMHE, right or almost. */
const likeOmhe = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        ...words.keys(),
        '=',
        '#',
        '/',
        'p',
        'd',
        'l',
        'k',
        'm',
        'h',
        't',
        '.',
        '-',
        '+',
        ':',
        ' ',
      ),
      fc.constantFrom(
        '#dt',
        '#tz',
        '#id',
        '#points',
        '#pw',
        '\n',
        '\r\n',
        '20120501:083059z',
        'http://a',
        'a@b.c',
      ),
      fc.nat({ max: 10_000 }).map(String),
      fc.string({ unit: 'binary', maxLength: 4 }),
    ),
    { maxLength: 30 },
  )
  .map((parts) => parts.join(''))

const person = fc.record(
  {
    id: fc.oneof(fc.string(), fc.nat(), fc.anything()),
    reference: fc.oneof(fc.constantFrom('Patient/7', 'urn:uuid:7'), fc.string()),
    name: fc.oneof(fc.string({ unit: 'binary' }), fc.anything()),
    birthDate: fc.oneof(fc.date(), fc.constantFrom('1970', '1970-02-30'), fc.anything()),
    dateOfBirth: fc.oneof(fc.date(), fc.string()),
  },
  { requiredKeys: [] },
)

const options = fc.record(
  {
    patient: fc.oneof(fc.string(), person, fc.anything()),
    source: fc.oneof(
      fc.string(),
      fc.record({ system: fc.string(), version: fc.anything() }, { requiredKeys: ['system'] }),
      fc.record({ organization: fc.anything() }),
      fc.anything(),
    ),
    created: fc.oneof(fc.date(), fc.constant(undefined)),
    documentId: fc.oneof(fc.string({ unit: 'binary' }), fc.constant(undefined)),
    separator: fc.oneof(fc.constantFrom('', ';', ',', ' ', '\t'), fc.string({ maxLength: 2 })),
    strict: fc.boolean(),
    at: fc.oneof(fc.date(), fc.constantFrom('2026-01-01T00:00:00Z', '+275760-09-13T00:00:00Z'), fc.string()),
  },
  { requiredKeys: [] },
)

describe('any input', () => {
  for (const [action, run] of actions) {
    it(`of ${action} gives a result or a typed error: text`, () => {
      const text = fc.oneof(likeOmhe, fc.string({ unit: 'binary' }), fc.string({ unit: 'grapheme' }))
      fc.assert(
        fc.property(text, options, (value, chosen) => attempt(() => run(value, chosen))),
        { numRuns: 500 },
      )
    })

    it(`of ${action} gives a result or a typed error: bytes`, () => {
      fc.assert(fc.property(fc.uint8Array(), options, (value, chosen) => attempt(() => run(value, chosen))))
    })

    it(`of ${action} gives a result or a typed error: anything else`, () => {
      const command = fc.record(
        {
          command: fc.oneof(fc.constantFrom(...words.keys()), fc.string()),
          alias: fc.oneof(fc.constantFrom(...words.keys()), fc.anything()),
          values: fc.oneof(
            fc.dictionary(
              fc.constantFrom('systolic', 'diastolic', 'weight', 'count', 'steps', '__proto__', 'x'),
              fc.oneof(fc.double(), fc.record({ value: fc.double(), unit: fc.constantFrom('kg', 'lb', '') })),
            ),
            fc.anything(),
          ),
          content: fc.oneof(fc.string({ unit: 'binary' }), fc.anything()),
          tags: fc.oneof(fc.array(fc.string({ unit: 'binary' })), fc.anything()),
          at: fc.oneof(fc.date(), fc.anything()),
          offset: fc.oneof(fc.constantFrom('-05:00', '+14:00'), fc.anything()),
          id: fc.oneof(fc.string(), fc.anything()),
          points: fc.oneof(fc.double(), fc.anything()),
          unread: fc.oneof(fc.dictionary(fc.constantFrom('dt', 'pw', 'x'), fc.string()), fc.anything()),
        },
        { requiredKeys: ['command'] },
      )
      const value = fc.oneof(command, fc.array(command), fc.anything())
      fc.assert(
        fc.property(value, options, (given, chosen) => attempt(() => run(given, chosen))),
        { numRuns: 1000 },
      )
    })
  }

  it('for options, too, gives a result or a typed error', () => {
    const given: unknown = [{ command: 'wt', values: { weight: 85 } }]
    for (const chosen of [null, 5, 'x', true, []]) {
      for (const [action, run] of actions) {
        attempt(() => run(action === 'parse' ? 'wt85k' : given, chosen as object))
      }
      if (!Array.isArray(chosen)) {
        assert.throws(() => parseOmhe('wt85k', chosen as unknown as object), { code: 'HG_INPUT' })
      }
    }
  })

  it('read as commands can be written, and what was written is read as the same', () => {
    fc.assert(
      fc.property(likeOmhe, (text) => {
        let commands
        try {
          commands = parseOmhe(text).commands
        } catch {
          return
        }
        const written = buildOmhe(commands).text
        const again = parseOmhe(written).commands
        const bare = (list: typeof commands) => list.map(({ text: _text, line: _line, ...rest }) => rest)
        assert.deepEqual(bare(again), bare(commands))
        assert.equal(buildOmhe(again).text, written)
      }),
      { numRuns: 2000 },
    )
  })

  describe('takes work in proportion to its length', () => {
    /** Patterns that are given long texts: none of them can match a stretch of text in more than one way. */
    const linear = new Set([
      String.raw`\r\n|\n|\r`,
      String.raw`[\r\n]`,
      String.raw`[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]`,
      String.raw`^\uFEFF`,
      String.raw`[^\P{Cc}\t]|\p{Cs}|[\ufffe\uffff]`,
      String.raw`^=`,
      String.raw`^https?:\/\/`,
      String.raw`^(dt|tz|id|points|hid|pi|pw|tm|uu)(?:\s*=|(?=[\d+-])|$)`,
    ])

    function assertLinear(textOf: (times: number) => string, run: (text: string) => void): void {
      const work = (times: number) => stringWork(() => attempt(() => run(textOf(times))), 300)
      const [small, large] = [work(500), work(4000)]
      assert.ok(
        large.characters <= small.characters * 8 + 10_000,
        `${large.characters} characters, and ${small.characters} for an eighth of the text`,
      )
      for (const pattern of large.patternsOnLongTexts) assert.ok(linear.has(pattern), pattern)
    }

    it('sees work that grows faster', () => {
      const quadratic = (text: string) => {
        for (let rest = text; rest !== ''; rest = rest.slice(1)) rest.trim()
      }
      assert.throws(() => assertLinear((times) => 'a'.repeat(times), quadratic), /an eighth of the text/)
      assert.throws(
        () =>
          assertLinear(
            (times) => 'a'.repeat(times),
            (text) => /^(a+)+$/.test(text),
          ),
        /\(a\+\)\+/,
      )
    })

    const read = (text: string) => {
      parseOmhe(text, { separator: ';' })
    }
    const shapes: [string, string, string][] = [
      ['', 'ok\n', ''],
      ['', 'ok;', ''],
      ['', 'x\n', ''],
      ['', '\r', ''],
      ['', ' ', 'x'],
      ['ok', '#', ''],
      ['ok', '#id=1', ''],
      ['ok', '#dt20120501:083059z', ''],
      ['ok#dt', '1', ''],
      ['ok#dt', ' ', '='],
      ['ok#tz', '5:', ''],
      ['bp', '1', ''],
      ['bp', '1/', 'p'],
      ['wt', '1p', 'l'],
      ['wt', '.', ''],
      ['st1m', '1', 'x'],
      ['lip1h', '1', 't'],
      ['wtr', '1', 'x'],
      ['eat=', ' ', 'x'],
      ['eat', '=', ''],
      ['eat=', 'x ', ''],
      ['sbp=', 'a.', '@'],
      ['sbp=a@', 'a.', ''],
      ['sbp=', '@', ''],
      ['hr=http://', 'a/', ''],
      ['hr=http://', 'a.', ''],
      ['', 'check-in', ''],
      ['', 'y', ''],
      ['', '=', ''],
      ['', 'bp120/80p60#rest\n', ''],
    ]
    for (const [before, repeated, after] of shapes) {
      it(`however often ${JSON.stringify(repeated)} stands after ${JSON.stringify(before)}`, () => {
        assertLinear((times) => before + repeated.repeat(times) + after, read)
      })
    }

    it('whatever is repeated', () => {
      const part = fc.oneof(likeOmhe, fc.string({ unit: 'binary', maxLength: 6 }))
      fc.assert(
        fc.property(part, part, part, (before, repeated, after) => {
          const unit = repeated.slice(0, 40)
          assertLinear((times) => before + unit.repeat(times) + after, read)
        }),
        { numRuns: 60 },
      )
    })

    for (const [action, run] of actions) {
      it(`in ${action} too`, () => {
        for (const text of ['bp120/80p60#rest\n', 'wtr2#id=7\n', 'ok\nx\n', 'eat=a#b#c\n', 'wt85k#dt1\n']) {
          assertLinear(
            (times) => `wt85k\n${text.repeat(times)}`,
            (all) => run(action === 'build' ? parseOmhe(all).commands : all, { patient: 'u1' }),
          )
        }
      })

      it(`in ${action} of one long command`, () => {
        const long = (command: (text: string) => object) => (times: number) =>
          command('a '.repeat(times).trim())
        const commands = [
          long((content) => ({ command: 'eat', content })),
          long((content) => ({ command: 'wtr', content })),
          long((content) => ({ command: 'sbp', content })),
          long((tag) => ({ command: 'wt', values: { weight: 85 }, tags: [tag] })),
          long((tag) => ({ command: 'wt', values: { weight: 85 }, tags: tag.split(' ') })),
          long((id) => ({ command: 'wt', values: { weight: 85 }, id })),
          long((pw) => ({ command: 'wt', values: { weight: 85 }, unread: { pw } })),
        ]
        for (const command of commands) {
          assertLinear(
            (times) => JSON.stringify(command(times)),
            (json) => run(JSON.parse(json), { patient: 'u1' }),
          )
        }
      })
    }

    it('in telling whether it is OMHE', () => {
      for (const text of ['ok\n', ' ', '\r', 'check-in', 'wt ', '-', 'x\n']) {
        assertLinear((times) => text.repeat(times), isOmhe)
      }
    })
  })
})
