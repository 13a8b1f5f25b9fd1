import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import path from 'node:path'
import { Readable } from 'node:stream'
import { setImmediate } from 'node:timers/promises'
import { LARGE, readAll, readCcr, readCcrs, type CcrSource } from '../../../../src/documents/ccr/read'
import { CcrReader } from '../../../../src/documents/ccr/reader'
import { atOnce } from '../../../../src/documents/ccr/steps'
import { validateCcr } from '../../../../src/documents/ccr/validate'
import { Checks, ofAll } from '../../../../src/documents/ccr/validate/checks'
import { inThread } from '../../../../src/documents/ccr/workers'
import { writeCcr } from '../../../../src/documents/ccr/write'
import { failure } from '../../../support/failing'

const root = path.resolve(__dirname, '../../../..')

/** A CCR of about so many bytes with something of everything in it, now and then in an order of its own. */
function ccr(size: number, end = ''): string {
  const entries: string[] = []
  for (let i = 0, length = 0; length < size; i++) {
    const extra = i % 50 === 0 ? `<!-- ${i} --><Unknown a="é"><b/>text</Unknown>` : ''
    const test = `<Test><CCRDataObjectID>${i}</CCRDataObjectID><Description><Text b="1">é &amp; \u{1F600}\n ${i}</Text></Description></Test>`
    const entry = `<Result>${test.repeat((i % 7) + 1)}${extra}<CCRDataObjectID>${i}</CCRDataObjectID><Source/><Source/></Result>\n`
    entries.push(entry)
    length += entry.length
  }
  const results = entries.join('')
  return (
    '<?xml version="1.0"?><!-- before --><ContinuityOfCareRecord xmlns="urn:astm-org:CCR" xmlns:x="urn:x"><Version>V1.0</Version>' +
    `<Body><VitalSigns>${results}</VitalSigns>${end}<Problems x:a="1"><Problem/></Problems></Body><Version>again</Version></ContinuityOfCareRecord><!-- after -->`
  )
}

function here(source: string) {
  const reader = new CcrReader({ around: true })
  reader.write(source)
  reader.end()
  return reader.tree
}

