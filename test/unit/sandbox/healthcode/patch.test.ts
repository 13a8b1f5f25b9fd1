import assert from 'node:assert/strict'
import { FhirRefusal } from '../../../../src/sandbox/healthcode/fhir/outcome'
import { patched } from '../../../../src/sandbox/healthcode/fhir/patch'
import type { Resource } from '../../../../src/sandbox/healthcode/fhir/resource'

const basic = (content: object): Resource => ({ resourceType: 'Basic', ...content })

/** Cases of RFC 6902 appendix A, in a resource. */
const works: Record<string, [before: object, patch: object[], after: object]> = {
  'adding a member': [{ a: 1 }, [{ op: 'add', path: '/b', value: 2 }], { a: 1, b: 2 }],
  'adding over a member': [{ a: 1 }, [{ op: 'add', path: '/a', value: 2 }], { a: 2 }],
  'adding an element': [{ a: [1, 3] }, [{ op: 'add', path: '/a/1', value: 2 }], { a: [1, 2, 3] }],
  'adding at the end': [{ a: [1] }, [{ op: 'add', path: '/a/-', value: [2] }], { a: [1, [2]] }],
  'removing a member': [{ a: 1, b: 2 }, [{ op: 'remove', path: '/b' }], { a: 1 }],
  'removing an element': [{ a: [1, 2, 3] }, [{ op: 'remove', path: '/a/1' }], { a: [1, 3] }],
  'replacing a value': [{ a: { b: 1 } }, [{ op: 'replace', path: '/a/b', value: 2 }], { a: { b: 2 } }],
  'replacing an element': [{ a: [1, 2] }, [{ op: 'replace', path: '/a/0', value: 9 }], { a: [9, 2] }],
  'moving a value': [
    { a: { b: 1, c: 2 }, d: {} },
    [{ op: 'move', from: '/a/b', path: '/d/e' }],
    { a: { c: 2 }, d: { e: 1 } },
  ],
  'moving an element': [{ a: [1, 2, 3] }, [{ op: 'move', from: '/a/0', path: '/a/2' }], { a: [2, 3, 1] }],
  'copying a value': [{ a: [1] }, [{ op: 'copy', from: '/a', path: '/b' }], { a: [1], b: [1] }],
  'testing a value': [
    { a: [1, { b: null }] },
    [{ op: 'test', path: '/a', value: [1, { b: null }] }],
    { a: [1, { b: null }] },
  ],
  'a name with escapes': [
    { 'a/b': 1, '~1': 2 },
    [
      { op: 'test', path: '/a~1b', value: 1 },
      { op: 'remove', path: '/~01' },
    ],
    { 'a/b': 1 },
  ],
  'a member that is not known to the operation': [{ a: 1 }, [{ op: 'remove', path: '/a', xyz: 1 }], {}],
}

const unfit: Record<string, [before: object, patch: unknown, status: number]> = {
  'a place whose parent is not there': [{ a: 1 }, [{ op: 'add', path: '/b/c', value: 1 }], 422],
  'a member that is not there': [{ a: 1 }, [{ op: 'remove', path: '/b' }], 422],
  'replacing what is not there': [{ a: 1 }, [{ op: 'replace', path: '/b', value: 1 }], 422],
  'an index that is too large': [{ a: [1] }, [{ op: 'add', path: '/a/2', value: 1 }], 422],
  'an index with a leading zero': [{ a: [1, 2] }, [{ op: 'remove', path: '/a/00' }], 422],
  'removing the end of an array': [{ a: [1] }, [{ op: 'remove', path: '/a/-' }], 422],
  'a test of another value': [{ a: '1' }, [{ op: 'test', path: '/a', value: 1 }], 422],
  'something inherited': [{ a: 1 }, [{ op: 'test', path: '/constructor', value: 1 }], 422],
  'a prototype': [{ a: 1 }, [{ op: 'add', path: '/__proto__', value: { x: 1 } }], 422],
  'no operations': [{ a: 1 }, [], 400],
  'an unknown operation': [{ a: 1 }, [{ op: 'spam', path: '/a' }], 400],
  'no path': [{ a: 1 }, [{ op: 'remove' }], 400],
  'a path without a slash': [{ a: 1 }, [{ op: 'remove', path: 'a' }], 400],
  'a broken escape': [{ a: 1 }, [{ op: 'remove', path: '/~2' }], 400],
  'no value': [{ a: 1 }, [{ op: 'add', path: '/b' }], 400],
  'no from': [{ a: 1 }, [{ op: 'move', path: '/b' }], 400],
  'no object': [{ a: 1 }, ['remove'], 400],
}

describe("the sandbox's JSON Patch", () => {
  for (const [what, [before, patch, after]] of Object.entries(works)) {
    it(`does ${what}`, () => {
      const resource = basic(before)
      assert.deepEqual(patched(resource, patch), basic(after))
      assert.deepEqual(resource, basic(before), 'what was given is as it was')
    })
  }

  for (const [what, [before, patch, status]] of Object.entries(unfit)) {
    it(`refuses ${what}`, () => {
      assert.throws(
        () => patched(basic(before), patch),
        (error) => error instanceof FhirRefusal && error.status === status,
      )
    })
  }
})
