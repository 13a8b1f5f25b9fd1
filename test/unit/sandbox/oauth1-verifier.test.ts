import assert from 'node:assert/strict'
import { OAuth1Verifier } from '../../../src/sandbox/oauth1-verifier'
import type { WireRequest } from '../../../src/sandbox/oauth1-parameters'
import type { Sandbox } from '../../../src/sandbox/sandbox'
import { makeServerCertificate } from '../../support/certificates'
import { authorizationHeader, formEncoded, type Pairs, type Secrets, signed } from './plain-signer'
import {
  type Answer,
  closeSandboxes,
  consumerOf,
  demoUser,
  FORM,
  notify,
  post,
  problemOf,
  request,
  sandboxFor,
} from './support'

/** RFC 5849 section 1.2, as printed there. */
const PRINTED = [
  {
    title: 'temporary credentials',
    now: 137131200,
    wire: { method: 'POST', scheme: 'https', host: 'photos.example.net', path: '/initiate', query: '' },
    header:
      'OAuth realm="Photos", oauth_consumer_key="dpf43f3p2l4k3l03", oauth_signature_method="HMAC-SHA1", ' +
      'oauth_timestamp="137131200", oauth_nonce="wIjqoS", ' +
      'oauth_callback="http%3A%2F%2Fprinter.example.com%2Fready", oauth_signature="74KNZJeDHnMBp0EMJ9ZHt%2FXKycU%3D"',
    tokenSecret: '',
  },
  {
    title: 'token credentials',
    now: 137131201,
    wire: { method: 'POST', scheme: 'https', host: 'photos.example.net', path: '/token', query: '' },
    header:
      'OAuth realm="Photos", oauth_consumer_key="dpf43f3p2l4k3l03", oauth_token="hh5s93j4hdidpola", ' +
      'oauth_signature_method="HMAC-SHA1", oauth_timestamp="137131201", oauth_nonce="walatlh", ' +
      'oauth_verifier="hfdp7dh39dks9884", oauth_signature="gKgrFCywp7rO0OXSjdot%2FIHF7IU%3D"',
    tokenSecret: 'hdhd0244k9j7ao03',
  },
  {
    title: 'a resource',
    now: 137131202,
    wire: {
      method: 'GET',
      scheme: 'http',
      host: 'PHOTOS.example.net:80',
      path: '/photos',
      query: 'file=vacation.jpg&size=original',
    },
    header:
      'OAuth realm="Photos", oauth_consumer_key="dpf43f3p2l4k3l03", oauth_token="nnch734d00sl2jdk", ' +
      'oauth_signature_method="HMAC-SHA1", oauth_timestamp="137131202", oauth_nonce="chapoH", ' +
      'oauth_signature="MdpQcU8iPSUjWoN%2FUDMsK2sui9I%3D"',
    tokenSecret: 'pfkkdhi9sl3r4s00',
  },
] as const

