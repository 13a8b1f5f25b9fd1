import assert from 'node:assert/strict'
import type { Sandbox } from '../../../../src/sandbox/sandbox'
import type { Pairs } from '../plain-signer'
import {
  type Answer,
  CCR,
  closeSandboxes,
  connect,
  consumerOf,
  demoOrganisation,
  demoUser,
  FORM,
  post,
  problemOf,
  request,
  sandboxFor,
} from '../support'

const HER: Pairs = [['her', CCR]]

describe('staging in the sandbox', () => {
  let sandbox: Sandbox

  beforeEach(async () => {
    sandbox = await sandboxFor()
  })
  afterEach(closeSandboxes)

  const stage = (parameters = HER, secrets = demoOrganisation(sandbox)) =>
    post(sandbox.urls.razcode.stage, secrets, parameters)
  const stageUrl = (parameters = HER) =>
    post(sandbox.urls.razcode.stageUrl, demoOrganisation(sandbox), parameters)
  const values = ({ text }: Answer) => Object.fromEntries(new URLSearchParams(text))

  it('gives a RAZCODE and the address of an image', async () => {
    const answer = await stage()
    assert.equal(answer.status, 200)
    assert.equal(answer.headers['content-type'], FORM)
    const { raz_id: razId = '', raz_image: image = '', ...rest } = values(answer)
    assert.match(razId, /^[A-HJKMNP-TW-Z2-9]{8}$/)
    assert.deepEqual(rest, { ACK: 'Success' })
    assert.ok(image.startsWith(`${sandbox.url}/`))
    const picture = await request(image)
    assert.deepEqual([picture.status, picture.headers['content-type']], [200, 'image/svg+xml; charset=utf-8'])
    assert.match(picture.text, new RegExp(`^<svg[^]*>\\s*${razId}\\s*</text>\\s*</svg>$`))
  })

  it('gives an address instead at stage/url', async () => {
    const { raz_id: razId, ...rest } = values(await stageUrl())
    assert.deepEqual(rest, { raz_uri: `${sandbox.url}/r/${razId}`, ACK: 'Success' })
  })

  it('keeps what was staged', async () => {
    await stage([...HER, ['user', demoUser(sandbox).token ?? ''], ['pmt', '{"amount":1}']])
    const [first] = sandbox.stagedDocuments()
    const { razId, stagedAt, ...document } = first!
    assert.ok(razId && Math.abs(stagedAt - Date.now()) < 60_000)
    assert.deepEqual(document, {
      consumerKey: sandbox.demo.consumer.key,
      organisation: sandbox.demo.organisationLogin.email,
      her: CCR,
      kind: 'ccr',
      restrictedTo: sandbox.demo.login.email,
      payment: '{"amount":1}',
    })
  })

  it('takes OMHE, and a consumer without a token, as activation is optional', async () => {
    assert.equal(values(await stage([['her', 'bp120/80']], consumerOf(sandbox))).ACK, 'Success')
    const { kind, organisation } = sandbox.stagedDocuments()[0]!
    assert.deepEqual([kind, organisation], ['omhe', undefined])
  })

  const payments: [pmt: string, said: string | undefined][] = [
    ['{"amount":"12.50","currency":"USD"}', 'valid'],
    ['{}', 'invalid'],
    ['[{"amount":1}]', 'invalid'],
    ['"text"', 'invalid'],
    ['null', 'invalid'],
    ['amount=1', 'invalid'],
    ['', undefined],
  ]
  for (const [pmt, said] of payments) {
    it(`says ${said ?? 'nothing'} of the payment ${JSON.stringify(pmt)}`, async () => {
      for (const send of [stage, stageUrl]) {
        const answer = values(await send([...HER, ['pmt', pmt]]))
        assert.deepEqual([answer.ACK, answer.pmt], ['Success', said])
      }
    })
  }

  const failures: [title: string, parameters: Pairs, message: RegExp][] = [
    ['no her', [], /her is missing/],
    ['an empty her', [['her', '']], /her is empty/],
    ['two her', [...HER, ...HER], /more than once/],
    [
      'XML that is not well-formed',
      [['her', '<ContinuityOfCareRecord><a></ContinuityOfCareRecord>']],
      /line 1/,
    ],
    ['XML that is no CCR', [['her', '<ClinicalDocument/>']], /is no CCR/],
    ['a DOCTYPE', [['her', '<!DOCTYPE a><ContinuityOfCareRecord/>']], /DOCTYPE/],
    ['what is neither', [['her', 'Hello there']], /neither/],
    ['an unknown user', [...HER, ['user', 'unknown']], /user is no access token/],
  ]
  for (const [title, parameters, message] of failures) {
    it(`fails for ${title}, with status 200`, async () => {
      const answer = await stage(parameters)
      assert.equal(answer.status, 200)
      const { errormsg = '', ...rest } = values(answer)
      assert.deepEqual(rest, { ACK: 'Failure' })
      assert.match(errormsg, message)
      assert.deepEqual(sandbox.stagedDocuments(), [])
    })
  }

  it('restricts to nobody but a person who gave this consumer the token', async () => {
    const user = await connect(sandbox)
    const other = await sandboxFor({ consumers: [{ key: 'other', secret: 'secret', name: 'Other' }] })
    const thief = { consumerKey: 'other', consumerSecret: 'secret' }
    for (const [at, token, secrets] of [
      [other, other.demo.connectedUser.oauth_token, thief],
      [other, user.token, consumerOf(other)],
      [sandbox, sandbox.demo.organisation.oauth_token, consumerOf(sandbox)],
    ] as const) {
      const parameters: Pairs = [...HER, ['user', token ?? '']]
      assert.equal(values(await post(at.urls.razcode.stage, secrets, parameters)).ACK, 'Failure')
    }
  })

  it('is refused like everything else without a right signature', async () => {
    const answer = await stage(HER, { ...demoOrganisation(sandbox), tokenSecret: 'wrong' })
    assert.deepEqual([answer.status, problemOf(answer)], [401, 'signature_invalid'])
    assert.equal((await request(sandbox.urls.razcode.stage)).status, 405)
    const json = { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{}' }
    assert.equal((await request(sandbox.urls.razcode.stage, json)).status, 415)
  })

  describe('told to misbehave', () => {
    it('asJson, asXml: in another wire format, failures too', async () => {
      sandbox.misbehave({ times: 2, do: 'asJson' })
      const json = await stageUrl()
      assert.equal(json.headers['content-type'], 'application/json; charset=utf-8')
      assert.deepEqual(Object.keys(JSON.parse(json.text) as object), ['raz_id', 'raz_uri', 'ACK'])
      assert.equal((JSON.parse((await stage([])).text) as { ACK: string }).ACK, 'Failure')

      sandbox.misbehave({ endpoint: 'stage', do: 'asXml' })
      const xml = await stage([...HER, ['pmt', '{}']])
      assert.equal(xml.headers['content-type'], 'application/xml; charset=utf-8')
      assert.match(
        xml.text,
        /<response><raz_id>\w+<\/raz_id><raz_image>http[^<]+<\/raz_image><pmt>invalid<\/pmt><ACK>Success<\/ACK><\/response>$/,
      )
    })

    it('noAck: in every wire format', async () => {
      for (const format of ['asJson', 'asXml', undefined] as const) {
        sandbox.misbehave({ times: 1, do: 'noAck' })
        if (format) sandbox.misbehave({ times: 1, do: format })
        const { text } = await stage()
        assert.match(text, /raz_id/)
        assert.doesNotMatch(text, /ACK/)
      }
    })

    it('stageFailure: nothing is staged', async () => {
      sandbox.misbehave({ times: 1, do: 'stageFailure' })
      assert.deepEqual(values(await stage()), { ACK: 'Failure', errormsg: 'The sandbox was told to fail.' })
      assert.deepEqual(sandbox.stagedDocuments(), [])
    })

    it('body, echo: whatever was told, and the document quoted', async () => {
      sandbox.misbehave({ times: 1, do: 'body', text: '{"ack":"SUCCESS"}', contentType: 'text/html' })
      const { headers, text } = await stage()
      assert.deepEqual([headers['content-type'], text], ['text/html', '{"ack":"SUCCESS"}'])
      sandbox.misbehave({ times: 1, do: 'echo' })
      assert.ok((await stage()).text.includes(CCR))
    })
  })
})
