import { createRequire } from 'node:module'
import { DOCUMENT } from './bodies.mjs'

const both = (send) => ({
  get: () => send({ method: 'GET' }),
  post: () => send({ method: 'POST', body: DOCUMENT }),
})

export const clients = {
  'undici Pool': async (origin) => {
    const { Pool } = await import('undici')
    const pool = new Pool(origin, { connections: 64 })
    return both(async (options) => (await pool.request({ path: '/', ...options })).body.arrayBuffer())
  },
  HttpClient: async (origin) => {
    const { HttpClient } = createRequire(import.meta.url)('../../dist/src/http/client.js')
    const client = new HttpClient({ proxy: 'none' })
    return both(async (options) => (await client.request({ url: `${origin}/`, ...options })).body)
  },
  'global fetch': async (origin) =>
    both(async (options) => (await fetch(`${origin}/`, options)).arrayBuffer()),
}
