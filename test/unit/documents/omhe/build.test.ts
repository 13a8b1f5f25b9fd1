import assert from 'node:assert/strict'
import { GatewayError } from '../../../../src/errors'
import { buildOmhe, type BuildOmheOptions } from '../../../../src/documents/omhe/build'
import type { OmheInput } from '../../../../src/documents/omhe/model'
import { parseOmhe } from '../../../../src/documents/omhe/parse'

function refusal(input: unknown, options?: BuildOmheOptions): GatewayError {
  try {
    buildOmhe(input as OmheInput, options)
  } catch (error) {
    assert.ok(error instanceof GatewayError)
    return error
  }
  assert.fail('was written')
}

describe('an OMHE string that is written', () => {
  const written: [OmheInput, string][] = [
    [{ command: 'bp', values: { systolic: 120, diastolic: 80 } }, 'bp=120/80'],
    [{ command: 'bp', values: { systolic: 120, diastolic: 80, pulse: 60 } }, 'bp=120/80p60'],
    [{ command: 'bg', values: { glucose: { value: 104 } }, tags: ['Rest', 'b c'] }, 'bg=104#Rest#b c'],
    [{ command: 'wt', values: { weight: 155.5 } }, 'wt=155.5l'],
    [{ command: 'wt', values: { weight: { value: 85, unit: 'kg' } } }, 'wt=85k'],
    [{ command: 'weight', values: { weight: 155 } }, 'weight=155l'],
    [{ command: 'WT', values: { weight: 0.1 + 0.2 } }, 'wt=0.30000000000000004l'],
    [{ command: 'fm', values: { fatMass: 30.1 } }, 'fm=30.1l'],
    [{ command: 'ffm', values: { fatFreeMass: { value: 60, unit: '[lb_av]' } } }, 'ffm=60l'],
    [{ command: 'pbf', values: { bodyFat: 12.6 } }, 'pbf=12.6'],
    [{ command: 'bmi', values: { bmi: 19.7 } }, 'bmi=19.7'],
    [{ command: 'lip', values: { cholesterol: 190, ldl: 126 } }, 'lip=190l126'],
    [{ command: 'st', values: { steps: 5050, duration: 480 } }, 'st=5050m480'],
    [{ command: 'pts', values: { points: -50 } }, 'pts=-50'],
    [{ command: 'alc', alias: 'beer', values: { count: 2 } }, 'beer=2'],
    [{ command: 'wtr' }, 'wtr=1'],
    [{ command: 'wtr', content: 'tea' }, 'wtr=tea'],
    [{ command: 'eat', content: '=a=b' }, 'eat==a=b'],
    [{ command: 'ci' }, 'ci'],
    [{ command: 'yes', tags: ['good'] }, 'yes#good'],
    [{ command: 'wt', values: { weight: 85 }, at: '2012-05-01T10:30:59+02:00' }, 'wt=85l#dt20120501:083059z'],
    [{ command: 'yes', at: new Date(0), offset: '-05:00' }, 'yes#dt19700101:000000z#tz-5'],
    [{ command: 'yes', offset: '+05:30', id: 'a7', points: 5 }, 'yes#tz5:30#id=a7#points5'],
    [{ command: 'yes', offset: '+00:00', unread: { pw: 'x', dt: '' } }, 'yes#tz0#pw=x#dt='],
  ]
  for (const [input, text] of written) {
    it(`is ${text}`, () => {
      const built = buildOmhe(input)
      assert.equal(built.text, text)
      const read = parseOmhe(text).commands
      assert.equal(buildOmhe(read).text, text)
    })
  }

  it('has one command on a line, or a separator between them', () => {
    const commands = [{ command: 'ok' }, { command: 'wtr', values: { count: 3 } }]
    assert.equal(buildOmhe(commands).text, 'ok\nwtr=3')
    assert.equal(buildOmhe(commands, { separator: '; ' }).text, 'ok; wtr=3')
    assert.match(
      refusal({ command: 'eat', content: 'a;b' }, { separator: ';' }).message,
      /has the separator in it/,
    )
    assert.equal(refusal(commands, { separator: '#' }).code, 'HG_CONFIG')
  })

  it('keeps a separator apart from a text that ends like one', () => {
    const commands = [{ command: 'eat', content: 'a;' }, { command: 'ok' }]
    assert.match(refusal(commands, { separator: ';;' }).message, /Command 1 has the separator in it/)
    const { text } = buildOmhe(commands, { separator: '; ' })
    assert.deepEqual(
      parseOmhe(text, { separator: '; ' }).commands.map(({ content }) => content),
      ['a;', undefined],
    )
  })

  it('tells of the command, not of a line, and of nothing that was left out', () => {
    const { findings } = buildOmhe([{ command: 'ok' }, { command: 'bg', values: { glucose: 501 } }])
    assert.match(String(findings[0]?.message), /^Command 2: Blood glucose is outside/)
    assert.doesNotMatch(refusal({ command: 'st', values: { steps: 7.5 } }).message, /left out/)
  })

  it('can be one that was read and changed', () => {
    const [command] = parseOmhe('bp120/80#rest#dt20120501:083059z').commands
    assert.ok(command?.command === 'bp')
    command.values.systolic.value = 130
    command.tags.push('again')
    assert.equal(buildOmhe(command).text, 'bp=130/80#rest#again#dt20120501:083059z')
  })

  it('tells of a value out of range, and refuses it if strict', () => {
    const input = { command: 'bg', values: { glucose: 501 } }
    const { text, findings } = buildOmhe(input)
    assert.equal(text, 'bg=501')
    assert.deepEqual(
      findings.map(({ code, path }) => [code, path]),
      [['out-of-range', 'bg/glucose']],
    )
    assert.equal(refusal(input, { strict: true }).code, 'HG_INPUT')
  })

  const refused: [string, unknown, RegExp][] = [
    ['nothing', undefined, /missing/],
    ['null', null, /missing/],
    ['an empty list', [], /empty list/],
    ['a string', 'bp120/80', /Command 1: it is no command/],
    ['a list with a string', [{ command: 'ok' }, 'ok'], /Command 2: it is no command/],
    ['an object of something else', { type: 'bp' }, /it is no command/],
    ['an unknown command', { command: 'foo' }, /no such OMHE command/],
    ['an alias of another command', { command: 'wt', alias: 'beer' }, /no such OMHE command/],
    ['a missing value', { command: 'bp', values: { systolic: 120 } }, /needs a value of the form bp=120\/80/],
    ['no values', { command: 'wt' }, /needs a value/],
    ['no text', { command: 'eat' }, /needs a text/],
    [
      'a value that is no number',
      { command: 'wt', values: { weight: '85' } },
      /1: values has to be an object of numbers/,
    ],
    ['not a number', { command: 'wt', values: { weight: Number.NaN } }, /needs a value of the form/],
    ['infinity', { command: 'wt', values: { weight: Infinity } }, /needs a value of the form/],
    ['a number too large', { command: 'wt', values: { weight: 1e21 } }, /needs a value of the form/],
    ['a fraction of a step', { command: 'st', values: { steps: 7.5 } }, /needs a value of the form/],
    [
      'another unit',
      { command: 'bg', values: { glucose: { value: 5.8, unit: 'mmol/L' } } },
      /1: glucose can only be written in mg\/dL\.$/,
    ],
    [
      'a unit of another',
      { command: 'bg', values: { glucose: { value: 6, unit: 'mmol/L' } } },
      /in mg\/dL\.$/,
    ],
    [
      'a weight in stone',
      { command: 'wt', values: { weight: { value: 12, unit: '[stone_av]' } } },
      /weight can only be written in \[lb_av\] or kg/,
    ],
    ['a measure of another command', { command: 'wt', values: { weight: 85, steps: 5 } }, /its values/],
    ['a measure that there is not', { command: 'ok', values: { x: 5 } }, /its values/],
    ['a text where a number belongs', { command: 'wt', values: { weight: 85 }, content: 'x' }, /its content/],
    ['a number and a text', { command: 'wtr', values: { count: 2 }, content: 'tea' }, /its values/],
    ['a text that looks like a number', { command: 'wtr', content: '5' }, /its (content|values)/],
    [
      'a text with a tag in it',
      { command: 'eat', content: 'a#b' },
      /content has a "#" in it, which begins a tag/,
    ],
    ['a text with white space around it', { command: 'eat', content: ' a ' }, /its content/],
    ['a text of two lines', { command: 'eat', content: 'a\nok' }, /line break/],
    ['a text with a control character', { command: 'eat', content: 'a\u0001' }, /control character/],
    ['a tag with a #', { command: 'ok', tags: ['a#b'] }, /a tag has a "#" in it/],
    ['an empty tag', { command: 'ok', tags: [''] }, /its tags/],
    ['a tag that is a helper', { command: 'ok', tags: ['dt20120501:083059z'] }, /its (tags|at)/],
    ['an id with a #', { command: 'ok', id: 'a#b' }, /id has a "#" in it/],
    ['tags as a text', { command: 'ok', tags: 'rest' }, /tags has to be an array of texts/],
    ['a tag that is none', { command: 'ok', tags: [5] }, /tags has to be an array of texts/],
    ['an id that is a number', { command: 'ok', id: 7 }, /id has to be a text/],
    ['a time that is a number', { command: 'ok', at: 5 }, /at has to be a text in ISO 8601 or a Date/],
    ['an alias that is a number', { command: 'ok', alias: 5 }, /alias has to be a text/],
    ['points that are a text', { command: 'pts', points: '5' }, /points has to be a number/],
    ['an offset that is a number', { command: 'ok', offset: -5 }, /offset has to be a text such as/],
    [
      'an unread helper that is a number',
      { command: 'ok', unread: { pw: 5 } },
      /unread has to be an object of/,
    ],
    ['values that are a text', { command: 'wt', values: '85' }, /values has to be an object of numbers/],
    ['an empty id', { command: 'ok', id: '' }, /its id/],
    ['half a point', { command: 'ok', points: 0.5 }, /its points/],
    ['an offset that there is not', { command: 'ok', offset: '+15:00' }, /its offset/],
    ['an offset in other words', { command: 'ok', offset: 'EST' }, /its (offset|tags)/],
    ['a time without a zone', { command: 'ok', at: '2012-05-01T08:30:59' }, /The time is not usable/],
    ['an unread helper that there is not', { command: 'ok', unread: { x: '1' } }, /its (tags|unread)/],
    [
      'an unread helper that can be read',
      { command: 'ok', unread: { dt: '20120501:083059z' } },
      /its (at|unread)/,
    ],
  ]
  for (const [what, input, message] of refused) {
    it(`cannot be made of ${what}`, () => {
      const error = refusal(input)
      assert.equal(error.code, 'HG_INPUT')
      assert.match(error.message, message)
    })
  }
})
