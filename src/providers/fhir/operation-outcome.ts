import { type ErrorCode, GatewayError } from '../../errors'
import { causeOf, errorForStatus, isHtml, type RequestFacts } from '../../http/status'
import type { HttpResponse } from '../../http/types'
import { excerpt } from '../../redact'
import { isObject, type JsonObject } from '../json-answer'
import { isKnownCode, isPath, knownWords } from './known-words'
import { lenientJson } from './lenient-json'
import { xmlOutcome } from './xml-outcome'

/** One issue of an OperationOutcome, fit for an error: its texts are cut to 200 characters, and only known words are told. */
export interface Issue {
  /** fatal, error, warning or information. */
  severity?: string
  /** Of http://hl7.org/fhir/issue-type: not-found, invariant, throttled … */
  code?: string
  /** The codes and the text of `details`. */
  details?: string
  diagnostics?: string
  /** FHIRPath of what it is about; of older servers, `location`. */
  expression?: string[]
}

const CHANGES = new Set(['create', 'update', 'patch', 'delete', 'batch', 'transaction', 'operation'])

/** Who was asked for what. Its words are made when they are needed: an error is rare. */
export class FhirFacts implements RequestFacts {
  constructor(
    readonly provider: string,
    readonly operation: string,
    /** As in FhirRequest; '' where it says nothing. */
    private readonly endpoint: string,
    /** The resource, and the values of the query: of these nothing may be told. */
    readonly sent?: unknown,
    /** Whether something may be another way afterwards. */
    readonly changes = CHANGES.has(operation),
  ) {}

  /** Of an operation the method tells. */
  changing(changes: boolean): FhirFacts {
    return new FhirFacts(this.provider, this.operation, this.endpoint, this.sent, changes)
  }

  /** As it reads in "answered for …": a part of an address may be an id. */
  get what(): string {
    const [name = ''] = this.endpoint.split('/')
    return /^[\w.-]{1,80}$/.test(name) ? `${this.operation} at ${name}` : this.operation
  }

  /** For sentences that begin with the provider. */
  get inWords(): RequestFacts {
    const { provider, operation, what } = this
    return { provider: subjectOf(provider), operation, what }
  }
}

/** More help nobody. */
const MOST_ISSUES = 20

/**
 * The issues of an answer's OperationOutcome, read leniently, in JSON or in XML, by what it is and not by what its media
 * type says; none where it has no OperationOutcome.
 */
export function issuesIn({ body }: HttpResponse, sent?: unknown): Issue[] {
  return issuesOf(xmlOutcome(body) ?? lenientJson(body.toString('utf8')), sent)
}

/** The same of a resource that has been read. */
export function issuesOf(outcome: unknown, sent?: unknown): Issue[] {
  if (!isObject(outcome) || !Array.isArray(outcome.issue)) return []
  const issues = (outcome.issue as unknown[]).filter(isObject).slice(0, MOST_ISSUES)
  if (issues.length === 0) return []
  const said = valuesIn(sent)
  return issues.map((issue) => issueOf(issue, said))
}

/** True for an OperationOutcome that says that the request failed. */
export function saysFailure(resource: JsonObject | undefined): boolean {
  if (resource?.resourceType !== 'OperationOutcome' || !Array.isArray(resource.issue)) return false
  return (resource.issue as unknown[]).some(
    (issue) => isObject(issue) && /^(?:fatal|error)$/.test(String(issue.severity)),
  )
}

/** The error of an answer that is no success, with what its OperationOutcome says. */
export function refusalOf(response: HttpResponse, facts: FhirFacts): GatewayError {
  const general = errorForStatus(response, facts.inWords)
  const issues = issuesIn(response, facts.sent)
  const { code, retryable } = meaningOf(response, issues, general)
  const words = [sentenceOf(response, issues, facts, general, retryable), saidIn(issues, facts)]
  const detail = issues.length === 0 ? {} : { detail: { issues } }
  return new GatewayError(
    code,
    words.filter(Boolean).join(' '),
    causeOf(response, facts, { retryable, ...detail }),
  )
}

/** As sentences begin with it. */
export function subjectOf(provider: string): string {
  return provider === 'healthcode' ? 'Healthcode' : 'The FHIR server'
}

