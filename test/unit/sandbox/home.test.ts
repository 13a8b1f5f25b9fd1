import assert from 'node:assert/strict'
import type { Sandbox } from '../../../src/sandbox/sandbox'
import { closeSandboxes, demoOrganisation, notify, post, request, sandboxFor } from './support'

describe("the sandbox's own pages", () => {
  let sandbox: Sandbox

  beforeEach(async () => {
    sandbox = await sandboxFor({ keep: { count: 3, bytes: 1000 } })
  })
  afterEach(closeSandboxes)

  const page = async (path: string) => (await request(sandbox.url + path)).text

  it('tell what is served, by whom, and that nothing leaves the machine', async () => {
    const { status, headers, text } = await request(sandbox.url)
    assert.equal(status, 200)
    assert.equal(headers['content-type'], 'text/html; charset=utf-8')
    assert.match(text, /Nothing leaves this machine/)
    assert.match(text, /Nothing yet\. Send a document/)
    const { consumer, login, newLogin, organisationLogin } = sandbox.demo
    const logins = [login, newLogin, organisationLogin].flatMap(({ email, password }) => [email, password])
    for (const told of [consumer.key, consumer.secret, ...logins]) assert.ok(text.includes(told), told)
    for (const url of Object.values(sandbox.urls.razcode)) assert.ok(text.includes(` ${url}</code>`), url)
    for (const path of ['/razcode', '/connections']) {
      assert.ok(text.includes(`<a href="${path}">`))
      assert.equal((await request(sandbox.url + path)).status, 200)
    }
  })

  it('list what has arrived, newest first, each with a page', async () => {
    await notify(sandbox, 'bp120/80')
    await notify(sandbox, '<ContinuityOfCareRecord/>')
    const links = [
      ...(await page('/')).matchAll(/<a href="(\/documents\/\d+)">([^<]*)<\/a>\s+for (\S+),\s+(\d+ \w+)/g),
    ]
    assert.deepEqual(
      links.map(([, ...parts]) => parts),
      [
        ['/documents/2', 'CCR document 2', 'demo@example.org', '25 bytes'],
        ['/documents/1', 'OMHE message 1', 'demo@example.org', '8 bytes'],
      ],
    )
    assert.match(await page('/documents/1'), /My Health Journal.*<pre tabindex="0">bp120\/80<\/pre>/s)
  })

  it('list what was staged, each with a link to its page', async () => {
    const uri = sandbox.urls.razcode.stageUrl
    const user = sandbox.demo.connectedUser.oauth_token
    const secrets = demoOrganisation(sandbox)
    await post(uri, secrets, [['her', 'bp120/80']])
    await post(uri, secrets, [
      ['her', 'ok'],
      ['user', user],
    ])
    const [first, second] = sandbox.stagedDocuments().map(({ razId }) => razId)
    const listed = [...(await page('/')).matchAll(/<a href="\/r\/(\w+)">.*?<\/time>\s*· for ([^<]*?)\s*</gs)]
    assert.deepEqual(
      listed.map(([, ...parts]) => parts),
      [
        [second, 'demo@example.org'],
        [first, 'whoever has the code'],
      ],
    )
  })

  it('show a document as text, whatever is in it', async () => {
    const her =
      '<ContinuityOfCareRecord><T>&lt;/pre&gt;</T><script>alert("1")</script></ContinuityOfCareRecord>'
    await notify(sandbox, her)
    const shown = await page('/documents/1')
    assert.doesNotMatch(shown, /<script/)
    assert.ok(shown.includes('&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt;'))
    assert.ok(shown.includes('&lt;T&gt;&amp;lt;/pre&amp;gt;&lt;/T&gt;'))

    const { headers, text } = await request(`${sandbox.url}/documents/1/text`)
    assert.equal(text, her)
    assert.equal(headers['content-type'], 'text/plain; charset=utf-8')
    assert.equal(headers['x-content-type-options'], 'nosniff')
  })

  it('show the beginning of a large document', async () => {
    await notify(sandbox, `<ContinuityOfCareRecord>${'<T>x</T>'.repeat(50_000)}</ContinuityOfCareRecord>`)
    const shown = await page('/documents/1')
    assert.match(shown, /The beginning of it/)
    assert.ok(shown.length < 700_000)
    assert.equal((await page('/documents/1/text')).length, 400_049)
  })

  it('keep the newest documents, no more than they may', async () => {
    for (let number = 1; number <= 5; number++) await notify(sandbox, `wt=${number}`)
    const kept = () => sandbox.documents().map(({ her }) => her.slice(0, 4))
    assert.deepEqual(kept(), ['wt=3', 'wt=4', 'wt=5'])
    assert.equal((await request(`${sandbox.url}/documents/2`)).status, 404)

    await notify(sandbox, `ci=6${'x'.repeat(600)}`)
    await notify(sandbox, `ci=7${'x'.repeat(600)}`)
    assert.deepEqual(kept(), ['ci=7'], 'by size')
    await notify(sandbox, `ci=8${'x'.repeat(2000)}`)
    assert.deepEqual(kept(), ['ci=8'], 'the newest whatever its size')
  })

  it('answer with a page for what is not there', async () => {
    for (const path of [
      '/else',
      '/documents/1',
      '/documents/x',
      '/gateway/sourcenotification/x',
      '/GATEWAY/stage',
    ]) {
      const { status, text } = await request(sandbox.url + path)
      assert.equal(status, 404, path)
      assert.match(text, /Nothing leaves this machine.*<h1>Not Found<\/h1>/s)
    }
    assert.equal((await request(sandbox.url, { target: '/%zz' })).status, 400)
  })

  it('answer 405 and the right methods', async () => {
    const get = await request(sandbox.urls.razcode.sourceNotification)
    assert.deepEqual([get.status, get.headers.allow], [405, 'POST'])
    const put = await request(sandbox.urls.razcode.requestToken, { method: 'PUT' })
    assert.deepEqual([put.status, put.headers.allow], [405, 'GET, HEAD, POST'])
    const post = await request(sandbox.url, { method: 'POST' })
    assert.deepEqual([post.status, post.headers.allow], [405, 'GET, HEAD'])
  })

  it('answer HEAD as GET, without a body', async () => {
    const { status, headers, text } = await request(sandbox.url, { method: 'HEAD' })
    assert.deepEqual([status, text], [200, ''])
    assert.ok(Number(headers['content-length']) > 1000)
  })

  it('have a stylesheet for light and dark', async () => {
    const { headers, text } = await request(`${sandbox.url}/sandbox.css`)
    assert.equal(headers['content-type'], 'text/css; charset=utf-8')
    assert.match(text, /prefers-color-scheme: dark/)
  })

  it('have every address of the provider', async () => {
    assert.deepEqual(Object.keys(sandbox.urls.razcode), [
      'requestToken',
      'accessToken',
      'authorize',
      'authenticate',
      'configure',
      'activate',
      'sourceNotification',
      'hmsList',
      'hmsRead',
      'stage',
      'stageUrl',
    ])
    for (const url of Object.values(sandbox.urls.razcode)) {
      assert.notEqual((await request(url, { method: 'POST' })).status, 404, url)
    }
  })

  it('answer under no name that a foreign site could give this machine', async () => {
    const { port } = new URL(sandbox.url)
    for (const host of [
      'evil.example',
      `evil.example:${port}`,
      `127.0.0.1.evil.example:${port}`,
      '10.0.0.1',
    ]) {
      assert.equal((await request(sandbox.url, { headers: { host } })).status, 421, host)
    }
    assert.equal((await request(sandbox.url, { headers: { host: `localhost:${port}` } })).status, 200)
  })
})
