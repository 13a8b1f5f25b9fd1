// Waits for a line, so that several can begin together, then prints the keys of the directory.
import { once } from 'node:events'
import { builtinKeys } from '../../../../src/store/builtin-key'

async function main(): Promise<void> {
  console.log('ready')
  await once(process.stdin, 'data')
  process.stdin.destroy()
  console.log(JSON.stringify(await builtinKeys(process.argv[2]!)))
}

void main()
