import assert from 'node:assert/strict'
import { type Misbehaviour, type Sandbox, startSandbox } from '../../src/sandbox/sandbox'
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

const resource = {
  resourceType: 'Patient',
  name: [{ given: ['Zebulon'], family: 'Quackenbush', text: 'Xylophagia' }],
  telecom: [{ system: 'phone', value: '555-0199-4412' }],
}

/** What each node is asked, and at which of the provider's doors it can go wrong. */
const asked = {
  token: { document: { email: 'zq@quack.example' }, doors: ['humanapi.auth'] },
  wellness: { document: {}, doors: ['humanapi.auth', 'humanapi.data'] },
  create: { document: {}, doors: ['zivacare.createUser', 'zivacare.exchange'] },
  exchange: { document: { specialToken: 'never-given-0b7c' }, doors: ['zivacare.exchange'] },
  steps: { document: {}, doors: ['zivacare.data'] },
  send: { document: resource, doors: ['healthcode.token', 'healthcode.patient_endpoint'] },
  search: {
    document: { family: 'Quackenbush' },
    doors: ['healthcode.discovery', 'healthcode.patient_endpoint'],
  },
} as const

const flows = ({ urls, demo }: Sandbox, publicUrl: string): FlowNode[] => {
  const account = (name: 'humanapi' | 'zivacare' | 'healthcode', credentials: object, more = {}) => ({
    ...{ id: name, type: `${name}-account`, environment: 'custom', timeout: 1, publicUrl },
    ...{ urls: { ...urls[name] }, credentials, ...more },
  })
  const { humanapi, zivacare, healthcode } = demo
  const user = { user: 'canary', userType: 'str', email: 'payload.email' }
  const works: [keyof typeof asked, string, object][] = [
    ['token', 'humanapi-token', { account: 'humanapi', tokenType: 'session', ...user }],
    ['wellness', 'humanapi-read', { account: 'humanapi', ...user }],
    [
      'create',
      'zivacare-token',
      { account: 'zivacare', action: 'createUser', user: 'msgid', userType: 'msg' },
    ],
    ['exchange', 'zivacare-token', { account: 'zivacare', ...user }],
    ['steps', 'zivacare-read', { account: 'zivacare', ...user }],
    ['send', 'healthcode-fhir', { account: 'healthcode', operation: 'create', endpoint: 'patient_endpoint' }],
    [
      'search',
      'healthcode-fhir',
      {
        ...{ account: 'healthcode', operation: 'search', endpoint: 'patient_endpoint' },
        ...{ query: 'payload', queryType: 'msg' },
      },
    ],
  ]
  return [
    { id: 'flow', type: 'tab', label: 'Canaries' },
    account('humanapi', { clientId: humanapi.clientId, clientSecret: humanapi.clientSecret }),
    account('zivacare', { clientId: zivacare.clientId, clientSecret: zivacare.clientSecret }),
    account(
      'healthcode',
      { apiKeyId: healthcode.apiKeyId, apiKey: healthcode.apiKey },
      { siteId: healthcode.siteId },
    ),
    ...works.flatMap(([name, type, config]) => [
      node(`post-${name}`, 'http in', [[`who-${name}`]], { url: `/${name}`, method: 'post' }),
      node(`who-${name}`, 'change', [[name]], {
        rules: [{ t: 'set', p: 'msgid', to: '_msgid', tot: 'msg' }],
      }),
      node(name, type, [['sent']], config as Record<string, unknown>),
    ]),
    node('sent', 'http response', [], { statusCode: '200' }),
    node('catch', 'catch', [['keep', 'unhappy']], { scope: works.map(([name]) => `n-${name}`) }),
    node('unhappy', 'http response', [], { statusCode: '500' }),
    ...keeping(),
  ]
}

const troubles: Misbehaviour[] = [
  { do: 'echo' },
  { do: 'html' },
  { do: 'garbage' },
  { do: 'empty', code: 500 },
  { do: 'cut' },
  { do: 'drop' },
  { do: 'hang' },
  { do: 'status', code: 401 },
  { do: 'status', code: 403 },
]

/** Refusals of what is about a person tell of the person. Those of a token tell of what was sent, which is hidden. */
const quoting: Misbehaviour[] = [
  ...[400, 404, 200].map((code) => ({
    ...{ do: 'body' as const, code, contentType: 'application/json' },
    text: JSON.stringify({ message: patient.join(' '), error: patient.join(' ') }),
  })),
  {
    ...{ do: 'body', code: 422, contentType: 'application/fhir+json' },
    text: JSON.stringify({
      resourceType: 'OperationOutcome',
      issue: [
        { severity: 'error', code: 'invalid', diagnostics: patient.join(' '), expression: ['Patient.name'] },
      ],
    }),
  },
]

describe('secrets and patients of the gateways with tokens', function () {
  this.timeout(240_000)
  let provider: Sandbox
  let nodeRed: NodeRed

  before(async () => {
    provider = await startSandbox()
  })
  useTellingNodeRed((running) => (nodeRed = running))
  after(() => provider.close())

  it('are found nowhere after everything was done and everything failed', async () => {
    const [source] = provider.humanapi.sources
    await nodeRed.deploy(flows(provider, nodeRed.url))
    const tell = async (name: keyof typeof asked) => {
      const response = await fetch(`${nodeRed.url}/${name}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(asked[name].document),
        signal: AbortSignal.timeout(20_000),
      })
      await response.arrayBuffer()
      return response.status
    }
    const names = Object.keys(asked) as (keyof typeof asked)[]
    assert.equal(await tell('token'), 200)
    provider.humanapi.connect('canary', source?.id ?? '')
    assert.deepEqual(await Promise.all(names.map(tell)), [200, 200, 200, 500, 500, 200, 200])
    let failures = 2
    for (const name of names) {
      for (const endpoint of asked[name].doors) {
        const isData = /data$|_endpoint$/.test(endpoint)
        for (const trouble of isData ? [...troubles, ...quoting] : troubles) {
          const undo = provider.misbehave({ endpoint, ...trouble })
          if ((await tell(name)) === 500) failures++
          undo()
        }
      }
    }
    const errors = []
    while (errors.length < failures) errors.push(await nodeRed.message('n-kept'))
    assert.ok(failures > 60)

    const exported = JSON.stringify(await nodeRed.getFlows())
    await nodeRed.kill('SIGTERM')
    const { humanapi, zivacare, healthcode } = provider.demo
    const stored = await storedTokens()
    assert.ok(stored.length >= 2)
    const canaries = [humanapi.clientSecret, zivacare.clientSecret, healthcode.apiKey, ...patient, ...stored]
    const places = { 'the export': exported, 'an error': JSON.stringify(errors), ...placesOf(nodeRed) }
    assert.deepEqual(canariesIn(places, canaries), [])
  })

  async function storedTokens(): Promise<string[]> {
    const connection = await storedConnection(nodeRed, 'humanapi-account:humanapi:custom', 'canary')
    const named = Object.entries(connection?.tokens ?? {})
    return named.filter(([name]) => name.endsWith('token')).map(([, token]) => token)
  }
})
