import { GatewayError } from '../errors'
import { isCertificateAlert, refusedCertificate } from './connect-failure'
import { Failure, unreadable, type Arrived, type Phase } from './failure'

/** What undici or node:http reports, told for a flow author. What our own code threw into it comes out as it is. */
export function failureOf(
  error: Error,
  phase: Phase,
  host: string,
  statusCode?: number,
): Failure | GatewayError {
  if (error instanceof Failure || error instanceof GatewayError) return error
  const code = (error as NodeJS.ErrnoException).code ?? error.name
  if (isParserError(error, code) && !cutWhileParsing(error)) return notHttp(phase, host, statusCode)
  return (
    requestFault(code, error, host) ??
    (phase === 'reading' ? cutOff(host, statusCode) : noAnswer(code, error, phase, host))
  )
}

/** undici's, or that of node:http. */
function isParserError({ name }: Error, code: string): boolean {
  return name === 'HTTPParserError' || (code.startsWith('HPE_') && code !== 'HPE_HEADER_OVERFLOW')
}

/** A body of unknown length that ends too early. undici 7.30 leaves the parser's code undefined: the text is all we have. */
function cutWhileParsing(error: Error): boolean {
  return error.message.includes('Invalid EOF')
}

function notHttp(phase: Phase, host: string, statusCode?: number): Failure {
  const sentence =
    phase === 'reading'
      ? `The answer of ${host} is broken: its body is not valid HTTP.`
      : `What came from ${host} is not an HTTP answer. Check address, port, and http or https.`
  return unreadable(sentence, 'NOT_HTTP', statusCode)
}

function requestFault(code: string, error: Error, host: string): Failure | undefined {
  const fault = (sentence: string, arrived: Arrived) =>
    new Failure('HG_INPUT', sentence, { reason: code, arrived, temporary: false })
  switch (code) {
    case 'UND_ERR_INVALID_ARG':
    case 'UND_ERR_NOT_SUPPORTED':
      // undici's message names the header and never quotes its value
      return fault(`The request to ${host} cannot be sent: ${error.message}. Check the headers.`, 'no')
    case 'UND_ERR_REQ_CONTENT_LENGTH_MISMATCH':
      return fault(
        `The document for ${host} has another length than it was announced with. It may have changed while it was sent.`,
        'unknown',
      )
    default:
      return undefined
  }
}

function cutOff(host: string, statusCode?: number): Failure {
  return new Failure(
    'HG_RESPONSE',
    `The answer of ${host} was cut off: the connection ended before all of it had come. Try again later.`,
    { reason: 'CUT', arrived: 'unknown', temporary: true, statusCode },
  )
}

function noAnswer(code: string, error: Error, phase: Phase, host: string): Failure {
  // an answer 100 that nobody asked for, or an upgrade
  if (code === 'UND_ERR_SOCKET' && error.message.startsWith('bad ')) return notHttp(phase, host)
  if (code === 'UND_ERR_HEADERS_OVERFLOW' || code === 'HPE_HEADER_OVERFLOW') {
    return unreadable(`The answer of ${host} has more than 16 KiB of headers. Check the address.`, code)
  }
  if (isCertificateAlert(code)) return refusedCertificate(host, code)
  const reason = code === 'UND_ERR_SOCKET' ? 'CLOSED_WITHOUT_ANSWER' : code
  return new Failure(
    'HG_UNAVAILABLE',
    `${host} closed the connection without an answer (${reason}). It may have the request all the same.`,
    { reason, arrived: phase === 'connecting' ? 'no' : 'unknown', temporary: true },
  )
}
