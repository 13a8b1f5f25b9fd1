import assert from 'node:assert/strict'
import { HttpClient } from '../../../../src/http/client'
import { Discovery } from '../../../../src/providers/healthcode/discovery'
import { TrustedHosts } from '../../../../src/providers/trusted-hosts'
import { failing } from '../../../support/failing'
import { type FaultyServer, startFaultyServer } from '../../../support/faulty-server'

describe("Healthcode's discovery document", () => {
  let server: FaultyServer
  let http: HttpClient
  let document: Record<string, unknown>

  beforeEach(async () => {
    http = new HttpClient({ proxy: 'none' })
    server = await startFaultyServer({
      '/discovery': (_request, response) => response.end(JSON.stringify(document)),
    })
  })
  afterEach(async () => {
    await http.close()
    await server.close()
  })
  const open = (): Discovery => {
    const url = `${server.url}/discovery`
    return new Discovery({ url, http, trusted: new TrustedHosts({ entered: [url] }), now: () => 0 })
  }

  it('names as APIs what has an address of the web', async () => {
    document = {
      ...{ b: 'https://h/b', a: 'HTTP://h/a', c: 'see https://h/c', d: ['https://h/d'] },
      ...{ e: 7, f: null, g: 'ftp://h/g', h: '' },
    }
    assert.deepEqual(await open().keys(), ['a', 'b'])
  })

  it('that names none is of no use', async () => {
    document = { a: 'none', b: ['https://h/b'] }
    const { cause } = await failing(open().keys(), 'HG_RESPONSE')
    assert.deepEqual([cause.provider, cause.operation], ['healthcode', 'discovery'])
  })

  it('is asked for again for a key that it lacks, but not for each message', async () => {
    document = { a: `${server.url}/a` }
    const discovery = open()
    for (let times = 0; times < 5; times++) {
      const { cause } = await failing(discovery.find('b', 'read'), 'HG_CONFIG')
      assert.deepEqual([cause.provider, cause.operation], ['healthcode', 'read'])
    }
    assert.equal(server.count('/discovery'), 2)
  })

  it('that is another one by now, and lacks the key as well, is the one that is told', async () => {
    document = { a: `${server.url}/a` }
    const discovery = open()
    await discovery.keys()
    document = { newer: `${server.url}/newer` }
    const { message } = await failing(discovery.find('b', 'read'), 'HG_CONFIG')
    assert.match(message, /"b".*: newer\./)
  })

  it('has no address elsewhere where it is the same, or has the API no more', async () => {
    document = { a: `${server.url}/a` }
    const discovery = open()
    const place = await discovery.find('a', 'read')
    assert.equal(await discovery.elsewhere('a', place, 'read', true), undefined)
    document = { a: `${server.url}/a`, b: `${server.url}/b` }
    assert.equal(await discovery.elsewhere('a', place, 'read', true), undefined)
    document = { b: `${server.url}/b` }
    const second = await discovery.find('b', 'read')
    assert.equal(await discovery.elsewhere('a', second, 'read', true), undefined)
  })

  it('has an API of whatever name, but not what every object has', async () => {
    document = { a: `${server.url}/a` }
    await failing(open().find('toString', 'read'), 'HG_CONFIG')
  })

  it('remembers five addresses of an API, the newest first', async () => {
    const discovery = open()
    document = { a: `${server.url}/0` }
    let place = await discovery.find('a', 'read')
    for (let move = 1; move < 7; move++) {
      document = { a: `${server.url}/${move}` }
      const next = await discovery.elsewhere('a', place, 'read', true)
      assert.equal(next?.url, `${server.url}/${move}`)
      place = next
    }
    assert.deepEqual(
      discovery.addressesOf('a'),
      [6, 5, 4, 3, 2].map((move) => `${server.url}/${move}`),
    )
    assert.deepEqual(discovery.addressesOf('b'), [])
  })

  it('is told with 40 of its keys, and that there are more', async () => {
    const keys = Array.from({ length: 41 }, (_, index) => `key${index + 10}`)
    const told = async (count: number) => {
      document = Object.fromEntries(keys.slice(0, count).map((key) => [key, 'https://h/x']))
      return (await failing(open().find('none', 'read'), 'HG_CONFIG')).message
    }
    assert.ok((await told(40)).endsWith(`: ${keys.slice(0, 40).join(', ')}.`))
    assert.ok((await told(41)).endsWith(`: ${keys.slice(0, 40).join(', ')}, ….`))
  })

  it('is told without keys that are no names, be they its own or of a message', async () => {
    for (const odd of ['Mary Millington', '<Millington', 'Millington>', 'Millington'.repeat(9)]) {
      document = { [odd]: 'https://h/x', known: 'https://h/x' }
      const { message } = await failing(open().find(`${odd}?`, 'read'), 'HG_CONFIG')
      assert.doesNotMatch(message, /Millington/)
      assert.match(message, /: known\.$/)
    }
    const { message } = await failing(open().find('x'.repeat(81), 'read'), 'HG_CONFIG')
    assert.doesNotMatch(message, /x{81}/)
  })
})
