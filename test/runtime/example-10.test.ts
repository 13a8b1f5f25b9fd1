import assert from 'node:assert/strict'
import { type Page, Person } from '../support/person'
import { deployExample } from './support/example'

interface Paid {
  paid: string
  by: string
  amount: number
  currency: string
}

interface Claims {
  payment: string
  claims: { invoice: string; invoiced: number; paid: number }[]
}

describe('the example of members and remittances at Healthcode, as imported', function () {
  this.timeout(60_000)
  const example = deployExample('10')

  const address = () => `${example.nodeRed.url}/healthcode/members`
  const member = {
    insurerIdentifier: 'bup',
    firstName: 'Tomasz',
    lastName: 'Hargreaves',
    dateOfbirth: '1949-06-24',
  }
  const find = async (form: Record<string, string> = {}): Promise<Page> => {
    const person = new Person()
    return person.submit(await person.visit(address()), 'Find', form)
  }

  it('shows a form that is filled in with a member of the sandbox', async () => {
    const { status, text } = await new Person().visit(address())
    assert.equal(status, 200)
    for (const [name, value] of Object.entries(member)) {
      assert.ok(text.includes(`name="${name}" value="${value}"`), name)
    }
    assert.doesNotMatch(text, /<table|role="alert"/)
  })

  it('finds the member, and nobody of another birth', async () => {
    const found = await find()
    assert.equal(found.status, 200, found.text)
    assert.match(found.text, /<td>Tomasz Hargreaves<\/td><td>BUP\d{6}<\/td><td>Bupa<\/td>/)
    const nobody = await find({ dateOfbirth: '1949-06-25' })
    assert.match(nobody.text, /Nobody was found/)
  })

  it('tells a browser what is missing, and keeps what was written as text', async () => {
    const { status, text } = await find({ lastName: '', firstName: '"><script>alert(1)</script>' })
    assert.equal(status, 400)
    assert.match(text, /role="alert">The insurer needs other details/)
    assert.doesNotMatch(text, /<script/)
    assert.equal(await example.errorCode(), 'HG_INPUT')
  })

  it('shows what was paid, newest first', async () => {
    await example.press('What was paid')
    const paid = (await example.shown('paid')) as Paid[]
    assert.ok(paid.length > 3)
    for (const { amount, currency, by } of paid) assert.ok(amount > 0 && currency === 'GBP' && by !== '')
    const days = paid.map((one) => one.paid)
    assert.deepEqual(days, [...days].sort().reverse())
  })

  it('reads each payment with its claims, one when the one before was handled', async () => {
    await example.press('Claims of each payment')
    const [first, second] = [await example.shown('claims'), await example.shown('claims', 2)] as Claims[]
    assert.notEqual(first?.payment, second?.payment)
    for (const { claims } of [first!, second!]) {
      assert.ok(claims.length > 0)
      for (const { invoice, invoiced, paid } of claims) assert.ok(invoice !== '' && paid <= invoiced)
    }
  })

  it('tells a browser when it does not work at all', async () => {
    const person = new Person()
    const form = await person.visit(address())
    await example.change(example.node('healthcode-account'), { environment: 'live' })
    const { status, text } = await person.submit(form, 'Find')
    assert.equal(status, 502)
    assert.match(text, /role="alert">This did not work/)
    assert.equal(await example.errorCode(), 'HG_CONFIG')
  })
})
