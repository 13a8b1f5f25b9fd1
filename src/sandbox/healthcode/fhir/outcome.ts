import type { Reply } from '../../call'
import { Refusal } from '../../refusal'

/** Of http://hl7.org/fhir/issue-type, those that the sandbox uses. */
export type IssueCode =
  | 'business-rule'
  | 'code-invalid'
  | 'conflict'
  | 'deleted'
  | 'exception'
  | 'expired'
  | 'forbidden'
  | 'informational'
  | 'invalid'
  | 'login'
  | 'multiple-matches'
  | 'not-found'
  | 'not-supported'
  | 'processing'
  | 'required'
  | 'structure'
  | 'too-costly'
  | 'too-long'
  | 'unknown'
  | 'value'

/** Codes of http://terminology.hl7.org/CodeSystem/operation-outcome, with the displays that they have there. */
const messages = {
  MSG_AUTH_REQUIRED: 'You must authenticate before you can use this service',
  MSG_BAD_SYNTAX: 'Bad Syntax in %s',
  MSG_DATE_FORMAT: 'The Date value %s is not in the correct format (Xml Date Format required)',
  MSG_DELETED_DONE: 'Resource deleted',
  MSG_DELETED_ID: 'The resource "%s" has been deleted',
  MSG_NO_EXIST: 'Resource Id "%s" does not exist',
  MSG_NO_MATCH: 'No Resource found matching the query "%s"',
  MSG_OP_NOT_ALLOWED: 'Operation %s not allowed for resource %s (due to local configuration)',
  MSG_PARAM_INVALID: 'Parameter "%s" content is invalid',
  MSG_PARAM_NO_REPEAT: 'Parameter "%s" is not allowed to repeat',
  MSG_PARAM_UNKNOWN: 'Parameter "%s" not understood',
  MSG_RESOURCE_ID_MISMATCH: 'Resource Id Mismatch',
  MSG_RESOURCE_TYPE_MISMATCH: 'Resource Type Mismatch',
  MSG_SORT_UNKNOWN: 'Unknown sort parameter name "%s"',
  MSG_TRANSACTION_DUPLICATE_ID: 'Duplicate Identifier in transaction: %s',
  MSG_UNKNOWN_OPERATION: 'unknown FHIR http operation',
  MSG_UNKNOWN_TYPE: 'Resource Type "%s" not recognised',
  MSG_VERSION_AWARE_CONFLICT:
    'Update Conflict (server current version = "%s", client version referenced = "%s")',
} as const

export type MessageCode = keyof typeof messages

export interface Issue {
  severity: 'error' | 'warning' | 'information'
  code: IssueCode
  details: { coding?: [{ system: string; code: MessageCode; display: string }]; text: string }
  diagnostics: string
  /** FHIRPath of what is wrong. */
  expression?: string[]
}

export interface About {
  message?: MessageCode
  expression?: string | undefined
}

export function issue(
  code: IssueCode,
  diagnostics: string,
  { message, expression }: About = {},
  severity: Issue['severity'] = 'error',
): Issue {
  return {
    severity,
    code,
    details: message
      ? { coding: [{ system: messageSystem, code: message, display: messages[message] }], text: diagnostics }
      : { text: diagnostics },
    diagnostics,
    ...(expression === undefined ? {} : { expression: [expression] }),
  }
}

const messageSystem = 'http://terminology.hl7.org/CodeSystem/operation-outcome'

/** A refusal that says in FHIR's words what is wrong. */
export class FhirRefusal extends Refusal {
  constructor(
    status: number,
    readonly issues: readonly [Issue, ...Issue[]],
    readonly headers: Readonly<Record<string, string>> = {},
  ) {
    super(status, issues[0].diagnostics)
  }

  /** The same, of something at this place: `Bundle.entry[2].resource` for instance. */
  at(place: string): FhirRefusal {
    const [first, ...more] = this.issues
    const moved = (one: Issue): Issue => ({
      ...one,
      // From within the entry, its resource is called so, and not by its type
      expression: one.expression?.map((path) => `${place}.${path.replace(/^[A-Z]\w+/, 'resource')}`) ?? [
        place,
      ],
    })
    return new FhirRefusal(this.status, [moved(first), ...more.map(moved)], this.headers)
  }
}

export function refuse(status: number, code: IssueCode, diagnostics: string, about: About = {}): FhirRefusal {
  return new FhirRefusal(status, [issue(code, diagnostics, about)])
}

export interface OperationOutcome {
  resourceType: 'OperationOutcome'
  issue: readonly Issue[]
  [name: string]: unknown
}

export function outcome(...issues: readonly Issue[]): OperationOutcome {
  return { resourceType: 'OperationOutcome', issue: issues }
}

/** What the sandbox's shared parts refuse has no code of FHIR's. */
const codesByStatus: Readonly<Record<number, IssueCode>> = {
  413: 'too-long',
  415: 'not-supported',
  500: 'exception',
}

export function outcomeOf(refusal: Refusal): OperationOutcome {
  if (refusal instanceof FhirRefusal) return outcome(...refusal.issues)
  return outcome(issue(codesByStatus[refusal.status] ?? 'invalid', refusal.message))
}

/** Any refusal as an OperationOutcome. */
export function outcomeReply(refusal: Refusal): Reply {
  const headers = refusal instanceof FhirRefusal ? refusal.headers : {}
  return fhirReply(refusal.status, outcomeOf(refusal), headers)
}

export function fhirReply(
  status: number,
  resource: object | undefined,
  headers: Readonly<Record<string, string>> = {},
): Reply {
  if (resource === undefined) return { status, headers }
  return {
    status,
    headers: { 'content-type': 'application/fhir+json; charset=utf-8', ...headers },
    body: JSON.stringify(resource),
  }
}
