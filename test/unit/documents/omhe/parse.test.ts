import assert from 'node:assert/strict'
import { GatewayError } from '../../../../src/errors'
import type { OmheCommand, OmheFinding } from '../../../../src/documents/omhe/model'
import { parseOmhe, type ParseOmheOptions } from '../../../../src/documents/omhe/parse'

function refusal(text: unknown, options?: ParseOmheOptions): GatewayError {
  try {
    parseOmhe(text as string, options)
  } catch (error) {
    assert.ok(error instanceof GatewayError)
    return error
  }
  assert.fail(`was read: ${String(text)}`)
}

function one(text: string, options?: ParseOmheOptions): { command: OmheCommand; findings: OmheFinding[] } {
  const { commands, findings } = parseOmhe(text, options)
  const [command, ...others] = commands
  assert.ok(command)
  assert.deepEqual(others, [])
  return { command, findings }
}

/** What a command measures, in short: `{ weight: '85 kg' }`; with its text and tags where it has any. */
function short({ values, content, tags }: OmheCommand): Record<string, unknown> {
  const quantities = Object.entries(values as Record<string, { value: number; unit: string }>)
  return {
    ...Object.fromEntries(quantities.map(([name, { value, unit }]) => [name, `${value} ${unit}`])),
    ...(content === undefined ? {} : { content }),
    ...(tags.length === 0 ? {} : { tags }),
  }
}

