// Writes connections, several at a time, until it is killed; says of each what is to come and what is confirmed.
import { writeSync } from 'node:fs'
import { openEmbeddedStore } from '../../../../src/store/embedded/embedded-store'
import { connection, KEY } from '../support/stores'

const [path = '', round = ''] = process.argv.slice(2)

async function main(): Promise<void> {
  const { connections } = await openEmbeddedStore({ path, keys: [KEY] })
  let next = 0
  async function lane(): Promise<never> {
    for (;;) {
      const at = next++
      const { account, user } = connection(`${round}-${at}`)
      await connections.put(connection(user))
      say('put', user)
      if (at % 3 === 0) {
        say('updating', user)
        await connections.update(account, user, { notificationStatus: false })
        say('updated', user)
      }
      if (at % 5 === 0) {
        say('forgetting', user)
        await connections.forget(account, user)
        say('forgotten', user)
      }
    }
  }
  say('open', '')
  await Promise.all([lane(), lane(), lane(), lane()])
}

/** At once, so that a killed process has said what it knew. */
function say(what: string, user: string): void {
  writeSync(1, `${what} ${user}\n`)
}

void main()