describe('the sandbox verifies OAuth 1.0', () => {
  describe("RFC 5849's own examples", () => {
    for (const { title, now, wire, header, tokenSecret } of PRINTED) {
      const printer = { key: 'dpf43f3p2l4k3l03', secret: 'kd94hf93k423kf44', name: 'Printer' }
      const verify = (request: WireRequest) =>
        new OAuth1Verifier(new Map([[printer.key, printer]]), () => now * 1000).verify(request, {
          required: [],
          tokenSecret: () => tokenSecret,
          signal: new AbortController().signal,
        })

      it(`takes the printed signature: ${title}`, async () => {
        const { consumer } = await verify({ ...wire, authorization: [header], form: [] })
        assert.equal(consumer.name, 'Printer')
      })

      it(`refuses it for another path: ${title}`, async () => {
        await assert.rejects(verify({ ...wire, path: '/else', authorization: [header], form: [] }), {
          status: 401,
          problem: 'signature_invalid',
        })
      })
    }
  })

  describe('what is right', () => {
    let sandbox: Sandbox
    let uri: string
    let user: Secrets

    before(async () => {
      sandbox = await sandboxFor()
      uri = sandbox.urls.razcode.sourceNotification
      user = demoUser(sandbox)
    })
    after(closeSandboxes)

    const accepted = ({ status, text }: Answer) =>
      assert.deepEqual({ status, text }, { status: 200, text: 'OK' })

    it('the header, with HMAC-SHA1', async () => {
      accepted(await post(uri, user, [['her', "ci=Größe & 100 % + ~ * ' ( ) ! 漢字 😀"]]))
    })

    it('HMAC-SHA256', async () => {
      accepted(await post(uri, user, [['her', 'ok']], { oauth_signature_method: 'HMAC-SHA256' }))
    })

    it('no oauth_version', async () => {
      accepted(await post(uri, user, [['her', 'ok']], { oauth_version: '' }))
    })

    it('the parameters in the body', async () => {
      const her: Pairs = [['her', 'ok']]
      const body = formEncoded([...her, ...signed({ method: 'POST', uri, parameters: her }, user)])
      accepted(await request(uri, { method: 'POST', headers: { 'content-type': FORM }, body }))
    })

    it('the parameters in the query', async () => {
      const oauth = signed({ method: 'POST', uri, parameters: [['her', 'ok']] }, user)
      const url = `${uri}?${formEncoded(oauth)}`
      accepted(await request(url, { method: 'POST', headers: { 'content-type': FORM }, body: 'her=ok' }))
    })

    it('repeated, empty and oddly escaped parameters in query and body', async () => {
      const parameters: Pairs = [
        ['a', '2 q'],
        ['a', ''],
        ['b', 'x=y'],
        ['c@', ''],
        ['her', 'bp=120/80'],
        ['a', '1'],
        ['ä', 'Z'],
        ['z', '~'],
      ]
      const authorization = authorizationHeader(signed({ method: 'POST', uri, parameters }, user))
      accepted(
        await request(uri, {
          method: 'POST',
          target: `${new URL(uri).pathname}?a=2+q&a=&b=x=y&c%40`,
          headers: { 'content-type': FORM, authorization },
          body: 'her=bp%3d120%2F80&a=1&%C3%a4=Z&z=%7E',
        }),
      )
    })

    it('an absolute request target, whose host counts and not the header', async () => {
      const { port } = new URL(uri)
      const elsewhere = `http://localhost:${port}/gateway/sourcenotification`
      const authorization = authorizationHeader(
        signed({ method: 'POST', uri: elsewhere, parameters: [['her', 'ok']] }, user),
      )
      const headers = { 'content-type': FORM, authorization }
      accepted(await request(uri, { method: 'POST', target: elsewhere, headers, body: 'her=ok' }))
    })

    it('the same nonce with another timestamp', async () => {
      const second = Math.floor(Date.now() / 1000)
      for (const timestamp of [second, second + 1]) {
        accepted(
          await post(uri, user, [['her', 'ok']], { oauth_nonce: 'n', oauth_timestamp: String(timestamp) }),
        )
      }
    })

    for (const seconds of [-270, 270]) {
      it(`a clock that is ${seconds} seconds away`, async () => {
        const timestamp = String(Math.floor(Date.now() / 1000) + seconds)
        accepted(await post(uri, user, [['her', 'ok']], { oauth_timestamp: timestamp }))
      })
    }

    it('a body of some MB, cut anywhere by the network', async () => {
      const her = `<ContinuityOfCareRecord xmlns="urn:astm-org:CCR">${'<T>ü &amp; é</T>'.repeat(150_000)}</ContinuityOfCareRecord>`
      accepted(await notify(sandbox, her))
      assert.equal(sandbox.documents().at(-1)?.her, her)
    })
  })

  it('takes PLAINTEXT over https, where nonce and timestamp may be left out', async () => {
    const sandbox = await sandboxFor({ tls: await makeServerCertificate() })
    const uri = sandbox.urls.razcode.requestToken
    assert.match(uri, /^https:\/\/127\.0\.0\.1:/)
    const oauth = {
      oauth_signature_method: 'PLAINTEXT',
      oauth_callback: 'oob',
      oauth_nonce: '',
      oauth_timestamp: '',
    }
    assert.equal((await post(uri, consumerOf(sandbox), [], oauth)).status, 200)
    const wrong = await post(uri, { ...consumerOf(sandbox), consumerSecret: 'wrong' }, [], oauth)
    assert.equal(problemOf(wrong), 'signature_invalid')
    assert.equal((await post(uri, consumerOf(sandbox), [], { oauth_callback: 'oob' })).status, 200)
    await closeSandboxes()
  })
})
