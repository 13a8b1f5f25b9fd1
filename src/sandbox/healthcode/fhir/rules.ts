/**
 * What R4 asks of the types that are met most: elements that have to be there (`value[x]` is any of that choice) and the
 * codes of required bindings. Source: hl7.org/fhir/R4, the types' own pages.
 */
export interface TypeRules {
  required: readonly string[]
  codes?: Readonly<Record<string, readonly string[]>>
}

const words = (text: string): string[] => text.trim().split(/\s+/)

const financial = words('active cancelled draft entered-in-error')
const gender = words('male female other unknown')
const eventStatus = words(
  'preparation in-progress not-done on-hold stopped completed entered-in-error unknown',
)
const publication = words('draft active retired unknown')
const requestStatus = words('draft active on-hold revoked completed entered-in-error unknown')

export const rules: Readonly<Record<string, TypeRules>> = {
  AllergyIntolerance: {
    required: ['patient'],
    codes: {
      type: words('allergy intolerance'),
      category: words('food medication environment biologic'),
      criticality: words('low high unable-to-assess'),
    },
  },
  Appointment: {
    required: ['status', 'participant'],
    codes: {
      status: words(
        'proposed pending booked arrived fulfilled cancelled noshow entered-in-error checked-in waitlist',
      ),
    },
  },
  AppointmentResponse: {
    required: ['appointment', 'participantStatus'],
    codes: { participantStatus: words('accepted declined tentative needs-action') },
  },
  Bundle: {
    required: ['type'],
    codes: {
      type: words(
        'document message transaction transaction-response batch batch-response history searchset collection',
      ),
    },
  },
  CarePlan: { required: ['status', 'intent', 'subject'], codes: { status: requestStatus } },
  Claim: {
    required: ['status', 'type', 'use', 'patient', 'created', 'provider', 'priority', 'insurance'],
    codes: { status: financial, use: words('claim preauthorization predetermination') },
  },
  ClaimResponse: {
    required: ['status', 'type', 'use', 'patient', 'created', 'insurer', 'outcome'],
    codes: {
      status: financial,
      use: words('claim preauthorization predetermination'),
      outcome: words('queued complete error partial'),
    },
  },
  Composition: {
    required: ['status', 'type', 'date', 'author', 'title'],
    codes: { status: words('preliminary final amended entered-in-error') },
  },
  Condition: { required: ['subject'] },
  Consent: { required: ['status', 'scope', 'category'] },
  Coverage: { required: ['status', 'beneficiary', 'payor'], codes: { status: financial } },
  DiagnosticReport: {
    required: ['status', 'code'],
    codes: {
      status: words(
        'registered partial preliminary final amended corrected appended cancelled entered-in-error unknown',
      ),
    },
  },
  DocumentReference: {
    required: ['status', 'content'],
    codes: { status: words('current superseded entered-in-error') },
  },
  Encounter: {
    required: ['status', 'class'],
    codes: {
      status: words(
        'planned arrived triaged in-progress onleave finished cancelled entered-in-error unknown',
      ),
    },
  },
  Immunization: {
    required: ['status', 'vaccineCode', 'patient', 'occurrence[x]'],
    codes: { status: words('completed entered-in-error not-done') },
  },
  Invoice: {
    required: ['status'],
    codes: { status: words('draft issued balanced cancelled entered-in-error') },
  },
  MedicationRequest: {
    required: ['status', 'intent', 'medication[x]', 'subject'],
    codes: {
      status: words('active on-hold cancelled completed entered-in-error stopped draft unknown'),
    },
  },
  MedicationStatement: {
    required: ['status', 'medication[x]', 'subject'],
    codes: {
      status: words('active completed entered-in-error intended stopped on-hold unknown not-taken'),
    },
  },
  Observation: {
    required: ['status', 'code'],
    codes: {
      status: words('registered preliminary final amended corrected cancelled entered-in-error unknown'),
    },
  },
  Patient: { required: [], codes: { gender } },
  PaymentReconciliation: {
    required: ['status', 'created', 'paymentDate', 'paymentAmount'],
    codes: { status: financial, outcome: words('queued complete error partial') },
  },
  Person: { required: [], codes: { gender } },
  Practitioner: { required: [], codes: { gender } },
  Procedure: { required: ['status', 'subject'], codes: { status: eventStatus } },
  Provenance: { required: ['target', 'recorded', 'agent'] },
  Questionnaire: { required: ['status'], codes: { status: publication } },
  QuestionnaireResponse: {
    required: ['status'],
    codes: { status: words('in-progress completed amended entered-in-error stopped') },
  },
  RelatedPerson: { required: ['patient'], codes: { gender } },
  Schedule: { required: ['actor'] },
  ServiceRequest: { required: ['status', 'intent', 'subject'], codes: { status: requestStatus } },
  Slot: {
    required: ['schedule', 'status', 'start', 'end'],
    codes: { status: words('busy free busy-unavailable busy-tentative entered-in-error') },
  },
  Task: { required: ['status', 'intent'] },
  ValueSet: { required: ['status'], codes: { status: publication } },
}
