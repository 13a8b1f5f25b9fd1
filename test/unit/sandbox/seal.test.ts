import assert from 'node:assert/strict'
import { Seal } from '../../../src/sandbox/seal'

describe("the sandbox's seal", () => {
  const seal = new Seal('secret', 'purpose')

  it('gives back what it sealed, and the same token for the same values', () => {
    const values = ['a', '', '漢字 "."']
    assert.deepEqual(seal.open(seal.seal(values)), values)
    assert.equal(new Seal('secret', 'purpose').seal(values), seal.seal(values))
  })

  it('opens nothing that was changed, or sealed with another secret or for another purpose', () => {
    const token = seal.seal(['a', 'b'])
    const other = [new Seal('other', 'purpose'), new Seal('secret', 'other')].map((one) =>
      one.seal(['a', 'b']),
    )
    for (const forged of [
      ...other,
      `x${token}`,
      `${token}x`,
      token.slice(1),
      token.slice(0, -1),
      '',
      '.',
      'é.é',
    ]) {
      assert.equal(seal.open(forged), undefined, forged)
    }
  })
})
