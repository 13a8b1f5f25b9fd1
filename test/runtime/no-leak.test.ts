import assert from 'node:assert/strict'
import { type Misbehaviour, type Sandbox, startSandbox } from '../../src/sandbox/sandbox'
import { Person } from '../support/person'
import {
  canariesIn,
  keeping,
  node,
  patient,
  placesOf,
  storedConnection,
  useTellingNodeRed,
} from './support/leaks'
import type { FlowNode, NodeRed } from './support/node-red'

const consumer = { key: 'canary-key-5f1c', secret: 'CanarySecret9d2e77b1', name: 'Canary' }
const ccr =
  '<ContinuityOfCareRecord xmlns="urn:astm-org:CCR"><Given>Zebulon</Given><Family>Quackenbush</Family>' +
  '<Text>Xylophagia</Text><Telephone>555-0199-4412</Telephone><EMail>zq@quack.example</EMail></ContinuityOfCareRecord>'

const canary = { rules: [{ t: 'set', p: 'user', pt: 'msg', to: 'canary', tot: 'str' }] }

const flows = (provider: Sandbox, publicUrl: string): FlowNode[] => [
  { id: 'flow', type: 'tab', label: 'Canaries' },
  {
    id: 'account',
    type: 'razcode-account',
    environment: 'custom',
    urls: provider.urls.razcode,
    publicUrl,
    timeout: 1,
    credentials: { consumerKey: consumer.key, consumerSecret: consumer.secret },
  },
  node('request', 'http in', [['who']], { url: '/connect', method: 'get' }),
  node('who', 'change', [['connect']], canary),
  node('connect', 'healthjibe-connect', [['answer'], ['connected']], { account: 'account' }),
  node('request-sign-on', 'http in', [['who-signs-on']], { url: '/sign-on', method: 'get' }),
  node('who-signs-on', 'change', [['sign-on']], canary),
  node('sign-on', 'healthjibe-connect', [['answer'], ['connected']], {
    account: 'account',
    action: 'signOn',
  }),
  node('request-activate', 'http in', [['which']], { url: '/activate', method: 'get' }),
  node('which', 'change', [['activate']], canary),
  node('activate', 'razcode-activate', [['answer'], ['connected']], { account: 'account' }),
  node('answer', 'http response', []),
  node('connected', 'debug', [], { complete: 'true', tosidebar: true, console: true, active: true }),
  node('post', 'http in', [['notify']], { url: '/send', method: 'post' }),
  node('notify', 'healthjibe-notify', [['sent'], ['sent']], {
    account: 'account',
    user: 'canary',
    userType: 'str',
    document: 'payload.document',
  }),
  node('post-stage', 'http in', [['stage']], { url: '/stage', method: 'post' }),
  node('stage', 'razcode-stage', [['sent']], {
    account: 'account',
    document: 'payload.document',
    code: 'qr',
    restrictTo: 'canary',
    restrictToType: 'str',
    organisation: 'canary',
    organisationType: 'str',
    payment: 'payload.payment',
    paymentType: 'msg',
  }),
  node('post-list', 'http in', [['hms-list']], { url: '/list', method: 'post' }),
  node('hms-list', 'hms-list', [['sent']], { account: 'account', user: 'canary', userType: 'str' }),
  node('post-read', 'http in', [['hms-read']], { url: '/read', method: 'post' }),
  node('hms-read', 'hms-read', [['sent']], {
    account: 'account',
    user: 'canary',
    userType: 'str',
    hms: 'My Health Journal',
    hmsType: 'str',
  }),
  node('sent', 'change', [['kept', 'reply']], { rules: [{ t: 'delete', p: 'req.body', pt: 'msg' }] }),
  node('reply', 'http response', [], { statusCode: '200' }),
  node('catch', 'catch', [['keep', 'unhappy']], {
    scope: ['connect', 'sign-on', 'activate', 'notify', 'stage', 'hms-list', 'hms-read', 'list'].map(
      (id) => `n-${id}`,
    ),
  }),
  node('unhappy', 'http response', [], { statusCode: '500' }),
  ...keeping(),
  node('list', 'health-connections', [['kept']], { account: 'account' }),
  node('every', 'inject', [['list']], { props: [] }),
]

/** What can go wrong at the provider, once each. */
const troubles: Misbehaviour[] = [
  { do: 'echo' },
  { do: 'html' },
  { do: 'garbage' },
  { do: 'empty', code: 500 },
  { do: 'cut' },
  { do: 'drop' },
  { do: 'close' },
  { do: 'hang' },
  { do: 'expireTokens' },
  { do: 'status', code: 403 },
  { do: 'status', code: 503 },
]

/** An answer that is about the patient. */
const quoting = (code: number): Misbehaviour => ({
  do: 'body',
  text: `{"ACK":"No","errormsg":"${patient.join(' ')}"}`,
  contentType: 'text/plain',
  code,
})

const documents = [
  ccr,
  `${ccr}<`,
  'Zebulon Quackenbush',
  '',
  { patient: 'Zebulon' },
  ccr.replace('<Given>', '<Given'),
]

