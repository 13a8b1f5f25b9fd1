import assert from 'node:assert/strict'
import http from 'node:http'
import type { Sandbox } from '../../../../src/sandbox/sandbox'
import { type Pairs, signed, authorizationHeader, formEncoded } from '../plain-signer'
import { CCR, closeSandboxes, demoUser, FORM, notify, post, request, sandboxFor } from '../support'

describe("the sandbox's source notification", () => {
  let sandbox: Sandbox
  let uri: string

  before(async () => {
    sandbox = await sandboxFor({ now: () => Date.now() })
    uri = sandbox.urls.razcode.sourceNotification
  })
  after(closeSandboxes)

  it('takes a CCR', async () => {
    const { status, headers, text } = await notify(sandbox, CCR)
    assert.deepEqual([status, headers['content-type'], text], [200, 'text/plain; charset=utf-8', 'OK'])
    const { receivedAt, ...document } = sandbox.documents().at(-1)!
    assert.ok(Math.abs(receivedAt - Date.now()) < 60_000)
    assert.deepEqual(document, {
      consumerKey: sandbox.demo.consumer.key,
      person: sandbox.demo.login.email,
      her: CCR,
      kind: 'ccr',
      services: ['My Health Journal'],
    })
  })

  const good: [string, string, 'ccr' | 'omhe'][] = [
    ['a CCR with a prefix', '<c:ContinuityOfCareRecord xmlns:c="urn:astm-org:CCR"/>', 'ccr'],
    ['a CCR with a byte order mark', `\uFEFF${CCR}`, 'ccr'],
    ['OMHE', 'bp120/80p60#dt20110101:1200z', 'omhe'],
    ['OMHE with =', 'ci=Howdy OMHE', 'omhe'],
    ['OMHE without a value', 'check-in', 'omhe'],
    ['OMHE with white space', 'wt 85k\nbp = 120/80\neat pizza\nh2o 3', 'omhe'],
    ['several OMHE commands', 'wt=155.5l\r\nbg120#note\n', 'omhe'],
  ]
  for (const [title, her, kind] of good) {
    it(`takes ${title}`, async () => {
      const answer = await notify(sandbox, her)
      assert.equal(answer.status, 200, answer.text)
      const { her: received, kind: seen } = sandbox.documents().at(-1)!
      assert.deepEqual([received, seen], [her, kind])
    })
  }

  const bad: [string, string, RegExp][] = [
    ['nothing', '', /^The parameter her is empty/],
    ['white space', ' \n', /^The parameter her is empty/],
    ['prose', 'Hello Erika', /neither a CCR document in XML nor an OMHE message/],
    ['prose with a hyphen', 'well-known Erika', /neither a CCR/],
    ['JSON', '{"name":"Erika"}', /neither a CCR/],
    ['a control character', 'ci=Erika\u0007', /neither a CCR/],
    [
      'another XML document',
      '<ClinicalDocument xmlns="urn:hl7-org:v3">Erika</ClinicalDocument>',
      /root element/,
    ],
    ['cut XML', CCR.slice(0, -10), /not well-formed XML: the fault is at line 2, column \d+\.$/],
    ['mismatched tags', '<ContinuityOfCareRecord><Erika></ContinuityOfCareRecord>', /not well-formed/],
    ['an unknown entity', '<ContinuityOfCareRecord>&Erika;</ContinuityOfCareRecord>', /not well-formed/],
    ['an unbound prefix', '<x:ContinuityOfCareRecord/>', /not well-formed/],
    ['two roots', '<ContinuityOfCareRecord/><ContinuityOfCareRecord/>', /not well-formed/],
    ['a DOCTYPE', '<!DOCTYPE a [<!ENTITY b "c">]><ContinuityOfCareRecord/>', /has a DOCTYPE/],
    ['a megabyte of OMHE', `ci=${'a'.repeat(1024 * 1024)}`, /neither a CCR/],
  ]
  for (const [title, her, sentence] of bad) {
    it(`refuses ${title}, without quoting it`, async () => {
      const before = sandbox.documents().length
      const { status, text } = await notify(sandbox, her)
      assert.equal(status, 400)
      assert.match(text, sentence)
      assert.doesNotMatch(text, /Erika/)
      assert.equal(sandbox.documents().length, before)
    })
  }

  const forms: [string, Pairs][] = [
    ['no her', [['hre', 'ok']]],
    [
      'her twice',
      [
        ['her', 'ok'],
        ['her', 'ok'],
      ],
    ],
  ]
  for (const [title, parameters] of forms) {
    it(`refuses ${title}`, async () => {
      assert.equal((await post(uri, demoUser(sandbox), parameters)).status, 400)
    })
  }

  it('refuses her in the query, where it would end up in logs', async () => {
    const parameters: Pairs = [['her', 'ok']]
    const authorization = authorizationHeader(signed({ method: 'POST', uri, parameters }, demoUser(sandbox)))
    const url = `${uri}?${formEncoded(parameters)}`
    const answer = await request(url, {
      method: 'POST',
      headers: { 'content-type': FORM, authorization },
      body: '',
    })
    assert.equal(answer.status, 400)
    assert.match(answer.text, /missing in the body/)
  })

  const types: [string, Record<string, string>][] = [
    ['no content type', {}],
    ['application/xml', { 'content-type': 'application/xml' }],
    ['multipart', { 'content-type': 'multipart/form-data; boundary=x' }],
    ['another charset', { 'content-type': `${FORM}; charset=iso-8859-1` }],
    ['a compressed body', { 'content-type': FORM, 'content-encoding': 'gzip' }],
  ]
  for (const [title, headers] of types) {
    it(`refuses ${title}: 415`, async () => {
      assert.equal((await request(uri, { method: 'POST', headers, body: 'her=ok' })).status, 415)
    })
  }

  it('takes a content type with charset and in capitals', async () => {
    const parameters: Pairs = [['her', 'ok']]
    const authorization = authorizationHeader(signed({ method: 'POST', uri, parameters }, demoUser(sandbox)))
    const headers = { authorization, 'content-type': 'Application/X-WWW-Form-Urlencoded; charset=UTF-8' }
    assert.equal((await request(uri, { method: 'POST', headers, body: 'her=ok' })).status, 200)
  })

  it('refuses more than 128 MiB before it is sent', async () => {
    const outgoing = http.request(uri, {
      method: 'POST',
      headers: { 'content-type': FORM, 'content-length': 128 * 1024 * 1024 + 1 },
      agent: false,
    })
    outgoing.on('error', () => undefined)
    outgoing.flushHeaders()
    const status = await new Promise((resolve) =>
      outgoing.on('response', ({ statusCode }) => resolve(statusCode)),
    )
    outgoing.destroy()
    assert.equal(status, 413)
  })

  it('refuses more than 128 MiB of unknown length, takes the rest and goes on serving', async () => {
    const agent = new http.Agent({ keepAlive: true })
    const outgoing = http.request(uri, { method: 'POST', headers: { 'content-type': FORM }, agent })
    const answered = new Promise((resolve) =>
      outgoing.on('response', ({ statusCode }) => resolve(statusCode)),
    )
    const chunk = Buffer.alloc(1024 * 1024, 'a')
    for (let sent = 0; sent < 140; sent++) outgoing.write(chunk)
    await new Promise((resolve) => outgoing.end(() => resolve(undefined)))
    assert.equal(await answered, 413)
    agent.destroy()
    assert.equal((await notify(sandbox, 'ok')).status, 200)
  })
})
