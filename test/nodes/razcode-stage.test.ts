import assert from 'node:assert/strict'
import { createServer } from 'node:http'
import type { Misbehaviour, Sandbox } from '../../src/sandbox/sandbox'
import { listen, type TestServer } from '../support/server'
import {
  around,
  connect,
  exampleCcr,
  Flow,
  temporaryFolder,
  useSandbox,
  withStore,
  type Config,
} from './support/flow'

interface Staged {
  razId: string
  razImage?: string
  razUri?: string
  pmt?: string
  ack: string
  qr?: string | Buffer
}

describe('razcode-stage', () => {
  let provider: Sandbox
  let ccr: string
  let flow: Flow
  const misbehave = useSandbox((running) => (provider = running))

  const start = async (node: Record<string, unknown> = {}, account: Partial<Config> = {}) => {
    flow = await Flow.start(around({ type: 'razcode-stage', ...node }, ['staged'], account))
  }
  const stage = async (msg: Record<string, unknown>) => {
    flow.send('node', msg)
    return (await flow.next('staged')).payload as Staged
  }
  const newest = () => provider.stagedDocuments().at(-1)

  before(async () => {
    ccr = await exampleCcr()
  })
  afterEach(() => flow.stop())

  describe('with its defaults', () => {
    beforeEach(() => start())

    it('stages a CCR, and gives the code with the image that the gateway made', async () => {
      flow.send('node', { payload: ccr, topic: 'kept' })
      const { payload, topic, statusCode, health } = await flow.next('staged')
      const { razId, razImage, ...rest } = payload as Staged
      assert.deepEqual(rest, { ack: 'Success' })
      assert.equal(razId, newest()?.razId)
      assert.equal((await fetch(razImage ?? '')).status, 200)
      assert.equal(newest()?.her, ccr)
      assert.equal(newest()?.restrictedTo, undefined)
      assert.equal(newest()?.organisation, undefined)
      assert.deepEqual([topic, statusCode], ['kept', 200])
      assert.deepEqual([health?.provider, health?.operation], ['razcode', 'stage'])
      assert.deepEqual(flow.statuses('node').at(-1), {
        fill: 'green',
        shape: 'dot',
        text: `${String(health?.durationMs)} ms`,
      })
    })

    it('stages OMHE commands', async () => {
      await stage({ payload: 'bp=120/80\nwt85k' })
      assert.equal(newest()?.kind, 'omhe')
    })

    it('stages for an organisation that was activated', async () => {
      await stage({ payload: ccr, organisation: 'clinic' })
      assert.equal(newest()?.organisation, provider.demo.organisationLogin.email)
    })

    it('restricts a record to one person, by their token, and names them in msg.health', async () => {
      flow.send('node', { payload: ccr, restrictTo: 'demo' })
      assert.equal((await flow.next('staged')).health?.user, 'demo')
      assert.equal(newest()?.restrictedTo, provider.demo.login.email)
    })

    it('passes a payment on untouched, given as JSON or as an object', async () => {
      const json = '{ "amount": 25.00 }'
      assert.equal((await stage({ payload: ccr, payment: json })).pmt, 'valid')
      assert.equal(newest()?.payment, json)
      await stage({ payload: ccr, payment: { amount: 25, note: 'é' } })
      assert.equal(newest()?.payment, '{"amount":25,"note":"é"}')
    })

    it('warns of a payment that the gateway calls invalid, and gives the rest', async () => {
      const { pmt, razId } = await stage({ payload: ccr, payment: '[]' })
      assert.deepEqual([pmt, razId], ['invalid', newest()?.razId])
      assert.deepEqual(flow.statuses('node').at(-1), {
        fill: 'yellow',
        shape: 'ring',
        text: 'status.paymentInvalid',
      })
    })

    const circle: Record<string, unknown> = {}
    circle.self = circle
    const inputs: [string, Record<string, unknown>, string, RegExp][] = [
      ['no document', { payload: undefined }, 'HG_INPUT', /missing/],
      ['an empty document', { payload: '' }, 'HG_INPUT', /is empty/],
      ['a document that is not well-formed', { payload: '<a><b></a>' }, 'HG_INPUT', /well-formed/],
      ['a document that is neither CCR nor OMHE', { payload: 'hello' }, 'HG_INPUT', /neither/],
      ['a payment that is not JSON', { payment: 'Maria owes 5' }, 'HG_INPUT', /not JSON/],
      ['a payment that is cut', { payment: '{"name":"Maria"' }, 'HG_INPUT', /not JSON/],
      ['a payment of the wrong type', { payment: 25 }, 'HG_INPUT', /not JSON/],
      ['a payment in bytes', { payment: Buffer.from('{}') }, 'HG_INPUT', /not JSON/],
      ['a payment in other bytes', { payment: new Uint8Array(2) }, 'HG_INPUT', /not JSON/],
      ['a payment in a Map', { payment: new Map() }, 'HG_INPUT', /not JSON/],
      ['a payment that holds itself', { payment: circle }, 'HG_INPUT', /not JSON/],
      ['somebody empty to restrict to', { restrictTo: '' }, 'HG_INPUT', /restricted is empty/],
      ['null to restrict to', { restrictTo: null }, 'HG_INPUT', /restricted is empty/],
      ['somebody unknown to restrict to', { restrictTo: 'nobody' }, 'HG_NOT_CONNECTED', /user "nobody"/],
      ['an organisation to restrict to', { restrictTo: 'clinic' }, 'HG_NOT_CONNECTED', /user "clinic"/],
      ['an organisation not activated', { organisation: 'x' }, 'HG_NOT_CONNECTED', /organisation "x"/],
      ['a person as organisation', { organisation: 'demo' }, 'HG_NOT_CONNECTED', /organisation "demo"/],
    ]
    for (const [what, wrong, code, sentence] of inputs) {
      it(`says ${code} for ${what}, and stages nothing`, async () => {
        const before = provider.stagedDocuments().length
        const error = await flow.failure('node', { payload: ccr, ...wrong })
        assert.equal(error.code, code)
        assert.match(error.message, sentence)
        assert.doesNotMatch(JSON.stringify(error), /Maria/)
        assert.equal(provider.stagedDocuments().length, before)
      })
    }

    const answers: [string, Misbehaviour, string, RegExp][] = [
      ['ACK=Failure as name=value', { do: 'stageFailure' }, 'HG_REJECTED', /sandbox was told to fail/],
      [
        'ACK=Failure as JSON',
        { do: 'body', text: '{"ACK":"Failure","errormsg":"No quota left"}' },
        'HG_REJECTED',
        /No quota left/,
      ],
      [
        'ACK=Failure as XML',
        { do: 'body', text: '<r><ACK>Failure</ACK><errormsg>No quota left</errormsg></r>' },
        'HG_REJECTED',
        /No quota left/,
      ],
      ['no ACK', { do: 'noAck' }, 'HG_RESPONSE', /lacks ACK/],
      ['no ACK in JSON', { do: 'body', text: '{"raz_id":"A1"}' }, 'HG_RESPONSE', /lacks ACK/],
      ['no ACK in XML', { do: 'body', text: '<r><raz_id>A1</raz_id></r>' }, 'HG_RESPONSE', /lacks ACK/],
      ['something else', { do: 'body', text: 'See you, Maria' }, 'HG_RESPONSE', /lacks ACK/],
      ['a refusal that quotes the record', { do: 'echo' }, 'HG_REJECTED', /./],
      ['a web page', { do: 'html' }, 'HG_RESPONSE', /web page/],
      ['no answer', { do: 'close' }, 'HG_UNAVAILABLE', /./],
      ['500', { do: 'status', code: 500 }, 'HG_UNAVAILABLE', /./],
    ]
    for (const [what, rule, code, sentence] of answers) {
      it(`says ${code} for ${what}`, async () => {
        misbehave({ endpoint: 'stage', ...rule })
        const error = await flow.failure('node', { payload: ccr })
        assert.equal(error.code, code, error.message)
        assert.match(error.message, sentence)
        assert.doesNotMatch(JSON.stringify(error), /Maria/)
      })
    }

    for (const format of ['asJson', 'asXml'] as const) {
      it(`understands an answer ${format}`, async () => {
        misbehave({ endpoint: 'stage', do: format })
        const { razId, razImage } = await stage({ payload: ccr })
        assert.equal(razId, newest()?.razId)
        assert.match(razImage ?? '', /^http/)
      })
    }

    it('does not stage twice what may have arrived', async () => {
      const before = provider.stagedDocuments().length
      misbehave({ endpoint: 'stage', do: 'drop', carriedOut: true, times: 1 })
      await flow.failure('node', { payload: ccr })
      assert.equal(provider.stagedDocuments().length, before + 1)
    })

    it('says which organisation to activate again, and asks once', async () => {
      misbehave({ endpoint: 'stage', do: 'expireTokens', times: 1 })
      const { code, message } = await flow.failure('node', { payload: ccr, organisation: 'clinic' })
      assert.equal(code, 'HG_AUTH')
      assert.match(message, /organisation "clinic".*Activate it again/)
    })
  })

  it('gives the address instead of an image', async () => {
    await start({ code: 'uri' })
    const { razUri = '', razImage, qr, razId } = await stage({ payload: ccr })
    assert.deepEqual([razImage, qr], [undefined, undefined])
    assert.match(await (await fetch(razUri)).text(), new RegExp(razId))
  })

  it('draws the address as SVG, and as PNG', async () => {
    await start({ code: 'qr' })
    const svg = await stage({ payload: ccr })
    assert.match(String(svg.qr), /^<svg/)
    assert.match(svg.razUri ?? '', /^http/)
    await flow.stop()
    await start({ code: 'qr', qrFormat: 'png', qrErrorCorrection: 'H' })
    const { qr } = await stage({ payload: ccr })
    assert.ok(Buffer.isBuffer(qr))
    assert.equal(qr.toString('latin1', 1, 4), 'PNG')
  })

  it('gives what was staged where the address is too long to draw', async () => {
    await start({ code: 'qr', qrErrorCorrection: 'H' })
    const text = `ACK=Success&raz_id=A1&raz_uri=http://127.0.0.1/${'x'.repeat(1300)}`
    misbehave({ endpoint: 'stageUrl', do: 'body', text })
    const { razId, qr } = await stage({ payload: ccr })
    assert.deepEqual([razId, qr], ['A1', undefined])
    assert.match(flow.log(), /does not fit a QR code with error correction H/)
    assert.deepEqual(flow.statuses('node').at(-1), { fill: 'yellow', shape: 'ring', text: 'status.noQr' })
  })

  it('does not stage without the restriction that the node names, when its source gives nothing', async () => {
    await start({ restrictTo: 'patient.id', restrictToType: 'msg' })
    const error = await flow.failure('node', { payload: ccr, patient: {} })
    assert.equal(error.code, 'HG_INPUT')
    assert.match(error.message, /restricted is empty/)
  })

  it('does not stage without the restriction, organisation or payment that the node names elsewhere', async () => {
    for (const type of ['flow', 'global', 'jsonata', 'env']) {
      for (const property of ['restrictTo', 'organisation', 'payment']) {
        await start({ [property]: 'nothing', [`${property}Type`]: type })
        assert.equal((await flow.failure('node', { payload: ccr })).code, 'HG_INPUT', `${type} ${property}`)
        await flow.stop()
      }
    }
    await start()
  })

  it('does not stage where a source that the node names is empty: an environment variable, say', async () => {
    // Node-RED puts the variable's value in the place of ${NAME}, of whatever type.
    for (const restrictTo of ['', ' ', 42, { id: 'demo' }]) {
      for (const restrictToType of ['str', 'flow', 'jsonata', 'env']) {
        await start({ restrictTo, restrictToType })
        const { code } = await flow.failure('node', { payload: ccr, restrictTo: 'demo' })
        assert.match(code, /^HG_(?:INPUT|NOT_CONNECTED)$/)
        await flow.stop()
      }
    }
    await start()
  })

  it('does not stage for somebody whose connection holds no token, nor without the restriction', async () => {
    const userDir = await temporaryFolder()
    await connect(userDir, {
      account: 'razcode-account:account:sandbox',
      user: 'odd',
      provider: 'healthjibe',
      tokens: {},
      grantedAt: '2026-01-01T00:00:00.000Z',
    })
    flow = await Flow.start(around({ type: 'razcode-stage' }, ['staged']), { userDir })
    const before = provider.stagedDocuments().length
    const error = await flow.failure('node', { payload: ccr, restrictTo: 'odd' })
    assert.equal(error.code, 'HG_NOT_CONNECTED')
    assert.equal(provider.stagedDocuments().length, before)
  })

  it('notes that the organisation was used', async () => {
    await start()
    await stage({ payload: ccr, organisation: 'clinic' })
    await withStore(flow.userDir, async ({ connections }) => {
      const clinic = await connections.get('razcode-account:account:sandbox:organisations', 'clinic')
      assert.ok(Math.abs(Date.parse(clinic?.lastUsedAt ?? '') - Date.now()) < 10_000)
    })
  })

  it('says HG_CONFIG for a choice that is not known', async () => {
    for (const wrong of [
      { code: 'aztec' },
      { qrFormat: 'gif' },
      { qrErrorCorrection: 'X' },
      { delivery: 'soon' },
    ]) {
      await start(wrong)
      assert.equal((await flow.failure('node', { payload: ccr })).code, 'HG_CONFIG')
      if (!('delivery' in wrong)) await flow.stop()
    }
  })

  describe('live, by way of a proxy that plays the gateway', () => {
    let proxy: TestServer
    let asked: string[]

    beforeEach(async () => {
      asked = []
      const server = createServer((request, response) => {
        asked.push(String(request.url))
        request
          .resume()
          .on('end', () => response.end('raz_id=A1&raz_image=http://www.razcode.net/i&ACK=Success'))
      })
      server.on('connect', (request, socket) => {
        asked.push(String(request.url))
        socket.end('HTTP/1.1 502 Bad Gateway\r\n\r\n')
      })
      proxy = await listen(server)
    })
    afterEach(() => proxy.close())

    const live = async (account: Partial<Config> = {}) => {
      flow = await Flow.start(
        [
          ...around({ type: 'razcode-stage' }, ['staged'], {
            environment: 'live',
            proxy: 'proxy',
            ...account,
          }),
          { id: 'proxy', type: 'http proxy', url: proxy.url, noproxy: [] },
        ],
        { credentials: { account: { consumerKey: 'key', consumerSecret: 'secret' } } },
      )
    }

    it('stages at the published address, and says in its status that this is plain http', async () => {
      await live()
      assert.equal((await stage({ payload: ccr })).razId, 'A1')
      assert.deepEqual(asked, ['http://www.razcode.net/gateway/stage'])
      assert.deepEqual(flow.statuses('node').at(-1), {
        fill: 'yellow',
        shape: 'ring',
        text: 'status.plainHttp',
      })
    })

    it('stages over https where the account says so, and never falls back to http', async () => {
      await live({ stageHttps: true })
      await flow.failure('node', { payload: ccr })
      assert.ok(asked.length > 0)
      for (const target of asked) assert.equal(target, 'www.razcode.net:443')
    })
  })

  it('looks for an organisation in the environment of its account only', async () => {
    const userDir = await temporaryFolder()
    await connect(userDir, {
      account: 'razcode-account:account:sandbox:organisations',
      user: 'ours',
      provider: 'razcode',
      tokens: { oauth_token: 'a', oauth_token_secret: 'b' },
      grantedAt: '2026-01-01T00:00:00.000Z',
    })
    flow = await Flow.start(around({ type: 'razcode-stage' }, ['staged'], { environment: 'live' }), {
      userDir,
      credentials: { account: { consumerKey: 'key', consumerSecret: 'secret' } },
    })
    const error = await flow.failure('node', { payload: ccr, organisation: 'ours' })
    assert.equal(error.code, 'HG_NOT_CONNECTED')
    assert.match(error.message, /environment: live/)
  })
})