describe('secrets and patients', function () {
  this.timeout(120_000)
  let provider: Sandbox
  let nodeRed: NodeRed

  before(async () => {
    provider = await startSandbox({ consumers: [consumer] })
  })
  useTellingNodeRed((running) => (nodeRed = running))
  after(() => provider.close())

  it('are found nowhere after everything was done and everything failed', async () => {
    await nodeRed.deploy(flows(provider, nodeRed.url))
    const person = new Person()
    const send = (document: unknown, to = 'send') =>
      fetch(`${nodeRed.url}/${to}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ document, payment: { name: 'Xylophagia' } }),
        signal: AbortSignal.timeout(10_000),
      })

    for (const decision of ['Refuse', 'Approve']) {
      const page = await person.visit(`${nodeRed.url}/connect`)
      const login = decision === 'Approve' ? provider.demo.login : {}
      const next = await person.submit(page, decision, { ...login })
      if (decision === 'Approve') await person.submit(next, 'Save and go back')
    }
    const signOn = await person.visit(`${nodeRed.url}/sign-on`)
    assert.match((await person.submit(signOn, 'Sign in', { ...provider.demo.login })).text, /signed on/)
    for (const decision of ['Refuse', 'Approve']) {
      const page = await person.visit(`${nodeRed.url}/activate`)
      await person.submit(
        page,
        decision,
        decision === 'Approve' ? { ...provider.demo.organisationLogin } : {},
      )
    }
    // Every way back once more: used, or of another browser.
    const waysBack = person.visited.filter((url) => url.includes('/callback'))
    assert.equal(waysBack.length, 6)
    for (const url of waysBack) {
      assert.notEqual((await person.ask(url)).status, 200)
      assert.equal((await new Person().ask(url)).status, 403)
    }
    const answers: number[] = []
    for (const document of documents) answers.push((await send(document)).status)
    assert.deepEqual(answers, [200, 500, 500, 500, 500, 500])
    for (const trouble of troubles) {
      const undo = provider.misbehave({ endpoint: 'sourceNotification', ...trouble })
      assert.equal((await send(ccr)).status, 500, trouble.do)
      undo()
    }
    let others = 0
    for (const [path, endpoint, more] of [
      ['stage', 'stageUrl', [{ do: 'stageFailure' }, { do: 'noAck' }, quoting(400), quoting(200)]],
      ['list', 'hmsList', [quoting(404), quoting(200)]],
      ['read', 'hmsRead', [quoting(404), quoting(200)]],
    ] as const) {
      assert.equal((await send(ccr, path)).status, 200, path)
      const reading = troubles.filter((trouble) => path === 'stage' || trouble.do !== 'echo')
      for (const trouble of [...reading, ...more]) {
        const undo = provider.misbehave({ endpoint, ...trouble })
        assert.equal((await send(ccr, path)).status, 500, `${path} ${trouble.do}`)
        undo()
        others++
      }
    }
    const stop = provider.misbehave({ endpoint: 'requestToken', do: 'status', code: 401 })
    assert.equal((await person.ask(`${nodeRed.url}/connect`)).status, 500)
    stop()
    await nodeRed.inject('n-every')
    const failures = 2 + waysBack.length * 2 + documents.length - 1 + troubles.length + others + 1
    const kept = []
    // Beside them what was sent, staged, listed and read, and the list of connections.
    while (kept.length < failures + 5) kept.push(await nodeRed.message('n-kept'))
    const errors = kept.filter(({ error }) => error !== undefined)
    assert.equal(errors.length, failures)

    const exported = JSON.stringify(await nodeRed.getFlows())
    await nodeRed.kill('SIGTERM')
    const codes = provider.stagedDocuments().map(({ razId }) => razId)
    assert.ok(codes.length > 0)
    const canaries = [
      consumer.secret,
      ...patient,
      ...codes,
      ...tokensIn(person.visited),
      ...(await storedTokens()),
    ]
    assert.ok(canaries.length >= patient.length + 7)

    const places = { 'the export': exported, 'an error': JSON.stringify(errors), ...placesOf(nodeRed) }
    assert.ok(Object.keys(places).some((name) => name.includes('context')))
    assert.ok(Object.keys(places).some((name) => name.includes('health-gateways')))
    assert.deepEqual(canariesIn(places, canaries), [])
  })

  /** What a signature base string, a header or a callback would show. */
  function tokensIn(visited: readonly string[]): string[] {
    const secret = new Set(['oauth_token', 'oauth_verifier', 'oauth_signature', 'state'])
    const values = visited.flatMap((url) =>
      [...new URL(url).searchParams].filter(([name]) => secret.has(name)).map(([, value]) => value),
    )
    return [...new Set(values)]
  }

  async function storedTokens(): Promise<string[]> {
    const connection = await storedConnection(nodeRed, 'razcode-account:account:custom', 'canary')
    assert.ok(connection)
    return Object.values(connection.tokens)
  }
})
