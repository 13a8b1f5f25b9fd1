import assert from 'node:assert/strict'
import { Readable } from 'node:stream'
import { runInNewContext } from 'node:vm'
import fc from 'fast-check'
import type { CcrDocument } from '../../../../src/documents/ccr/model'
import { CcrParts } from '../../../../src/documents/ccr/parts'
import { readCcr, readCcrs, type CcrSource } from '../../../../src/documents/ccr/read'
import { CcrReader } from '../../../../src/documents/ccr/reader'
import { CcrTree } from '../../../../src/documents/ccr/tree'
import { readAndValidateCcr } from '../../../../src/documents/ccr/validate'
import { writeCcr, writeCcrs } from '../../../../src/documents/ccr/write'
import { decodeXml } from '../xml/decode-xml'
import { ofDocuments, sampleDocuments } from '../../../support/ccr-documents'
import { failure } from '../../../support/failing'
import { xml } from './arbitrary'
import { canonical } from './canonical'

const ccr = (inside: string, attributes = '') =>
  `<ContinuityOfCareRecord xmlns="urn:astm-org:CCR"${attributes}>${inside}</ContinuityOfCareRecord>`

describe('a CCR that is read', () => {
  it('has arrays where the schema allows several, plain values where one, and text as it stood', async () => {
    assert.deepEqual(
      await readCcr(
        ccr(`
          <Version> V1.0
</Version>
          <Patient><ActorID>a</ActorID></Patient>
          <Body>
            <Problems>
              <Problem>
                <DateTime><ExactDateTime/></DateTime>
                <Description>
                  <Text>a &amp; <![CDATA[<b>]]>&#233;&#x1F600; </Text>
                  <Code><Value>1</Value></Code>
                </Description>
              </Problem>
            </Problems>
            <Results></Results>
          </Body>`),
      ),
      {
        Version: ' V1.0\n',
        Patient: [{ ActorID: 'a' }],
        Body: {
          Problems: {
            Problem: [
              {
                DateTime: [{ ExactDateTime: '' }],
                Description: { Text: 'a & <b>é\u{1F600} ', Code: [{ Value: '1' }] },
              },
            ],
          },
          Results: {},
        },
      } satisfies CcrDocument,
    )
  })

  it('keeps in $ what plain properties cannot say', async () => {
    const read = await readCcr(
      `<!--before--><?style a?>${ccr(
        '<Version x:a="1">V<!--c-->1<b/></Version><Body Preferred="1">text<Alerts/><Problems/>' +
          '<Coverages xmlns:y="urn:y"><y:a> </y:a> <b/></Coverages><Problems>again</Problems><?pi?></Body>',
        ' xmlns:x="urn:x"',
      )}<!--after-->`,
    )
    assert.deepEqual(read, {
      Version: 'V1',
      Body: {
        Alerts: {},
        Problems: {},
        $: {
          attributes: [{ name: 'Preferred', value: '1' }],
          content: [
            { text: 'text' },
            { child: 'Alerts', count: 1 },
            { child: 'Problems', count: 1 },
            {
              element: 'Coverages',
              namespace: 'urn:astm-org:CCR',
              attributes: [{ name: 'xmlns:y', value: 'urn:y' }],
              children: [
                { element: 'y:a', namespace: 'urn:y', children: [{ text: ' ' }] },
                { element: 'b', namespace: 'urn:astm-org:CCR' },
              ],
            },
            { element: 'Problems', namespace: 'urn:astm-org:CCR', children: [{ text: 'again' }] },
            { instruction: 'pi', data: '' },
          ],
        },
      },
      $: {
        attributes: [{ name: 'xmlns:x', value: 'urn:x' }],
        before: [{ comment: 'before' }, { instruction: 'style', data: 'a' }],
        after: [{ comment: 'after' }],
        leaves: [
          {
            name: 'Version',
            index: 0,
            attributes: [{ name: 'x:a', value: '1', namespace: 'urn:x' }],
            content: [
              { text: 'V' },
              { comment: 'c' },
              { text: '1' },
              { element: 'b', namespace: 'urn:astm-org:CCR' },
            ],
          },
        ],
      },
    })
  })

  it('keeps the order of a document that has one of its own', async () => {
    const { Body } = await readCcr(
      ccr('<Body><Results/><Problems><Problem/><Problem/></Problems><Alerts/></Body>'),
    )
    assert.deepEqual(Object.keys(Body ?? {}).sort(), ['$', 'Alerts', 'Problems', 'Results'])
    assert.deepEqual(Body?.$, {
      content: [
        { child: 'Results', count: 1 },
        { child: 'Problems', count: 1 },
        { child: 'Alerts', count: 1 },
      ],
    })
    assert.deepEqual(Body.Problems, { Problem: [{}, {}] })
  })

  it('may have any prefix, no namespace, or another one', async () => {
    const same = '<Version>1</Version>'
    assert.deepEqual(
      await readCcr(
        `<c:ContinuityOfCareRecord xmlns:c="urn:astm-org:CCR"><c:Version>1</c:Version></c:ContinuityOfCareRecord>`,
      ),
      { Version: '1', $: { prefix: 'c' } },
    )
    assert.deepEqual(await readCcr(`<ContinuityOfCareRecord>${same}</ContinuityOfCareRecord>`), {
      Version: '1',
      $: { namespace: '' },
    })
    assert.deepEqual(
      await readCcr(`<ContinuityOfCareRecord xmlns="urn:draft">${same}</ContinuityOfCareRecord>`),
      {
        Version: '1',
        $: { namespace: 'urn:draft' },
      },
    )
  })

  it('makes nothing of names that mean something to JavaScript', async () => {
    const read = await readCcr(
      ccr(
        '<__proto__><polluted/></__proto__><Body><constructor/><toString>1</toString></Body><hasOwnProperty/>',
      ),
    )
    assert.deepEqual(Object.keys(read).sort(), ['$', 'Body'])
    assert.deepEqual(Object.keys(read.Body ?? {}), ['$'])
    assert.equal(Object.getPrototypeOf(read), Object.prototype)
    assert.equal('polluted' in {}, false)
  })

  it('is found inside of another document, with the namespaces that are in force there', async () => {
    const entry = (inside: string) =>
      `<entry xmlns="http://www.w3.org/2005/Atom" xmlns:x="urn:x"><title>t</title><content>\n${inside}\n</content></entry>`
    assert.deepEqual(await readCcr(entry(ccr('<Version>1</Version>'))), {
      Version: '1',
      $: { attributes: [{ name: 'xmlns:x', value: 'urn:x' }] },
    })
    const { documents, around } = await readCcrs(entry(`${ccr('')}${ccr('')}`))
    assert.equal(documents.length, 2)
    assert.deepEqual(around, [
      {
        element: 'entry',
        namespace: 'http://www.w3.org/2005/Atom',
        attributes: [
          { name: 'xmlns', value: 'http://www.w3.org/2005/Atom' },
          { name: 'xmlns:x', value: 'urn:x' },
        ],
        children: [
          { element: 'title', namespace: 'http://www.w3.org/2005/Atom', children: [{ text: 't' }] },
          {
            element: 'content',
            namespace: 'http://www.w3.org/2005/Atom',
            children: [{ document: 0 }, { document: 1 }],
          },
        ],
      },
    ])
    assert.equal('around' in (await readCcrs(ccr(''))), false)
  })

  it('comes from text, bytes and streams alike, however they are cut', async () => {
    const text = `<?xml version="1.0" encoding="UTF-8"?>${ccr('<Language><Text>é€\u{1F600}\r\n</Text></Language>')}`
    const expected = { Language: { Text: 'é€\u{1F600}\n' } }
    const bytes = Buffer.from(text)
    const sources: CcrSource[] = [
      text,
      bytes,
      new Uint8Array(bytes),
      Readable.from([text]),
      Readable.from([bytes]),
      Readable.from([...bytes].map((byte) => Buffer.of(byte))),
      Readable.from(Array.from({ length: text.length }, (_, i) => text.charAt(i))),
      new Blob([bytes]).stream() as unknown as AsyncIterable<Uint8Array>,
      Readable.from([bytes.subarray(0, 120), bytes.subarray(120)]),
      Readable.from([text.slice(0, 120), Buffer.from(text.slice(120))]),
    ]
    for (const source of sources) assert.deepEqual(await readCcr(source), expected)
  })

  ofDocuments('is what was written', async (documents) => {
    for (const { name, bytes, line } of documents) {
      if (line !== undefined) {
        assert.match(
          (await failure(readCcrs(bytes))).message,
          new RegExp(`at line:column ${line}:\\d+: expected`),
          name,
        )
        continue
      }
      const text = decodeXml(bytes)
      const read = await readCcrs(bytes)
      for (const pretty of [false, true]) {
        assert.equal(canonical(writeCcrs(read, { pretty })), canonical(text), name)
        if (read.around) {
          const alone = read.documents.map((document) => canonical(writeCcr(document, { pretty })))
          assert.equal(alone.join('\n'), canonical(text, 'ContinuityOfCareRecord'), name)
        }
      }
    }
  })

  it('needs no $ in a public sample that is valid, but for its root element', async function () {
    const valid = sampleDocuments()?.filter(({ verdict }) => verdict === 'valid')
    if (!valid) this.skip()
    assert.ok(valid.length > 10)
    for (const { name, bytes } of valid) {
      for (const { $, ...rest } of (await readCcrs(bytes)).documents) {
        assert.ok(!JSON.stringify(rest).includes('"$":'), name)
        assert.ok($?.content === undefined, name)
      }
    }
  })
})

