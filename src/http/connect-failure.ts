import type { GatewayError } from '../errors'
import { Failure, proxyRefusesUser } from './failure'

/** What did not work: reaching the peer, a secure connection with it, or the proxy's CONNECT. */
export type Stage = 'reach' | 'secure' | 'tunnel'

/**
 * A connection was not made: nothing of a request can have arrived. `peer` is the host as in a URL; `reason` a code of
 * the system or of OpenSSL, `CONNECT_TIMEOUT`, `ABANDONED`, or `PROXY_<status>`.
 */
export function connectFailure(
  stage: Stage,
  peer: string,
  isProxy: boolean,
  reason: string,
): Failure | GatewayError {
  if (stage === 'tunnel') return tunnelFailure(peer, reason)
  const host = isProxy ? `the proxy ${peer}` : peer
  if (stage === 'secure') return secureFailure(host, withoutVersion(reason))
  return unavailable(capital(unreached(host, reason)), reason, true)
}

function unavailable(sentence: string, reason: string, temporary: boolean): Failure {
  return new Failure('HG_UNAVAILABLE', sentence, { reason, arrived: 'no', temporary })
}

function unreached(host: string, reason: string): string {
  switch (reason) {
    case 'ENOTFOUND':
      return `${host} cannot be found: no such name. Check the address, and that this machine can look up names.`
    case 'EAI_AGAIN':
      return `${host} cannot be looked up: the name server does not answer. Check this machine's network.`
    case 'ECONNREFUSED':
      return `${host} does not accept connections (ECONNREFUSED). Check address and port, and that the service runs.`
    case 'EHOSTUNREACH':
    case 'ENETUNREACH':
      return `${host} cannot be reached: there is no route to it. Check this machine's network.`
    case 'CONNECT_TIMEOUT':
    case 'ETIMEDOUT':
      return `${host} does not answer to a connection. Check the address, the network and a firewall between.`
    default:
      return `${host} cannot be reached (${reason}). Check the address and the network.`
  }
}

function tunnelFailure(proxy: string, reason: string): Failure | GatewayError {
  if (reason === 'PROXY_407') return proxyRefusesUser(proxy)
  const temporary = !/^PROXY_[34]/.test(reason)
  const sentence = `The proxy ${proxy} did not open a connection (${reason}). Check that it allows this address.`
  return unavailable(sentence, reason, temporary)
}

/**
 * A handshake that the network broke off may succeed the next time. What a certificate, a protocol version or the
 * peer's alert says stays the same until somebody changes something, so it is not tried again.
 */
function secureFailure(host: string, reason: string): Failure {
  const network = /^(ECONNRESET|EPIPE|ETIMEDOUT|CONNECT_TIMEOUT|CLOSED|ABANDONED)$/.test(reason)
  if (network) {
    const sentence = `${host} did not finish the TLS handshake (${reason}). Try again later; if it goes on, it may want a client certificate.`
    return unavailable(capital(sentence), reason, true)
  }
  if (isCertificateAlert(reason)) return refusedCertificate(host, reason)
  return unavailable(certificateSentence(host, reason), reason, false)
}

function certificateSentence(host: string, reason: string): string {
  switch (reason) {
    case 'DEPTH_ZERO_SELF_SIGNED_CERT':
    case 'SELF_SIGNED_CERT_IN_CHAIN':
    case 'UNABLE_TO_GET_ISSUER_CERT':
    case 'UNABLE_TO_GET_ISSUER_CERT_LOCALLY':
    case 'UNABLE_TO_VERIFY_LEAF_SIGNATURE':
      return `The certificate of ${host} is not trusted (${reason}). If it is right, add its CA in a TLS configuration.`
    case 'ERR_TLS_CERT_ALTNAME_INVALID':
      return `The certificate of ${host} is for another name. Check the address, or the server name in the TLS configuration.`
    case 'CERT_HAS_EXPIRED':
      return `The certificate of ${host} has expired. Its operator must renew it; check this machine's clock too.`
    case 'CERT_NOT_YET_VALID':
      return `The certificate of ${host} is not valid yet. Check this machine's clock.`
    default:
      return `No secure connection to ${host} (${reason}). Check http or https, the port, and the TLS configuration.`
  }
}

export function isCertificateAlert(code: string): boolean {
  return certificateAlert.test(code)
}

const certificateAlert =
  /^ERR_SSL_.*ALERT_(BAD_CERTIFICATE|CERTIFICATE_(REQUIRED|UNKNOWN|EXPIRED|REVOKED)|UNKNOWN_CA|UNSUPPORTED_CERTIFICATE|ACCESS_DENIED)$/

/** With TLS 1.3 this alert comes after our side of the handshake, and still nothing of the request was read. */
export function refusedCertificate(host: string, reason: string): Failure {
  const sentence = `${host} does not accept our client certificate. Check certificate and key in the TLS configuration.`
  return unavailable(capital(sentence), withoutVersion(reason), false)
}

/** ERR_SSL_TLSV13_ALERT_… to ERR_SSL_ALERT_…: the version says nothing more, and looks like an opaque secret. */
function withoutVersion(reason: string): string {
  return reason.replace(/^ERR_SSL_(?:TLSV\d+|SSLV\d+|SSL\/TLS)_/, 'ERR_SSL_')
}

function capital(sentence: string): string {
  return sentence.startsWith('the ') ? `T${sentence.slice(1)}` : sentence
}
