import assert from 'node:assert/strict'
import { startFaultyServer } from '../support/faulty-server'
import { Person } from '../support/person'
import { anyPort, firstExample, nodeOf, sandboxUrl } from './support/example'
import { type FlowNode, type NodeRed, startNodeRed } from './support/node-red'

const example = firstExample()
const connect = nodeOf(example, 'healthjibe-connect').id
const notify = nodeOf(example, 'healthjibe-notify').id
const sendDemo = nodeOf(example, 'inject', "Send the demo user's CCR").id
const sendMaria = nodeOf(example, 'inject', "Send Maria's CCR").id
const account = nodeOf(example, 'razcode-account')

/** The example with a node that hands all errors to the test. */
const watched: FlowNode[] = [
  ...example,
  { id: 'watch', type: 'catch', z: example[0]!.id, scope: null, x: 0, y: 0, wires: [['caught']] },
  { id: 'caught', type: 'test-capture', z: example[0]!.id, x: 0, y: 0, wires: [] },
]

async function connectMaria(nodeRed: NodeRed): Promise<void> {
  const person = new Person()
  const authorize = await person.visit(`${nodeRed.url}/healthjibe/connect`)
  const login = { email: 'demo@example.org', password: 'sandbox' }
  const end = await person.submit(await person.submit(authorize, 'Approve', login), 'Save and go back')
  assert.match(end.text, /You are connected/)
}

const isGreen = ({ fill }: { fill?: string }) => fill === 'green'

describe('the first example, as imported', function () {
  this.timeout(60_000)
  let nodeRed: NodeRed

  beforeEach(async () => {
    nodeRed = await startNodeRed({ env: anyPort })
    await nodeRed.deploy(watched)
  })
  afterEach(() => nodeRed.stop())

  const arrived = async () => {
    const page = await (await fetch(sandboxUrl(nodeRed))).text()
    return page.match(/CCR document \d+/g)?.length ?? 0
  }

  it('sends the record of the demo user, and of a person who has connected', async () => {
    await nodeRed.inject(sendMaria)
    const { error } = await nodeRed.message('caught')
    assert.equal((error as { code: string }).code, 'HG_NOT_CONNECTED')
    await nodeRed.inject(sendDemo)
    await nodeRed.status(notify, isGreen)
    assert.equal(await arrived(), 1)
    await connectMaria(nodeRed)
    await nodeRed.status(connect, isGreen)
    await nodeRed.inject(sendMaria)
    const sent = nodeOf(example, 'debug', 'sent').id
    await nodeRed.debugged(sent)
    for (let tries = 0; tries < 50 && (await arrived()) < 2; tries++)
      await new Promise((next) => setTimeout(next, 50))
    assert.equal(await arrived(), 2)
  })

  it('still knows who is connected after a restart, and after a crash', async () => {
    await connectMaria(nodeRed)
    await nodeRed.restart()
    await nodeRed.inject(sendMaria)
    await nodeRed.status(notify, isGreen)
    await nodeRed.kill('SIGKILL')
    await nodeRed.start()
    await nodeRed.inject(nodeOf(example, 'inject', 'Who is connected?').id)
    const [{ msg } = { msg: '' }] = await nodeRed.debugged(nodeOf(example, 'debug', 'connections').id)
    assert.match(JSON.stringify(msg), /maria/)
  })

  it('can be deployed while a request is on its way: the log says what became of it', async () => {
    const silent = await startFaultyServer()
    try {
      await nodeRed.inject(sendDemo)
      await nodeRed.status(notify, isGreen)
      const slow = watched.map((node) =>
        node.id === account.id
          ? {
              ...node,
              environment: 'custom',
              publicUrl: nodeRed.url,
              urls: { requestToken: `${silent.url}/hang` },
              credentials: { consumerKey: 'key', consumerSecret: 'secret' },
            }
          : node,
      )
      await nodeRed.deploy(slow)
      const begun = fetch(`${nodeRed.url}/healthjibe/connect`).catch(() => undefined)
      await nodeRed.status(connect, ({ fill, shape }) => fill === 'blue' && shape === 'dot')
      const before = Date.now()
      await nodeRed.deploy(watched)
      assert.ok(Date.now() - before < 10_000, 'the deploy waited for the request')
      assert.match(nodeRed.log, /\[healthjibe-connect:.*HG_CLOSED/)
      await nodeRed.inject(sendDemo)
      await nodeRed.status(notify, isGreen)
      void begun
    } finally {
      await silent.close()
    }
  })

  it('is not disturbed by a second Node-RED on the same folder, which says what is wrong', async () => {
    await nodeRed.inject(sendDemo)
    await nodeRed.status(notify, isGreen)
    const second = await startNodeRed({ env: anyPort, userDir: nodeRed.userDir })
    try {
      await second.inject(sendDemo)
      const { error } = await second.message('caught')
      assert.equal((error as { code: string }).code, 'HG_CONFLICT')
      assert.match((error as { message: string }).message, /another process/)
      await nodeRed.inject(sendDemo)
      assert.equal(nodeRed.currentStatus(notify)?.fill, 'green')
    } finally {
      await second.kill('SIGTERM')
    }
  })
})