describe('white space around and in what the schema does not know', () => {
  it('is kept where it is all that a signature has', async () => {
    const signed = (inside: string) =>
      ccr(`<Signatures><CCRSignature><Signature>${inside}</Signature></CCRSignature></Signatures>`)
    for (const inside of ['\n  ', '<a> </a>', 'text ']) {
      assert.equal(canonical(writeCcr(await readCcr(signed(inside)))), canonical(signed(inside)))
    }
  })

  it('does not grow with each reading and writing', async () => {
    const odd = '<x:odd xmlns:x="urn:x">\n <x:a>\n  <x:b/> </x:a></x:odd>'
    let xml = `<feed>\n <entry>\n  <e/>\n ${ccr(`<Body>${odd}<Problems/></Body>`)}</entry> </feed>`
    const lengths: number[] = []
    for (let i = 0; i < 3; i++) {
      xml = writeCcrs(await readCcrs(xml), { pretty: true })
      lengths.push(xml.length)
    }
    assert.deepEqual(lengths, Array(3).fill(xml.length))
  })
})

describe('a document that is no CCR', () => {
  const refused: [what: string, source: CcrSource, message: RegExp][] = [
    ['nothing', '', /line:column 1:1: expected an element, the document ends/],
    ['no XML', 'hello', /line:column 1:1: expected "<"/],
    ['another document', '<ClinicalDocument xmlns="urn:hl7-org:v3"/>', /no element ContinuityOfCareRecord/],
    ['one that ends early', ccr('').slice(0, -5), /line:column 1:50: expected ">"/],
    [
      'a mismatch',
      '<ContinuityOfCareRecord>\n<Body>\n<Erika>\n</Body></ContinuityOfCareRecord>',
      /line:column 4:1: expected the end tag of the element that begins at 3:1, found another tag/,
    ],
    [
      'a mismatch of known names',
      '<ContinuityOfCareRecord>\n<Body>\n</ContinuityOfCareRecord>',
      /3:1: expected <\/Body> of the element that begins at 2:1/,
    ],
    ['bytes of another encoding', Buffer.from(ccr('é'), 'latin1'), /are not UTF-8/],
    ['two CCRs', `<feed>${ccr('')}${ccr('')}</feed>`, /holds 2 CCRs, and one was expected/],
    ['deep nesting', ccr('<a>'.repeat(300)), /nested deeper than 256/],
  ]
  for (const [what, source, message] of refused) {
    it(`is refused: ${what}`, async () => {
      const error = await failure(readCcr(source))
      assert.equal(error.code, 'HG_INPUT')
      assert.match(error.message, message)
      assert.doesNotMatch(error.message, /Erika/)
    })
  }

  it('tells the place of a fault also as numbers', async () => {
    const error = await failure(readCcr('<ContinuityOfCareRecord>\n &nbsp;</ContinuityOfCareRecord>'))
    assert.deepEqual(error.cause.detail, { line: 2, column: 2 })
  })

  it('is refused when it is too large or too deep for the one who reads', async () => {
    assert.equal((await failure(readCcr(ccr('é'.repeat(600)), { maxBytes: 1000 }))).code, 'HG_TOO_LARGE')
    const error = await failure(readCcr(ccr(' '.repeat(1000)), { maxBytes: 1000 }))
    assert.equal(error.code, 'HG_TOO_LARGE')
    assert.match(error.message, /larger than 1000 bytes/)
    assert.match((await failure(readCcr(ccr('<Body/>'), { maxDepth: 1 }))).message, /deeper than 1/)
    assert.deepEqual(await readCcr(ccr('<Body/>'), { maxDepth: 2 }), { Body: {} })
  })
})

