import { fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'

const RUNNER = fileURLToPath(new URL('client-process.mjs', import.meta.url))

/**
 * What several clients do with one server, each in a process of its own, so that none of them works with what another one
 * has loaded: importing undici, say, replaces what the global fetch is made of. They take turns in every round, and a
 * ratio is formed within its round, so that a noisy machine disturbs all of them alike.
 * @param {URL} clients a module whose export `clients` has, by name, `(origin) => Promise<{[kind]: () => Promise, close?}>`
 * @param {URL} server a program that sends its port to its parent
 */
export async function startAll({ clients, server }) {
  const { clients: known } = await import(clients)
  const serving = fork(fileURLToPath(server))
  const [port] = await once(serving, 'message')
  const origin = `http://127.0.0.1:${port}`
  const running = []
  for (const name of Object.keys(known)) {
    const child = fork(RUNNER, [clients.href, name, origin])
    const ended = once(child, 'exit').then(([code]) => {
      throw new Error(`${name} ended with ${code}`)
    })
    const ask = async (question) => {
      if (question) child.send(question)
      const [answer] = await Promise.race([once(child, 'message'), ended])
      return answer
    }
    await ask()
    running.push({ name, ask, stop: () => Promise.allSettled([ended, child.disconnect()]) })
  }
  return {
    names: running.map(({ name }) => name),
    /** @returns {Promise<Record<string, Result>>} by the clients' names */
    throughput: (kind, options) => throughput(running, kind, options),
    stop: async () => {
      await Promise.all(running.map(({ stop }) => stop()))
      serving.disconnect()
    },
  }
}

/**
 * @typedef {object} Result
 * @property {number} rate requests per second, the median of the rounds
 * @property {number} cpu microseconds of the client's processor time for a request, likewise
 * @property {number[]} rates of each round
 */
async function throughput(running, kind, { inFlight, rounds, milliseconds }) {
  const results = Object.fromEntries(running.map(({ name }) => [name, []]))
  for (let round = 0; round <= rounds; round++) {
    for (const { name, ask } of running) {
      const result = await ask({ kind, inFlight, milliseconds })
      // the first round warms up
      if (round > 0) results[name].push(result)
    }
  }
  return Object.fromEntries(
    Object.entries(results).map(([name, own]) => {
      const rates = own.map(({ rate }) => rate)
      return [name, { rate: Math.round(median(rates)), cpu: median(own.map(({ cpu }) => cpu)), rates }]
    }),
  )
}

/** Of two results of one run, the median of the ratios of each round. */
export const ratioOf = (one, other) => median(one.rates.map((rate, round) => rate / other.rates[round]))

function median(values) {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)]
}

/** A table of Markdown. @param {(name: string, column: number) => string} cell */
export function table(first, columns, names, cell) {
  const rows = names.map((name) => [name, ...columns.map((_, at) => cell(name, at))])
  return [[first, ...columns], ['', ...columns].map(() => '---'), ...rows]
    .map((row) => `| ${row.join(' | ')} |`)
    .join('\n')
}
