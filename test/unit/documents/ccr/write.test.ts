import assert from 'node:assert/strict'
import fc from 'fast-check'
import type { CcrWrapper } from '../../../../src/documents/ccr/extra'
import type { CcrDocument } from '../../../../src/documents/ccr/model'
import { readCcr, readCcrs } from '../../../../src/documents/ccr/read'
import { ccrFindings } from '../../../../src/documents/ccr/validate'
import { ccrText, writeCcr, writeCcrs, writeCcrStream } from '../../../../src/documents/ccr/write'
import { firstNotChar } from '../../../../src/documents/xml/characters'
import { GatewayError } from '../../../../src/errors'
import { failing } from '../../../support/failing'
import { model, xml } from './arbitrary'
import { canonical } from './canonical'

const declaration = '<?xml version="1.0" encoding="UTF-8"?>\n'
const root = (inside: string, attributes = ' xmlns="urn:astm-org:CCR"') =>
  `${declaration}<ContinuityOfCareRecord${attributes}>${inside}</ContinuityOfCareRecord>\n`
const problems = (inside: string) => root(`<Body><Problems>${inside}</Problems></Body>`)

/** What is read of the text, changed, and written. */
async function edited(source: string, edit: (ccr: CcrDocument) => void): Promise<string> {
  const ccr = await readCcr(source)
  edit(ccr)
  return writeCcr(ccr)
}

function refusal(ccr: unknown): string {
  try {
    writeCcr(ccr as CcrDocument)
  } catch (error) {
    assert.ok(error instanceof GatewayError)
    assert.equal(error.code, 'HG_INPUT')
    return error.message
  }
  assert.fail('was written')
}

const ccr = (inside: string) =>
  `<ContinuityOfCareRecord xmlns="urn:astm-org:CCR">${inside}</ContinuityOfCareRecord>`

