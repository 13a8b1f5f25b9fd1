// CCR documents read and written, against the usual libraries. Each round runs all variants, so that a busy machine
// disturbs all of them alike; a ratio is formed within its round. What is about memory and the event loop is measured in
// a process of its own. bench/package.json has the libraries.
import { spawnSync } from 'node:child_process'
import { createReadStream, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import os from 'node:os'
import path from 'node:path'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { ccrDocument } from './lib/ccr-document.mjs'

const require = createRequire(import.meta.url)
const { readCcr } = require('../dist/src/documents/ccr/read.js')
const { ccrEntries } = require('../dist/src/documents/ccr/entries.js')
const { CcrReader } = require('../dist/src/documents/ccr/reader.js')
const { ccrText, writeCcr } = require('../dist/src/documents/ccr/write.js')

const MB = 1_000_000
const median = (numbers) => numbers.toSorted((a, b) => a - b)[numbers.length >> 1]

if (process.argv[2] === 'alone') await alone(process.argv[3], process.argv[4])
else await main()

async function main() {
  await reading(1 * MB, 9)
  await reading(1 * MB, 9, { pretty: true })
  await reading(50 * MB, 3)
  await writing(1 * MB, 9)
  inProcessesOfTheirOwn()
}

/** Runs every variant in every round, after one that is not counted. */
async function rounds(count, variants) {
  const times = variants.map(() => [])
  for (let round = 0; round <= count; round++) {
    for (const i of variants.keys()) {
      const at = (i + round) % variants.length
      const { run, repeat = 1 } = variants[at]
      const start = performance.now()
      for (let n = 0; n < repeat; n++) await run()
      if (round > 0) times[at].push((performance.now() - start) / repeat)
    }
  }
  return variants.map(({ name }, i) => ({ name, times: times[i] }))
}

function table(title, size, measured, against) {
  const peers = against.map((name) => measured.find((one) => one.name === name))
  console.log(`\n${title}\n\n| variant | MB/s | ${against.map((name) => `x ${name}`).join(' | ')} |`)
  console.log(`|---|---:|${against.map(() => '---:|').join('')}`)
  for (const { name, times } of measured) {
    const ratios = peers.map((peer) =>
      median(peer.times.map((took, round) => took / times[round])).toFixed(2),
    )
    console.log(`| ${name} | ${(size / MB / (median(times) / 1000)).toFixed(1)} | ${ratios.join(' | ')} |`)
  }
}

async function reading(size, count, { pretty = false } = {}) {
  const { XMLParser } = await import('fast-xml-parser')
  const { parseStringPromise } = await import('xml2js')
  const { SaxesParser } = await import('saxes')
  const document = ccrDocument(size, { pretty })
  const repeat = Math.max(1, Math.round((5 * MB) / size))
  const fast = new XMLParser({ ignoreAttributes: false, parseTagValue: false })
  const measured = await rounds(count, [
    { name: 'readCcr', repeat, run: () => readCcr(document) },
    { name: 'readCcr, this thread', repeat, run: () => readHere(document) },
    {
      name: 'saxes, nothing kept',
      repeat,
      run: () => new SaxesParser({ xmlns: true }).write(document.toString()).close(),
    },
    { name: 'fast-xml-parser, validating', run: () => fast.parse(document.toString(), true) },
    { name: 'xml2js', run: () => parseStringPromise(document.toString()) },
  ])
  table(
    `Reading ${Math.round(size / MB)} MB to the full model${pretty ? ', indented' : ''}`,
    document.length,
    measured,
    ['fast-xml-parser, validating', 'xml2js', 'saxes, nothing kept'],
  )
}

function readHere(document) {
  const reader = new CcrReader()
  for (let at = 0; at < document.length; at += 65_536) reader.write(document.subarray(at, at + 65_536))
  reader.end()
  return reader.tree.documents
}

async function writing(size, count) {
  const { XMLBuilder } = await import('fast-xml-parser')
  const { create } = await import('xmlbuilder2')
  const document = ccrDocument(size)
  const ccr = await readCcr(document)
  const tree = { ContinuityOfCareRecord: { '@_xmlns': 'urn:astm-org:CCR', ...ccr } }
  const fast = new XMLBuilder({ ignoreAttributes: false })
  const dom = { ContinuityOfCareRecord: { '@xmlns': 'urn:astm-org:CCR', ...ccr } }
  const measured = await rounds(count, [
    { name: 'writeCcr', repeat: 5, run: () => writeCcr(ccr) },
    { name: 'writeCcr, pretty', repeat: 5, run: () => writeCcr(ccr, { pretty: true }) },
    { name: 'JSON.stringify', repeat: 5, run: () => JSON.stringify(ccr) },
    { name: 'fast-xml-parser', repeat: 5, run: () => fast.build(tree) },
    { name: 'xmlbuilder2', run: () => create(dom).end() },
  ])
  table(`Writing ${Math.round(size / MB)} MB`, document.length, measured, ['fast-xml-parser', 'xmlbuilder2'])
}

function inProcessesOfTheirOwn() {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'hg-bench-'))
  const files = { '1 MB': path.join(folder, '1.xml'), '50 MB': path.join(folder, '50.xml') }
  writeFileSync(files['1 MB'], ccrDocument(1 * MB))
  writeFileSync(files['50 MB'], ccrDocument(50 * MB))
  console.log(
    '\nIn a process of its own; a delay is how long the event loop was held, the median of five runs',
  )
  console.log(
    '\n| what | document | ms per MB | event loop busy, ms per MB | longest delay, ms | p99, ms | peak memory, MB |\n|---|---|---:|---:|---:|---:|',
  )
  for (const what of ['entries', 'read', 'read here', 'read and write']) {
    for (const [label, file] of Object.entries(files)) {
      const runs = Array.from({ length: 5 }, () => {
        const { stdout } = spawnSync(
          process.execPath,
          [fileURLToPath(import.meta.url), 'alone', what, file],
          {
            encoding: 'utf8',
            stdio: ['ignore', 'pipe', 'inherit'],
          },
        )
        return JSON.parse(stdout)
      })
      const of = (key) => median(runs.map((run) => run[key])).toFixed(/perMb/i.test(key) ? 1 : 0)
      console.log(
        `| ${what} | ${label} | ${of('perMb')} | ${of('busyPerMb')} | ${of('longest')} | ${of('p99')} | ${of('peak')} |`,
      )
    }
  }
  rmSync(folder, { recursive: true })
}

