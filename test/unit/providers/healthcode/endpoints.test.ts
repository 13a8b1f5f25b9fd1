import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { healthcodeEndpoints, healthcodeUatEndpoints } from '../../../../src/providers/healthcode/endpoints'

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
})
