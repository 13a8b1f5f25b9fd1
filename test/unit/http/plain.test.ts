import assert from 'node:assert/strict'
import { isPlainHttp } from '../../../src/http/plain'

describe('plain http to another machine', () => {
  const addresses: [string, boolean][] = [
    ['http://www.razcode.net/gateway/stage', true],
    ['https://www.razcode.net/gateway/stage', false],
    ['http://127.0.0.1:18880/', false],
    ['http://[::1]/', false],
    ['http://localhost/', false],
    ['http://flows.localhost/', false],
    ['http://localhost.example.org/', true],
    ['http://127.0.0.1.example.org/', true],
    ['http://10.0.0.1/', true],
  ]
  for (const [address, plain] of addresses) {
    it(`${plain ? 'is' : 'is not'} ${address}`, () => {
      assert.equal(isPlainHttp(new URL(address)), plain)
    })
  }
})