/** One of them: the code is warm, as in a Node-RED that has seen documents before. */
async function alone(what, file) {
  const work = {
    entries: async (from) => {
      let count = 0
      for await (const { entry } of ccrEntries(createReadStream(from))) if (entry) count++
      return count
    },
    read: async (from) => readCcr(readFileSync(from)),
    'read here': async (from) => {
      const reader = new CcrReader()
      const bytes = readFileSync(from)
      for (let at = 0; at < bytes.length; at += 65_536) {
        reader.write(bytes.subarray(at, at + 65_536))
        await new Promise(setImmediate)
      }
      reader.end()
      return reader.tree.documents
    },
    'read and write': async (from) => ccrText(await readCcr(readFileSync(from))),
  }[what]
  const small = path.join(path.dirname(file), '1.xml')
  for (let i = 0; i < 5; i++) await work(small)
  await sleep(200)
  let peak = 0
  const watch = setInterval(() => (peak = Math.max(peak, process.memoryUsage.rss())), 5)
  const delay = monitorEventLoopDelay({ resolution: 1 })
  delay.enable()
  await sleep(20)
  delay.reset()
  const { size } = statSync(file)
  const before = performance.eventLoopUtilization()
  const start = performance.now()
  await work(file)
  const took = performance.now() - start
  const { active } = performance.eventLoopUtilization(before)
  delay.disable()
  clearInterval(watch)
  const ms = (nanoseconds) => nanoseconds / 1e6
  console.log(
    JSON.stringify({
      perMb: took / (size / MB),
      busyPerMb: active / (size / MB),
      longest: ms(delay.max),
      p99: ms(delay.percentile(99)),
      peak: Math.max(peak, process.memoryUsage.rss()) / MB,
    }),
  )
}