/** As it stands within a sentence. */
export function inSentence(provider: string): string {
  return provider === 'healthcode' ? 'Healthcode' : 'the FHIR server'
}

interface Meaning {
  code: ErrorCode
  retryable: boolean
}

/** What codes of issues mean where the status says little. Source: hl7.org/fhir/R4/valueset-issue-type.html */
const meanings: Readonly<Record<string, Meaning>> = {
  ...each(['login', 'expired'], { code: 'HG_AUTH', retryable: false }),
  ...each(['security', 'forbidden', 'suppressed'], { code: 'HG_FORBIDDEN', retryable: false }),
  ...each(['not-found', 'deleted'], { code: 'HG_NOT_FOUND', retryable: false }),
  ...each(['conflict', 'duplicate', 'multiple-matches'], { code: 'HG_CONFLICT', retryable: false }),
  ...each(['too-long', 'too-costly'], { code: 'HG_TOO_LARGE', retryable: false }),
  ...each(['throttled'], { code: 'HG_RATE_LIMITED', retryable: true }),
  ...each(['timeout'], { code: 'HG_TIMEOUT', retryable: true }),
  ...each(['transient', 'lock-error', 'no-store'], { code: 'HG_UNAVAILABLE', retryable: true }),
  ...each(
    ['invalid', 'structure', 'required', 'value', 'invariant', 'code-invalid', 'extension', 'business-rule'],
    { code: 'HG_REJECTED', retryable: false },
  ),
}

/** A status that is used for much, so that the issue's code tells more. */
const VAGUE = new Set([200, 201, 202, 400, 422, 500])

function each(codes: readonly string[], meaning: Meaning): Record<string, Meaning> {
  return Object.fromEntries(codes.map((code) => [code, meaning]))
}

function meaningOf({ statusCode }: HttpResponse, issues: readonly Issue[], general: GatewayError): Meaning {
  const own = VAGUE.has(statusCode) ? meanings[worst(issues)?.code ?? ''] : undefined
  if (own) return own
  const failed = statusCode < 300 ? 'HG_REJECTED' : general.code
  return { code: failed, retryable: general.cause.retryable }
}

function worst(issues: readonly Issue[]): Issue | undefined {
  return issues.find(({ severity }) => severity === 'fatal' || severity === 'error') ?? issues[0]
}

const REPEATED = 'It was sent more than once:'

/** What to do, where FHIR or Healthcode means something else than HTTP in general. */
function sentenceOf(
  response: HttpResponse,
  issues: readonly Issue[],
  { provider, operation, what }: FhirFacts,
  general: GatewayError,
  retryable: boolean,
): string {
  const { statusCode, attempts } = response
  const begin = `${subjectOf(provider)} answered${what ? ` for ${what}` : ''} with HTTP ${statusCode}: `
  const isHealthcode = provider === 'healthcode'
  if (statusCode < 300) return `${begin}yet the OperationOutcome in it says that this failed.`
  if (statusCode === 401) return `${begin}it does not accept the access token. Check the key of the account.`
  if (statusCode === 403) {
    const check = isHealthcode ? 'the site id, the subscription for this API, and' : 'the scope, and'
    return `${begin}this is not allowed. Check ${check} what the key may do.`
  }
  if (statusCode === 404 && isHtml(response)) {
    return `${begin}with a web page. Check the address of the account.`
  }
  if (operation === 'delete' && attempts > 1 && (statusCode === 404 || statusCode === 410)) {
    return `${general.message} ${REPEATED} the first time may have deleted it.`
  }
  if (statusCode === 412) {
    if (issues.some(({ code }) => code === 'multiple-matches')) {
      return `${begin}more than one resource fits the criteria. Make them narrower.`
    }
    const again = `${REPEATED} the change may have been made by the first time, so look before you repeat it.`
    return `${begin}the resource is another version by now, or the criteria do not fit exactly one. Read it before trying again.${attempts > 1 ? ` ${again}` : ''}`
  }
  if (statusCode === 413) {
    return `${begin}${operation === 'batch' || operation === 'transaction' ? 'the Bundle has more entries, or is larger, than it takes' : 'the resource is larger than it takes'}.`
  }
  if (retryable === general.cause.retryable) return general.message
  return `${begin}${retryable ? 'this may pass. Try again later.' : 'this request cannot succeed as it is.'}`
}

