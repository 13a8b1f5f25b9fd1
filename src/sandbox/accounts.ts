import { createHmac } from 'node:crypto'
import type { Consumer } from './oauth1-verifier'

/** Of a person, or of an organisation. */
export interface Account {
  id: string
  name: string
  email: string
  password: string
}

/** The first is the demo account that the pages with a sign-in print. */
export type Accounts = readonly [Account, ...Account[]]

/** Who has a HealthJibe account. The demo person is connected to the demo consumer, the other one to nothing. */
export const people: readonly [Account, Account] = [
  { id: 'demo', name: 'Demo Person', email: 'demo@example.org', password: 'sandbox' },
  { id: 'new', name: 'New Person', email: 'new@example.org', password: 'sandbox' },
]

/** Who has an account on the RAZCODE Platform. */
export const organisations: Accounts = [
  { id: 'clinic', name: 'Demo Clinic', email: 'clinic@example.org', password: 'sandbox' },
]

/** The registration that the sandbox comes with; its secret is good for this sandbox only. */
export function demoConsumer(secret: string): Consumer {
  return {
    key: 'sandbox-consumer',
    secret: createHmac('sha256', secret).update('demo consumer').digest('base64url'),
    name: 'Node-RED (demo)',
  }
}
