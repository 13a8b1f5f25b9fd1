import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { setImmediate } from 'node:timers/promises'
import type { CcrDocument } from '../../src/documents/ccr/model'
import type { CcrFinding } from '../../src/documents/ccr/validate/finding'
import { assertApart } from '../support/apart'
import { ofDocuments } from '../support/ccr-documents'
import { exampleCcr, Flow, watching, type Message } from './support/flow'

describe('ccr', () => {
  let flow: Flow

  const start = async (settings: object = {}) => {
    flow = await Flow.start([
      { id: 'node', type: 'ccr', z: 'flow', ...settings, wires: [['out']] },
      ...watching(['out']),
    ])
  }

  const answer = async (payload: unknown): Promise<Message & { findings?: CcrFinding[] }> => {
    flow.send('node', { payload, topic: 'kept' })
    return flow.next('out')
  }

  const refusal = async (payload: unknown) => {
    flow.send('node', { payload })
    const { error, payload: left } = await flow.next('caught')
    assert.deepEqual(left, payload)
    assert.equal(flow.pending('out'), 0)
    assert.ok(error)
    return error
  }

  afterEach(() => flow.stop())

  const invalid = async () => (await exampleCcr()).replace(/<Version>.*<\/Version>/, '')

  it('parses a string, a Buffer or a Uint8Array', async () => {
    await start()
    const xml = await exampleCcr()
    for (const given of [xml, Buffer.from(xml), new Uint8Array(Buffer.from(xml))]) {
      const { payload, findings, topic, health } = await answer(given)
      const ccr = payload as CcrDocument
      assert.equal(ccr.Body?.VitalSigns?.Result?.[0]?.Test?.[1]?.TestResult?.Value, '81')
      assert.deepEqual([findings, topic], [[], 'kept'])
      assert.deepEqual([health?.provider, health?.operation], ['ccr', 'parse'])
    }
  })

  it('builds what it has parsed', async () => {
    await start()
    const { payload } = await answer(await exampleCcr())
    await flow.stop()
    await start({ action: 'build', pretty: true })
    const { payload: xml } = await answer(payload)
    await flow.stop()
    await start({ action: 'parse' })
    assert.deepEqual((await answer(xml)).payload, payload)
  })

  it('builds of a short description, and what it builds is valid', async () => {
    await start({ action: 'build', strict: true })
    const { payload, findings } = await answer({
      patient: { given: 'Maria' },
      vitalSigns: [{ description: 'Body weight', value: 61.5, unit: 'kg' }],
    })
    assert.deepEqual(findings, [])
    assert.match(payload as string, /^<\?xml [^]*<Value>61\.5<\/Value><Units><Unit>kg<\/Unit>/)
  })

  it('writes one element a line where it is wished', async () => {
    const lines: number[] = []
    for (const pretty of [false, true]) {
      await start({ action: 'build', pretty })
      lines.push(((await answer({ patient: {} })).payload as string).trimEnd().split('\n').length)
      if (!pretty) await flow.stop()
    }
    const [plain = 0, indented = 0] = lines
    assert.equal(plain, 2)
    assert.ok(indented > 20)
  })

  it('validates XML and objects', async () => {
    await start({ action: 'validate' })
    const { payload, findings } = await answer(await invalid())
    assert.deepEqual(findings, payload)
    assert.deepEqual(payload, [
      {
        ...{ severity: 'error', code: 'structure.missing', path: 'Version', line: 2 },
        message: 'ContinuityOfCareRecord has no Version; the schema requires one.',
      },
    ])
    const { payload: ofObject } = await answer({ Version: 'V1.0' })
    assert.deepEqual(
      (ofObject as CcrFinding[]).map(({ path: where }) => where),
      ['CCRDocumentObjectID', 'Language', 'DateTime', 'Patient', 'From', 'Body', 'Actors'],
    )
  })

  describe('of a feed with several CCRs', () => {
    const feed = async () => {
      const first = await exampleCcr()
      const documents = [first, await invalid(), first.replace('V1.0', '1')]
      const entries = documents.map(
        (xml) => `<entry><title>x</title>${xml.replace(/^<\?xml.*?\?>/, '')}</entry>`,
      )
      return `<feed xmlns="http://www.w3.org/2005/Atom">${entries.join('')}</feed>`
    }
    const codes = ({ findings }: { findings?: CcrFinding[] }) =>
      findings?.map(({ code, path: where }) => `${code} ${where}`)

    it('parses to a message each, with its own findings', async () => {
      await start()
      flow.send('node', { payload: await feed(), topic: 'kept', of: { before: [] } })
      const messages: Message[] = []
      const parts: unknown[] = []
      const found: unknown[] = []
      for (let index = 0; index < 3; index++) {
        const message = (await flow.next('out')) as Message & {
          findings?: CcrFinding[]
          parts: { id: string }
        }
        messages.push(message)
        const { id, ...rest } = message.parts
        assert.equal(typeof id, 'string')
        parts.push(rest)
        found.push(codes(message))
        assert.ok((message.payload as CcrDocument).Body?.VitalSigns)
        assert.deepEqual([message.topic, message.health?.['operation']], ['kept', 'parse'])
      }
      assert.deepEqual(parts, [
        { type: 'array', index: 0, len: 1 },
        { type: 'array', index: 1, len: 1 },
        { type: 'array', index: 2, len: 1, count: 3 },
      ])
      assert.deepEqual(found, [[], ['structure.missing Version'], ['version.unknown Version']])
      assertApart(messages)
    })

    it('waits for each message to come back, where that is wished', async () => {
      await start({ several: 'onRequest' })
      flow.send('node', { payload: await feed() })
      const first = await flow.next('out')
      for (let turn = 0; turn < 10; turn++) await setImmediate()
      assert.equal(flow.pending('out'), 0)
      flow.send('node', { ...first })
      const second = (await flow.next('out')) as Message & { parts: { index: number } }
      assert.equal(second.parts.index, 1)
      flow.send('node', { ...second })
      assert.ok((await flow.next('out')).payload)
    })

    it('says that a message came back without its msg.parts, and does not begin anew', async () => {
      await start({ several: 'onRequest' })
      flow.send('node', { payload: await feed(), _msgid: 'one' })
      const { parts, ...lost } = (await flow.next('out')) as Message & { parts: { id: string } }
      for (const message of [lost, { ...lost, parts: { id: 'of another list', index: 0 } }]) {
        const { code, message: told } = await flow.failure('node', { ...message })
        assert.equal(code, 'HG_INPUT')
        assert.match(told, /msg\.parts/)
      }
      assert.equal(flow.pending('out'), 0)
      flow.send('node', { ...lost, parts })
      assert.equal(((await flow.next('out')) as { parts: { index: number } }).parts.index, 1)
    })

    it('says so of the last message as well, and takes its mark for new work once it has come back', async () => {
      await start({ several: 'onRequest' })
      const list = async () => {
        flow.send('node', { payload: await feed(), _msgid: 'one' })
        let message = (await flow.next('out')) as Message & { parts: { index: number; count?: number } }
        while (message.parts.count === undefined) {
          flow.send('node', { ...message })
          message = (await flow.next('out')) as typeof message
        }
        return message
      }
      const { parts, ...lost } = await list()
      assert.equal((await flow.failure('node', { ...lost })).code, 'HG_INPUT')
      flow.send('node', { ...lost, parts })
      assert.equal((await list()).parts.index, 2)
    })

    it('takes another message of the sequence that it is in for new work, as it takes any other', async () => {
      await start({ several: 'onRequest' })
      const payload = await feed()
      const marks = [
        { _msgid: 'one', parts: { id: 'outer', index: 0 } },
        { _msgid: 'one', parts: { id: 'outer', index: 1 } },
        { _msgid: 'two' },
      ]
      for (const mark of marks) {
        flow.send('node', { payload, ...mark })
        assert.equal(((await flow.next('out')) as { parts: { index: number } }).parts.index, 0)
      }
    })

    const small = (count: number) =>
      `<feed>${'<ContinuityOfCareRecord xmlns="urn:astm-org:CCR"/>'.repeat(count)}</feed>`

    it('gives other work its turn between one message and the next', async () => {
      await start()
      let turn = 0
      let isOver = false
      const turns = async () => {
        for (; !isOver; turn++) await setImmediate()
      }
      const counting = turns()
      flow.send('node', { payload: small(20) })
      const arrived = new Set<number>()
      for (let index = 0; index < 20; index++) {
        await flow.next('out')
        arrived.add(turn)
      }
      isOver = true
      await counting
      assert.ok(arrived.size > 15, `20 messages in ${arrived.size} turns`)
    })

    it('knows its own messages of the last 1,000 feeds, and those of a feed that waits', async function () {
      this.timeout(60_000)
      await start({ several: 'onRequest' })
      flow.send('node', { payload: small(2) })
      const waiting = await flow.next('out')
      const ended: Message[] = []
      for (let number = 0; number < 1001; number++) {
        flow.send('node', { payload: small(2) })
        flow.send('node', { ...(await flow.next('out')) })
        ended.push(await flow.next('out'))
      }
      flow.send('node', { ...waiting })
      const { parts } = (await flow.result('out')) as Message & { parts: { index: number; count: number } }
      assert.deepEqual([parts.index, parts.count], [1, 2])
      for (const known of [ended.at(-1), ended[2]]) flow.send('node', { ...known, topic: 'known' })
      // For another piece of work: an object is no document to parse.
      flow.send('node', { ...ended[1], topic: 'new' })
      assert.equal((await flow.caught('HG_INPUT')).topic, 'new')
      assert.deepEqual([flow.pending('out'), flow.pending('caught')], [0, 0])
    })

    it('parses to one message with an array, where that is wished, also of one', async () => {
      await start({ several: 'array' })
      const message = await answer(await feed())
      assert.equal((message.payload as CcrDocument[]).length, 3)
      assert.deepEqual(codes(message), [
        'structure.missing ContinuityOfCareRecord[2]/Version',
        'version.unknown ContinuityOfCareRecord[3]/Version',
      ])
      assert.equal(((await answer(await exampleCcr())).payload as CcrDocument[]).length, 1)
    })

    it('is refused as a whole when strict, if one of them is not valid', async () => {
      await start({ strict: true })
      assert.match((await refusal(await feed())).message, /ContinuityOfCareRecord\[2\]/)
    })
  })

  it('shows where there are errors among the findings', async () => {
    const shown = async (settings: object, payload: unknown) => {
      await start(settings)
      await answer(payload)
      const status = flow.statuses('node').at(-1)
      await flow.stop()
      return status
    }
    const yellow = { fill: 'yellow', shape: 'dot', text: '1 × error' }
    assert.deepEqual(await shown({}, await invalid()), yellow)
    assert.deepEqual(await shown({ action: 'validate' }, await invalid()), yellow)
    assert.deepEqual(await shown({ action: 'build' }, { Version: 'V1.0' }), { ...yellow, text: '7 × error' })
    const green = await shown({ action: 'validate' }, (await exampleCcr()).replace('V1.0', '1'))
    assert.deepEqual(green, { fill: 'green', shape: 'dot', text: '1' })
  })

  it('lets a document that is not valid pass, with its findings', async () => {
    await start()
    const { findings } = await answer(await invalid())
    assert.deepEqual(
      findings?.map(({ code }) => code),
      ['structure.missing'],
    )
  })

  for (const action of ['parse', 'build', 'validate']) {
    it(`refuses one that is not valid when strict: ${action}`, async () => {
      await start({ action, strict: true })
      const { code, message, cause } = await refusal(
        action === 'build' ? { Version: 'V1.0' } : await invalid(),
      )
      assert.equal(code, 'HG_INPUT')
      assert.match(message, /not valid: ContinuityOfCareRecord has no \w+; .* errors in all: \d+\)$/)
      const { findings } = cause.detail as { findings: CcrFinding[] }
      assert.equal(findings[0]?.code, 'structure.missing')
    })
  }

  it('is not strict about what is no matter of the schema', async () => {
    await start({ strict: true })
    const { findings } = await answer((await exampleCcr()).replace('V1.0', '1'))
    assert.deepEqual(
      findings?.map(({ code }) => code),
      ['version.unknown'],
    )
  })

  it('takes the document from where the property says', async () => {
    await start({ document: 'record', documentType: 'msg' })
    flow.send('node', { record: await exampleCcr(), payload: 'other' })
    assert.ok(((await flow.next('out')).payload as CcrDocument).Body)
  })

  const refused: [what: string, settings: object, payload: unknown, code: string, message: RegExp][] = [
    ['XML that is not well-formed', {}, '<ContinuityOfCareRecord>\n <Body>\n</Bod>', 'HG_INPUT', /3:\d/],
    ['XML of something else', {}, '<html/>', 'HG_INPUT', /CCR/],
    ['a DOCTYPE', {}, '<!DOCTYPE a><a/>', 'HG_INPUT', /DOCTYPE/],
    ['nothing to parse', {}, undefined, 'HG_INPUT', /is missing\. .*in XML/],
    ['an object to parse', {}, { Body: {} }, 'HG_INPUT', /is an object\. .*string or a Buffer/],
    ['a number to parse', {}, 5, 'HG_INPUT', /is a number\. .*string or a Buffer/],
    ['bytes as JSON to parse', {}, { type: 'Buffer', data: [60] }, 'HG_INPUT', /is an object\. /],
    ['an ArrayBuffer to parse', {}, new ArrayBuffer(2), 'HG_INPUT', /kind ArrayBuffer\. /],
    ['nothing to build', { action: 'build' }, undefined, 'HG_INPUT', /is missing\. .*a patient/],
    ['text to build', { action: 'build' }, '<a/>', 'HG_INPUT', /is a string\. .*a patient/],
    ['an array to build', { action: 'build' }, [], 'HG_INPUT', /is an array\. /],
    ['nothing to validate', { action: 'validate' }, undefined, 'HG_INPUT', /is missing\. .*in XML/],
    ['an unknown way for several', { several: 'zip' }, '<a/>', 'HG_CONFIG', /sequence, onRequest, array/],
    ...[{}, new Map(), new Set(), new Date()].map((document): (typeof refused)[number] => [
      `an object without properties to build: ${Object.prototype.toString.call(document)}`,
      { action: 'build' },
      document,
      'HG_INPUT',
      /of the kind (?:Map|Set|Date)\.|an empty object/,
    ]),
    ['a shape that cannot be written', { action: 'build' }, { Version: {} }, 'HG_INPUT', /Version/],
    ['a mistyped description', { action: 'build' }, { patient: {}, problem: [] }, 'HG_INPUT', /"problem"/],
    ['a number to validate', { action: 'validate' }, 5, 'HG_INPUT', /is a number\. .*in XML/],
    ['an unknown action', { action: 'guess' }, '<a/>', 'HG_CONFIG', /parse, build, validate/],
  ]
  for (const [what, settings, payload, code, message] of refused) {
    it(`refuses ${what}`, async () => {
      await start(settings)
      const error = await refusal(payload)
      assert.equal(error.code, code)
      assert.match(error.message, message)
    })
  }

  ofDocuments('takes what is well-formed, through parse and build, to an equal object', async (documents) => {
    const single = documents.filter(({ verdict, isRoot }) => verdict !== 'malformed' && isRoot)
    assert.ok(single.length > 20)
    await start()
    const parsed: unknown[] = []
    for (const { bytes } of single) parsed.push((await answer(bytes)).payload)
    await flow.stop()
    await start({ action: 'build' })
    const built: unknown[] = []
    for (const payload of parsed) built.push((await answer(payload)).payload)
    await flow.stop()
    await start()
    for (const [index, payload] of built.entries())
      assert.deepEqual((await answer(payload)).payload, parsed[index], single[index]?.name)
  })

  it('does what its example says', async () => {
    const file = path.resolve(__dirname, '../../examples/20 - Read, build and validate CCRs.json')
    const example = JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>[]
    const one = (type: string, name: string) => {
      const found = example.find((node) => node['type'] === type && node['name'] === name)
      assert.ok(found, name)
      return found
    }
    const run = async (name: string, payload: unknown) => {
      const { action, strict, pretty } = one('ccr', name)
      await start({ action, strict, pretty })
      const answered = await answer(payload)
      if (name !== 'validate') await flow.stop()
      return answered
    }
    const { payload: ccr, findings } = await run('parse', one('template', 'A CCR')['template'])
    assert.deepEqual(findings, [])
    assert.deepEqual(
      (ccr as CcrDocument).Body?.Medications?.Medication?.map(
        ({ Product }) => Product?.[0]?.ProductName?.Text,
      ),
      ['Salbutamol', 'Ibuprofen'],
    )
    const measurements = JSON.parse(one('inject', "Maria's measurements")['payload'] as string) as object
    const built = await run('build', measurements)
    assert.deepEqual(built.findings, [])
    assert.match(built.payload as string, /<ActorID>scale<\/ActorID>/)
    const { payload: found } = await run('validate', one('template', 'A CCR with faults')['template'])
    assert.deepEqual(
      (found as CcrFinding[]).map(({ code }) => code),
      ['structure.missing', 'version.unknown', 'structure.order', 'date.format', 'link.actor'],
    )
  })
})