function saidIn(issues: readonly Issue[], { provider }: FhirFacts): string {
  const issue = worst(issues)
  if (!issue) return ''
  const words = issue.diagnostics ?? issue.details ?? ''
  const where = issue.expression?.[0]
  const told = [issue.code, where && `at ${where}`].filter(Boolean).join(' ')
  const text = [told, words].filter(Boolean).join(': ')
  return text === '' ? '' : `${subjectOf(provider)} says: ${text}`
}

function issueOf(issue: JsonObject, said: string): Issue {
  const { severity, code, details, diagnostics } = issue
  const places = [issue.expression, issue.location].find((one) => Array.isArray(one) && one.length > 0)
  const expression = Array.isArray(places)
    ? (places as unknown[]).filter((one) => typeof one === 'string').map((one) => place(one, said))
    : []
  const detailed = detailsOf(details, said)
  return {
    ...codeIn('severity', severity, severities),
    ...codeIn('code', code, issueTypes),
    ...(detailed ? { details: detailed } : {}),
    ...(typeof diagnostics === 'string' && diagnostics !== ''
      ? { diagnostics: safe(diagnostics, said) }
      : {}),
    ...(expression.length > 0 ? { expression: expression.slice(0, MOST_ISSUES) } : {}),
  }
}

const severities = new Set(['fatal', 'error', 'warning', 'information'])

/** Source: hl7.org/fhir/R4/valueset-issue-type.html */
export const issueTypes: ReadonlySet<string> = new Set(
  `invalid structure required value invariant security login unknown expired forbidden suppressed processing
  not-supported duplicate multiple-matches not-found deleted too-long code-invalid extension too-costly business-rule
  conflict transient lock-error no-store exception timeout incomplete throttled informational`.split(/\s+/),
)

/** A server that writes something else in its place may write anything. */
function codeIn(
  name: 'severity' | 'code',
  value: unknown,
  codes: ReadonlySet<string>,
): Pick<Issue, 'severity' | 'code'> {
  return typeof value === 'string' && codes.has(value.toLowerCase()) ? { [name]: value } : {}
}

/** `code: text`, of a CodeableConcept; some servers give a text alone. */
function detailsOf(details: unknown, said: string): string {
  if (typeof details === 'string') return safe(details, said)
  if (!isObject(details)) return ''
  const codings = Array.isArray(details.coding) ? (details.coding as unknown[]).filter(isObject) : []
  const codes = codings
    .map(({ code }) => code)
    .filter((code) => typeof code === 'string' && isKnownCode(code))
    .slice(0, 3)
    .join(', ')
  const text = [details.text, ...codings.map(({ display }) => display)].find(
    (one): one is string => typeof one === 'string' && one !== '',
  )
  return [codes, text === undefined ? '' : safe(text, said)].filter(Boolean).join(': ')
}

/** Names of elements are no patient data; what a filter in between compares with may be. */
function place(expression: string, said: string): string {
  return expression.length <= 200 && isPath(expression) ? expression : safe(expression, said)
}

/** Without what was sent, and without what may be of somebody else. */
function safe(text: string, said: string): string {
  return knownWords(excerpt(text, said))
}

/** What says nothing of a patient. */
const HARMLESS = new Set(['resourceType', 'meta', 'method'])

/** All texts and numbers of what was sent; the type in `Patient/7` is none. */
function valuesIn(sent: unknown): string {
  const found: string[] = []
  const left: unknown[] = [sent]
  while (left.length > 0) {
    const value = left.pop()
    if (typeof value === 'string') found.push(value.replace(/(?<![A-Za-z])[A-Z][A-Za-z]+(?=[/?])/g, ''))
    else if (typeof value === 'number') found.push(String(value))
    else if (Array.isArray(value)) left.push(...(value as unknown[]))
    else if (isObject(value)) {
      for (const [name, item] of Object.entries(value)) if (!HARMLESS.has(name)) left.push(item)
    }
  }
  return found.join(' ')
}