describe('what may not be read as a CCR', () => {
  it('is what is neither text nor bytes nor a stream of either', async () => {
    const given = [undefined, null, 5, {}, [], new Date(), new Map(), new ArrayBuffer(8)].map(
      (one) => () => one,
    )
    for (const source of [...given, () => Readable.from([5]), () => Readable.from([{}])]) {
      for (const read of [readCcr, readCcrs, readAndValidateCcr]) {
        const error = await failure(read(source() as CcrSource))
        assert.equal(error.code, 'HG_INPUT')
        assert.match(error.message, /Give a string, a Buffer, or a stream of either/)
      }
    }
  })

  it("may be bytes of another realm, such as a function node's", async () => {
    const bytes: unknown = runInNewContext(
      `Uint8Array.from(${JSON.stringify([...Buffer.from(ccr('<Body/>'))])})`,
    )
    assert.deepEqual(await readCcr(bytes as Uint8Array), { Body: {} })
  })

  it('is more namespaces at a time than any document has', async () => {
    const declared = (count: number) => Array.from({ length: count }, (_, i) => ` xmlns:p${i}="u"`).join('')
    assert.deepEqual((await readCcr(ccr('<Body/>', declared(100)))).Body, {})
    assert.match((await failure(readCcr(ccr('<Body/>', declared(101))))).message, /at most 100 namespace/)
    const feed = (count: number, ccrs: number) =>
      `<feed${declared(count)}>${'<ContinuityOfCareRecord/>'.repeat(ccrs)}</feed>`
    assert.equal((await readCcrs(feed(100, 2000))).documents.length, 2000)
    assert.equal((await failure(readCcrs(feed(100, 2001)))).code, 'HG_TOO_LARGE')
  })

  it('is more elements, attributes and comments than memory is for', () => {
    const position = { line: 1, namespaces: new Map<string, string>() }
    const name = (local: string) => ({ name: local, prefix: '', local, namespace: 'urn:astm-org:CCR' })
    const attributes = Array.from({ length: 999 }, (_, i) => ({ name: `a${i}`, value: '' }))
    const readTo = (count: number, onEntry?: () => void) => {
      const tree = new CcrTree(() => position, { onEntry })
      tree.open(name('ContinuityOfCareRecord'), [])
      tree.open(name('Actors'), [])
      for (let i = 0; i < count; i++) {
        tree.open(name('Actor'), attributes)
        tree.close()
      }
    }
    readTo(3999)
    assert.throws(() => readTo(4000), { code: 'HG_TOO_LARGE' })
    readTo(4000, () => undefined)
  })
})

