import assert from 'node:assert/strict'
import { HttpClient } from '../../../src/http/client'
import { RazcodeClient } from '../../../src/providers/razcode/client'
import { RazcodeGateway, type Grant } from '../../../src/providers/razcode/gateway'
import { startSandbox, type Misbehaviour, type Sandbox } from '../../../src/sandbox/sandbox'
import { makeAuthority, makeServerCertificate } from '../../support/certificates'
import { failure } from '../../support/failing'
import { startFaultyServer } from '../../support/faulty-server'
import { callback, decide, gatewayOf } from './support'

const her = '<ContinuityOfCareRecord xmlns="urn:astm-org:CCR"><Given>Zebulon</Given></ContinuityOfCareRecord>'
const payment = JSON.stringify({ amount: '25.00', currency: 'USD' })

describe('RAZCODE', () => {
  let sandbox: Sandbox
  let http: HttpClient
  let client: RazcodeClient
  const clinic = (): Grant => {
    const { user, ...tokens } = sandbox.demo.organisation
    return { user, provider: 'razcode', tokens }
  }

  beforeEach(async () => {
    sandbox = await startSandbox()
    http = new HttpClient({ proxy: 'none', timeoutMs: 2000 })
    client = new RazcodeClient(gatewayOf(sandbox, http))
  })
  afterEach(async () => {
    await http.close()
    await sandbox.close()
  })

  const person = (): Grant => {
    const { user, ...tokens } = sandbox.demo.connectedUser
    return { user, tokens }
  }
  const newest = () => sandbox.stagedDocuments().at(-1)

  describe('activates an organisation', () => {
    it('in three steps, and stages for it', async () => {
      const pending = await client.beginActivation(callback)
      assert.ok(pending.page.startsWith(sandbox.urls.razcode.activate))
      const back = await decide(pending.page, 'Approve', { ...sandbox.demo.organisationLogin })
      const tokens = await client.finishActivation(pending, back)
      await client.stageUrl({ her }, { user: 'ours', provider: 'razcode', tokens: { ...tokens } })
      assert.equal(newest()?.organisation, sandbox.demo.organisationLogin.email)
    })

    it('and tells its refusal from a failure', async () => {
      const pending = await client.beginActivation(callback)
      const back = await decide(pending.page, 'Refuse')
      assert.equal((await failure(client.finishActivation(pending, back))).code, 'HG_FORBIDDEN')
    })
  })

  describe('stages a record', () => {
    it('and gets the code, with an image of it', async () => {
      const { response, ...staged } = await client.stage({ her }, clinic())
      assert.deepEqual(Object.keys(staged).sort(), ['ack', 'razId', 'razImage'])
      assert.equal(staged.ack, 'Success')
      assert.equal(staged.razId, newest()?.razId)
      assert.equal(newest()?.her, her)
      assert.equal(response.statusCode, 200)
      const image = await fetch(staged.razImage ?? '')
      assert.match(image.headers.get('content-type') ?? '', /^image\//)
    })

    it('and gets an address instead, that shows it', async () => {
      const { razUri = '', razImage, razId } = await client.stageUrl({ her }, clinic())
      assert.equal(razImage, undefined)
      assert.match(await (await fetch(razUri)).text(), new RegExp(razId))
    })

    it('of OMHE commands, with every character as it is', async () => {
      const omhe = 'bp=120/80p60#after+yoga & ü 100%\nwt85k'
      await client.stage({ her: omhe }, clinic())
      assert.equal(newest()?.her, omhe)
    })

    it('of several MB', async () => {
      const large = her.replace('Zebulon', 'Grüße &amp; 𝄞'.repeat(300_000))
      await client.stage({ her: large }, clinic())
      assert.ok(newest()?.her === large)
    })

    it('without an organisation, signed with the account alone', async () => {
      await client.stageUrl({ her })
      assert.equal(newest()?.organisation, undefined)
    })

    it('for one person only, by their access token', async () => {
      await client.stageUrl({ her, restrictTo: person() }, clinic())
      assert.equal(newest()?.restrictedTo, sandbox.demo.login.email)
    })

    it('with a payment request, which is passed on as it is', async () => {
      const json = '{ "amount": 25.00,\n"note": "é & ü" }'
      assert.equal((await client.stage({ her, pmt: json }, clinic())).pmt, 'valid')
      assert.equal(newest()?.payment, json)
      assert.equal((await client.stage({ her, pmt: '[]' }, clinic())).pmt, 'invalid')
    })
  })

  describe('understands the answer', () => {
    for (const format of ['asJson', 'asXml'] as const) {
      it(`${format}, of success and of failure`, async () => {
        sandbox.misbehave({ do: format })
        const { razId, ack, pmt } = await client.stageUrl({ her, pmt: payment }, clinic())
        assert.deepEqual([razId, ack, pmt], [newest()?.razId, 'Success', 'valid'])
        const restrictTo = { user: 'maria', tokens: { oauth_token: 'none', oauth_token_secret: 'none' } }
        const error = await failure(client.stage({ her, restrictTo }, clinic()))
        assert.equal(error.code, 'HG_REJECTED')
        assert.match(error.message, /ACK=Failure.*parameter user is no access.*user "maria".*connect again/)
        assert.equal(error.cause.user, 'maria')
      })
    }

    it('with ACK in any case', async () => {
      const text = 'raz_id=A1&raz_image=http://127.0.0.1/x&ack=SUCCESS'
      sandbox.misbehave({ endpoint: 'stage', do: 'body', text })
      assert.equal((await client.stage({ her }, clinic())).ack, 'SUCCESS')
    })

    it('of failure: HG_REJECTED, with the errormsg of the gateway', async () => {
      sandbox.misbehave({ endpoint: 'stage', do: 'stageFailure' })
      const error = await failure(client.stage({ her }, clinic()))
      assert.equal(error.code, 'HG_REJECTED')
      assert.match(error.message, /The sandbox was told to fail/)
      assert.equal(error.cause.statusCode, 200)
    })

    it('of failure without a reason, or with the record in it', async () => {
      for (const text of ['ACK=Failure', 'ACK=Warning&errormsg=', 'ACK=Failure&errormsg=Bad+name+Zebulon']) {
        const undo = sandbox.misbehave({ endpoint: 'stage', do: 'body', text })
        const error = await failure(client.stage({ her }, clinic()))
        undo()
        assert.equal(error.code, 'HG_REJECTED')
        assert.match(error.message, /gives no reason|name \[redacted\]/)
        assert.ok(!JSON.stringify([error.message, error.cause, error.stack]).includes('Zebulon'))
      }
    })

    const unreadable: [string, Misbehaviour][] = [
      ['no ACK', { do: 'noAck' }],
      ['nothing', { do: 'empty' }],
      ['a web page', { do: 'html' }],
      ['garbage', { do: 'garbage' }],
      ['a sentence', { do: 'body', text: 'Thank you, Zebulon.' }],
      ['no code', { do: 'body', text: 'ACK=Success&raz_image=http://127.0.0.1/x' }],
      ['no image', { do: 'body', text: 'ACK=Success&raz_id=SECRET' }],
      [
        'a code in a sentence',
        { do: 'body', text: 'Your code is raz_id SECRET12, see https://www.razcode.net/r/SECRET12' },
      ],
      [
        'a code in XML that is cut',
        { do: 'body', text: '<r><raz_id>SECRET12</raz_id><raz_uri>https://www.razcode.net/r/SECRET12' },
      ],
      ['bytes that are no text', { do: 'body', text: 'ACK=\u0000Success&raz_id=SECRET' }],
    ]
    for (const [what, rule] of unreadable) {
      it(`never in silence: ${what}`, async () => {
        sandbox.misbehave({ endpoint: 'stage', ...rule })
        const error = await failure(client.stage({ her }, clinic()))
        assert.match(error.code, /^HG_(?:RESPONSE|TOO_LARGE)$/)
        const told = JSON.stringify([error.message, error.cause, error.stack])
        assert.ok(!told.includes('Zebulon') && !told.includes('SECRET'), told)
      })
    }

    it('only to 64 KiB', async () => {
      const text = `ACK=Success&raz_id=A1&raz_image=http://127.0.0.1/x&x=${'x'.repeat(70_000)}`
      sandbox.misbehave({ endpoint: 'stage', do: 'body', text })
      assert.equal((await failure(client.stage({ her }, clinic()))).code, 'HG_TOO_LARGE')
    })

    for (const address of [
      'javascript:1',
      'JavaScript:1',
      '\u0001javascript:alert(1)',
      'java\tscript:1',
      'ms-msdt:/id',
      'x',
      '',
    ]) {
      it(`never with an address that is no page: ${JSON.stringify(address)}`, async () => {
        const text = JSON.stringify({ ACK: 'Success', raz_id: 'A1', raz_image: address })
        sandbox.misbehave({ endpoint: 'stage', do: 'body', text })
        assert.equal((await failure(client.stage({ her }, clinic()))).code, 'HG_RESPONSE')
      })
    }

    it('that is XML and called a web page', async () => {
      const text =
        '<response><ACK>Success</ACK><raz_id>A1</raz_id><raz_image>http://127.0.0.1/x</raz_image></response>'
      sandbox.misbehave({ endpoint: 'stage', do: 'body', text, contentType: 'text/html' })
      assert.equal((await client.stage({ her }, clinic())).razId, 'A1')
    })

    it('of failure with its errormsg, for a record of more than 1 MiB too', async () => {
      sandbox.misbehave({ endpoint: 'stage', do: 'body', text: 'ACK=Failure&errormsg=No+quota+left' })
      const large = her.replace('Zebulon', 'Zebulon '.repeat(200_000))
      assert.match((await failure(client.stage({ her: large }, clinic()))).message, /No quota left/)
    })

    it('of failure without the payment or the token that it quotes', async () => {
      const text = 'ACK=Failure&errormsg=Cannot+charge+Xylophagia+for+none7token'
      sandbox.misbehave({ endpoint: 'stage', do: 'body', text })
      const restrictTo = { user: 'maria', tokens: { oauth_token: 'none7token', oauth_token_secret: 'x' } }
      const error = await failure(client.stage({ her, restrictTo, pmt: '{"name":"Xylophagia"}' }, clinic()))
      assert.match(error.message, /Cannot charge/)
      assert.doesNotMatch(JSON.stringify([error.message, error.cause]), /Xylophagia|none7token/)
    })

    it('of a refused token with another status than 401', async () => {
      for (const code of [400, 403]) {
        const text = 'oauth_problem=token_revoked'
        const undo = sandbox.misbehave({ endpoint: 'stage', do: 'body', text, code })
        const error = await failure(client.stage({ her }, clinic()))
        undo()
        assert.equal(error.code, 'HG_AUTH')
        assert.match(error.message, /organisation "clinic".*Activate it again/)
      }
    })

    it('that cannot be read with its first 200 characters', async () => {
      sandbox.misbehave({
        endpoint: 'stage',
        do: 'body',
        text: `Please come back later. ${'x '.repeat(200)}`,
      })
      const { detail } = (await failure(client.stage({ her }, clinic()))).cause
      const { answer } = detail as { answer: string }
      assert.ok(answer.startsWith('Please come back later.'))
      assert.ok(answer.length <= 200)
    })
  })

  describe('sends a record once', () => {
    it('where its fate is unknown', async () => {
      sandbox.misbehave({ endpoint: 'stageUrl', do: 'close', carriedOut: true, times: 1 })
      const before = sandbox.stagedDocuments().length
      const error = await failure(client.stageUrl({ her }, clinic()))
      assert.equal(error.code, 'HG_UNAVAILABLE')
      assert.equal(sandbox.stagedDocuments().length, before + 1)
    })

    it('where the activation was revoked, and names the organisation', async () => {
      sandbox.misbehave({ endpoint: 'stage', do: 'expireTokens', times: 1 })
      const error = await failure(client.stage({ her }, clinic()))
      assert.equal(error.code, 'HG_AUTH')
      assert.equal(error.cause.user, 'clinic')
      assert.match(error.message, /activation of the organisation "clinic".*Activate it again/)
    })

    it('where the account is wrong, with or without an organisation', async () => {
      const wrong = new RazcodeClient(gatewayOf(sandbox, http, { secret: 'wrong' }))
      for (const organisation of [undefined, clinic()]) {
        const error = await failure(wrong.stage({ her }, organisation))
        assert.equal(error.code, 'HG_AUTH')
        assert.match(error.message, /does not accept the account/)
      }
    })
  })

  it('needs a token of the person to whom a record is restricted', async () => {
    const error = await failure(client.stage({ her, restrictTo: { user: 'odd', tokens: {} } }, clinic()))
    assert.equal(error.code, 'HG_NOT_CONNECTED')
    assert.match(error.message, /user "odd" holds no token/)
    assert.equal(sandbox.stagedDocuments().length, 0)
  })

  it('needs a token in the activation', async () => {
    for (const tokens of [{ oauth_token: 'a' }, { oauth_token_secret: 'b' }]) {
      const half = { user: 'ours', provider: 'razcode', tokens }
      assert.equal((await failure(client.stage({ her }, half))).code, 'HG_NOT_CONNECTED')
    }
    const error = await failure(client.stage({ her }, { user: 'ours', provider: 'razcode', tokens: {} }))
    assert.equal(error.code, 'HG_NOT_CONNECTED')
    assert.match(error.message, /organisation "ours" holds no token/)
  })

  it('stages over https, and never follows a redirect to http', async () => {
    const issuer = await makeAuthority()
    const certificate = await makeServerCertificate({ authority: issuer })
    const secure = await startSandbox({ tls: certificate })
    const plain = await startFaultyServer()
    const moved = await startFaultyServer({}, certificate)
    const trusting = new HttpClient({ proxy: 'none', timeoutMs: 2000, tls: { ca: issuer.cert } })
    try {
      const overHttps = new RazcodeClient(gatewayOf(secure, trusting))
      assert.match(overHttps.addressOf('stage'), /^https:/)
      const { user, ...tokens } = secure.demo.organisation
      assert.ok((await overHttps.stage({ her }, { user, tokens })).razId)
      assert.equal(secure.stagedDocuments().length, 1)

      const { key: consumerKey, secret: consumerSecret } = secure.demo.consumer
      const stage = `${moved.url}/redirect?to=${encodeURIComponent(`${plain.url}/ok`)}`
      const endpoints = { ...secure.urls.razcode, stage }
      const gateway = new RazcodeGateway({ consumerKey, consumerSecret, endpoints, http: trusting })
      const error = await failure(new RazcodeClient(gateway).stage({ her }))
      assert.equal(error.code, 'HG_RESPONSE')
      assert.equal(moved.count('/redirect'), 1)
      assert.equal(plain.count('/ok'), 0)
    } finally {
      await moved.close()
      await trusting.close()
      await plain.close()
      await secure.close()
    }
  })
})