describe('a CCR that is written', () => {
  it('is in schema order, whatever the order of the properties', () => {
    const ccr: CcrDocument = {
      Version: 'V1.0',
      Body: { Results: { Result: [] }, Problems: { Problem: [{ CCRDataObjectID: '1' }, {}] } },
      CCRDocumentObjectID: 'd',
    }
    assert.equal(
      writeCcr(ccr),
      root(
        '<CCRDocumentObjectID>d</CCRDocumentObjectID><Version>V1.0</Version>' +
          '<Body><Problems><Problem><CCRDataObjectID>1</CCRDataObjectID></Problem><Problem/></Problems><Results/></Body>',
      ),
    )
  })

  it('can be pretty', () => {
    const ccr: CcrDocument = {
      Version: 'V1.0',
      Body: {
        Problems: { Problem: [{ Description: { Text: ' a\n' } }, {}], $: { content: [{ comment: 'c' }] } },
      },
    }
    assert.equal(
      writeCcr(ccr, { pretty: true }),
      `${declaration}<ContinuityOfCareRecord xmlns="urn:astm-org:CCR">
  <Version>V1.0</Version>
  <Body>
    <Problems>
      <!--c-->
      <Problem>
        <Description>
          <Text> a
</Text>
        </Description>
      </Problem>
      <Problem/>
    </Problems>
  </Body>
</ContinuityOfCareRecord>
`,
    )
  })

  it('is read again as it was, compact or pretty', async () => {
    await fc.assert(
      fc.asyncProperty(model, fc.boolean(), async (ccr, pretty) => {
        assert.deepEqual(await readCcr(writeCcr(ccr, { pretty })), ccr)
      }),
      { numRuns: 500 },
    )
  })

  it('is canonically what was read, whatever that was', async () => {
    await fc.assert(
      fc.asyncProperty(xml, fc.boolean(), async (source, pretty) => {
        const written = writeCcr(await readCcr(source), { pretty })
        assert.equal(canonical(written), canonical(source))
      }),
      { numRuns: 1500 },
    )
  }).timeout(60_000)

  it('does not depend on what JSON or a clone makes of the model', async () => {
    await fc.assert(
      fc.asyncProperty(xml, async (source) => {
        const ccr = await readCcr(source)
        const copy = JSON.parse(JSON.stringify(ccr)) as CcrDocument
        assert.deepEqual(copy, ccr)
        assert.deepEqual(structuredClone(ccr), ccr)
        assert.equal(writeCcr(copy), writeCcr(ccr))
      }),
      { numRuns: 300 },
    )
  })

  it('is the same as a stream, and as text in slices', async () => {
    const ccr = await readCcr(
      problems('<Problem><Description><Text>é &amp; &#x1F600;</Text></Description></Problem>'.repeat(3000)),
    )
    const chunks: Buffer[] = []
    for await (const chunk of writeCcrStream(ccr)) chunks.push(chunk)
    assert.ok(chunks.length > 10)
    assert.equal(Buffer.concat(chunks).toString(), writeCcr(ccr))
    assert.equal(await ccrText(ccr), writeCcr(ccr))
    assert.equal(await ccrText(ccr, { pretty: true }), writeCcr(ccr, { pretty: true }))
    await failing(ccrText(ccr, { signal: AbortSignal.abort() }), 'HG_CLOSED')
  })

  it('writes in pieces what is large inside of an entry, or unknown', async () => {
    const namespace = 'urn:astm-org:CCR'
    const unknown = {
      element: 'x',
      namespace,
      children: Array.from({ length: 20_000 }, () => ({ element: 'y', namespace })),
    }
    const Given = Array.from({ length: 20_000 }, (_, index) => `given ${index}`)
    for (const ccr of [
      { Actors: { Actor: [{ Person: { Name: { CurrentName: { Given } } } }] } },
      { Body: { Problems: { Problem: [{ $: { content: [unknown] } }] } } },
      { Body: { $: { content: unknown.children } } },
    ] as CcrDocument[]) {
      for (const pretty of [false, true]) {
        const chunks: Buffer[] = []
        for await (const chunk of writeCcrStream(ccr, { pretty })) chunks.push(chunk)
        const most = Math.max(...chunks.map(({ length }) => length))
        assert.ok(most > 0 && most < 20_000, `${most}`)
        assert.ok(Math.min(...chunks.map(({ length }) => length)) > 0)
        const text = Buffer.concat(chunks).toString()
        assert.equal(text, writeCcr(ccr, { pretty }))
        assert.equal(canonical(text), canonical(writeCcr(await readCcr(text))))
      }
    }
  })

  it('takes numbers, booleans and dates as text, and leaves out what is null or undefined', () => {
    const ccr = {
      Version: 1,
      DateTime: { ExactDateTime: new Date(0) },
      Language: undefined,
      Purpose: null,
      Body: { Problems: { Problem: { CCRDataObjectID: true } } },
    }
    assert.equal(
      writeCcr(ccr as unknown as CcrDocument),
      root(
        '<Version>1</Version><DateTime><ExactDateTime>1970-01-01T00:00:00.000Z</ExactDateTime></DateTime>' +
          '<Body><Problems><Problem><CCRDataObjectID>true</CCRDataObjectID></Problem></Problems></Body>',
      ),
    )
  })

  it('is refused, with the path, where a value cannot be what it is', () => {
    const inProblem = (problem: unknown) => ({ Body: { Problems: { Problem: [{}, problem] } } })
    const at = 'Body/Problems/Problem\\[2\\]'
    const circular: Record<string, unknown> = {}
    circular['HealthStatus'] = circular
    circular['Description'] = { Text: 'x' }
    const loop: Record<string, unknown> = {}
    loop['Source'] = [{ Actor: [], Description: { ObjectAttribute: [{ AttributeValue: [loop] }] } }]
    for (const [ccr, message] of [
      [null, /^ContinuityOfCareRecord is null, and has to be an object/],
      ['<xml/>', /^ContinuityOfCareRecord is a string/],
      [{ Bodi: {} }, /^ContinuityOfCareRecord has the property "Bodi"/],
      [{ Version: {} }, /^Version is an object, and has to be text/],
      [{ Version: NaN }, /^Version is no finite number/],
      [{ Version: ['1'] }, /^Version is an array/],
      [{ DateTime: new Date() }, /^DateTime is an object of the kind Date, and has to be an object/],
      [{ Body: new Map() }, /^Body is an object of the kind Map/],
      [{ Body: { Problems: new Set() } }, /^Body.Problems is an object of the kind Set/],
      [inProblem(new Map()), new RegExp(`^${at} is an object of the kind Map`)],
      [inProblem({ Description: new Map() }), new RegExp(`^${at}/Description is an object of the kind Map`)],
      [new Map(), /^ContinuityOfCareRecord is an object of the kind Map/],
      [undefined, /^ContinuityOfCareRecord is missing/],
      [{ Body: [{}] }, /^Body is an array, and has to be an object/],
      [inProblem('x'), new RegExp(`^${at} is a string, and has to be an object`)],
      [inProblem(true), new RegExp(`^${at} is a boolean`)],
      [inProblem({ Description: [{}] }), new RegExp(`^${at}/Description is an array`)],
      [
        inProblem({ DateTime: [{ ExactDateTime: new Date(NaN) }] }),
        new RegExp(`^${at}/DateTime\\[1\\]/ExactDateTime is a Date without a time`),
      ],
      [inProblem({ CCRDataObjectID: 'Erika\0' }), new RegExp(`^${at}/CCRDataObjectID has a character`)],
      [inProblem({ CCRDataObjectID: '\ud800' }), new RegExp(`^${at}/CCRDataObjectID has a character`)],
      [inProblem({ constructor: 'x' }), new RegExp(`^${at} has the property "constructor"`)],
    ] as const) {
      const said = refusal(ccr)
      assert.match(said, message)
      assert.doesNotMatch(said, /Erika/)
    }
  })

  it('is refused where it contains itself', () => {
    const reaction: Record<string, unknown> = {}
    reaction['Interventions'] = {
      Intervention: [{ Medications: { Medication: [{ Reaction: reaction }] } }],
    }
    assert.match(
      refusal({ Body: { Alerts: { Alert: [{ Reaction: [reaction] }] } } }),
      /is nested too deep, or contains itself/,
    )
    const element: Record<string, unknown> = { element: 'a', namespace: '' }
    element['children'] = [element]
    assert.match(refusal({ $: { content: [element] } }), /is nested too deep/)
  })
})

