import assert from 'node:assert/strict'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { Readable } from 'node:stream'
import { ccrEntries } from '../../../../src/documents/ccr/entries'
import type { CcrDocument } from '../../../../src/documents/ccr/model'
import { readCcrs, type CcrSource, type ReadCcrOptions } from '../../../../src/documents/ccr/read'
import type { CcrEntry } from '../../../../src/documents/ccr/tree'
import { GatewayError } from '../../../../src/errors'

const samples = path.resolve(__dirname, '../../../../../shared/samples/ccr')

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
  const steps = ccrEntries(from, options)
  for (;;) {
    const step = await steps.next()
    if (step.done === true) return { entries, rest: step.value }
    entries.push(step.value)
  }
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
          Problems: { $: { content: [{ child: 'Problem', count: 2 }, { comment: 'c' }] } },
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

  it('gives the same as the whole, for every public sample', async function () {
    if (!existsSync(samples)) this.skip()
    for (const name of readdirSync(samples).filter((file) => file.endsWith('.xml'))) {
      const bytes = readFileSync(path.join(samples, name))
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

  it('takes no more memory for a document that is larger', async function () {
    const problem = `<Problem><Description><Text>${'é'.repeat(200)}</Text></Description></Problem>`.repeat(
      100,
    )
    const document = function* (repeats: number) {
      yield '<ContinuityOfCareRecord xmlns="urn:astm-org:CCR"><Body><Problems>'
      for (let i = 0; i < repeats; i++) yield problem
      yield '</Problems></Body></ContinuityOfCareRecord>'
    }
    const heap = async (repeats: number): Promise<number> => {
      let peak = 0
      let count = 0
      for await (const { line } of ccrEntries(Readable.from(document(repeats)))) {
        assert.equal(line, 1)
        if (++count % 5000 === 0) peak = Math.max(peak, process.memoryUsage().heapUsed)
      }
      assert.equal(count, repeats * 100)
      return peak
    }
    const small = await heap(100)
    // Some 45 MB of text more.
    assert.ok((await heap(1000)) < small + 40_000_000)
  }).timeout(30_000)

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
