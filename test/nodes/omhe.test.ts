import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { CcrDocument } from '../../src/documents/ccr/model'
import { ccrFindings } from '../../src/documents/ccr/validate'
import type { Bundle, Observation } from '../../src/documents/fhir/types'
import type { OmheCommand, OmheFinding } from '../../src/documents/omhe/model'
import { Flow, watching, type Caught, type Config, type Message } from './support/flow'

describe('omhe', () => {
  let flow: Flow
  afterEach(() => flow.stop())

  async function start(properties: Record<string, unknown> = {}): Promise<void> {
    flow = await Flow.start([
      { id: 'node', type: 'omhe', z: 'flow', wires: [['out']], ...properties },
      ...watching(['out']),
    ])
  }

  async function sent(msg: Record<string, unknown>): Promise<Message & { findings?: OmheFinding[] }> {
    flow.send('node', msg)
    return flow.next('out')
  }

  /** The findings of a message that fails are those of the failure; otherwise it is as it came. */
  async function failure(msg: Record<string, unknown>): Promise<Caught> {
    const before = { ...msg }
    flow.send('node', { ...msg, findings: ['of another node'] })
    const { error, _msgid, findings, ...rest } = (await flow.next('caught')) as Message & {
      findings?: unknown
    }
    assert.ok(error && _msgid)
    assert.deepEqual(rest, before)
    assert.deepEqual(findings, (error.cause.detail as { findings?: unknown } | undefined)?.findings)
    assert.equal(flow.pending('out'), 0)
    return error
  }

  it('reads commands by default', async () => {
    await start()
    const before = Date.now()
    const { payload, findings, topic, health } = await sent({
      payload: 'bp=120/80p60#dt20120501:083059z#tz-5\nwt85k#rest',
      topic: 'kept',
    })
    assert.equal(topic, 'kept')
    assert.deepEqual(findings, [])
    const [pressure, weight] = payload as OmheCommand[]
    assert.deepEqual(pressure, {
      command: 'bp',
      values: {
        systolic: { value: 120, unit: 'mm[Hg]', loinc: '8480-6' },
        diastolic: { value: 80, unit: 'mm[Hg]', loinc: '8462-4' },
        pulse: { value: 60, unit: '/min', loinc: '8867-4' },
      },
      tags: [],
      at: '2012-05-01T08:30:59Z',
      offset: '-05:00',
      text: 'bp=120/80p60#dt20120501:083059z#tz-5',
      line: 1,
    })
    assert.ok(Math.abs(Date.parse(String(weight?.at)) - before) < 10_000)
    const { durationMs, at, ...facts } = health ?? {}
    assert.equal(typeof durationMs, 'number')
    assert.equal(typeof at, 'string')
    assert.deepEqual(facts, { provider: 'omhe', operation: 'parse', user: undefined, attempts: 0 })
  })

  it('reads a Buffer, and tells what it found in msg.findings', async () => {
    await start({ action: 'parse' })
    const { payload, findings } = await sent({ payload: Buffer.from('bg501\nfoo') })
    assert.equal((payload as OmheCommand[]).length, 1)
    assert.deepEqual(
      findings?.map(({ severity, code, path, line }) => [severity, code, path, line]),
      [
        ['error', 'out-of-range', 'bg/glucose', 1],
        ['error', 'unknown-command', '', 2],
      ],
    )
    assert.deepEqual(flow.statuses('node').at(-1), { fill: 'yellow', shape: 'dot', text: '2 × error' })
  })

  it('is green where nothing that was found is an error', async () => {
    await start()
    const { findings } = await sent({ payload: 'wt85k#\nhelp=me' })
    assert.deepEqual(
      findings?.map(({ severity }) => severity),
      ['warning', 'information'],
    )
    assert.match(JSON.stringify(flow.statuses('node').at(-1)), /green.* ms"/)
  })

  it('stops a message with such findings if strict', async () => {
    await start({ strict: true })
    const { code, message, cause } = await failure({ payload: 'bg501\nfoo' })
    assert.equal(code, 'HG_INPUT')
    assert.match(
      message,
      /Line 1: Blood glucose is outside the documented range, 0 to 400\. There is 1 more such finding\./,
    )
    assert.equal(cause.operation, 'parse')
    assert.equal((cause.detail as { findings: unknown[] }).findings.length, 2)
    assert.deepEqual(flow.statuses('node').at(-1), { fill: 'red', shape: 'ring', text: 'status.HG_INPUT' })
  })

  it('takes commands from elsewhere, with another separator and time', async () => {
    await start({ document: 'sms.text', separator: ';', at: 'sms.time', atType: 'msg' })
    for (const time of ['2026-01-15T10:00:00+01:00', new Date('2026-01-15T09:00:00Z'), 1768467600000]) {
      const { payload } = await sent({ sms: { text: 'wt85k;ok', time } })
      assert.deepEqual(
        (payload as OmheCommand[]).map(({ command, at }) => [command, at]),
        [
          ['wt', '2026-01-15T09:00:00Z'],
          ['yes', '2026-01-15T09:00:00Z'],
        ],
      )
    }
    assert.match((await failure({ sms: { text: 'ok', time: 'soon' } })).message, /The time is not usable/)
  })

  it('writes commands', async () => {
    await start({ action: 'build' })
    const weight = { command: 'wt', values: { weight: { value: 85, unit: 'kg' } }, tags: ['rest'] }
    assert.equal((await sent({ payload: weight })).payload, 'wt=85k#rest')
    const { payload, findings } = await sent({
      payload: [weight, { command: 'bg', values: { glucose: 501 } }],
    })
    assert.equal(payload, 'wt=85k#rest\nbg=501')
    assert.equal(findings?.[0]?.code, 'out-of-range')
    assert.match((await failure({ payload: 'wt85k' })).message, /it is no command/)
  })

  it('writes with the separator, in which \\n, \\r and \\t can be used', async () => {
    await start({ action: 'build', separator: ';\\t\\n' })
    assert.equal((await sent({ payload: [{ command: 'ok' }, { command: 'y' }] })).payload, 'ok;\t\ny')
  })

  it('makes a CCR, of text or objects', async () => {
    await start({ action: 'toCcr' })
    const object = { command: 'bp', values: { systolic: 120, diastolic: 80 } }
    for (const payload of ['bp120/80', object, [object]]) {
      const msg = await sent({ payload, user: 'u1' })
      const ccr = msg.payload as CcrDocument
      assert.deepEqual(ccrFindings(ccr), [])
      const [result] = ccr.Body?.VitalSigns?.Result ?? []
      assert.equal(result?.Test?.length, 2)
      assert.ok(Math.abs(Date.parse(result.DateTime?.[0]?.ExactDateTime ?? '') - Date.now()) < 10_000)
      assert.equal(ccr.Actors?.Actor?.[0]?.IDs?.[0]?.ID, 'u1')
      assert.deepEqual(msg.findings, [])
      assert.equal(msg.health?.user, 'u1')
      assert.equal(msg.health.operation, 'toCcr')
    }
  })

  it('makes FHIR observations, of a patient and from a source', async () => {
    await start({ action: 'toFhir', source: 'SMS gateway', sourceType: 'str' })
    const first = async (msg: Record<string, unknown>): Promise<Observation | undefined> => {
      const { payload } = await sent({ payload: 'wt85k', ...msg })
      return (payload as Bundle<Observation>).entry?.[0]?.resource
    }
    const patient = {
      id: 7,
      reference: 'Patient/7',
      name: 'M. Example',
      birthDate: '',
      other: { kept: 'out' },
    }
    assert.deepEqual((await first({ patient, user: 'u1' }))?.subject, {
      reference: 'Patient/7',
      type: 'Patient',
      display: 'M. Example',
    })
    assert.deepEqual((await first({ patient: 7 }))?.subject, { type: 'Patient', identifier: { value: '7' } })
    assert.deepEqual((await first({ user: 'u1' }))?.subject, { type: 'Patient', identifier: { value: 'u1' } })
    assert.deepEqual((await first({ patient: { name: 'M. Example' }, user: 'u1' }))?.subject, {
      type: 'Patient',
      identifier: { value: 'u1' },
      display: 'M. Example',
    })
    assert.equal(
      (await first({ patient: { name: '', family: '' }, user: 'u1' }))?.subject?.identifier?.value,
      'u1',
    )
    const alone = await first({})
    assert.equal(alone?.subject?.identifier, undefined)
    assert.equal(alone?.device?.display, 'SMS gateway')
    assert.ok(alone.effectiveDateTime)
  })

  it('tells of a patient who is not known, or not wholly understood', async () => {
    await start({ action: 'toFhir' })
    const codes = async (msg: Record<string, unknown>) =>
      (await sent({ payload: 'wt85k', ...msg })).findings?.map(({ code, path }) => `${code} ${path}`)
    assert.deepEqual(await codes({}), ['no-patient '])
    assert.deepEqual(await codes({ patient: { id: 7, other: { kept: 'out' }, empty: '' } }), [
      'unknown-property patient.other',
    ])
    assert.deepEqual(await codes({ patient: { dateOfBirth: new Date('1970-05-01') }, user: 'u1' }), [])
    await flow.stop()
    await start({ action: 'toFhir', strict: true })
    assert.match((await failure({ payload: 'wt85k' })).message, /whose measurements/)
  })

  const faults: [string, Record<string, unknown>, Record<string, unknown>, string, RegExp][] = [
    ['no document', {}, {}, 'HG_INPUT', /not a text/],
    ['an empty document', {}, { payload: '' }, 'HG_INPUT', /is empty/],
    ['an object to be read', {}, { payload: {} }, 'HG_INPUT', /not a text/],
    ['prose', {}, { payload: 'hello' }, 'HG_INPUT', /no OMHE command/],
    ['too much', {}, { payload: 'ok\n'.repeat(100_000) }, 'HG_TOO_LARGE', /256 KiB/],
    ['nothing to write', { action: 'build' }, {}, 'HG_INPUT', /is missing/],
    ['nothing to put into a CCR', { action: 'toCcr' }, { payload: 'ok' }, 'HG_INPUT', /No command in it/],
    ['nothing to observe', { action: 'toFhir' }, { payload: 'ok' }, 'HG_INPUT', /No command in it/],
    ['no document for a CCR', { action: 'toCcr' }, {}, 'HG_INPUT', /is missing/],
    [
      'a patient of the wrong type',
      { action: 'toCcr' },
      { payload: 'wt85k', patient: true },
      'HG_INPUT',
      /patient/,
    ],
    ...[{ foo: 1 }, ['x'], { identifier: 'p' }].map((patient): (typeof faults)[number] => [
      `a patient of whom nothing is known: ${JSON.stringify(patient)}`,
      { action: 'toFhir' },
      { payload: 'wt85k', patient, user: 'u1' },
      'HG_INPUT',
      /patient is not usable/,
    ]),
    [
      'a user who is no id',
      { action: 'toFhir' },
      { payload: 'wt85k', user: { a: 1 } },
      'HG_INPUT',
      /user is not usable/,
    ],
    [
      'a name of the wrong type',
      { action: 'toCcr' },
      { payload: 'wt85k', patient: { name: {} } },
      'HG_INPUT',
      /patient/,
    ],
    [
      'a source of the wrong type',
      { action: 'toFhir', source: '7', sourceType: 'num' },
      { payload: 'wt85k' },
      'HG_INPUT',
      /source/,
    ],
    ['an unknown action', { action: 'toPdf' }, { payload: 'wt85k' }, 'HG_CONFIG', /action of this node/],
    [
      'a separator of commands',
      { separator: '#' },
      { payload: 'wt85k' },
      'HG_CONFIG',
      /separator is not usable/,
    ],
  ]
  for (const [what, properties, msg, code, message] of faults) {
    it(`says ${code} for ${what}`, async () => {
      await start(properties)
      const error = await failure(msg)
      assert.equal(error.code, code, error.message)
      assert.match(error.message, message)
      assert.equal(error.cause.provider, 'omhe')
    })
  }

  it('works as the example has it', async () => {
    const file = join(__dirname, '../../examples/21 - Read measurements from text messages.json')
    const nodes = JSON.parse(await readFile(file, 'utf8')) as Config[]
    const debugs = nodes.filter(({ type }) => type === 'debug')
    const injects = nodes.filter(({ type }) => type === 'inject')
    flow = await Flow.start(
      nodes
        .filter(({ type }) => type !== 'inject' && type !== 'comment')
        .map((node) => (node.type === 'debug' ? { ...node, type: 'helper' } : node)),
    )
    for (const { wires, payload, payloadType } of injects) {
      const text = String(payload)
      for (const id of (wires as string[][])[0] ?? []) {
        flow.send(id, {
          payload: payloadType === 'json' ? (JSON.parse(text) as unknown) : text,
          user: 'maria',
        })
      }
    }
    const shown = new Map<unknown, Message & { findings?: OmheFinding[] }>()
    for (const { id, name } of debugs) shown.set(name, await flow.next(id))
    assert.equal((shown.get('commands')?.payload as OmheCommand[]).length, 6)
    assert.deepEqual(shown.get('commands')?.findings, [])
    assert.equal((shown.get('observations')?.payload as Bundle<Observation>).entry?.length, 7)
    assert.deepEqual(ccrFindings(shown.get('CCR')?.payload as CcrDocument), [])
    assert.equal(shown.get('text message')?.payload, 'wt=85k#afteryoga')
    assert.deepEqual(
      shown.get('findings')?.findings?.map(({ code }) => code),
      ['out-of-range', 'unknown-command'],
    )
    assert.match(String(shown.get('errors')?.error?.message), /outside the documented range/)
  })
})
