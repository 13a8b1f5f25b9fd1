import { createHmac } from 'node:crypto'
import type { Consumer } from './oauth1-verifier'

export interface Person {
  id: string
  name: string
  email: string
  password: string
}

/** Who can sign in on the sandbox's pages; the first is the demo account that these print. */
export type People = readonly [Person, ...Person[]]

export const people: People = [
  { id: 'demo', name: 'Demo Person', email: 'demo@example.org', password: 'sandbox' },
]

/** The registration that the sandbox comes with; its secret is good for this sandbox only. */
export function demoConsumer(secret: string): Consumer {
  return {
    key: 'sandbox-consumer',
    secret: createHmac('sha256', secret).update('demo consumer').digest('base64url'),
    name: 'Node-RED (demo)',
  }
}
