import assert from 'node:assert/strict'
import { startFaultyServer } from '../support/faulty-server'
import { Person } from '../support/person'
import { anyPort, deployExample, sandboxUrl } from './support/example'
import { type NodeRed, startNodeRed } from './support/node-red'

async function connectMaria(nodeRed: NodeRed): Promise<void> {
  const person = new Person()
  const authorize = await person.visit(`${nodeRed.url}/healthjibe/connect`)
  const login = { email: 'demo@example.org', password: 'sandbox' }
  const end = await person.submit(await person.submit(authorize, 'Approve', login), 'Save and go back')
  assert.match(end.text, /You are connected/)
}

const sendDemo = "Send the demo user's CCR"
const sendMaria = "Send Maria's CCR"
const isGreen = ({ fill }: { fill?: string }) => fill === 'green'

describe('the first example, as imported', function () {
  this.timeout(60_000)
  const example = deployExample('01')
  const connect = example.node('healthjibe-connect').id
  const notify = example.node('healthjibe-notify').id

  const arrived = async () => {
    const page = await (await fetch(sandboxUrl(example.nodeRed))).text()
    return page.match(/CCR document \d+/g)?.length ?? 0
  }

  it('sends the record of the demo user, and of a person who has connected', async () => {
    await example.press(sendMaria)
    assert.equal(await example.errorCode(), 'HG_NOT_CONNECTED')
    await example.press(sendDemo)
    await example.shown('sent')
    assert.equal(await arrived(), 1)
    await connectMaria(example.nodeRed)
    await example.nodeRed.status(connect, isGreen)
    await example.press(sendMaria)
    await example.shown('sent', 2)
    assert.equal(await arrived(), 2)
  })

  it('still knows who is connected after a restart, and after a crash', async () => {
    const { nodeRed } = example
    await connectMaria(nodeRed)
    await nodeRed.restart()
    await example.press(sendMaria)
    await nodeRed.status(notify, isGreen)
    await nodeRed.kill('SIGKILL')
    await nodeRed.start()
    await example.press('Who is connected?')
    assert.match(JSON.stringify(await example.shown('connections')), /maria/)
  })

  it('can be deployed while a request is on its way: the log says what became of it', async () => {
    const { nodeRed } = example
    const silent = await startFaultyServer()
    try {
      await example.press(sendDemo)
      await nodeRed.status(notify, isGreen)
      await example.change(example.node('razcode-account'), {
        environment: 'custom',
        publicUrl: nodeRed.url,
        urls: { requestToken: `${silent.url}/hang` },
        credentials: { consumerKey: 'key', consumerSecret: 'secret' },
      })
      const begun = fetch(`${nodeRed.url}/healthjibe/connect`).catch(() => undefined)
      await nodeRed.status(connect, ({ fill, shape }) => fill === 'blue' && shape === 'dot')
      await nodeRed.deploy([...example.flow])
      // What Node-RED logs when a node does not end within its 15 seconds.
      assert.doesNotMatch(nodeRed.log, /Error stopping node|timed out/i)
      assert.match(nodeRed.log, /\[healthjibe-connect:.*HG_CLOSED/)
      await example.press(sendDemo)
      await nodeRed.status(notify, isGreen)
      void begun
    } finally {
      await silent.close()
    }
  })

  it('is not disturbed by a second Node-RED on the same folder, which says what is wrong', async () => {
    const { nodeRed } = example
    await example.press(sendDemo)
    await nodeRed.status(notify, isGreen)
    const second = await startNodeRed({ env: anyPort, userDir: nodeRed.userDir })
    try {
      await second.inject(example.node('inject', sendDemo).id)
      const { error } = await second.message('caught')
      assert.equal((error as { code: string }).code, 'HG_CONFLICT')
      assert.match((error as { message: string }).message, /another process/)
      await example.press(sendDemo)
      assert.equal(nodeRed.currentStatus(notify)?.fill, 'green')
    } finally {
      await second.kill('SIGTERM')
    }
  })
})
