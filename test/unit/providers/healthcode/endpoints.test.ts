import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import {
  healthcodeEndpoints,
  healthcodeTrust,
  healthcodeUatEndpoints,
} from '../../../../src/providers/healthcode/endpoints'
import { TrustedHosts } from '../../../../src/providers/trusted-hosts'

const root = join(__dirname, '../../../..')

describe("Healthcode's addresses", () => {
  it('are those of the two documents, and no other is in the code', () => {
    const found = new Set<string>()
    for (const folder of ['src', 'nodes']) {
      for (const file of readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })) {
        if (!/\.(?:ts|js|html)$/.test(file) || file.startsWith('sandbox')) continue
        const code = readFileSync(join(root, folder, file), 'utf8')
        for (const [url] of code.matchAll(/https?:\/\/[\w.-]*healthcode\.co\.uk[^\s'"`)]*/g)) found.add(url)
      }
    }
    const known = [healthcodeEndpoints, healthcodeUatEndpoints].flatMap((each) => Object.values(each))
    assert.deepEqual([...found].sort(), known.sort())
    assert.deepEqual(Object.values(healthcodeEndpoints), [
      'https://api.healthcode.co.uk/.well-known/discovery-document.json',
      'https://auth.healthcode.co.uk/.well-known/openid-configuration',
    ])
  })

  it('may be entered in part, or wrongly', () => {
    const { discovery, openidConfiguration } = healthcodeEndpoints
    const entered = 'https://h.example/document'
    for (const endpoints of [
      { discovery, openidConfiguration: entered },
      { discovery: entered, openidConfiguration },
    ]) {
      const { domains, barred } = healthcodeTrust(endpoints)
      assert.deepEqual([domains, barred], [['healthcode.co.uk'], ['uat.healthcode.co.uk']])
    }
    const { discovery: uat } = healthcodeUatEndpoints
    const { domains, barred } = healthcodeTrust({ discovery: uat, openidConfiguration })
    assert.deepEqual([domains, barred], [['uat.healthcode.co.uk'], undefined])
    const wrong = { discovery: '', openidConfiguration: 'healthcode.co.uk' }
    assert.deepEqual(healthcodeTrust(wrong), { entered: ['', 'healthcode.co.uk'] })
    const similar = { discovery: 'https://myhealthcode.co.uk/', openidConfiguration: '' }
    assert.equal(healthcodeTrust(similar).domains, undefined)
  })

  const own = { discovery: 'https://h.example/discovery', openidConfiguration: 'https://h.example/openid' }
  for (const [what, endpoints, allowed, verdicts] of [
    ['live', healthcodeEndpoints, [], { 'ice.': true, 'uat.': false, 'ice.uat.': false }],
    ['of the user acceptance tests', healthcodeUatEndpoints, [], { 'ice.': false, 'ice.uat.': true }],
    ['of the tests, with a host allowed', healthcodeUatEndpoints, ['ice.healthcode.co.uk'], { 'ice.': true }],
    ['live, with a test host allowed', healthcodeEndpoints, ['*.uat.healthcode.co.uk'], { 'ice.uat.': true }],
    ['of somebody else', own, [], { 'ice.': false, 'ice.uat.': false }],
  ] as const) {
    it(`that are ${what} lead to no other environment`, () => {
      const trusted = new TrustedHosts({ ...healthcodeTrust(endpoints), allowed })
      for (const [below, isTrusted] of Object.entries(verdicts)) {
        const check = () => trusted.check(`https://${below}healthcode.co.uk/x`, 'It', {})
        if (isTrusted) assert.ok(check())
        else assert.throws(check, { code: 'HG_CONFIG' })
      }
    })
  }
})
