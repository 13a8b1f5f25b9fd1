import assert from 'node:assert/strict'
import type { Sandbox } from '../../../../src/sandbox/sandbox'
import type { Pairs } from '../plain-signer'
import {
  type Answer,
  choose,
  closeSandboxes,
  connect,
  demoUser,
  get,
  notify,
  post,
  problemOf,
  request,
  sandboxFor,
} from '../support'

const JOURNAL: Pairs = [['hms', 'My Health Journal']]

/** A CCR with one result for each of the dates. */
function ccr(dates: string[], { patient = 'P1', name = 'Ann', first = 1 } = {}): string {
  const results = dates.map(
    (date, at) =>
      `<Result><CCRDataObjectID>${first + at}</CCRDataObjectID>` +
      `<DateTime><ExactDateTime>${date}</ExactDateTime></DateTime>` +
      `<Description><Text>Weight ${date}</Text></Description>` +
      `<Source><Actor><ActorID>${patient}</ActorID></Actor></Source></Result>`,
  )
  return (
    '<ContinuityOfCareRecord xmlns="urn:astm-org:CCR"><CCRDocumentObjectID>doc</CCRDocumentObjectID>' +
    `<Patient><ActorID>${patient}</ActorID></Patient><Body><Results>${results.join('')}</Results></Body>` +
    `<Actors><Actor><ActorObjectID>${patient}</ActorObjectID><Person><Name><DisplayName>${name}` +
    '</DisplayName></Name></Person></Actor></Actors></ContinuityOfCareRecord>'
  )
}

function all(text: string, element: string): string[] {
  const found = text.matchAll(new RegExp(`<${element}>([^<]*)</${element}>`, 'g'))
  return [...found].map(([, content = '']) => content)
}

