import assert from 'node:assert/strict'
import { ResourceStore } from '../../../../src/sandbox/healthcode/fhir/store'

const basic = { resourceType: 'Basic' }

describe("the sandbox's store of resources", () => {
  it('keeps the newest 20,000, and the newest 100 versions of each', () => {
    const store = new ResourceStore(() => 0)
    for (let number = 0; number < 20_010; number++) store.write('POST', 'Basic', `b${number}`, basic)
    assert.equal(store.live('Basic').length, 20_000)
    assert.equal(store.newest('Basic', 'b9'), undefined)
    assert.equal(store.newest('Basic', 'b10')?.number, 1)
    for (let number = 0; number < 200; number++) store.write('PUT', 'Basic', 'b10', basic)
    assert.deepEqual(
      [store.versions('Basic', 'b10').length, store.versions('Basic', 'b10')[0]?.number],
      [100, 102],
    )
  })

  it('is as it was after work that failed, also where it was full', () => {
    const store = new ResourceStore(() => 0)
    for (let number = 0; number < 20_000; number++) store.write('POST', 'Basic', `b${number}`, basic)
    const failing = () =>
      store.atomically(() => {
        store.write('PUT', 'Basic', 'b1', basic)
        store.remove('Basic', 'b2')
        store.write('POST', 'Patient', 'p', { resourceType: 'Patient' })
        throw new Error('in the end')
      })
    assert.throws(failing, /in the end/)
    assert.equal(store.live('Basic').length, 20_000)
    assert.deepEqual(
      ['b1', 'b2'].map((id) => store.versions('Basic', id).length),
      [1, 1],
    )
    assert.equal(store.newest('Patient', 'p'), undefined)
    store.write('POST', 'Patient', 'p', { resourceType: 'Patient' })
    assert.equal(store.live('Basic').length, 19_999)
  })
})
