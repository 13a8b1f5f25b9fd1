import assert from 'node:assert/strict'
import { Readable } from 'node:stream'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { ccrEntries } from '../../../../src/documents/ccr/entries'
import type { CcrDocument } from '../../../../src/documents/ccr/model'
import { readCcrs, type CcrSource, type ReadCcrOptions } from '../../../../src/documents/ccr/read'
import type { CcrEntry } from '../../../../src/documents/ccr/tree'
import { GatewayError } from '../../../../src/errors'
import { ofDocuments } from '../../../support/ccr-documents'

setFlagsFromString('--expose-gc')
const collectGarbage = runInNewContext('gc') as () => void

const source = `<ContinuityOfCareRecord xmlns="urn:astm-org:CCR">
<Version>V1.0</Version>
<Body><Problems><Problem><Type><Text>a</Text></Type></Problem>
<Problem a="1"/><!--c--></Problems>
<Results/><VitalSigns><Result/></VitalSigns></Body>
<Actors><Actor><ActorObjectID>1</ActorObjectID></Actor></Actors>
<Comments><Comment/></Comments></ContinuityOfCareRecord>`

/** A section of the body, or one of the lists beside it. */
function sectionOf(ccr: CcrDocument, section: string): Record<string, unknown[]> {
  const sections = { ...ccr, ...ccr.Body } as Record<string, Record<string, unknown[]>>
  return sections[section]!
}

async function all(
  from: CcrSource,
  options?: ReadCcrOptions,
): Promise<{ entries: CcrEntry[]; rest: CcrDocument[] }> {
  const entries: CcrEntry[] = []
  const rest: CcrDocument[] = []
  for await (const one of ccrEntries(from, options)) {
    if (one.section === 'ContinuityOfCareRecord') rest.push(one.entry)
    else entries.push(one)
  }
  return { entries, rest }
}

