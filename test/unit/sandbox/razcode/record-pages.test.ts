import assert from 'node:assert/strict'
import type { Sandbox } from '../../../../src/sandbox/sandbox'
import { Person } from '../../../support/person'
import type { Pairs } from '../plain-signer'
import { closeSandboxes, demoOrganisation, demoUser, post, sandboxFor } from '../support'

const RECORD =
  '<ContinuityOfCareRecord><Body><VitalSigns><Result><DateTime><ExactDateTime>2011-04-01T08:00Z</ExactDateTime>' +
  '</DateTime><Description><Text>Weight &lt;b&gt;</Text></Description></Result></VitalSigns>' +
  '<Problems><Problem/></Problems></Body></ContinuityOfCareRecord>'

describe("the sandbox's pages of a RAZCODE", () => {
  let sandbox: Sandbox
  let person: Person

  beforeEach(async () => {
    sandbox = await sandboxFor({ keep: { count: 2, bytes: 1_000_000 } })
    person = new Person()
  })
  afterEach(closeSandboxes)

  const stage = async (her: string, more: Pairs = []) => {
    const uri = sandbox.urls.razcode.stageUrl
    const { text } = await post(uri, demoOrganisation(sandbox), [['her', her], ...more])
    const parameters = new URLSearchParams(text)
    return { razId: parameters.get('raz_id') ?? '', uri: parameters.get('raz_uri') ?? '' }
  }
  const type = async (code: string) =>
    person.submit(await person.visit(`${sandbox.url}/razcode`), 'Show the record', { code })

  it('show the record to who opens its address: whose it is, what is in it, and its text', async () => {
    const { razId, uri } = await stage(RECORD, [['pmt', '{"amount":"<1>"}']])
    const { status, text } = await person.visit(uri)
    assert.equal(status, 200)
    for (const shown of [
      `<dd>${razId}</dd>`,
      'Demo Clinic, by Node-RED (demo)',
      '<code>{&quot;amount&quot;:&quot;&lt;1&gt;&quot;}</code>',
      'whoever has the code',
      '<dt>Vital signs</dt>',
      'Weight &lt;b&gt; (2011-04-01)',
      'without a name',
      '&lt;ContinuityOfCareRecord&gt;',
    ]) {
      assert.ok(text.includes(shown), shown)
    }
    assert.doesNotMatch(text, /<b>|<Body>/)
  })

  it('name what has no description by its own name: products, people, organisations, systems', async () => {
    const actor = (what: string) => `<Actor><ActorObjectID>a</ActorObjectID>${what}</Actor>`
    const { uri } = await stage(
      '<ContinuityOfCareRecord><Body><Medications><Medication><Product><ProductName><Text>Amoxicillin</Text>' +
        '</ProductName></Product></Medication></Medications></Body><Actors>' +
        actor(
          '<Person><Name><CurrentName><Given>Ada</Given><Family>Roe</Family></CurrentName></Name></Person>',
        ) +
        actor('<Organization><Name>North Clinic</Name></Organization>') +
        actor('<InformationSystem><Name>Old EMR</Name></InformationSystem>') +
        '</Actors></ContinuityOfCareRecord>',
    )
    const { text } = await person.visit(uri)
    const page = text.slice(0, text.indexOf('<pre'))
    for (const shown of ['Amoxicillin', 'Ada Roe', 'North Clinic', 'Old EMR'])
      assert.ok(page.includes(shown), shown)
    assert.doesNotMatch(page, /without a name/)
  })

  it('find the record by its code, however it is typed', async () => {
    const { razId, uri } = await stage('bp120/80')
    for (const typed of [razId, ` ${razId.toLowerCase()} `, `${razId.slice(0, 4)}-${razId.slice(4)}`]) {
      const page = await type(typed)
      assert.equal(page.url, uri, typed)
      assert.match(page.text, /OMHE message.*<pre tabindex="0">bp120\/80<\/pre>/s)
    }
  })

  it('ask again for a code that is none', async () => {
    for (const typed of ['', 'ABCD2345', '"><script>']) {
      const page = await type(typed)
      assert.equal(page.status, 422)
      assert.match(page.text, /role="alert">\s*There is no record for this code/)
      assert.doesNotMatch(page.text, /<script/)
    }
    for (const path of ['/r/ABCD2345', '/r/ABCD2345/image']) {
      assert.equal((await person.visit(sandbox.url + path)).status, 404)
    }
  })

  it('keep the newest records, as many as they may', async () => {
    const first = await stage('ok')
    await stage('ok')
    await stage('ok')
    assert.equal((await person.visit(first.uri)).status, 404)
  })

  it('show a record that is for one person to that person only', async () => {
    const { uri } = await stage(RECORD, [['user', demoUser(sandbox).token ?? '']])
    const asked = await person.visit(uri)
    assert.doesNotMatch(asked.text, /Weight/)
    const other = await person.submit(asked, 'Sign in', { ...sandbox.demo.newLogin })
    assert.equal(other.status, 403)
    assert.doesNotMatch(other.text, /Weight/)
    const again = await person.submit(other, 'Sign out')
    const shown = await person.submit(again, 'Sign in', { ...sandbox.demo.login })
    assert.deepEqual([shown.url, shown.status], [uri, 200])
    assert.match(shown.text, /Weight.*signed in as <strong>demo@example\.org/s)
    assert.match((await new Person().visit(uri)).text, /type="password"/, 'in another browser again')
  })

  it('show the beginning of a section with many entries', async () => {
    const { uri } = await stage(RECORD.replace('<Problem/>', '<Problem/>'.repeat(30)))
    assert.match((await person.visit(uri)).text, /without a name, 10 more</)
  })
})
