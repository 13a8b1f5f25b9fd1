/**
 * Requests per second of several clients against one server. They take turns in every round, and a ratio is formed
 * within its round, so that a noisy machine disturbs all of them alike.
 * @param {{name: string, send: (kind: object) => Promise<unknown>}[]} clients the first is what the others are compared with
 * @returns {Promise<Record<string, {rate: number, rates: number[]}>>} medians over the rounds
 */
export async function throughput(clients, kind, { inFlight, rounds, milliseconds }) {
  const rates = Object.fromEntries(clients.map(({ name }) => [name, []]))
  for (let round = 0; round <= rounds; round++) {
    for (const { name, send } of clients) {
      const rate = await run(() => send(kind), inFlight, milliseconds)
      // the first round warms up
      if (round > 0) rates[name].push(rate)
    }
  }
  return Object.fromEntries(
    Object.entries(rates).map(([name, own]) => [name, { rate: Math.round(median(own)), rates: own }]),
  )
}

/** Of two results of one run, the median of the ratios of each round. */
export const ratioOf = (one, other) => median(one.rates.map((rate, round) => rate / other.rates[round]))

async function run(send, inFlight, milliseconds) {
  const begun = performance.now()
  const end = begun + milliseconds
  let done = 0
  const worker = async () => {
    for (; performance.now() < end; done++) await send()
  }
  await Promise.all(Array.from({ length: inFlight }, worker))
  return (done * 1000) / (performance.now() - begun)
}

function median(values) {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)]
}