describe('a CCR that is read entry by entry', () => {
  it('gives each entry with its section and line, and last what is left', async () => {
    const { entries, rest } = await all(source)
    assert.deepEqual(entries, [
      { section: 'Problems', entry: { Type: { Text: 'a' } }, line: 3, document: 0 },
      {
        section: 'Problems',
        entry: { $: { attributes: [{ name: 'a', value: '1' }] } },
        line: 4,
        document: 0,
      },
      { section: 'VitalSigns', entry: {}, line: 5, document: 0 },
      { section: 'Actors', entry: { ActorObjectID: '1' }, line: 6, document: 0 },
      { section: 'Comments', entry: {}, line: 7, document: 0 },
    ])
    assert.deepEqual(rest, [
      {
        Version: 'V1.0',
        Body: {
          Problems: {},
          Results: {},
          VitalSigns: {},
          $: {
            content: [
              { child: 'Problems', count: 1 },
              { child: 'Results', count: 1 },
              { child: 'VitalSigns', count: 1 },
            ],
          },
        },
        Actors: {},
        Comments: {},
      },
    ])
  })

  ofDocuments('gives the same as the whole', async (documents) => {
    for (const { name, bytes } of documents) {
      // Its entries are all handed out, but the whole has the second in `$`.
      if (name === 'sections that stand there twice') continue
      const whole = await readCcrs(bytes).catch(() => undefined)
      if (!whole) continue
      const { entries, rest } = await all(Readable.from([bytes]))
      for (const { section, entry, document } of entries) {
        const list = sectionOf(rest[document]!, section)
        const [property = ''] = Object.keys(sectionOf(whole.documents[document]!, section))
        list[property] = [...(list[property] ?? []), entry]
      }
      assert.deepEqual(rest, whole.documents, name)
    }
  })

  it('gives the entries of a section that stands there twice, or that the schema does not know', async () => {
    const { entries, rest } = await all(`<ContinuityOfCareRecord xmlns="urn:astm-org:CCR"><Body>
<Results a="1"><Result><CCRDataObjectID>1</CCRDataObjectID></Result></Results>
<Results b="2"><Result><CCRDataObjectID>2</CCRDataObjectID></Result><!-- c --><Odd><a> </a></Odd></Results>
<Coverages c="3">text <!-- d --> <Payer><Type>x</Type></Payer>
 <!-- e --> <x:Payer xmlns:x="urn:x"><x:Payer/></x:Payer></Coverages></Body><Odd><Result/></Odd>
<Body><Problems><Problem/></Problems></Body>
<Actors/><Actors><Actor/></Actors></ContinuityOfCareRecord>`)
    const namespace = 'urn:astm-org:CCR'
    const x = { namespace: 'urn:x' }
    const attributes = [{ name: 'xmlns:x', value: 'urn:x' }]
    assert.deepEqual(
      entries.map(({ section, entry, line }) => [section, entry, line]),
      [
        ['Results', { CCRDataObjectID: '1' }, 2],
        ['Results', { CCRDataObjectID: '2' }, 3],
        [
          'Results',
          { element: 'Odd', namespace, children: [{ element: 'a', namespace, children: [{ text: ' ' }] }] },
          3,
        ],
        [
          'Coverages',
          {
            element: 'Payer',
            namespace,
            children: [{ element: 'Type', namespace, children: [{ text: 'x' }] }],
          },
          4,
        ],
        ['Coverages', { element: 'x:Payer', ...x, attributes, children: [{ element: 'x:Payer', ...x }] }, 5],
        ['Problems', {}, 6],
        ['Actors', {}, 7],
      ],
    )
    assert.deepEqual(rest, [
      {
        Body: {
          Results: { $: { attributes: [{ name: 'a', value: '1' }] } },
          $: {
            content: [
              { child: 'Results', count: 1 },
              { element: 'Results', namespace, attributes: [{ name: 'b', value: '2' }] },
              {
                ...{ element: 'Coverages', namespace, attributes: [{ name: 'c', value: '3' }] },
                children: [{ text: 'text ' }],
              },
            ],
          },
        },
        Actors: {},
        $: {
          content: [
            { child: 'Body', count: 1 },
            { element: 'Odd', namespace, children: [{ element: 'Result', namespace }] },
            { element: 'Body', namespace },
            { child: 'Actors', count: 1 },
            { element: 'Actors', namespace },
          ],
        },
      },
    ])
  })

  it('gives what is left of each CCR of a feed at its end', async () => {
    const ccr = (id: string) =>
      `<ContinuityOfCareRecord xmlns="urn:astm-org:CCR"><CCRDocumentObjectID>${id}</CCRDocumentObjectID><Actors><Actor/></Actors></ContinuityOfCareRecord>`
    const given: unknown[] = []
    for await (const { section, entry, document, line } of ccrEntries(
      `<feed>${ccr('a')}\n${ccr('b')}</feed>`,
    )) {
      given.push([section, entry, document, line])
    }
    assert.deepEqual(given, [
      ['Actors', {}, 0, 1],
      ['ContinuityOfCareRecord', { CCRDocumentObjectID: 'a', Actors: {} }, 0, 1],
      ['Actors', {}, 1, 2],
      ['ContinuityOfCareRecord', { CCRDocumentObjectID: 'b', Actors: {} }, 1, 2],
    ])
  })

  it('hands out an entry before the next is there, and can be left at any time', async () => {
    let given = 0
    let left = false
    const endless = Readable.from(
      (function* () {
        try {
          yield '<ContinuityOfCareRecord xmlns="urn:astm-org:CCR"><Body><Problems>'
          for (;;) {
            given++
            yield `<Problem><CCRDataObjectID>${given}</CCRDataObjectID>${' '.repeat(5000)}</Problem>`
          }
        } finally {
          left = true
        }
      })(),
      { highWaterMark: 1 },
    )
    let count = 0
    for await (const { entry } of ccrEntries(endless)) {
      assert.deepEqual(entry, { CCRDataObjectID: String(++count) })
      if (count === 100) break
    }
    assert.ok(given < 110, `${given} were asked for`)
    assert.equal(left, true)
  })

  const problem = `<Problem><Description><Text>${'é'.repeat(200)}</Text></Description></Problem>`
  const head = '<ContinuityOfCareRecord xmlns="urn:astm-org:CCR"><Body>'
  const tail = '</Body></ContinuityOfCareRecord>'
  for (const [what, before, one, after] of [
    ['a section', `${head}<Problems>`, problem, `</Problems>${tail}`],
    ['a second section', `${head}<Problems/><Problems>`, `${problem}<!-- c -->`, `</Problems>${tail}`],
    ['an unknown section', `${head}<Coverages>`, `${problem} <!-- c --> `, `</Coverages>${tail}`],
    ['a feed', '<feed>', `${head}<Problems>${problem}</Problems>${tail}`, '</feed>'],
  ] as const) {
    it(`takes no more memory for a document that is larger: ${what}`, async () => {
      const document = function* (repeats: number) {
        yield before
        for (let i = 0; i < repeats; i++) yield one.repeat(100)
        yield after
      }
      const heap = async (repeats: number): Promise<number> => {
        let peak = 0
        let count = 0
        for await (const { section } of ccrEntries(Readable.from(document(repeats)))) {
          if (section === 'ContinuityOfCareRecord') continue
          if (++count % 5000 > 0) continue
          collectGarbage()
          peak = Math.max(peak, process.memoryUsage().heapUsed)
        }
        assert.equal(count, repeats * 100)
        return peak
      }
      const small = await heap(100)
      // Of some 45 MB of text more.
      assert.ok((await heap(1000)) < small + 5_000_000)
    }).timeout(30_000)
  }

  describe('holds no more than a limit of what belongs to no entry, and of one entry', () => {
    const body = (inside: string) => `${head}${inside}${tail}`
    const [begin, end] = body('<Problems>|</Problems>').split('|')
    const text = 'x'.repeat(128)
    const person = (inside: string) =>
      `<ContinuityOfCareRecord xmlns="urn:astm-org:CCR"><Actors><Actor><Person>${inside}</Person></Actor></Actors></ContinuityOfCareRecord>`
    const several = (one: string) => one.repeat(600_000)
    for (const [what, document] of [
      ['unknown elements', () => body(several('<x/>'))],
      ['empty sections', () => body(several('<Problems/>'))],
      ['attributes', () => body(`<x><x>${'<y a="" b="" c=""/>'.repeat(150_000)}</x></x>`)],
      ['comments', () => body(several('<!---->'))],
      ['comments before the root', () => several('<!---->') + body('')],
      ['text of an unknown element', () => body(`<x>${several(text)}</x>`)],
      ['text of a comment', () => body(`<!--${several(text)}-->`)],
      ['text of an attribute', () => body(`<x a="${several(text)}"/>`)],
      ['elements in one entry', () => person(several('<Name/>'))],
    ] as const) {
      it(what, async () => {
        await assert.rejects(
          all(document(), { maxBytes: 200_000_000 }),
          (error: unknown) =>
            error instanceof GatewayError &&
            error.code === 'HG_TOO_LARGE' &&
            error.message.includes('One entry'),
        )
      }).timeout(30_000)
    }

    it('but as many entries as there are, and whatever is between them', async () => {
      for (const one of ['<Problem/>', '<!---->', '<Odd><a/></Odd>']) {
        const { rest } = await all(`${begin}${several(one)}${end}`)
        assert.equal(rest.length, 1)
      }
      const unknown = await all(body(`<Coverages>${several('<Payer/> ')}</Coverages>`))
      assert.equal(unknown.entries.length, 600_000)
      const wrapped = `<feed>${several('<entry/>')}${body('<x/>')}</feed>`
      assert.equal((await all(wrapped)).rest.length, 1)
    }).timeout(60_000)
  })

  it('ends with the same errors as the reading of the whole', async () => {
    const entries: CcrEntry[] = []
    const reading = (async () => {
      for await (const entry of ccrEntries(source.replace('</Actors>', '</Actor>'))) entries.push(entry)
    })()
    await assert.rejects(
      reading,
      (error: unknown) => error instanceof GatewayError && error.message.includes('6:56: expected </Actors>'),
    )
    const code = async (from: CcrSource, options?: ReadCcrOptions) =>
      all(from, options).then(
        () => 'read',
        (error: unknown) => (error as GatewayError).code,
      )
    assert.equal(await code('<a/>'), 'HG_INPUT')
    assert.equal(await code(source, { maxBytes: 100 }), 'HG_TOO_LARGE')
    assert.equal(await code(source, { maxDepth: 3 }), 'HG_INPUT')
    assert.equal(await code(source, { signal: AbortSignal.abort() }), 'HG_CLOSED')
  })
})