describe('a large document, which another thread reads', () => {
  const large = ccr(2 * LARGE)
  const bytes = Buffer.from(large)

  it('is what it would be in this one, from text, bytes or a stream', async () => {
    const [expected] = here(large).documents
    const sources: CcrSource[] = [
      large,
      bytes,
      Readable.from([bytes.subarray(0, 100), bytes.subarray(100)]),
      Readable.from([large.slice(0, 1_000_001), large.slice(1_000_001)]),
    ]
    for (const source of sources) assert.deepEqual(await readCcr(source), expected)
    assert.equal(bytes.toString(), large, 'the bytes stay with their owner')
    assert.equal(writeCcr(await readCcr(large)), writeCcr(expected!))
  })

  it('may have most of it where the schema does not want it', async () => {
    const section = /<VitalSigns>.*<\/VitalSigns>/s.exec(large)?.[0] ?? ''
    for (const other of [
      section,
      section.replaceAll('VitalSigns', 'Coverages'),
      `<x:a>${section.replaceAll('VitalSigns', 'x:b')} text <!-- c --> </x:a>`,
    ]) {
      const source = large.replace('<Problems x', `${other}<Problems x`)
      const [expected] = here(source).documents
      assert.deepEqual(await readCcr(source), expected)
    }
  })

  it('is handed over in small portions, whatever it is, with all of its findings', async () => {
    const insurance = `<Coverages>${'<Payer a="1"><Type>x</Type></Payer>'.repeat(60_000)}</Coverages>`
    const actors = `<Actors>${'<Actor/>'.repeat(3000)}</Actors>`
    const source = `<ContinuityOfCareRecord xmlns="urn:astm-org:CCR"><Body>${insurance}</Body>${actors}</ContinuityOfCareRecord>`
    let largest = 0
    let findings = 0
    for await (const result of inThread({ read: true, validate: true }, source)) {
      largest = Math.max(largest, JSON.stringify(result).length)
      findings += result.found?.findings.length ?? 0
    }
    assert.ok(largest < 600_000, `${largest} characters at once`)
    assert.deepEqual(findings, (await validateCcr(await readCcr(source))).length)
    assert.ok(findings > 3000)
  })

  it('may be a feed, or one of many', async () => {
    const feed = `<feed><entry>${ccr(LARGE).replace(/^.*?(?=<Cont)/, '')}</entry> <e>t</e>${ccr(10).replace(/^.*?(?=<Cont)/, '')}</feed>`
    const expected = here(feed)
    const collection = await readCcrs(feed)
    assert.equal(collection.documents.length, 2)
    assert.deepEqual(collection.documents, expected.documents)
    assert.deepEqual(collection.around, expected.around)
    const read = await Promise.all(Array.from({ length: 9 }, () => readCcr(bytes)))
    for (const document of read) assert.deepEqual(document, here(large).documents[0])
  })

  it('has its findings found there', async () => {
    const feed = `<feed>${large.replace(/^.*?(?=<Cont)/, '')}<a/>${ccr(10).replace(/^.*?(?=<Cont)/, '')}</feed>`
    for (const source of [large, feed, ccr(LARGE).replaceAll('<Source/>', '')]) {
      const checks = new Checks()
      const reader = new CcrReader({ checks })
      reader.write(source)
      reader.end()
      const expected = atOnce(checks.take({ last: true }))
      assert.ok(expected.every((own) => own.length > 0))
      const { findings, documents } = await readAll(source, {}, { validate: true })
      assert.deepEqual(documents, reader.tree.documents)
      assert.deepEqual(findings, expected)
      assert.deepEqual(await validateCcr(source), ofAll(expected))
    }
  })

  it('is refused as in this thread, with code, place and cause', async () => {
    const error = await failure(readCcr(ccr(LARGE, '\n<a>&nbsp;</a>')))
    assert.equal(error.code, 'HG_INPUT')
    const { line, column } = error.cause.detail as { line: number; column: number }
    assert.equal(column, 4)
    assert.match(error.message, new RegExp(`at line:column ${line}:4: expected &amp; `))
    assert.match((await failure(readCcr(Buffer.concat([bytes, Buffer.of(0xff)])))).message, /are not UTF-8/)
    assert.match(
      (await failure(readCcr(`<a>${large.slice(21)}${large.slice(21)}</a>`))).message,
      /holds 2 CCRs/,
    )
    assert.match((await failure(readCcr(large, { maxDepth: 5 }))).message, /deeper than 5 elements/)
    assert.equal((await failure(readCcr(large, { maxBytes: LARGE + 1 }))).code, 'HG_TOO_LARGE')
  })

  it('is let go of when it is aborted, or its source fails', async () => {
    const stop = new AbortController()
    const endless = Readable.from(
      (function* () {
        yield large.slice(0, -1)
        for (;;) yield '   '
      })(),
    )
    setTimeout(() => stop.abort(), 50)
    assert.equal((await failure(readCcr(endless, { signal: stop.signal }))).code, 'HG_CLOSED')
    assert.equal(endless.destroyed, true)
    const own = new Error('the network')
    const failing = Readable.from(
      (async function* () {
        yield large.slice(0, 1_500_000)
        await Promise.reject(own)
      })(),
    )
    await assert.rejects(readCcr(failing), (thrown) => thrown === own)
    assert.deepEqual(await readCcr(large), here(large).documents[0])
  })

  it('is not fetched faster than it is read, and let go of where nobody goes on', async () => {
    let fetched = 0
    let ended = false
    const source = async function* () {
      try {
        for (; fetched < 400; fetched++) yield large.slice(fetched * 5000, (fetched + 1) * 5000)
        await new Promise(() => undefined)
      } finally {
        ended = true
      }
    }
    const results = inThread({ read: true }, source())
    await results.next()
    for (let before = -1; before < fetched;) {
      before = fetched
      for (let turn = 0; turn < 100; turn++) await setImmediate()
    }
    assert.ok(fetched < 100, `${fetched} pieces`)
    await results.return()
    assert.equal(ended, true)
  })

  it('is let go of while its source stalls', async () => {
    let begun = 0
    const stalling = {
      async *[Symbol.asyncIterator]() {
        yield large.slice(0, 100_000)
        begun++
        await new Promise(() => undefined)
      },
    }
    const results = inThread({ read: true }, stalling)
    await results.next()
    while (begun === 0) await setImmediate()
    await results.return()
  })

  it('leaves turns to other work', async () => {
    let turns = 0
    const timer = setInterval(() => turns++, 1)
    await readCcr(bytes).finally(() => clearInterval(timer))
    assert.ok(turns > 3, `${turns} turns`)
  })

  it('does not keep the process alive afterwards, but does until then', async () => {
    const script = `
      const { readCcr } = require('./src/documents/ccr/read.ts')
      readCcr('<ContinuityOfCareRecord><Purpose/>' + '<Purpose/>'.repeat(400000) + '</ContinuityOfCareRecord>')
        .then((ccr) => console.log(ccr.Purpose.length))`
    const child = spawn(process.execPath, ['--require', 'tsx/cjs', '-e', script], {
      cwd: root,
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    let said = ''
    child.stdout.on('data', (chunk: Buffer) => (said += chunk.toString()))
    const [code] = (await once(child, 'close')) as [number]
    assert.equal(code, 0)
    assert.equal(said, '400001\n')
  })

  describe('in a process of its own', () => {
    /** What a script says in which a clock for more than a second goes so many times as slow. */
    const run = async (slower: number, body: string): Promise<string> => {
      const script = `
        const later = setTimeout
        globalThis.setTimeout = (run, ms, ...more) => later(run, ms >= 1000 ? ms * ${slower} : ms, ...more)
        const { readCcr } = require('./src/documents/ccr/read.ts')
        const document = '<ContinuityOfCareRecord>' + '<Purpose/>'.repeat(400000) + '</ContinuityOfCareRecord>'
        process.on('worker', (worker) => {
          console.log('begun')
          worker.on('exit', () => console.log('ended'))
        })
        ${body}`
      const child = spawn(process.execPath, ['--require', 'tsx/cjs', '-e', script], {
        ...{ cwd: root, stdio: ['ignore', 'pipe', 'inherit'], timeout: 30_000 },
      })
      let said = ''
      child.stdout.on('data', (chunk: Buffer) => (said += chunk.toString()))
      const [code] = (await once(child, 'close')) as [number]
      assert.equal(code, 0)
      return said.trim().replace(/\n/g, ', ')
    }

    it('has a thread that ends when nothing has come for a while', async () => {
      const said = await run(0.01, `readCcr(document).then(() => later(() => console.log('late'), 3000))`)
      assert.equal(said, 'begun, ended, late')
    })

    it('has the same thread for what comes before that', async () => {
      const slow = `(async function* () {
        yield document.slice(0, -1)
        await new Promise((go) => later(go, 1500))
        yield '>'
      })()`
      const said = await run(
        0.1,
        `readCcr(document).then(() => readCcr(${slow})).then(() => { console.log('read'); process.exit() })`,
      )
      assert.equal(said, 'begun, read')
    })

    it('ends with nothing to do, though the thread might wait', async () => {
      assert.equal(await run(100, `readCcr(document).then(() => console.log('read'))`), 'begun, read')
    })
  })

  it('says so where the memory is not enough for it', async () => {
    const script = `
      const { validateCcr } = require('./src/documents/ccr/validate.ts')
      const result = '<Result>' + '<Test/>'.repeat(2000000) + '</Result>'
      validateCcr('<ContinuityOfCareRecord xmlns="urn:astm-org:CCR"><Body><Results>' + result)
        .catch(({ code }) => console.log(code))`
    const child = spawn(
      process.execPath,
      ['--max-old-space-size=160', '--require', 'tsx/cjs', '-e', script],
      { cwd: root, stdio: ['ignore', 'pipe', 'ignore'] },
    )
    let said = ''
    child.stdout.on('data', (chunk: Buffer) => (said += chunk.toString()))
    const [code] = (await once(child, 'close')) as [number]
    assert.equal(code, 0)
    assert.equal(said, 'HG_TOO_LARGE\n')
  })
}).timeout(60_000)
