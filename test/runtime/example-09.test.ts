import assert from 'node:assert/strict'
import { type Page, Person } from '../support/person'
import { daysAgo } from '../support/days'
import { deployExample } from './support/example'

describe('the example of reading steps and sleep from ZivaCare, as imported', function () {
  this.timeout(60_000)
  const example = deployExample('09')

  const days = (query: Record<string, string> = {}): Promise<Page> =>
    new Person().visit(`${example.nodeRed.url}/zivacare/days?${new URLSearchParams(query).toString()}`)
  const rows = ({ text }: Page) => {
    const [, steps = '', sleep = ''] = text.split('<h2>')
    return [steps, sleep].map((part) => [...part.matchAll(/<tr><th>([^<]*)</g)].map(([, of]) => of))
  }

  it('shows the steps and the nights of the last two weeks, oldest first', async () => {
    const page = await days()
    assert.equal(page.status, 200, page.text)
    const [steps = [], sleep = []] = rows(page)
    for (const shown of [steps, sleep]) {
      assert.ok(shown.length >= 13 && shown.length <= 14, String(shown.length))
      assert.deepEqual(shown, [...shown].sort())
    }
    assert.match(page.text, /<td>\d+<\/td><td><meter/)
    assert.match(page.text, /<td>\d+(\.\d)? hours<\/td>/)
  })

  it('shows the days that are asked for, and keeps the form filled in', async () => {
    const page = await days({ from: daysAgo(9), to: daysAgo(7) })
    const asked = [daysAgo(9), daysAgo(8), daysAgo(7)]
    assert.deepEqual(rows(page), [asked, asked])
    assert.ok(page.text.includes(`name="from" value="${daysAgo(9)}"`))
    const one = await days({ from: daysAgo(5), to: daysAgo(5) })
    assert.deepEqual(rows(one), [[daysAgo(5)], [daysAgo(5)]])
    const early = await days({ from: '2001-01-01', to: '2001-01-31' })
    assert.equal(early.text.match(/Nothing has been recorded/g)?.length, 2)
  })

  it('tells a browser what is wrong with the days', async () => {
    const wrong = [
      { from: daysAgo(1), to: daysAgo(2) },
      { from: '2026-13-01', to: '' },
      { from: '"><script>alert(1)</script>', to: daysAgo(1) },
    ]
    for (const query of wrong) {
      const page = await days(query)
      assert.equal(page.status, 400)
      assert.match(/role="alert">([^<]*)/.exec(page.text)?.[1] ?? '', /first day/)
      assert.doesNotMatch(page.text, /<script|<h2>/)
      assert.equal(await example.errorCode(), 'HG_INPUT')
    }
  })

  it('tells a browser when it does not work at all', async () => {
    await example.change(example.node('zivacare-account'), { environment: 'live' })
    const { status, text } = await days()
    assert.equal(status, 502)
    assert.match(text, /role="alert">This did not work/)
    assert.equal(await example.errorCode(), 'HG_CONFIG')
  })
})