describe('the reading of a CCR', () => {
  it('destroys a stream that stalls when it is aborted', async () => {
    const stalled = new Readable({ read: () => undefined })
    const stop = new AbortController()
    const reading = failure(readCcr(stalled, { signal: stop.signal }))
    setImmediate(() => stop.abort())
    assert.equal((await reading).code, 'HG_CLOSED')
    assert.equal(stalled.destroyed, true)
  })

  it('ends at once when it is aborted, also while its source stalls', async () => {
    const stop = new AbortController()
    let returned = false
    const stalled: AsyncIterable<string> = {
      [Symbol.asyncIterator]: () => ({
        next: () => new Promise(() => setImmediate(() => stop.abort())),
        return: () => {
          returned = true
          return Promise.resolve({ done: true, value: undefined })
        },
      }),
    }
    const error = await failure(readCcr(stalled, { signal: stop.signal }))
    assert.equal(error.code, 'HG_CLOSED')
    assert.equal(returned, true)
    assert.equal((await failure(readCcr(ccr(''), { signal: AbortSignal.abort() }))).code, 'HG_CLOSED')
  })

  it('passes on what its source throws, and lets go of a source that it does not read to its end', async () => {
    const own = new Error('the network')
    const failing = new Readable({ read: () => undefined })
    failing.destroy(own)
    await assert.rejects(readCcr(failing), own)
    const rest = Readable.from(
      (function* () {
        yield '</a>'
        for (;;) yield 'x'.repeat(1000)
      })(),
    )
    assert.equal((await failure(readCcr(rest, { maxBytes: 5000 }))).code, 'HG_TOO_LARGE')
    assert.equal(rest.destroyed, true)
  })

  it('gives other work its turn', async () => {
    let turns = 0
    const timer = setInterval(() => turns++, 1)
    const documents = Array.from({ length: 16 }, () =>
      readCcr(ccr('<Purpose><ReferenceID>1</ReferenceID></Purpose>'.repeat(20_000))),
    )
    await Promise.all(documents).finally(() => clearInterval(timer))
    assert.ok(turns > 10, `${turns} turns`)
  })

  it('takes documents as wide as they come', async () => {
    const many = 200_000
    const wide = `${'<!---->'.repeat(many)}${ccr(`<Body><a>${' <b/>'.repeat(many)}</a>${'<Problems/><!---->'.repeat(many)}</Body>`)}`
    const read = await readCcr(wide)
    assert.equal(read.$?.before?.length, many)
    assert.equal(read.Body?.$?.content?.length, 2 * many + 1)
    read.Patient = Array.from({ length: many }, () => ({ ActorID: 'a' }))
    assert.deepEqual(await readCcr(writeCcr(read)), read)
    const { documents, around } = await readCcrs(`<feed>${`${ccr('')} `.repeat(20_000)}</feed>`)
    assert.equal(documents.length, 20_000)
    assert.equal((await readCcrs(writeCcrs({ documents, around: around! }))).documents.length, 20_000)
  }).timeout(60_000)

  it('can hand out what it has read at any time, and the parts make the whole', () => {
    fc.assert(
      fc.property(
        xml,
        xml,
        fc.array(fc.nat(1500), { maxLength: 8 }),
        fc.boolean(),
        (one, other, at, feed) => {
          const source = feed
            ? `<feed>${one.replace(/^.*?(?=<(?:p:)?Cont)/s, '')}<a/>${other.replace(/^.*?(?=<(?:p:)?Cont)/s, '')}</feed>`
            : one
          const whole = new CcrReader()
          whole.write(source)
          whole.end()
          const cuts = [0, ...[...new Set(at)].sort((a, b) => a - b), source.length]
          const reader = new CcrReader()
          const parts = new CcrParts()
          for (const [i, cut] of cuts.entries()) {
            reader.write(source.slice(cut, cuts[i + 1]))
            parts.add(structuredClone(reader.tree.takePart()))
          }
          reader.end()
          parts.add(structuredClone(reader.tree.takePart()))
          assert.deepEqual(parts.documents, whole.tree.documents)
        },
      ),
      { numRuns: 1000 },
    )
  }).timeout(60_000)
})
