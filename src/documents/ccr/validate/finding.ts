/** How bad it is: against the schema, against a rule of the standard, or worth knowing. */
export type CcrSeverity = 'error' | 'warning' | 'information'

/** Every kind of finding. A flow branches on these, so a code is never renamed. */
export const ccrFindingCodes = {
  'structure.namespace': 'error',
  'structure.missing': 'error',
  'structure.order': 'error',
  'structure.too-many': 'error',
  'structure.choice': 'error',
  'structure.element': 'error',
  'structure.attribute': 'error',
  'structure.text': 'error',
  'structure.value': 'error',
  'structure.shape': 'error',
  'id.duplicate': 'warning',
  'id.empty': 'warning',
  'link.actor': 'warning',
  'link.object': 'warning',
  'link.reference': 'warning',
  'link.comment': 'warning',
  'link.signature': 'warning',
  'actor.empty': 'warning',
  'actor.patient': 'warning',
  'date.format': 'warning',
  'date.calendar': 'warning',
  'date.range': 'warning',
  'date.document': 'warning',
  'date.inexact': 'information',
  'date.zone': 'information',
  'date.empty': 'information',
  'version.unknown': 'warning',
  'code.no-system': 'information',
  'code.unknown-system': 'information',
  'code.unusual-system': 'information',
  'value.unknown': 'information',
  'entry.incomplete': 'information',
  'findings.limit': 'information',
} as const satisfies Record<string, CcrSeverity>

export type CcrFindingCode = keyof typeof ccrFindingCodes

/** One thing that is wrong with a document, or worth knowing about it. Never with patient data in it. */
export interface CcrFinding {
  severity: CcrSeverity
  code: CcrFindingCode
  /** The way to the element from the root, such as `Body/Problems/Problem[2]/DateTime[1]/ExactDateTime`. */
  path: string
  /** The line of its tag, from 1; only where the document was read from text. */
  line?: number
  message: string
}
