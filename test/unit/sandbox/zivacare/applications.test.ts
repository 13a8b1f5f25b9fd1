import assert from 'node:assert/strict'
import type { Sandbox } from '../../../../src/sandbox/sandbox'
import { closeSandboxes, FORM, jsonOf, NOW, postForm, postJson, request, sandboxFor } from '../support'
import { codeOf, connectSources, createUser, exchange, openWindow, press, read } from './support'

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-a[0-9a-f]{3}-[0-9a-f]{12}$/

describe("the sandbox's ZivaCare for applications", () => {
  let sandbox: Sandbox
  let now: number

  beforeEach(async () => {
    now = NOW
    sandbox = await sandboxFor({ now: () => now, secret: 'the same' })
  })
  afterEach(closeSandboxes)

  describe('exchanges a special token', () => {
    it('sent as a form, for the code of the user and an access token that reads their data', async () => {
      const answer = await exchange(
        sandbox,
        await connectSources(sandbox, 'maria@example.org', ['Stride Band']),
      )
      assert.deepEqual(
        [answer.status, answer.headers['content-type']],
        [200, 'application/json; charset=utf-8'],
      )
      const { ziva_user_code, access_token, ...rest } = jsonOf(answer)
      assert.match(String(ziva_user_code), UUID)
      assert.deepEqual(rest, { name: 'New Person', email: 'maria@example.org' })
      assert.equal(jsonOf(await read(sandbox, `/steps?access_token=${String(access_token)}`)).total, 60)
    })

    it('sent as JSON', async () => {
      const { clientSecret } = sandbox.demo.zivacare
      const specialToken = await connectSources(sandbox, 'maria', ['Stride Band'])
      const answer = await postJson(sandbox.urls.zivacare.exchange, { clientSecret, specialToken })
      assert.deepEqual(
        [answer.status, Object.keys(jsonOf(answer))],
        [200, ['ziva_user_code', 'name', 'access_token']],
      )
    })

    it('once', async () => {
      const specialToken = await connectSources(sandbox, 'maria', ['Stride Band'])
      const both = await Promise.all([exchange(sandbox, specialToken), exchange(sandbox, specialToken)])
      assert.deepEqual(both.map(codeOf).sort(), [
        [200, undefined],
        [400, '9004'],
      ])
    })

    it('for ten minutes', async () => {
      const specialToken = await connectSources(sandbox, 'maria', ['Stride Band'])
      now += 600_000
      assert.deepEqual(codeOf(await exchange(sandbox, specialToken)), [400, '9003'])
    })

    it("with the application's secret only, and a wrong one does not use it up", async () => {
      const specialToken = await connectSources(sandbox, 'maria', ['Stride Band'])
      assert.deepEqual(codeOf(await exchange(sandbox, specialToken, { clientSecret: 'wrong' })), [
        400,
        '0011',
      ])
      assert.deepEqual(codeOf(await exchange(sandbox, specialToken, { clientSecret: '' })), [400, '0007'])
      assert.equal((await exchange(sandbox, specialToken)).status, 200)
    })

    it('and no other', async () => {
      assert.deepEqual(codeOf(await exchange(sandbox, 'made up')), [400, '9003'])
      assert.deepEqual(codeOf(await exchange(sandbox, '')), [400, '9002'])
      assert.deepEqual(codeOf(await exchange(sandbox, 'x'.repeat(256))), [400, '9006'])
      const { accessToken } = sandbox.demo.zivacare.connectedUser
      assert.deepEqual(codeOf(await exchange(sandbox, accessToken)), [400, '9003'])
    })

    it('not of a user who was deleted before', async () => {
      const specialToken = await connectSources(sandbox, 'maria', ['Stride Band'])
      await press(sandbox, await request(`${sandbox.url}/zivacare/users`), 'Delete maria')
      assert.deepEqual(codeOf(await exchange(sandbox, specialToken)), [400, '9005'])
    })

    it('with a refusal that says what is wrong in JSON, whatever is sent', async () => {
      const url = sandbox.urls.zivacare.exchange
      const sent: [number, Parameters<typeof request>[1]][] = [
        [415, { body: 'specialToken=x' }],
        [415, { headers: { 'content-type': 'text/plain' }, body: 'specialToken=x' }],
        [415, { headers: { 'content-type': `${FORM}; charset=iso-8859-1` }, body: 'specialToken=x' }],
        [400, { headers: { 'content-type': 'application/json' }, body: '{"specialToken":"x' }],
        [400, { headers: { 'content-type': 'application/json' }, body: '["x"]' }],
        [400, { headers: { 'content-type': FORM }, body: 'clientSecret=a&clientSecret=b' }],
        [413, { headers: { 'content-type': FORM }, body: `specialToken=${'x'.repeat(70_000)}` }],
      ]
      for (const [status, what] of sent) {
        const answer = await request(url, { method: 'POST', ...what })
        assert.deepEqual(codeOf(answer), [status, String(status)], JSON.stringify(what).slice(0, 99))
        assert.ok(String(jsonOf(answer).message).length > 10)
      }
      assert.deepEqual(codeOf(await postJson(url, { clientSecret: 7, specialToken: 'x' })), [400, '9006'])
      assert.equal((await request(url)).status, 405)
    })
  })

  describe('registers a user', () => {
    it('who has a special token at once, and no sources yet', async () => {
      const answer = await createUser(sandbox, { clientUserId: 'maria@example.org' })
      assert.equal(answer.status, 200)
      const { specialToken, ...rest } = jsonOf(answer)
      assert.deepEqual(rest, {
        clientId: sandbox.demo.zivacare.clientId,
        clientUserId: 'maria@example.org',
        clientUserName: 'María Ñandú 漢字',
      })
      const { access_token, name, email } = jsonOf(await exchange(sandbox, String(specialToken)))
      assert.deepEqual([name, email], ['María Ñandú 漢字', 'maria@example.org'])
      const steps = await read(sandbox, `/steps?access_token=${String(access_token)}`)
      assert.deepEqual([steps.status, jsonOf(steps)], [200, { steps: [], total: 0 }])
    })

    it('who is the same one in the window, with the name', async () => {
      const created = jsonOf(await createUser(sandbox))
      const { ziva_user_code } = jsonOf(await exchange(sandbox, String(created.specialToken)))
      const connected = jsonOf(
        await exchange(sandbox, await connectSources(sandbox, 'maria', ['Stride Band'])),
      )
      assert.deepEqual([connected.ziva_user_code, connected.name], [ziva_user_code, 'María Ñandú 漢字'])
    })

    it('not twice, nor one who came through the window', async () => {
      assert.equal((await createUser(sandbox)).status, 200)
      assert.deepEqual(codeOf(await createUser(sandbox)), [400, '0001'])
      assert.deepEqual(codeOf(await createUser(sandbox, { clientUserId: 'demo' })), [400, '0001'])
      await connectSources(sandbox, 'peter', ['Stride Band'])
      assert.deepEqual(codeOf(await createUser(sandbox, { clientUserId: 'peter' })), [400, '0001'])
    })

    const incomplete: [string, Record<string, unknown>, string][] = [
      ['no clientId', { clientId: '' }, '0004'],
      ['no clientUserId', { clientUserId: undefined }, '0005'],
      ['no clientSecret', { clientSecret: '' }, '0007'],
      ['no clientUserName', { clientUserName: '' }, '9001'],
      ['a wrong secret', { clientSecret: 'wrong' }, '0011'],
      ['another application', { clientId: '2_other' }, '0011'],
      ['a number where text belongs', { clientUserId: 7 }, '9006'],
      ['null', { clientUserName: null }, '9001'],
    ]
    for (const [what, fields, code] of incomplete) {
      it(`not with ${what}`, async () => {
        assert.deepEqual(codeOf(await createUser(sandbox, fields)), [400, code])
      })
    }

    it('in JSON only', async () => {
      assert.deepEqual(codeOf(await postForm(sandbox.urls.zivacare.createUser, {})), [415, '415'])
    })
  })

  describe('deletes a user on a page', () => {
    const remove = async (name: string) =>
      press(sandbox, await request(`${sandbox.url}/zivacare/users`), `Delete ${name}`)

    it('which lists them with what they have connected', async () => {
      await connectSources(sandbox, 'maria', ['Home Scale'])
      await createUser(sandbox, { clientUserId: '<peter>' })
      const { text } = await request(`${sandbox.url}/zivacare/users`)
      assert.match(text, /<strong>demo<\/strong>, Demo Person.*Stride Band, Home Scale, Vital Kit/s)
      assert.match(text, /<strong>maria<\/strong>.*>Home Scale<.*&lt;peter&gt;.*>No sources</s)
    })

    it('whose tokens are void from then on, also when somebody new gets the id', async () => {
      const { ziva_user_code, access_token } = jsonOf(
        await exchange(sandbox, await connectSources(sandbox, 'maria', ['Stride Band'])),
      )
      const reading = async () => (await read(sandbox, `/steps?access_token=${String(access_token)}`)).status
      assert.equal(await reading(), 200)
      assert.equal((await remove('maria')).headers.location, '/zivacare/users')
      assert.equal(await reading(), 401)
      const again = jsonOf(await exchange(sandbox, await connectSources(sandbox, 'maria', ['Stride Band'])))
      assert.notEqual(again.ziva_user_code, ziva_user_code)
      assert.equal(await reading(), 401)
      assert.equal((await read(sandbox, `/steps?access_token=${String(again.access_token)}`)).status, 200)
    })

    it('the demo user too, whose documented token is void then as well', async () => {
      await remove('demo')
      assert.equal((await read(sandbox, '/steps?access_token=demo')).status, 401)
      assert.equal((await read(sandbox, '/steps')).status, 401)
    })
  })

  describe('with the same secret, after it has started again', () => {
    it('knows access tokens and what was connected', async () => {
      const specialToken = await connectSources(sandbox, 'maria@example.org', ['Home Scale'])
      const { access_token, ziva_user_code } = jsonOf(await exchange(sandbox, specialToken))
      const { demo } = sandbox
      sandbox = await sandboxFor({ now: () => now, secret: 'the same' })
      assert.deepEqual(sandbox.demo.zivacare, demo.zivacare)
      const weights = jsonOf(await read(sandbox, `/weights?access_token=${String(access_token)}`))
      assert.equal(weights.total, 20)
      assert.equal((weights.weights as { user_code: string }[])[0]?.user_code, ziva_user_code)
      assert.equal(jsonOf(await read(sandbox, `/steps?access_token=${String(access_token)}`)).total, 0)
      assert.match(
        (await openWindow(sandbox, { clientUserId: 'maria@example.org' })).text,
        /Disconnect Home Scale/,
      )
    })

    it('with another one does not', async () => {
      const { accessToken } = sandbox.demo.zivacare.connectedUser
      sandbox = await sandboxFor({ secret: 'another' })
      assert.equal((await read(sandbox, `/steps?access_token=${accessToken}`)).status, 401)
    })
  })

  describe('misbehaves when told', () => {
    const told = async (rule: Parameters<Sandbox['misbehave']>[0]) => {
      sandbox.misbehave({ times: 1, ...rule })
      return exchange(sandbox, await connectSources(sandbox, 'maria@example.org', ['Stride Band']))
    }

    it('with half of the fields', async () => {
      const answer = await told({
        endpoint: 'zivacare.exchange',
        do: 'without',
        fields: ['access_token', 'email'],
      })
      assert.deepEqual(Object.keys(jsonOf(answer)), ['ziva_user_code', 'name'])
    })

    it('with the other spelling of the fields', async () => {
      const answer = await told({ endpoint: 'zivacare.exchange', do: 'otherSpelling' })
      assert.deepEqual(Object.keys(jsonOf(answer)), ['zivaUserCode', 'name', 'email', 'accessToken'])
    })

    it('with JSON that is cut in the middle', async () => {
      const { status, text } = await told({ endpoint: 'zivacare.exchange', do: 'cutJson' })
      assert.equal(status, 200)
      assert.throws(() => JSON.parse(text) as unknown)
    })

    it('with a special token that counts as expired', async () => {
      assert.deepEqual(codeOf(await told({ endpoint: 'zivacare.exchange', do: 'expireTokens' })), [
        400,
        '9003',
      ])
    })
  })
})
