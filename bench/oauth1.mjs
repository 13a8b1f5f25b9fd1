// What it costs to sign and encode a form POST with her=<CCR>, against `oauth-1.0a` and against the least work
// possible: one HMAC over the document and one encodeURIComponent. Ratios are medians over rounds in which all
// variants take turns, so that a busy machine disturbs all of them alike.
import { createHmac } from 'node:crypto'
import { createRequire } from 'node:module'

const require = createRequire(import.meta.url)
const OAuth = require('oauth-1.0a')
const { OAuth1Signer } = require('../dist/src/oauth1/signer.js')
const { formBody } = require('../dist/src/oauth1/form-body.js')

const SIZES = { '10 kB': 10_000, '100 kB': 100_000, '1 MB': 1_000_000, '10 MB': 10_000_000 }
const ROUNDS = 21
/** Milliseconds that one variant works in one round; the first round is not counted. */
const SHARE = 60

const url = 'https://www.razcode.net/gateway/sourcenotification'
const consumer = { key: 'dpf43f3p2l4k3l03', secret: 'kd94hf93k423kf44' }
const token = { key: 'nnch734d00sl2jdk', secret: 'pfkkdhi9sl3r4s00' }

const signer = new OAuth1Signer({ consumer })
const library = new OAuth({
  consumer,
  signature_method: 'HMAC-SHA1',
  hash_function: (base, key) => createHmac('sha1', key).update(base).digest('base64'),
})

async function ours(document) {
  const form = formBody([['her', document]])
  let bytes = (await signer.authorizationHeader({ method: 'POST', url, form }, token)).length
  for await (const chunk of form.chunks()) bytes += chunk.length
  return bytes
}

function oauth10a(document) {
  const data = { her: document }
  const header = library.toHeader(library.authorize({ method: 'POST', url, data }, token)).Authorization
  return header.length + new URLSearchParams({ her: document }).toString().length
}

function limit(document) {
  return (
    createHmac('sha1', consumer.secret).update(document).digest('base64').length +
    encodeURIComponent(document).length
  )
}

/** CCR-like text with the mix of a real one: markup, codes, numbers, some letters beyond ASCII. */
function ccr(size) {
  let state = 7
  const random = (below) => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0
    return (state >>> 8) % below
  }
  const names = ['Blutdruck systolisch', 'Körpergewicht', 'Glucose [Mass/volume] in Blood', 'Heart rate']
  const parts = []
  for (let length = 0; length < size; length += parts.at(-1).length) {
    const day = String(1 + random(28)).padStart(2, '0')
    parts.push(
      `<Result><CCRDataObjectID>${random(1e9).toString(36)}</CCRDataObjectID><DateTime><ExactDateTime>2010-03-${day}T0${random(10)}:${10 + random(50)}:00Z</ExactDateTime></DateTime>` +
        `<Test><Description><Text>${names[random(names.length)]}</Text><Code><Value>${random(99_999)}-${random(10)}</Value><CodingSystem>LOINC</CodingSystem></Code></Description>` +
        `<TestResult><Value>${random(2_000) / 10}</Value><Units><Unit>mm[Hg]</Unit></Units></TestResult></Test></Result>\n`,
    )
  }
  return Buffer.from(parts.join('')).toString()
}

async function time(variant, repeat) {
  const start = performance.now()
  for (let i = 0; i < repeat; i++) await variant.run(variant.input)
  return (performance.now() - start) / repeat
}

const median = (numbers) => numbers.toSorted((a, b) => a - b)[numbers.length >> 1]

async function measure(size) {
  const text = ccr(size)
  const variants = [
    { name: 'limit', run: limit, input: text },
    { name: 'oauth-1.0a', run: oauth10a, input: text },
    { name: 'ours, text', run: ours, input: text },
    { name: 'ours, bytes', run: ours, input: Buffer.from(text) },
  ]
  for (const variant of variants) {
    variant.repeat = Math.max(1, Math.round(SHARE / (await time(variant, 3))))
    variant.times = []
  }
  for (let round = 0; round <= ROUNDS; round++) {
    for (let i = 0; i < variants.length; i++) {
      const variant = variants[(i + round) % variants.length]
      const took = await time(variant, variant.repeat)
      if (round > 0) variant.times.push(took)
    }
  }
  return variants
}

const ratio = (a, b) => median(a.times.map((took, round) => took / b.times[round])).toFixed(2)

console.log('| document | variant | ms | x limit | x oauth-1.0a |')
console.log('|---|---|---:|---:|---:|')
for (const [label, size] of Object.entries(SIZES)) {
  const variants = await measure(size)
  const [least, peer] = variants
  for (const variant of variants) {
    const ms = median(variant.times).toFixed(3)
    console.log(`| ${label} | ${variant.name} | ${ms} | ${ratio(variant, least)} | ${ratio(variant, peer)} |`)
  }
}
console.log(
  '\n`oauth-1.0a` is sign + toHeader + URLSearchParams, without the turn of its body into bytes; ours is the header and every chunk.',
)