describe('an edit of what was read', () => {
  const source = problems(
    '<!--1--><Problem><CCRDataObjectID>1</CCRDataObjectID></Problem><!--2--><Problem><CCRDataObjectID>2</CCRDataObjectID></Problem><Other/>',
  )

  it('is written where something is changed, added or deleted', async () => {
    const list = (ccr: CcrDocument) => ccr.Body?.Problems?.Problem ?? []
    assert.equal(await edited(source, () => undefined), source)
    assert.equal(
      await edited(source, (ccr) => (list(ccr)[1]!.CCRDataObjectID = '3')),
      source.replace('>2<', '>3<'),
    )
    assert.equal(
      await edited(source, (ccr) => list(ccr).push({ CCRDataObjectID: '3' })),
      source.replace('<Other/>', '<Problem><CCRDataObjectID>3</CCRDataObjectID></Problem><Other/>'),
    )
    assert.equal(
      await edited(source, (ccr) => list(ccr).shift()),
      source.replace(/>1<(.*)<Problem>.*<\/Problem>/, '>2<$1'),
    )
    assert.equal(
      await edited(source, (ccr) => delete ccr.Body!.Problems!.Problem),
      problems('<!--1--><!--2--><Other/>'),
    )
    assert.equal(await edited(source, (ccr) => (ccr.Body = {})), root('<Body/>'))
  })

  it('deletes with a property what stands there a second time', async () => {
    const twice = problems(
      '<Problem><Status><Text>Active</Text></Status><Status><Text>Resolved</Text></Status><x:Status xmlns:x="urn:x"/></Problem>',
    ).replace('</Problems>', '</Problems><Problems><Problem/></Problems>')
    assert.equal(await edited(twice, () => undefined), twice)
    assert.equal(
      await edited(twice, (ccr) => delete ccr.Body!.Problems!.Problem![0]!.Status),
      twice.replace(/<Status>.*<\/Status>/, ''),
    )
    assert.equal(
      await edited(twice, (ccr) => (ccr.Body!.Problems!.Problem![0]!.Status = { Text: 'x' })),
      twice.replace('Active', 'x'),
    )
    assert.equal(await edited(twice, (ccr) => delete ccr.Body!.Problems), root('<Body/>'))
  })

  it('is put where the schema wants it, in a document with an order of its own', async () => {
    const own = root('<Body><Results/><Problems/></Body><Version>1</Version>')
    assert.equal(
      await edited(own, (ccr) => {
        ccr.Body!.Alerts = {}
        ccr.CCRDocumentObjectID = 'd'
        ccr.Actors = {}
      }),
      root(
        '<CCRDocumentObjectID>d</CCRDocumentObjectID><Body><Alerts/><Results/><Problems/></Body><Version>1</Version><Actors/>',
      ),
    )
  })

  it('is refused where what is around it contains itself', () => {
    const feed: CcrWrapper = { element: 'feed', namespace: '', children: [{ document: 0 }] }
    feed.children?.push(feed)
    assert.throws(
      () => writeCcrs({ documents: [{}], around: [feed] }),
      (error) =>
        error instanceof GatewayError &&
        error.code === 'HG_INPUT' &&
        error.message.includes('contains itself'),
    )
  })

  it('keeps attributes with the text that they are of, when others come or go before it', async () => {
    const names = async (change: (given: string[]) => void) => {
      const person =
        '<Given lang="de">Eva</Given><Given>Ada</Given><Given lang="fr">Eve</Given><Given lang="x">Ada</Given>'
      const read = await readCcr(
        ccr(
          `<Actors><Actor><Person><Name><CurrentName>${person}</CurrentName></Name></Person></Actor></Actors>`,
        ),
      )
      const given = read.Actors?.Actor?.[0]?.Person?.Name?.CurrentName?.Given ?? []
      change(given)
      return [...writeCcr(read).matchAll(/<Given.*?<\/Given>/g)].map(([one]) => one)
    }
    const [eva, ada, eve, other] = await names(() => undefined)
    assert.equal(other, '<Given lang="x">Ada</Given>')
    assert.deepEqual(await names((given) => given.shift()), [ada, eve, other])
    assert.deepEqual(await names((given) => given.unshift('Zoë')), [
      '<Given>Zoë</Given>',
      eva,
      ada,
      eve,
      other,
    ])
    assert.deepEqual(await names((given) => given.splice(0, 4, 'Eve', 'Eva')), [eve, eva])
    assert.deepEqual(await names((given) => given.splice(1, 1)), [eva, eve, other])
    assert.deepEqual(await names((given) => given.fill('Zoë', 0, 1)), ['<Given>Zoë</Given>', ada, eve, other])
  })

  it('leaves out what is null or undefined in an array too', async () => {
    const made = { Patient: [null, { ActorID: 'a' }, undefined] } as unknown as CcrDocument
    assert.equal(writeCcr(made), writeCcr({ Patient: [{ ActorID: 'a' }] }))
    const read = await readCcr(
      ccr('<Patient><ActorID>a</ActorID></Patient><!-- c --><Patient><ActorID>b</ActorID></Patient>'),
    )
    delete read.Patient?.[0]
    assert.match(writeCcr(read), /<Patient><ActorID>b<\/ActorID><\/Patient>/)
    const found = ccrFindings(made).filter(({ path }) => path.startsWith('Patient'))
    assert.deepEqual(
      found.map(({ code, path }) => [code, path]),
      [['link.actor', 'Patient[1]/ActorID']],
    )
  })

  it('wins over what $ says of the text of a leaf', async () => {
    const leaf = root('<Version a="1">V<!--c-->1</Version>')
    assert.equal(await edited(leaf, () => undefined), leaf)
    assert.equal(await edited(leaf, (ccr) => (ccr.Version = 'V2')), root('<Version a="1">V2</Version>'))
    assert.equal(
      await edited(leaf, (ccr) => delete ccr.Version),
      root('').replace('></ContinuityOfCareRecord>', '/>'),
    )
  })

  it('may move what has a prefix of its own to where that is not declared', async () => {
    const prefixed = problems(
      '<c:Problem xmlns:c="urn:astm-org:CCR" xmlns:y="urn:y"><c:Status y:a="1"/></c:Problem><Problem/>',
    )
    const moved = await edited(prefixed, (ccr) => {
      const [first, second] = ccr.Body!.Problems!.Problem!
      second!.Status = first!.Status!
      delete first!.$
    })
    assert.equal(
      moved,
      problems(
        '<Problem><Status xmlns:y="urn:y" y:a="1"/></Problem><Problem><Status xmlns:y="urn:y" y:a="1"/></Problem>',
      ),
    )
  })

  it('never fails because of what $ holds', async () => {
    const junk = fc.oneof(
      fc.jsonValue(),
      fc.constantFrom(
        ...['xmlns', 'a b', ':', 'x:y', '1', 'Problem', 'a--b', '?>', '\0', 'xml', 'xmlns:xml', 'p'].map(
          (s) => s as unknown,
        ),
      ),
    )
    const node = fc.oneof(
      junk,
      fc.record(
        {
          child: junk,
          count: junk,
          text: fc.oneof(fc.constant('t'), fc.nat()),
          comment: junk,
          instruction: junk,
          data: junk,
        },
        { requiredKeys: [] },
      ),
      fc.record(
        {
          element: junk,
          namespace: junk,
          attributes: fc.array(fc.record({ name: junk, value: fc.constant('v'), namespace: junk })),
          children: fc.array(junk),
        },
        { requiredKeys: ['element'] },
      ),
    )
    const extra = fc.oneof(
      junk,
      fc.record(
        {
          prefix: junk,
          namespace: fc.constantFrom('', 'urn:x', 1),
          attributes: fc.oneof(
            junk,
            fc.array(fc.record({ name: junk, value: fc.constant('v'), namespace: junk })),
          ),
          content: fc.oneof(junk, fc.array(node)),
          leaves: fc.oneof(
            junk,
            fc.array(
              fc.record({
                name: fc.constant('Text'),
                index: fc.nat(2),
                prefix: junk,
                attributes: fc.array(junk),
                content: fc.array(node),
              }),
            ),
          ),
          before: fc.oneof(junk, fc.array(node)),
          after: junk,
        },
        { requiredKeys: [] },
      ),
    )
    const withText = (value: unknown): boolean => typeof value === 'string' && firstNotChar(value) >= 0
    const carries = (value: unknown): boolean =>
      !withText(value) && (typeof value !== 'object' || value === null || Object.values(value).every(carries))
    await fc.assert(
      fc.asyncProperty(extra, extra, async (outer, inner) => {
        fc.pre(carries(outer) && carries(inner))
        const ccr = { Version: 'V1.0', Language: { Text: 'x', $: inner }, $: outer } as unknown as CcrDocument
        for (const pretty of [false, true]) {
          const read = await readCcr(writeCcr(ccr, { pretty }))
          assert.equal(read.Version, 'V1.0')
          assert.equal(read.Language?.Text, 'x')
        }
      }),
      { numRuns: 400 },
    )
  }).timeout(60_000)
})

