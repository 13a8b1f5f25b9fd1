// CCR documents read, checked and written, against the usual libraries. Each round runs all variants, so that a busy
// machine disturbs all of them alike; a ratio is formed within its round. What is about memory and the event loop is
// measured in a process of its own. What the node `ccr` does is measured in Node-RED's own runtime, with the node in a
// flow. bench/package.json has the libraries.
import { spawnSync } from 'node:child_process'
import { createReadStream, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import os from 'node:os'
import path from 'node:path'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { ccrDocument } from './lib/ccr-document.mjs'
import { inFlow } from './lib/flow.mjs'

const require = createRequire(import.meta.url)
const { readCcr } = require('../dist/src/documents/ccr/read.js')
const { ccrEntries } = require('../dist/src/documents/ccr/entries.js')
const { readAndValidateCcr, validateCcr } = require('../dist/src/documents/ccr/validate.js')
const { CcrReader } = require('../dist/src/documents/ccr/reader.js')
const { ccrText, writeCcr } = require('../dist/src/documents/ccr/write.js')
const { incomingCcr, incomingCcrText } = require('../dist/src/documents/incoming.js')
const { outgoingDocument } = require('../dist/src/documents/outgoing.js')

const MB = 1_000_000
const median = (numbers) => numbers.toSorted((a, b) => a - b)[numbers.length >> 1]

/** What is done with a document in a process of its own, and with which documents. */
const works = {
  entries: { documents: ['1 MB', '50 MB', 'two sections', 'unknown section'] },
  read: { documents: ['1 MB', '50 MB'] },
  'read here': { documents: ['1 MB', '50 MB'] },
  'read and validate': { documents: ['1 MB', '50 MB'] },
  validate: { documents: ['1 MB', '50 MB'] },
  'read and write': { documents: ['1 MB', '50 MB'] },
  incoming: { documents: ['50 MB'] },
  outgoing: { documents: ['50 MB'] },
  'node, parse': { documents: ['1 MB', '50 MB', 'two sections', 'unknown section', 'one entry', 'one text'] },
  'node, build': { documents: ['1 MB', '50 MB'] },
}
const documents = {
  '1 MB': () => ccrDocument(1 * MB),
  '50 MB': () => ccrDocument(50 * MB),
  'two sections': () => ccrDocument(50 * MB, { kind: 'two sections' }),
  'unknown section': () => ccrDocument(50 * MB, { kind: 'unknown section' }),
  'one entry': () => ccrDocument(50 * MB, { kind: 'one entry' }),
  'one text': () => ccrDocument(50 * MB, { kind: 'one text' }),
}

if (process.argv[2] === 'alone') await alone(process.argv[3], process.argv[4], process.argv[5])
else await main(process.argv.slice(2))

/** `node bench/ccr.mjs [reading] [writing] [delays]`: all three unless it says otherwise. */
async function main(wanted) {
  const wants = (part) => wanted.length === 0 || wanted.includes(part)
  if (wants('reading')) {
    await reading(1 * MB, 9)
    await reading(1 * MB, 9, { pretty: true })
    await reading(50 * MB, 3)
  }
  if (wants('writing')) await writing(1 * MB, 9)
  if (wants('delays')) inProcessesOfTheirOwn()
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
  const node = await inFlow('ccr', { action: 'parse' })
  const measured = await rounds(count, [
    { name: 'node ccr, parse (with findings)', repeat, run: () => node.answer(document) },
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
  await node.stop()
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
  const fileOf = (label) => path.join(folder, `${label}.xml`)
  for (const [label, make] of Object.entries(documents)) writeFileSync(fileOf(label), make())
  console.log(
    '\nIn a process of its own; a delay is how long the event loop was held, the median of five runs',
  )
  console.log(
    '\n| what | document | ms per MB | event loop busy, ms per MB | longest delay, ms | p99, ms | peak memory, MB |\n|---|---|---:|---:|---:|---:|---:|',
  )
  for (const [what, { documents: labels }] of Object.entries(works)) {
    for (const label of labels) {
      const runs = Array.from({ length: 5 }, () => {
        const self = fileURLToPath(import.meta.url)
        const { stdout } = spawnSync(process.execPath, [self, 'alone', what, fileOf(label), fileOf('1 MB')], {
          encoding: 'utf8',
          stdio: ['ignore', 'pipe', 'inherit'],
        })
        return JSON.parse(stdout.slice(stdout.lastIndexOf('{')))
      })
      const of = (key) => median(runs.map((run) => run[key])).toFixed(/perMb/i.test(key) ? 1 : 0)
      console.log(
        `| ${what} | ${label} | ${of('perMb')} | ${of('busyPerMb')} | ${of('longest')} | ${of('p99')} | ${of('peak')} |`,
      )
    }
  }
  rmSync(folder, { recursive: true })
}

/** What is to be measured, given a file; what is made before is not part of it. */
async function workOf(what) {
  const headers = { 'content-type': 'application/xml; charset=utf-8' }
  const bytes = (work) => async (file) => {
    const document = readFileSync(file)
    return () => work(document)
  }
  switch (what) {
    case 'entries':
      return async (file) => async () => {
        let count = 0
        for await (const { entry } of ccrEntries(createReadStream(file))) if (entry) count++
        return count
      }
    case 'read':
      return bytes((document) => readCcr(document))
    case 'read here':
      return bytes(async (document) => {
        const reader = new CcrReader()
        for (let at = 0; at < document.length; at += 65_536) {
          reader.write(document.subarray(at, at + 65_536))
          await new Promise(setImmediate)
        }
        reader.end()
        return reader.tree.documents
      })
    case 'read and validate':
      return bytes((document) => readAndValidateCcr(document))
    case 'validate':
      return bytes((document) => validateCcr(document))
    case 'read and write':
      return bytes(async (document) => ccrText(await readCcr(document)))
    case 'incoming':
      return bytes(async (body) => [
        (await incomingCcrText({ body, headers })).length,
        await incomingCcr({ body, headers }),
      ])
    case 'outgoing':
      return bytes((document) => outgoingDocument(document))
    case 'node, parse': {
      const node = await inFlow('ccr', { action: 'parse' })
      return bytes((document) => node.answer(document))
    }
    case 'node, build': {
      const node = await inFlow('ccr', { action: 'build' })
      return async (file) => {
        const ccr = await readCcr(readFileSync(file))
        return () => node.answer(ccr)
      }
    }
  }
}

/** One of them: the code is warm, as in a Node-RED that has seen documents before. */
async function alone(what, file, small) {
  const prepare = await workOf(what)
  for (let i = 0; i < 5; i++) await (await prepare(small))()
  await assertSeesHolds()
  const work = await prepare(file)
  await sleep(200)
  let peak = 0
  const watch = setInterval(() => (peak = Math.max(peak, process.memoryUsage.rss())), 5)
  const delay = await delays()
  const before = performance.eventLoopUtilization()
  const start = performance.now()
  const result = await work()
  const took = performance.now() - start
  const { active } = performance.eventLoopUtilization(before)
  const { longest, p99 } = await delay()
  clearInterval(watch)
  const size = statSync(file).size / MB
  peak = Math.max(peak, process.memoryUsage.rss()) / MB
  const measured = { perMb: took / size, busyPerMb: active / size, longest, p99, peak }
  // What came of it is alive until here.
  process.stdout.write(JSON.stringify(result === undefined ? {} : measured), () => process.exit())
}

/**
 * Begins to measure how long the event loop is held; what it gives ends that. A histogram sees nothing of what holds the
 * loop in the turn in which it is enabled or reset, nor of the turn in which it is disabled.
 */
async function delays() {
  const histogram = monitorEventLoopDelay({ resolution: 1 })
  histogram.enable()
  await sleep(20)
  histogram.reset()
  await sleep(10)
  return async () => {
    await sleep(10)
    histogram.disable()
    return { longest: histogram.max / 1e6, p99: histogram.percentile(99) / 1e6 }
  }
}

async function assertSeesHolds() {
  const delay = await delays()
  for (const end = performance.now() + 40; performance.now() < end;);
  const { longest } = await delay()
  if (longest < 35) throw new Error(`A hold of 40 ms was measured as ${longest} ms`)
}
