// Opens the store with the given keys (a JSON array) and closes it; is killed at the step of the given number, before
// it is done. A step is whatever changes the files: a write or a compaction.
import { ClassicLevel } from 'classic-level'
import { openEmbeddedStore } from '../../../../src/store/embedded/embedded-store'

const [path = '', keys = '', dieAt = ''] = process.argv.slice(2)

let step = 0
for (const method of ['batch', 'compactRange'] as const) {
  const original = Reflect.get(ClassicLevel.prototype, method) as (...args: unknown[]) => unknown
  Reflect.set(ClassicLevel.prototype, method, function (this: unknown, ...args: unknown[]): unknown {
    if (++step === Number(dieAt)) process.kill(process.pid, 'SIGKILL')
    return original.apply(this, args)
  })
}

async function main(): Promise<void> {
  console.log('opening')
  const store = await openEmbeddedStore({ path, keys: JSON.parse(keys) as string[] })
  await store.close()
  console.log(`done in ${step} steps`)
}

void main()