describe('several CCRs in one document', () => {
  const feed = `${declaration}<!--f--><feed xmlns="http://www.w3.org/2005/Atom" xmlns:c="urn:astm-org:CCR"><entry><title>é</title><content type="text/xml"><ContinuityOfCareRecord xmlns="urn:astm-org:CCR"><Version>1</Version></ContinuityOfCareRecord></content></entry><entry><c:ContinuityOfCareRecord/></entry></feed>\n`

  it('are written with what was around them', async () => {
    const collection = await readCcrs(feed)
    assert.equal(collection.documents.length, 2)
    assert.equal(canonical(writeCcrs(collection)), canonical(feed))
    assert.equal(canonical(writeCcrs(collection, { pretty: true })), canonical(feed))
    collection.documents[0]!.Version = '2'
    assert.equal(canonical(writeCcrs(collection)), canonical(feed.replace('>1<', '>2<')))
  })

  it('can each be written alone', async () => {
    const { documents } = await readCcrs(feed)
    assert.equal(
      documents.map((ccr) => canonical(writeCcr(ccr))).join('\n'),
      canonical(feed, 'ContinuityOfCareRecord'),
    )
  })

  it('cannot be one document without it', async () => {
    const { documents } = await readCcrs(feed)
    assert.throws(() => writeCcrs({ documents }), /2 CCRs cannot be one document/)
    assert.equal(writeCcrs({ documents: [{}] }), root('').replace('></ContinuityOfCareRecord>', '/>'))
  })
})