describe("the sandbox's health management services", () => {
  let sandbox: Sandbox

  beforeEach(async () => {
    sandbox = await sandboxFor()
  })
  afterEach(closeSandboxes)

  const list = (secrets = demoUser(sandbox)) => get(sandbox.urls.razcode.hmsList, secrets)
  const read = (parameters: Pairs = JOURNAL, secrets = demoUser(sandbox)) =>
    get(sandbox.urls.razcode.hmsRead, secrets, parameters)
  const described = ({ text }: Answer) => all(text, 'Text').slice(1)

  describe('the list', () => {
    it('is a JSON array of the names that the person chose for this connection', async () => {
      const answer = await list()
      assert.equal(answer.headers['content-type'], 'application/json; charset=utf-8')
      assert.deepEqual([answer.status, answer.text], [200, '["My Health Journal"]'])
      await choose(sandbox, demoUser(sandbox), ['Fitness Diary', 'Family Doctor Portal'])
      assert.deepEqual(JSON.parse((await list()).text), ['Family Doctor Portal', 'Fitness Diary'])
      assert.equal((await list(await connect(sandbox))).text, '["My Health Journal"]', 'of this connection')
    })

    it('is there for POST as well', async () => {
      const { status, text } = await post(sandbox.urls.razcode.hmsList, demoUser(sandbox))
      assert.deepEqual([status, text], [200, '["My Health Journal"]'])
    })

    it('needs a right signature', async () => {
      assert.equal((await request(sandbox.urls.razcode.hmsList)).status, 401)
      const wrong = await list({ ...demoUser(sandbox), tokenSecret: 'wrong' })
      assert.deepEqual([wrong.status, problemOf(wrong)], [401, 'signature_invalid'])
    })
  })

  describe('reading', () => {
    it('gives a CCR of its own with an empty body before anything was sent', async () => {
      const { status, headers, text } = await read()
      assert.equal(status, 200)
      assert.equal(headers['content-type'], 'application/xml; charset=utf-8')
      assert.match(text, /^<\?xml version="1.0" encoding="UTF-8"\?>\n<ContinuityOfCareRecord xmlns="urn:ast/)
      assert.match(text, /<Body>\s*<\/Body>\s*<Actors>/)
      assert.deepEqual(all(text, 'DisplayName'), ['Demo Person'])
      assert.equal((await notify(sandbox, text)).status, 200, 'it is a CCR that can be sent')
    })

    it('merges what was sent to this service', async () => {
      await notify(sandbox, ccr(['2011-01-01', '2011-01-02']))
      await notify(sandbox, ccr(['2011-01-03'], { first: 3 }))
      await notify(sandbox, 'bp120/80')
      await choose(sandbox, demoUser(sandbox), ['Fitness Diary'])
      await notify(sandbox, ccr(['2011-01-04'], { first: 4 }))
      await choose(sandbox, demoUser(sandbox), ['My Health Journal'])

      const answer = await read()
      assert.deepEqual(described(answer), ['Weight 2011-01-01', 'Weight 2011-01-02', 'Weight 2011-01-03'])
      assert.equal(answer.text.match(/<Results>/g)?.length, 1)
      assert.deepEqual(all(answer.text, 'DisplayName'), ['Ann'], 'the same actor once')
      assert.match(answer.text, /<Patient><ActorID>P1<\/ActorID><\/Patient>/)
      const [id] = all(answer.text, 'CCRDocumentObjectID')
      assert.match(id!, /^[\da-f-]{36}$/)
      assert.notEqual(id, all((await read()).text, 'CCRDocumentObjectID')[0])
      assert.equal((await notify(sandbox, answer.text)).status, 200, 'it is a CCR that can be sent')
    })

    it('has once what was sent twice', async () => {
      await notify(sandbox, ccr(['2011-01-01']))
      await notify(sandbox, ccr(['2011-01-01']))
      assert.deepEqual(described(await read()), ['Weight 2011-01-01'])
    })

    it('keeps apart what has the same identifier and is not the same', async () => {
      await notify(sandbox, ccr(['2011-01-01']))
      await notify(sandbox, ccr(['2011-01-02'], { name: 'Bob' }))
      await notify(sandbox, ccr(['2011-01-02'], { name: 'Bob' }))
      const { text } = await read()
      assert.deepEqual(all(text, 'DisplayName'), ['Ann', 'Bob'])
      assert.deepEqual(all(text, 'ActorObjectID').slice(1), ['P1', 'P1-2'])
      assert.deepEqual(all(text, 'CCRDataObjectID'), ['1', '1-2'])
      const sources = [...text.matchAll(/<Result>.*?<\/Result>/gs)].flatMap(([result]) =>
        all(result, 'ActorID'),
      )
      assert.deepEqual(sources, ['P1', 'P1-2'])
    })

    it('is not mixed up by identifiers that the sandbox uses itself', async () => {
      await notify(sandbox, ccr(['2011-01-01'], { patient: 'sandbox-service' }))
      const { text } = await read()
      assert.deepEqual(all(text, 'ActorObjectID'), ['sandbox-service', 'sandbox-service-2'])
      assert.match(text, /<Patient><ActorID>sandbox-service-2</)
    })

    it('keeps text, attributes, prefixes and foreign elements as they were', async () => {
      const entry =
        '<c:Problem x:note="a &lt; &quot;b&quot;"><c:Description><c:Text>R&amp;D <![CDATA[<b>]]> 漢字</c:Text></c:Description>' +
        '<o:extra xmlns:o="urn:other"/></c:Problem>'
      await notify(
        sandbox,
        '<c:ContinuityOfCareRecord xmlns:c="urn:astm-org:CCR" xmlns:x="urn:x"><c:Body><c:Problems>' +
          `<!-- dropped -->${entry}</c:Problems></c:Body></c:ContinuityOfCareRecord>`,
      )
      const [kept] = /<c:Problem .*<\/c:Problem>/.exec((await read()).text) ?? []
      assert.equal(
        kept,
        '<c:Problem xmlns:c="urn:astm-org:CCR" xmlns:x="urn:x" x:note="a &lt; &quot;b&quot;"><c:Description>' +
          '<c:Text>R&amp;D &lt;b&gt; 漢字</c:Text></c:Description><o:extra xmlns:o="urn:other"></o:extra></c:Problem>',
      )
    })

    it('reads of this person only, whatever the connection', async () => {
      await notify(sandbox, ccr(['2011-01-01']), await connect(sandbox))
      assert.deepEqual(described(await read()), ['Weight 2011-01-01'])
    })

    it('is by GET only', async () => {
      const { status } = await post(sandbox.urls.razcode.hmsRead, demoUser(sandbox), JOURNAL)
      assert.equal(status, 405)
    })

    it('can be told to answer with XML that no reader should take', async () => {
      for (const text of ['<a>', '<!DOCTYPE a><a/>', '<a>'.repeat(10_000) + '</a>'.repeat(10_000)]) {
        sandbox.misbehave({ endpoint: 'hmsRead', times: 1, do: 'body', text })
        assert.equal((await read()).text, text)
      }
    })
  })

  describe('a period', () => {
    beforeEach(async () => {
      await notify(sandbox, ccr(['2011-03-31T23:59:59-05:00', '2011-04-01', '2011-05', '2012', 'soon']))
    })

    const periods: [title: string, period: Pairs, found: string[]][] = [
      [
        'both empty: everything',
        [
          ['startdate', ''],
          ['enddate', ''],
        ],
        ['2011-03-31T23:59:59-05:00', '2011-04-01', '2011-05', '2012', 'soon'],
      ],
      [
        'one day',
        [
          ['startdate', '04012011'],
          ['enddate', '04012011'],
        ],
        ['2011-04-01'],
      ],
      [
        'the day as it is written',
        [
          ['startdate', '03312011'],
          ['enddate', '03312011'],
        ],
        ['2011-03-31T23:59:59-05:00'],
      ],
      [
        'a month that it touches',
        [
          ['startdate', '05312011'],
          ['enddate', '06302011'],
        ],
        ['2011-05'],
      ],
      ['a start only', [['startdate', '04012011']], ['2011-04-01', '2011-05', '2012']],
      ['an end only', [['enddate', '04012011']], ['2011-03-31T23:59:59-05:00', '2011-04-01']],
      ['nothing in it', [['startdate', '01012013']], []],
    ]
    for (const [title, period, found] of periods) {
      it(title, async () => {
        assert.deepEqual(
          described(await read([...JOURNAL, ...period])),
          found.map((date) => `Weight ${date}`),
        )
      })
    }

    it("goes by the record's own date and its parts', not by when its source had it", async () => {
      const dated = (tag: string, date: string) =>
        `<${tag}><DateTime><ExactDateTime>${date}</ExactDateTime></DateTime></${tag}>`
      await notify(
        sandbox,
        '<ContinuityOfCareRecord><Body><Results>' +
          `<Result><Type><Text>part</Text></Type>${dated('Test', '2001-01-01')}</Result>` +
          `<Result><Type><Text>source</Text></Type>${dated('Source', '2001-01-01')}</Result>` +
          '</Results></Body></ContinuityOfCareRecord>',
      )
      assert.deepEqual(described(await read([...JOURNAL, ['enddate', '01012001']])), ['part'])
    })
  })

  const bad: [title: string, parameters: Pairs, status: number, message: RegExp][] = [
    ['no hms', [], 400, /^The parameter hms is missing/],
    ['an empty hms', [['hms', '']], 400, /hms is missing/],
    ['an unknown hms', [['hms', 'Else']], 404, /^The person has not chosen a health management service/],
    ['an hms that was not chosen', [['hms', 'Fitness Diary']], 404, /has not chosen/],
    ['two hms', [...JOURNAL, ...JOURNAL], 400, /hms was sent more than once/],
    ['a month 13', [...JOURNAL, ['startdate', '13012011']], 400, /^startdate has to be a day/],
    ['a 29 February that is none', [...JOURNAL, ['enddate', '02292011']], 400, /^enddate has to be a day/],
    ['an ISO date', [...JOURNAL, ['startdate', '2011-01-01']], 400, /mmddyyyy/],
    [
      'an end before the start',
      [...JOURNAL, ['startdate', '01022011'], ['enddate', '01012011']],
      400,
      /after/,
    ],
  ]
  for (const [title, parameters, status, message] of bad) {
    it(`refuses ${title} in a sentence`, async () => {
      const answer = await read(parameters)
      assert.equal(answer.status, status)
      assert.match(answer.text, message)
    })
  }
})
