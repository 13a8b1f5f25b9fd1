// One client in a process of its own: makes requests for as long as its parent tells, and answers with how many a second.
const [, , module, name, origin] = process.argv

const { clients } = await import(module)
const client = await clients[name](origin)

process.on('message', async ({ kind, inFlight, milliseconds }) => {
  process.send(await run(client[kind], inFlight, milliseconds))
})
process.once('disconnect', async () => {
  await client.close?.()
  process.exit()
})
process.send('ready')

async function run(send, inFlight, milliseconds) {
  const used = process.cpuUsage()
  const begun = performance.now()
  const end = begun + milliseconds
  let done = 0
  const worker = async () => {
    for (; performance.now() < end; done++) await send()
  }
  await Promise.all(Array.from({ length: inFlight }, worker))
  const rate = (done * 1000) / (performance.now() - begun)
  const { user, system } = process.cpuUsage(used)
  return { rate, cpu: (user + system) / done }
}