describe('a string of OMHE commands', () => {
  const pressure = (systolic: number, diastolic: number, pulse?: number) => ({
    systolic: `${systolic} mm[Hg]`,
    diastolic: `${diastolic} mm[Hg]`,
    ...(pulse === undefined ? {} : { pulse: `${pulse} /min` }),
  })

  /** Every string that the documents and the test vectors of OMHE call valid. */
  const valid: [string, string, Record<string, unknown>][] = [
    ['bp120/80', 'bp', pressure(120, 80)],
    ['bp120/80p60', 'bp', pressure(120, 80, 60)],
    ['bp=140/80p60', 'bp', pressure(140, 80, 60)],
    ['bp140d80p60', 'bp', pressure(140, 80, 60)],
    ['bp=090090060', 'bp', pressure(90, 90, 60)],
    ['bloodpressure100100090', 'bp', pressure(100, 100, 90)],
    ['bp120/90p60#tag', 'bp', { ...pressure(120, 90, 60), tags: ['tag'] }],
    ['bp=120/80p60#dt20120501:083059z#tz-5', 'bp', pressure(120, 80, 60)],
    ['bg120', 'bg', { glucose: '120 mg/dL' }],
    ['bg=124', 'bg', { glucose: '124 mg/dL' }],
    ['bloodglucose=140', 'bg', { glucose: '140 mg/dL' }],
    ['bg100#note', 'bg', { glucose: '100 mg/dL', tags: ['note'] }],
    ['wt155', 'wt', { weight: '155 [lb_av]' }],
    ['wt=125l', 'wt', { weight: '125 [lb_av]' }],
    ['wt85k', 'wt', { weight: '85 kg' }],
    ['wt=155.5l', 'wt', { weight: '155.5 [lb_av]' }],
    ['weight=134p7', 'wt', { weight: '134.7 [lb_av]' }],
    ['weight=100.0k#afteryoga', 'wt', { weight: '100 kg', tags: ['afteryoga'] }],
    ['wt=153l', 'wt', { weight: '153 [lb_av]' }],
    ['fm=30k', 'fm', { fatMass: '30 kg' }],
    ['fm30.1', 'fm', { fatMass: '30.1 [lb_av]' }],
    ['fatmass=60#tag', 'fm', { fatMass: '60 [lb_av]', tags: ['tag'] }],
    ['ffm=22', 'ffm', { fatFreeMass: '22 [lb_av]' }],
    ['ffm=30k#tag', 'ffm', { fatFreeMass: '30 kg', tags: ['tag'] }],
    ['pbf12.6', 'pbf', { bodyFat: '12.6 %' }],
    ['percentbodyfat=41#foo', 'pbf', { bodyFat: '41 %', tags: ['foo'] }],
    ['st=7540', 'st', { steps: '7540 {steps}' }],
    ['st=5050m480#hike', 'st', { steps: '5050 {steps}', duration: '480 min', tags: ['hike'] }],
    ['pn0', 'pn', { pain: '0 {score}' }],
    ['pain=2', 'pn', { pain: '2 {score}' }],
    ['pn6#again', 'pn', { pain: '6 {score}', tags: ['again'] }],
    ['md=1', 'md', { mood: '1 {score}' }],
    ['mood9', 'md', { mood: '9 {score}' }],
    ['ci=Howdy OMHE', 'ci', { content: 'Howdy OMHE' }],
    ['checkin', 'ci', {}],
    ['pts=-50', 'pts', { points: '-50 {points}' }],
    ['gems=500', 'pts', { points: '500 {points}' }],
    ['zeo=77', 'zeo', { sleep: '77 {score}' }],
    ['frv=apple', 'frv', { content: 'apple' }],
    ['wtr3', 'wtr', { count: '3 {count}' }],
    ['bmi19.7', 'bmi', { bmi: '19.7 kg/m2' }],
    ['bmi20p5', 'bmi', { bmi: '20.5 kg/m2' }],
    [
      'lip190h44l126t99',
      'lip',
      { cholesterol: '190 mg/dL', hdl: '44 mg/dL', ldl: '126 mg/dL', triglycerides: '99 mg/dL' },
    ],
    ['ok', 'yes', {}],
    ['y#good', 'yes', { tags: ['good'] }],
    ['si', 'yes', {}],
    ['gbp', 'gbp', {}],
    ['sbp=doctor@example.org', 'sbp', { content: 'doctor@example.org' }],
    ['hr=https://example.org/record', 'hr', { content: 'https://example.org/record' }],
    ['wtr', 'wtr', { count: '1 {count}' }],
    ['beer=pale ale', 'alc', { content: 'pale ale' }],
    ['eat=toast', 'eat', { content: 'toast' }],
    ['tweat=toast', 'eat', { content: 'toast' }],
    ['gym=30 laps', 'gym', { content: '30 laps' }],
    ['que=How are you?', 'que', { content: 'How are you?' }],
    ['ans=a=b', 'ans', { content: 'a=b' }],
  ]
  for (const [text, command, expected] of valid) {
    it(`reads ${text}`, () => {
      const read = one(text, { strict: true })
      assert.equal(read.command.command, command)
      assert.deepEqual(short(read.command), expected)
      assert.deepEqual(read.findings, [])
    })

    it(`reads ${text} in capitals, and with white space around its parts`, () => {
      const [head = '', ...tags] = text.split('#')
      const plain = one(text).command
      for (const other of [head.toUpperCase(), `  ${head}\t`, head.replace('=', ' = ')]) {
        const read = one([other, ...tags].join('#')).command
        assert.equal(read.command, plain.command)
        assert.deepEqual(read.values, plain.values)
        assert.equal(read.content?.toLowerCase(), plain.content?.toLowerCase())
      }
    })
  }

  it('says which word was used, if it was not the command itself', () => {
    assert.equal(one('Beer2').command.alias, 'beer')
    assert.equal('alias' in one('alc2').command, false)
  })

  it('gives values their LOINC codes', () => {
    assert.deepEqual(one('bp120/80p60').command.values, {
      systolic: { value: 120, unit: 'mm[Hg]', loinc: '8480-6' },
      diastolic: { value: 80, unit: 'mm[Hg]', loinc: '8462-4' },
      pulse: { value: 60, unit: '/min', loinc: '8867-4' },
    })
    assert.deepEqual(one('mood5').command.values, { mood: { value: 5, unit: '{score}' } })
  })

  /** Strings that the documents and vectors call invalid: read, with a value out of range. */
  const outOfRange: [string, string][] = [
    ['bp1200/80p60', 'bp/systolic'],
    ['bg501', 'bg/glucose'],
    ['bg-1', 'bg/glucose'],
    ['wt-10', 'wt/weight'],
    ['fm0', 'fm/fatMass'],
    ['pbf=95.1', 'pbf/bodyFat'],
    ['pain11', 'pn/pain'],
    ['md-1', 'md/mood'],
    ['bp49/80', 'bp/systolic'],
    ['bp401/80', 'bp/systolic'],
    ['bp120/19', 'bp/diastolic'],
    ['bp120/201', 'bp/diastolic'],
    ['bp120/80p29', 'bp/pulse'],
    ['bp120/80p201', 'bp/pulse'],
    ['bp120080201', 'bp/pulse'],
    ['bg401', 'bg/glucose'],
    ['pbf0.9', 'pbf/bodyFat'],
    ['bmi100.1', 'bmi/bmi'],
    ['zeo101', 'zeo/sleep'],
    ['wtr11', 'wtr/count'],
    ['alc-1', 'alc/count'],
    ['md11', 'md/mood'],
    ['st-5', 'st/steps'],
  ]
  for (const [text, path] of outOfRange) {
    it(`finds ${text} out of range`, () => {
      const { command, findings } = one(text)
      const [finding, ...others] = findings
      assert.ok(finding)
      assert.deepEqual(others, [])
      const { message, ...facts } = finding
      assert.deepEqual(facts, { severity: 'error', code: 'out-of-range', path, line: 1 })
      assert.match(message, /^Line 1: .* is outside the documented range, /)
      assert.ok(Object.keys(command.values).length > 0)
      const error = refusal(text, { strict: true })
      assert.equal(error.code, 'HG_INPUT')
      assert.equal(error.message, message)
      assert.deepEqual(error.cause.detail, { findings })
    })
  }

  it('takes the ends of every range', () => {
    const ends = ['bp50/20p30', 'bp400/200p200', 'bg0', 'bg400', 'wt0', 'fm1', 'pbf1', 'pbf95', 'pn10', 'md0']
    for (const text of [
      ...ends,
      'zeo0',
      'zeo100',
      'bmi0',
      'bmi100',
      'wtr0',
      'wtr10',
      `ci=${'a'.repeat(120)}`,
    ]) {
      assert.deepEqual(one(text).findings, [], text)
    }
  })

  it('finds a check-in of more than 120 characters too long', () => {
    const { command, findings } = one(`ci=${'a'.repeat(121)}`)
    assert.equal(command.content?.length, 121)
    assert.deepEqual(
      findings.map(({ code, severity, path }) => [code, severity, path]),
      [['too-long', 'error', 'ci']],
    )
    assert.deepEqual(one(`ci=ä${'😀'.repeat(119)}`).findings, [])
    assert.equal(one(`ci=ä${'😀'.repeat(120)}`).findings[0]?.code, 'too-long')
  })

  const unreadable: [string, string][] = [
    ['bp#no values', 'malformed-value'],
    ['bg=', 'malformed-value'],
    ['weigh=50', 'unknown-command'],
    ['pbf=15p5', 'malformed-value'],
    ['pn=5.5', 'malformed-value'],
    ['painful=9', 'unknown-command'],
    ['foo120/80p60', 'unknown-command'],
    ['bp120/80p', 'malformed-value'],
    ['bp120', 'malformed-value'],
    ['bp120080', 'malformed-value'],
    ['bp120.5/80', 'malformed-value'],
    ['wt85kg', 'malformed-value'],
    ['wt.', 'unknown-command'],
    ['wt1e3', 'malformed-value'],
    ['wt' + '1'.repeat(10), 'malformed-value'],
    ['wt' + '1'.repeat(100_000), 'malformed-value'],
    ['bgNaN', 'unknown-command'],
    ['bg٣', 'unknown-command'],
    ['st7.5', 'malformed-value'],
    ['wtr2.5', 'malformed-value'],
    ['yesterday', 'unknown-command'],
    ['gbp=now', 'malformed-value'],
    ['eat', 'malformed-value'],
    ['frv', 'malformed-value'],
    ['sbp=doctor', 'malformed-value'],
    ['sbp=a@b', 'malformed-value'],
    ['hr=ftp://example.org', 'malformed-value'],
    ['hr=https://', 'malformed-value'],
    ['lipids', 'unknown-command'],
    ['eat=a\u0000b', 'unusable-character'],
    ['eat=\uD800', 'unusable-character'],
    ['eat=a#\u0007', 'unusable-character'],
    ['wtr=1.5', 'malformed-value'],
    ['wtr=4 glasses', 'malformed-value'],
    ['alc2 beers', 'malformed-value'],
    ['bp=', 'malformed-value'],
    ['ok=fine', 'malformed-value'],
    ['y2', 'malformed-value'],
    ['=5', 'unknown-command'],
    ['#bp120/80', 'unknown-command'],
    ['sİ', 'unknown-command'],
    ['__proto__=1', 'unknown-command'],
    ['constructor', 'unknown-command'],
  ]
  for (const [text, code] of unreadable) {
    it(`leaves out ${text.length > 40 ? `${text.slice(0, 20)}…` : JSON.stringify(text)}: ${code}`, () => {
      const { commands, findings } = parseOmhe(`ok\n${text}`)
      assert.equal(commands.length, 1)
      assert.deepEqual(
        findings.map(({ severity, code, line }) => [severity, code, line]),
        [['error', code, 2]],
      )
      for (const error of [refusal(text), refusal(`ok\n${text}`, { strict: true })]) {
        assert.equal(error.code, 'HG_INPUT')
        assert.match(error.message, /it was left out/)
      }
    })
  }

  /** What a person writes to a person begins with letters that a command has, too. */
  const prose = [
    ...['cigarette 5', 'cider 2', 'beers', 'dryness', 'stop', 'STOP', 'start', 'starving', 'drinks=2'],
    ...[
      'checking in',
      'check-up',
      'eating',
      'ideas',
      'helpless',
      'hcg 5',
      'hrhttps://example.org',
      'sbpa@b.org',
    ],
    ...['year', 'site', 'okay', 'wtx5', 'ci.', 'help!', 'eat-out', 'ok, thanks', 'waters=1', 'sta-x'],
  ]
  for (const text of prose) {
    it(`takes no command from ${text}`, () => {
      assert.match(refusal(text).message, /begins with no OMHE command/)
      const { findings } = parseOmhe(`ok\n${text}`)
      assert.deepEqual(
        findings.map(({ severity, code, path }) => [severity, code, path]),
        [['error', 'unknown-command', '']],
      )
    })
  }

  it('takes a number at once after a command, and a text after white space or "="', () => {
    const cases: [string, string, Record<string, unknown>][] = [
      ['wt 85k', 'wt', { weight: '85 kg' }],
      ['wt.5', 'wt', { weight: '0.5 [lb_av]' }],
      ['pts+5', 'pts', { points: '5 {points}' }],
      ['bp = 120/80', 'bp', pressure(120, 80)],
      ['BP\t120/80', 'bp', pressure(120, 80)],
      ['eat pizza', 'eat', { content: 'pizza' }],
      ['h2o 3', 'wtr', { count: '3 {count}' }],
      ['h2o3', 'wtr', { count: '3 {count}' }],
      ['beer pale ale', 'alc', { content: 'pale ale' }],
      ['wine=...', 'alc', { content: '...' }],
      ['gym30 laps', 'gym', { content: '30 laps' }],
      ['eat -> pizza', 'eat', { content: '-> pizza' }],
      ['ci #good', 'ci', { tags: ['good'] }],
      ['check-in Howdy', 'ci', { content: 'Howdy' }],
      ['check -in', 'ci', { content: '-in' }],
      ['sto=p', 'sto', { content: 'p' }],
    ]
    for (const [text, command, expected] of cases) {
      const read = one(text).command
      assert.deepEqual([read.command, short(read)], [command, expected], text)
    }
  })

  it('keeps the text of a command whose value is not documented', () => {
    for (const text of ['mc=7', 'hc=7', 'sta=7', 'sto=7', 'id=7', 'hid=7', 'hivcd4=7', 'hivvl=7', 'help=7']) {
      const { command, findings } = one(text, { strict: true })
      assert.equal(command.content, '7')
      assert.deepEqual(
        findings.map(({ severity, code }) => [severity, code]),
        [['information', 'undocumented']],
      )
    }
  })

  describe('of several commands', () => {
    it('has one on a line, whatever the line ends with', () => {
      const { commands, findings } = parseOmhe('\uFEFFbp120/80\r\n\r\n wt85k#a \rst=1\nok\n\n')
      assert.deepEqual(findings, [])
      assert.deepEqual(
        commands.map(({ command, line, text }) => [command, line, text]),
        [
          ['bp', 1, 'bp120/80'],
          ['wt', 3, 'wt85k#a'],
          ['st', 4, 'st=1'],
          ['yes', 5, 'ok'],
        ],
      )
    })

    it('may have a separator beside the line break', () => {
      for (const separator of [';', ' ', '\t', '|', ', ', ';;', '\n']) {
        const { commands } = parseOmhe(['bp120/80', 'wt85k', 'ok\nwtr'].join(separator), { separator })
        assert.deepEqual(
          commands.map(({ command }) => command),
          ['bp', 'wt', 'yes', 'wtr'],
          JSON.stringify(separator),
        )
      }
      assert.equal(one('eat=a;b').command.content, 'a;b')
    })

    it('refuses a separator that belongs to commands', () => {
      for (const separator of ['=', '#', '/', '.', 'a', '5', ' p ', '-', ':', '@', 'é']) {
        assert.equal(refusal('ok', { separator }).code, 'HG_CONFIG', separator)
      }
    })

    it('is read as far as it can be', () => {
      const { commands, findings } = parseOmhe('bp120/80\nfoo\nbg501\neat')
      assert.deepEqual(
        commands.map(({ command }) => command),
        ['bp', 'bg'],
      )
      assert.deepEqual(
        findings.map(({ line, code, path }) => [line, code, path]),
        [
          [2, 'unknown-command', ''],
          [3, 'out-of-range', 'bg/glucose'],
          [4, 'malformed-value', 'eat'],
        ],
      )
      const error = refusal('bp120/80\nfoo\nbg501\neat', { strict: true })
      assert.match(error.message, /^Line 2: .*There are 2 more such findings\.$/)
    })
  })

  describe('with helper tags', () => {
    it('takes #dt as UTC and #tz as the offset', () => {
      const { command } = one('bp=120/80p60#dt20120501:083059z#tz-5')
      assert.equal(command.at, '2012-05-01T08:30:59Z')
      assert.equal(command.offset, '-05:00')
      assert.deepEqual(command.tags, [])
    })

    for (const tag of ['#dt20120501:083059', '#DT=20120501:083059Z', '# dt = 20120501:083059z ']) {
      it(`reads ${tag}`, () => {
        assert.equal(one(`wt85k${tag}`).command.at, '2012-05-01T08:30:59Z')
      })
    }

    const offsets: [string, string][] = [
      ['#tz-5', '-05:00'],
      ['#tz5:30', '+05:30'],
      ['#tz=+5.5', '+05:30'],
      ['#tz-3.5', '-03:30'],
      ['#tz5.75', '+05:45'],
      ['#TZ14', '+14:00'],
      ['#tz-12', '-12:00'],
      ['#tz0', '+00:00'],
      ['#tz-0', '+00:00'],
      ['#tz-05:00', '-05:00'],
    ]
    for (const [tag, offset] of offsets) {
      it(`reads ${tag}`, () => {
        const { command, findings } = one(`wt85k${tag}`)
        assert.equal(command.offset, offset)
        assert.deepEqual(findings, [])
      })
    }

    it('reads #id, #points and those whose meaning is not documented', () => {
      const { command, findings } = one('wt85k#id=a-7#points-5#pw=secret#hid9#pi3#tm=x#uu1#Rest#id')
      assert.equal(command.id, 'a-7')
      assert.equal(command.points, -5)
      assert.deepEqual(command.unread, { pw: 'secret', hid: '9', pi: '3', tm: 'x', uu: '1' })
      assert.deepEqual(command.tags, ['Rest'])
      assert.deepEqual(
        findings.map(({ code, severity, path }) => [code, severity, path]),
        [['repeated-helper', 'error', 'wt/#id']],
      )
      assert.equal(one('wt85k#id123').command.id, '123')
      assert.equal(one('wt85k#points+5').command.points, 5)
    })

    it('leaves tags alone that only begin like a helper', () => {
      const tags = ['idea', 'dtap', 'tmi', 'pizza', 'pointsman', 'uuuu', 'hidden', 'pwd', 'tzatziki']
      assert.deepEqual(one(`ok#${tags.join('#')}`).command.tags, tags)
    })

    const malformed = [
      ...['#dt', '#dt=', '#dt2012', '#dt20120230:000000', '#dt20121301:000000', '#dt20120501:240000'],
      ...['#dt20120501:083060', '#dt00000101:000000', '#dt20120501T083059', `#dt${'1'.repeat(10_000)}`],
      ...['#tz', '#tz5:60', '#tz=abc', '#tz1.333', `#tz${'1'.repeat(10_000)}`],
      ...['#points', '#points5.5', '#points=x', '#id', '#id='],
    ]
    for (const tag of malformed) {
      it(`finds ${tag.slice(0, 30)} malformed, and keeps it unread`, () => {
        const { command, findings } = one(`wt85k${tag}`)
        const name = /^#([a-z]+)/.exec(tag)?.[1] ?? ''
        assert.deepEqual(Object.keys(command.unread ?? {}), [name])
        assert.deepEqual(
          findings.map(({ code, severity, path }) => [code, severity, path]),
          [['malformed-helper', 'error', `wt/#${name}`]],
        )
        assert.deepEqual([command.at, command.offset, command.points, command.id], Array(4).fill(undefined))
        assert.equal(refusal(`wt85k${tag}`, { strict: true }).code, 'HG_INPUT')
      })
    }

    it('finds an offset that no place has', () => {
      for (const tag of ['#tz15', '#tz-12:30', '#tz-13', '#tz530']) {
        const { command, findings } = one(`wt85k${tag}`)
        assert.equal(command.offset, undefined)
        assert.deepEqual(
          findings.map(({ code, path }) => [code, path]),
          [['out-of-range', 'wt/#tz']],
        )
      }
    })

    it('finds the first of two helpers and warns of an empty tag', () => {
      const { command, findings } = one('wt85k#tz1#tz2##')
      assert.equal(command.offset, '+01:00')
      assert.deepEqual(
        findings.map(({ code, severity }) => [code, severity]),
        [
          ['repeated-helper', 'error'],
          ['empty-tag', 'warning'],
          ['empty-tag', 'warning'],
        ],
      )
    })
  })

  describe('without a time of its own', () => {
    it('has the time that the reader was given, in UTC to the second', () => {
      for (const at of ['2026-01-02T03:04:05.678+01:00', new Date('2026-01-02T02:04:05.678Z')]) {
        assert.equal(one('wt85k', { at }).command.at, '2026-01-02T02:04:05Z')
      }
      assert.equal(one('wt85k').command.at, undefined)
      assert.equal(one('wt85k#dt20120501:083059', { at: new Date() }).command.at, '2012-05-01T08:30:59Z')
    })

    it('has none if it says one that cannot be read', () => {
      assert.equal(one('wt85k#dt2012', { at: new Date() }).command.at, undefined)
    })

    it('is refused with a time that is none', () => {
      const times: unknown[] = [
        '2026-01-02',
        '2026-01-02T03:04:05',
        'now',
        '',
        new Date(Number.NaN),
        7,
        null,
        {},
      ]
      for (const at of times) {
        const error = refusal('ok', { at: at as string })
        assert.equal(error.code, 'HG_INPUT', String(at))
        assert.match(error.message, /The time is not usable/)
      }
    })
  })

  describe('as a document', () => {
    it('may be UTF-8 bytes', () => {
      const { commands } = parseOmhe(Buffer.from('\uFEFFeat=Käse'))
      assert.equal(commands[0]?.content, 'Käse')
    })

    const unusable: [string, unknown, string, RegExp][] = [
      ['nothing', undefined, 'HG_INPUT', /not a text/],
      ['a number', 5, 'HG_INPUT', /not a text/],
      ['an object', { command: 'ok' }, 'HG_INPUT', /not a text/],
      ['an empty text', '', 'HG_INPUT', /is empty/],
      ['white space', ' \n\t\r\n', 'HG_INPUT', /is empty/],
      ['bytes that are not UTF-8', Buffer.from('eat=Käse', 'latin1'), 'HG_INPUT', /not UTF-8/],
      ['prose', 'hello world', 'HG_INPUT', /begins with no OMHE command/],
      ['257 KiB', 'ok\n'.repeat((257 * 1024) / 3), 'HG_TOO_LARGE', /at most 256 KiB/],
    ]
    for (const [what, value, code, message] of unusable) {
      it(`cannot be ${what}`, () => {
        const error = refusal(value)
        assert.equal(error.code, code)
        assert.match(error.message, message)
      })
    }

    it('is not quoted in errors and findings', () => {
      const error = refusal('Susan has a fever\npain=4711\neat', { strict: true })
      assert.doesNotMatch(JSON.stringify([error.message, error.cause]), /Susan|4711/)
    })

    it('has at most twenty findings in an error, and says how many there are', () => {
      const error = refusal('x\n'.repeat(500))
      assert.match(error.message, /There are 499 more such findings/)
      assert.equal((error.cause.detail as { findings: unknown[] }).findings.length, 20)
    })
  })
})
