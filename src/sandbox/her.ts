import { StringDecoder } from 'node:string_decoder'
import { SaxesParser } from '../vendor/saxes'
import type { Reply } from './call'
import { Refusal } from './refusal'
import { slices } from './slices'

/** On the wire, escaped: an XML document of about 85 MB. */
export const LARGEST_BODY = 128 * 1024 * 1024

/** An OMHE message is a line for a telephone; a megabyte of them is none. */
const LONGEST_OMHE = 1024 * 1024

/** The commands that take words of a person, and so may have white space instead of a "=". */
const WORDY =
  '(?:ans|answer|alc|alcohol|beer|wine|shot|ci|check|checkin|check-in|crb|starch|carb|carbohydrate|drk|drink|dry|dairy|' +
  'eat|ate|tweat|frt|fruit|frv|freggie|gym|workout|jnk|junk|junkfood|ptn|protien|protein|que|question|veg|vegetable|' +
  'veggie|wtr|water|h2o)'

/** How a line of OMHE begins: `bp120/80`, `bp = 120/80#dt20110101:1200z`, `wt 85k`, `eat pizza`, `pts-5`, `check-in`. */
const OMHE_COMMAND = new RegExp(
  String.raw`^(?:[a-z]+(?:-[a-z]+)*(?:\s*[=#]|\s*[+-]?\.?\d|$)|${WORDY}\s)`,
  'i',
)

/**
 * Checks a Health Encounter Record: a Continuity of Care Record in XML, or OMHE commands, one on a line. What is
 * neither is refused in a sentence that does not quote it.
 */
export async function checkHer(her: Buffer, signal: AbortSignal): Promise<'ccr' | 'omhe'> {
  const start = her
    .subarray(0, 1000)
    .toString()
    .replace(/^\uFEFF/, '')
    .trimStart()
  if (start === '') {
    throw new Refusal(400, 'The parameter her is empty; it has to be a CCR document or an OMHE message.')
  }
  if (start.startsWith('<')) {
    await checkCcr(her, signal)
    return 'ccr'
  }
  const lines = her.length > LONGEST_OMHE ? [''] : her.toString().trim().split(/\r?\n/)
  if (lines.every((line) => OMHE_COMMAND.test(line) && !/\p{Cc}/u.test(line))) return 'omhe'
  throw new Refusal(
    400,
    'The parameter her is neither a CCR document in XML nor an OMHE message (command=value).',
  )
}

async function checkCcr(her: Buffer, signal: AbortSignal): Promise<void> {
  const parser = new SaxesParser({ xmlns: true })
  let depth = 0
  parser.on('doctype', () => {
    throw new Refusal(400, 'The CCR document has a DOCTYPE, which is not allowed.')
  })
  parser.on('opentag', ({ local }) => {
    if (depth++ === 0 && local !== 'ContinuityOfCareRecord') {
      throw new Refusal(400, 'The XML document is no CCR: its root element is not ContinuityOfCareRecord.')
    }
  })
  parser.on('closetag', () => {
    depth--
  })
  const decoder = new StringDecoder('utf8')
  try {
    for await (const slice of slices(her, signal)) parser.write(decoder.write(slice))
    parser.close()
  } catch (error) {
    if (error instanceof Refusal || signal.aborted) throw error
    const place = `line ${parser.line}, column ${parser.column}`
    throw new Refusal(400, `The parameter her is not well-formed XML: the fault is at ${place}.`)
  }
}

/** The kind of page that some web servers make of a form they do not like. */
export function quotingErrorPage(her: Buffer): Reply {
  const quoted = her.subarray(0, 2000).toString()
  return {
    status: 400,
    headers: { 'content-type': 'text/plain; charset=utf-8' },
    body: `A potentially dangerous Request.Form value was detected from the client (her="${quoted}").`,
  }
}
