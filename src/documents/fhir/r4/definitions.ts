/**
 * FHIR R4 (4.0.1): every type with its elements. Made by scripts/fhir-r4.mjs of HL7's package hl7.fhir.r4.core, which is
 * under CC0-1.0. An element is a line: its name, how often it is there (nothing: at most once, !: once, *: any number,
 * +: at least once), its type or types (. has elements of its own, @ those of another place, * any type), of references
 * the types that they may point to, and after = the set that its code has to be of.
 */
export const elements = `
Address
  use code =address-use
  type code =address-type
  text string
  line* string
  city string
  district string
  state string
  postalCode string
  country string
  period Period
Age
  value decimal
  comparator code =quantity-comparator
  unit string
  system uri
  code code
Annotation
  author[x] Reference(Practitioner|Patient|RelatedPerson|Organization) string
  time dateTime
  text! markdown
Attachment
  contentType code
  language code
  data base64Binary
  url url
  size unsignedInt
  hash base64Binary
  title string
  creation dateTime
BackboneElement
  modifierExtension* Extension
CodeableConcept
  coding* Coding
  text string
Coding
  system uri
  version string
  code code
  display string
  userSelected boolean
ContactDetail
  name string
  telecom* ContactPoint
ContactPoint
  system code =contact-point-system
  value string
  use code =contact-point-use
  rank positiveInt
  period Period
Contributor
  type! code =contributor-type
  name! string
  contact* ContactDetail
Count
  value decimal
  comparator code =quantity-comparator
  unit string
  system uri
  code code
DataRequirement
  type! code
  profile* canonical
  subject[x] CodeableConcept Reference(Group)
  mustSupport* string
  codeFilter* .
  dateFilter* .
  limit positiveInt
  sort* .
DataRequirement.codeFilter
  path string
  searchParam string
  valueSet canonical
  code* Coding
DataRequirement.dateFilter
  path string
  searchParam string
  value[x] dateTime Period Duration
DataRequirement.sort
  path! string
  direction! code =sort-direction
Distance
  value decimal
  comparator code =quantity-comparator
  unit string
  system uri
  code code
Dosage
  sequence integer
  text string
  additionalInstruction* CodeableConcept
  patientInstruction string
  timing Timing
  asNeeded[x] boolean CodeableConcept
  site CodeableConcept
  route CodeableConcept
  method CodeableConcept
  doseAndRate* .
  maxDosePerPeriod Ratio
  maxDosePerAdministration Quantity
  maxDosePerLifetime Quantity
Dosage.doseAndRate
  type CodeableConcept
  dose[x] Range Quantity
  rate[x] Ratio Range Quantity
Duration
  value decimal
  comparator code =quantity-comparator
  unit string
  system uri
  code code
Element
  id string
  extension* Extension
ElementDefinition
  path! string
  representation* code =property-representation
  sliceName string
  sliceIsConstraining boolean
  label string
  code* Coding
  slicing .
  short string
  definition markdown
  comment markdown
  requirements markdown
  alias* string
  min unsignedInt
  max string
  base .
  contentReference uri
  type* .
  defaultValue[x] *
  meaningWhenMissing markdown
  orderMeaning string
  fixed[x] *
  pattern[x] *
  example* .
  minValue[x] date dateTime instant time decimal integer positiveInt unsignedInt Quantity
  maxValue[x] date dateTime instant time decimal integer positiveInt unsignedInt Quantity
  maxLength integer
  condition* id
  constraint* .
  mustSupport boolean
  isModifier boolean
  isModifierReason string
  isSummary boolean
  binding .
  mapping* .
ElementDefinition.slicing
  discriminator* .
  description string
  ordered boolean
  rules! code =resource-slicing-rules
ElementDefinition.slicing.discriminator
  type! code =discriminator-type
  path! string
ElementDefinition.base
  path! string
  min! unsignedInt
  max! string
ElementDefinition.type
  code! uri
  profile* canonical
  targetProfile* canonical
  aggregation* code =resource-aggregation-mode
  versioning code =reference-version-rules
ElementDefinition.example
  label! string
  value[x]! *
ElementDefinition.constraint
  key! id
  requirements string
  severity! code =constraint-severity
  human! string
  expression string
  xpath string
  source canonical
ElementDefinition.binding
  strength! code =binding-strength
  description string
  valueSet canonical
ElementDefinition.mapping
  identity! id
  language code
  map! string
  comment string
Expression
  description string
  name id
  language! code
  expression string
  reference uri
Extension
  url! string
  value[x] *
HumanName
  use code =name-use
  text string
  family string
  given* string
  prefix* string
  suffix* string
  period Period
Identifier
  use code =identifier-use
  type CodeableConcept
  system uri
  value string
  period Period
  assigner Reference(Organization)
MarketingStatus
  country! CodeableConcept
  jurisdiction CodeableConcept
  status! CodeableConcept
  dateRange! Period
  restoreDate dateTime
Meta
  versionId id
  lastUpdated instant
  source uri
  profile* canonical
  security* Coding
  tag* Coding
Money
  value decimal
  currency code
Narrative
  status! code =narrative-status
  div! xhtml
ParameterDefinition
  name code
  use! code =operation-parameter-use
  min integer
  max string
  documentation string
  type! code
  profile canonical
Period
  start dateTime
  end dateTime
Population
  age[x] Range CodeableConcept
  gender CodeableConcept
  race CodeableConcept
  physiologicalCondition CodeableConcept
ProdCharacteristic
  height Quantity
  width Quantity
  depth Quantity
  weight Quantity
  nominalVolume Quantity
  externalDiameter Quantity
  shape string
  color* string
  imprint* string
  image* Attachment
  scoring CodeableConcept
ProductShelfLife
  identifier Identifier
  type! CodeableConcept
  period! Quantity
  specialPrecautionsForStorage* CodeableConcept
Quantity
  value decimal
  comparator code =quantity-comparator
  unit string
  system uri
  code code
Range
  low Quantity
  high Quantity
Ratio
  numerator Quantity
  denominator Quantity
Reference
  reference string
  type uri
  identifier Identifier
  display string
RelatedArtifact
  type! code =related-artifact-type
  label string
  display string
  citation markdown
  url url
  document Attachment
  resource canonical
SampledData
  origin! Quantity
  period! decimal
  factor decimal
  lowerLimit decimal
  upperLimit decimal
  dimensions! positiveInt
  data string
Signature
  type+ Coding
  when! instant
  who! Reference(Practitioner|PractitionerRole|RelatedPerson|Patient|Device|Organization)
  onBehalfOf Reference(Practitioner|PractitionerRole|RelatedPerson|Patient|Device|Organization)
  targetFormat code
  sigFormat code
  data base64Binary
SubstanceAmount
  amount[x] Quantity Range string
  amountType CodeableConcept
  amountText string
  referenceRange .
SubstanceAmount.referenceRange
  lowLimit Quantity
  highLimit Quantity
Timing
  event* dateTime
  repeat .
  code CodeableConcept
Timing.repeat
  bounds[x] Duration Range Period
  count positiveInt
  countMax positiveInt
  duration decimal
  durationMax decimal
  durationUnit code =units-of-time
  frequency positiveInt
  frequencyMax positiveInt
  period decimal
  periodMax decimal
  periodUnit code =units-of-time
  dayOfWeek* code =days-of-week
  timeOfDay* time
  when* code =event-timing
  offset unsignedInt
TriggerDefinition
  type! code =trigger-type
  name string
  timing[x] Timing Reference(Schedule) date dateTime
  data* DataRequirement
  condition Expression
UsageContext
  code! Coding
  value[x]! CodeableConcept Quantity Range Reference(PlanDefinition|ResearchStudy|InsurancePlan|HealthcareService|Group|Location|Organization)
Account
  identifier* Identifier
  status! code =account-status
  type CodeableConcept
  name string
  subject* Reference(Patient|Device|Practitioner|PractitionerRole|Location|HealthcareService|Organization)
  servicePeriod Period
  coverage* .
  owner Reference(Organization)
  description string
  guarantor* .
  partOf Reference(Account)
Account.coverage
  coverage! Reference(Coverage)
  priority positiveInt
Account.guarantor
  party! Reference(Patient|RelatedPerson|Organization)
  onHold boolean
  period Period
ActivityDefinition
  url uri
  identifier* Identifier
  version string
  name string
  title string
  subtitle string
  status! code =publication-status
  experimental boolean
  subject[x] CodeableConcept Reference(Group)
  date dateTime
  publisher string
  contact* ContactDetail
  description markdown
  useContext* UsageContext
  jurisdiction* CodeableConcept
  purpose markdown
  usage string
  copyright markdown
  approvalDate date
  lastReviewDate date
  effectivePeriod Period
  topic* CodeableConcept
  author* ContactDetail
  editor* ContactDetail
  reviewer* ContactDetail
  endorser* ContactDetail
  relatedArtifact* RelatedArtifact
  library* canonical
  kind code =request-resource-types
  profile canonical
  code CodeableConcept
  intent code =request-intent
  priority code =request-priority
  doNotPerform boolean
  timing[x] Timing dateTime Age Period Range Duration
  location Reference(Location)
  participant* .
  product[x] Reference(Medication|Substance) CodeableConcept
  quantity Quantity
  dosage* Dosage
  bodySite* CodeableConcept
  specimenRequirement* Reference(SpecimenDefinition)
  observationRequirement* Reference(ObservationDefinition)
  observationResultRequirement* Reference(ObservationDefinition)
  transform canonical
  dynamicValue* .
ActivityDefinition.participant
  type! code =action-participant-type
  role CodeableConcept
ActivityDefinition.dynamicValue
  path! string
  expression! Expression
AdverseEvent
  identifier Identifier
  actuality! code =adverse-event-actuality
  category* CodeableConcept
  event CodeableConcept
  subject! Reference(Patient|Group|Practitioner|RelatedPerson)
  encounter Reference(Encounter)
  date dateTime
  detected dateTime
  recordedDate dateTime
  resultingCondition* Reference(Condition)
  location Reference(Location)
  seriousness CodeableConcept
  severity CodeableConcept =adverse-event-severity
  outcome CodeableConcept =adverse-event-outcome
  recorder Reference(Patient|Practitioner|PractitionerRole|RelatedPerson)
  contributor* Reference(Practitioner|PractitionerRole|Device)
  suspectEntity* .
  subjectMedicalHistory* Reference(Condition|Observation|AllergyIntolerance|FamilyMemberHistory|Immunization|Procedure|Media|DocumentReference)
  referenceDocument* Reference(DocumentReference)
  study* Reference(ResearchStudy)
AdverseEvent.suspectEntity
  instance! Reference(Immunization|Procedure|Substance|Medication|MedicationAdministration|MedicationStatement|Device)
  causality* .
AdverseEvent.suspectEntity.causality
  assessment CodeableConcept
  productRelatedness string
  author Reference(Practitioner|PractitionerRole)
  method CodeableConcept
AllergyIntolerance
  identifier* Identifier
  clinicalStatus CodeableConcept =allergyintolerance-clinical
  verificationStatus CodeableConcept =allergyintolerance-verification
  type code =allergy-intolerance-type
  category* code =allergy-intolerance-category
  criticality code =allergy-intolerance-criticality
  code CodeableConcept
  patient! Reference(Patient)
  encounter Reference(Encounter)
  onset[x] dateTime Age Period Range string
  recordedDate dateTime
  recorder Reference(Practitioner|PractitionerRole|Patient|RelatedPerson)
  asserter Reference(Patient|RelatedPerson|Practitioner|PractitionerRole)
  lastOccurrence dateTime
  note* Annotation
  reaction* .
AllergyIntolerance.reaction
  substance CodeableConcept
  manifestation+ CodeableConcept
  description string
  onset dateTime
  severity code =reaction-event-severity
  exposureRoute CodeableConcept
  note* Annotation
Appointment
  identifier* Identifier
  status! code =appointmentstatus
  cancelationReason CodeableConcept
  serviceCategory* CodeableConcept
  serviceType* CodeableConcept
  specialty* CodeableConcept
  appointmentType CodeableConcept
  reasonCode* CodeableConcept
  reasonReference* Reference(Condition|Procedure|Observation|ImmunizationRecommendation)
  priority unsignedInt
  description string
  supportingInformation* Reference
  start instant
  end instant
  minutesDuration positiveInt
  slot* Reference(Slot)
  created dateTime
  comment string
  patientInstruction string
  basedOn* Reference(ServiceRequest)
  participant+ .
  requestedPeriod* Period
Appointment.participant
  type* CodeableConcept
  actor Reference(Patient|Practitioner|PractitionerRole|RelatedPerson|Device|HealthcareService|Location)
  required code =participantrequired
  status! code =participationstatus
  period Period
AppointmentResponse
  identifier* Identifier
  appointment! Reference(Appointment)
  start instant
  end instant
  participantType* CodeableConcept
  actor Reference(Patient|Practitioner|PractitionerRole|RelatedPerson|Device|HealthcareService|Location)
  participantStatus! code =participationstatus
  comment string
AuditEvent
  type! Coding
  subtype* Coding
  action code =audit-event-action
  period Period
  recorded! instant
  outcome code =audit-event-outcome
  outcomeDesc string
  purposeOfEvent* CodeableConcept
  agent+ .
  source! .
  entity* .
AuditEvent.agent
  type CodeableConcept
  role* CodeableConcept
  who Reference(PractitionerRole|Practitioner|Organization|Device|Patient|RelatedPerson)
  altId string
  name string
  requestor! boolean
  location Reference(Location)
  policy* uri
  media Coding
  network .
  purposeOfUse* CodeableConcept
AuditEvent.agent.network
  address string
  type code =network-type
AuditEvent.source
  site string
  observer! Reference(PractitionerRole|Practitioner|Organization|Device|Patient|RelatedPerson)
  type* Coding
AuditEvent.entity
  what Reference
  type Coding
  role Coding
  lifecycle Coding
  securityLabel* Coding
  name string
  description string
  query base64Binary
  detail* .
AuditEvent.entity.detail
  type! string
  value[x]! string base64Binary
Basic
  identifier* Identifier
  code! CodeableConcept
  subject Reference
  created date
  author Reference(Practitioner|PractitionerRole|Patient|RelatedPerson|Organization)
Binary
  contentType! code
  securityContext Reference
  data base64Binary
BiologicallyDerivedProduct
  identifier* Identifier
  productCategory code =product-category
  productCode CodeableConcept
  status code =product-status
  request* Reference(ServiceRequest)
  quantity integer
  parent* Reference(BiologicallyDerivedProduct)
  collection .
  processing* .
  manipulation .
  storage* .
BiologicallyDerivedProduct.collection
  collector Reference(Practitioner|PractitionerRole)
  source Reference(Patient|Organization)
  collected[x] dateTime Period
BiologicallyDerivedProduct.processing
  description string
  procedure CodeableConcept
  additive Reference(Substance)
  time[x] dateTime Period
BiologicallyDerivedProduct.manipulation
  description string
  time[x] dateTime Period
BiologicallyDerivedProduct.storage
  description string
  temperature decimal
  scale code =product-storage-scale
  duration Period
BodyStructure
  identifier* Identifier
  active boolean
  morphology CodeableConcept
  location CodeableConcept
  locationQualifier* CodeableConcept
  description string
  image* Attachment
  patient! Reference(Patient)
Bundle
  identifier Identifier
  type! code =bundle-type
  timestamp instant
  total unsignedInt
  link* .
  entry* .
  signature Signature
Bundle.link
  relation! string
  url! uri
Bundle.entry
  link* @Bundle.link
  fullUrl uri
  resource Resource
  search .
  request .
  response .
Bundle.entry.search
  mode code =search-entry-mode
  score decimal
Bundle.entry.request
  method! code =http-verb
  url! uri
  ifNoneMatch string
  ifModifiedSince instant
  ifMatch string
  ifNoneExist string
Bundle.entry.response
  status! string
  location uri
  etag string
  lastModified instant
  outcome Resource
CapabilityStatement
  url uri
  version string
  name string
  title string
  status! code =publication-status
  experimental boolean
  date! dateTime
  publisher string
  contact* ContactDetail
  description markdown
  useContext* UsageContext
  jurisdiction* CodeableConcept
  purpose markdown
  copyright markdown
  kind! code =capability-statement-kind
  instantiates* canonical
  imports* canonical
  software .
  implementation .
  fhirVersion! code =FHIR-version
  format+ code
  patchFormat* code
  implementationGuide* canonical
  rest* .
  messaging* .
  document* .
CapabilityStatement.software
  name! string
  version string
  releaseDate dateTime
CapabilityStatement.implementation
  description! string
  url url
  custodian Reference(Organization)
CapabilityStatement.rest
  mode! code =restful-capability-mode
  documentation markdown
  security .
  resource* .
  interaction* .
  searchParam* @CapabilityStatement.rest.resource.searchParam
  operation* @CapabilityStatement.rest.resource.operation
  compartment* canonical
CapabilityStatement.rest.security
  cors boolean
  service* CodeableConcept
  description markdown
CapabilityStatement.rest.resource
  type! code =resource-types
  profile canonical
  supportedProfile* canonical
  documentation markdown
  interaction* .
  versioning code =versioning-policy
  readHistory boolean
  updateCreate boolean
  conditionalCreate boolean
  conditionalRead code =conditional-read-status
  conditionalUpdate boolean
  conditionalDelete code =conditional-delete-status
  referencePolicy* code =reference-handling-policy
  searchInclude* string
  searchRevInclude* string
  searchParam* .
  operation* .
CapabilityStatement.rest.resource.interaction
  code! code =type-restful-interaction
  documentation markdown
CapabilityStatement.rest.resource.searchParam
  name! string
  definition canonical
  type! code =search-param-type
  documentation markdown
CapabilityStatement.rest.resource.operation
  name! string
  definition! canonical
  documentation markdown
CapabilityStatement.rest.interaction
  code! code =system-restful-interaction
  documentation markdown
CapabilityStatement.messaging
  endpoint* .
  reliableCache unsignedInt
  documentation markdown
  supportedMessage* .
CapabilityStatement.messaging.endpoint
  protocol! Coding
  address! url
CapabilityStatement.messaging.supportedMessage
  mode! code =event-capability-mode
  definition! canonical
CapabilityStatement.document
  mode! code =document-mode
  documentation markdown
  profile! canonical
CarePlan
  identifier* Identifier
  instantiatesCanonical* canonical
  instantiatesUri* uri
  basedOn* Reference(CarePlan)
  replaces* Reference(CarePlan)
  partOf* Reference(CarePlan)
  status! code =request-status
  intent! code =care-plan-intent
  category* CodeableConcept
  title string
  description string
  subject! Reference(Patient|Group)
  encounter Reference(Encounter)
  period Period
  created dateTime
  author Reference(Patient|Practitioner|PractitionerRole|Device|RelatedPerson|Organization|CareTeam)
  contributor* Reference(Patient|Practitioner|PractitionerRole|Device|RelatedPerson|Organization|CareTeam)
  careTeam* Reference(CareTeam)
  addresses* Reference(Condition)
  supportingInfo* Reference
  goal* Reference(Goal)
  activity* .
  note* Annotation
CarePlan.activity
  outcomeCodeableConcept* CodeableConcept
  outcomeReference* Reference
  progress* Annotation
  reference Reference(Appointment|CommunicationRequest|DeviceRequest|MedicationRequest|NutritionOrder|Task|ServiceRequest|VisionPrescription|RequestGroup)
  detail .
CarePlan.activity.detail
  kind code =care-plan-activity-kind
  instantiatesCanonical* canonical
  instantiatesUri* uri
  code CodeableConcept
  reasonCode* CodeableConcept
  reasonReference* Reference(Condition|Observation|DiagnosticReport|DocumentReference)
  goal* Reference(Goal)
  status! code =care-plan-activity-status
  statusReason CodeableConcept
  doNotPerform boolean
  scheduled[x] Timing Period string
  location Reference(Location)
  performer* Reference(Practitioner|PractitionerRole|Organization|RelatedPerson|Patient|CareTeam|HealthcareService|Device)
  product[x] CodeableConcept Reference(Medication|Substance)
  dailyAmount Quantity
  quantity Quantity
  description string
CareTeam
  identifier* Identifier
  status code =care-team-status
  category* CodeableConcept
  name string
  subject Reference(Patient|Group)
  encounter Reference(Encounter)
  period Period
  participant* .
  reasonCode* CodeableConcept
  reasonReference* Reference(Condition)
  managingOrganization* Reference(Organization)
  telecom* ContactPoint
  note* Annotation
CareTeam.participant
  role* CodeableConcept
  member Reference(Practitioner|PractitionerRole|RelatedPerson|Patient|Organization|CareTeam)
  onBehalfOf Reference(Organization)
  period Period
CatalogEntry
  identifier* Identifier
  type CodeableConcept
  orderable! boolean
  referencedItem! Reference(Medication|Device|Organization|Practitioner|PractitionerRole|HealthcareService|ActivityDefinition|PlanDefinition|SpecimenDefinition|ObservationDefinition|Binary)
  additionalIdentifier* Identifier
  classification* CodeableConcept
  status code =publication-status
  validityPeriod Period
  validTo dateTime
  lastUpdated dateTime
  additionalCharacteristic* CodeableConcept
  additionalClassification* CodeableConcept
  relatedEntry* .
CatalogEntry.relatedEntry
  relationtype! code =relation-type
  item! Reference(CatalogEntry)
ChargeItem
  identifier* Identifier
  definitionUri* uri
  definitionCanonical* canonical
  status! code =chargeitem-status
  partOf* Reference(ChargeItem)
  code! CodeableConcept
  subject! Reference(Patient|Group)
  context Reference(Encounter|EpisodeOfCare)
  occurrence[x] dateTime Period Timing
  performer* .
  performingOrganization Reference(Organization)
  requestingOrganization Reference(Organization)
  costCenter Reference(Organization)
  quantity Quantity
  bodysite* CodeableConcept
  factorOverride decimal
  priceOverride Money
  overrideReason string
  enterer Reference(Practitioner|PractitionerRole|Organization|Patient|Device|RelatedPerson)
  enteredDate dateTime
  reason* CodeableConcept
  service* Reference(DiagnosticReport|ImagingStudy|Immunization|MedicationAdministration|MedicationDispense|Observation|Procedure|SupplyDelivery)
  product[x] Reference(Device|Medication|Substance) CodeableConcept
  account* Reference(Account)
  note* Annotation
  supportingInformation* Reference
ChargeItem.performer
  function CodeableConcept
  actor! Reference(Practitioner|PractitionerRole|Organization|CareTeam|Patient|Device|RelatedPerson)
ChargeItemDefinition
  url! uri
  identifier* Identifier
  version string
  title string
  derivedFromUri* uri
  partOf* canonical
  replaces* canonical
  status! code =publication-status
  experimental boolean
  date dateTime
  publisher string
  contact* ContactDetail
  description markdown
  useContext* UsageContext
  jurisdiction* CodeableConcept
  copyright markdown
  approvalDate date
  lastReviewDate date
  effectivePeriod Period
  code CodeableConcept
  instance* Reference(Medication|Substance|Device)
  applicability* .
  propertyGroup* .
ChargeItemDefinition.applicability
  description string
  language string
  expression string
ChargeItemDefinition.propertyGroup
  applicability* @ChargeItemDefinition.applicability
  priceComponent* .
ChargeItemDefinition.propertyGroup.priceComponent
  type! code =invoice-priceComponentType
  code CodeableConcept
  factor decimal
  amount Money
Claim
  identifier* Identifier
  status! code =fm-status
  type! CodeableConcept
  subType CodeableConcept
  use! code =claim-use
  patient! Reference(Patient)
  billablePeriod Period
  created! dateTime
  enterer Reference(Practitioner|PractitionerRole)
  insurer Reference(Organization)
  provider! Reference(Practitioner|PractitionerRole|Organization)
  priority! CodeableConcept
  fundsReserve CodeableConcept
  related* .
  prescription Reference(DeviceRequest|MedicationRequest|VisionPrescription)
  originalPrescription Reference(DeviceRequest|MedicationRequest|VisionPrescription)
  payee .
  referral Reference(ServiceRequest)
  facility Reference(Location)
  careTeam* .
  supportingInfo* .
  diagnosis* .
  procedure* .
  insurance+ .
  accident .
  item* .
  total Money
Claim.related
  claim Reference(Claim)
  relationship CodeableConcept
  reference Identifier
Claim.payee
  type! CodeableConcept
  party Reference(Practitioner|PractitionerRole|Organization|Patient|RelatedPerson)
Claim.careTeam
  sequence! positiveInt
  provider! Reference(Practitioner|PractitionerRole|Organization)
  responsible boolean
  role CodeableConcept
  qualification CodeableConcept
Claim.supportingInfo
  sequence! positiveInt
  category! CodeableConcept
  code CodeableConcept
  timing[x] date Period
  value[x] boolean string Quantity Attachment Reference
  reason CodeableConcept
Claim.diagnosis
  sequence! positiveInt
  diagnosis[x]! CodeableConcept Reference(Condition)
  type* CodeableConcept
  onAdmission CodeableConcept
  packageCode CodeableConcept
Claim.procedure
  sequence! positiveInt
  type* CodeableConcept
  date dateTime
  procedure[x]! CodeableConcept Reference(Procedure)
  udi* Reference(Device)
Claim.insurance
  sequence! positiveInt
  focal! boolean
  identifier Identifier
  coverage! Reference(Coverage)
  businessArrangement string
  preAuthRef* string
  claimResponse Reference(ClaimResponse)
Claim.accident
  date! date
  type CodeableConcept
  location[x] Address Reference(Location)
Claim.item
  sequence! positiveInt
  careTeamSequence* positiveInt
  diagnosisSequence* positiveInt
  procedureSequence* positiveInt
  informationSequence* positiveInt
  revenue CodeableConcept
  category CodeableConcept
  productOrService! CodeableConcept
  modifier* CodeableConcept
  programCode* CodeableConcept
  serviced[x] date Period
  location[x] CodeableConcept Address Reference(Location)
  quantity Quantity
  unitPrice Money
  factor decimal
  net Money
  udi* Reference(Device)
  bodySite CodeableConcept
  subSite* CodeableConcept
  encounter* Reference(Encounter)
  detail* .
Claim.item.detail
  sequence! positiveInt
  revenue CodeableConcept
  category CodeableConcept
  productOrService! CodeableConcept
  modifier* CodeableConcept
  programCode* CodeableConcept
  quantity Quantity
  unitPrice Money
  factor decimal
  net Money
  udi* Reference(Device)
  subDetail* .
Claim.item.detail.subDetail
  sequence! positiveInt
  revenue CodeableConcept
  category CodeableConcept
  productOrService! CodeableConcept
  modifier* CodeableConcept
  programCode* CodeableConcept
  quantity Quantity
  unitPrice Money
  factor decimal
  net Money
  udi* Reference(Device)
ClaimResponse
  identifier* Identifier
  status! code =fm-status
  type! CodeableConcept
  subType CodeableConcept
  use! code =claim-use
  patient! Reference(Patient)
  created! dateTime
  insurer! Reference(Organization)
  requestor Reference(Practitioner|PractitionerRole|Organization)
  request Reference(Claim)
  outcome! code =remittance-outcome
  disposition string
  preAuthRef string
  preAuthPeriod Period
  payeeType CodeableConcept
  item* .
  addItem* .
  adjudication* @ClaimResponse.item.adjudication
  total* .
  payment .
  fundsReserve CodeableConcept
  formCode CodeableConcept
  form Attachment
  processNote* .
  communicationRequest* Reference(CommunicationRequest)
  insurance* .
  error* .
ClaimResponse.item
  itemSequence! positiveInt
  noteNumber* positiveInt
  adjudication+ .
  detail* .
ClaimResponse.item.adjudication
  category! CodeableConcept
  reason CodeableConcept
  amount Money
  value decimal
ClaimResponse.item.detail
  detailSequence! positiveInt
  noteNumber* positiveInt
  adjudication+ @ClaimResponse.item.adjudication
  subDetail* .
ClaimResponse.item.detail.subDetail
  subDetailSequence! positiveInt
  noteNumber* positiveInt
  adjudication* @ClaimResponse.item.adjudication
ClaimResponse.addItem
  itemSequence* positiveInt
  detailSequence* positiveInt
  subdetailSequence* positiveInt
  provider* Reference(Practitioner|PractitionerRole|Organization)
  productOrService! CodeableConcept
  modifier* CodeableConcept
  programCode* CodeableConcept
  serviced[x] date Period
  location[x] CodeableConcept Address Reference(Location)
  quantity Quantity
  unitPrice Money
  factor decimal
  net Money
  bodySite CodeableConcept
  subSite* CodeableConcept
  noteNumber* positiveInt
  adjudication+ @ClaimResponse.item.adjudication
  detail* .
ClaimResponse.addItem.detail
  productOrService! CodeableConcept
  modifier* CodeableConcept
  quantity Quantity
  unitPrice Money
  factor decimal
  net Money
  noteNumber* positiveInt
  adjudication+ @ClaimResponse.item.adjudication
  subDetail* .
ClaimResponse.addItem.detail.subDetail
  productOrService! CodeableConcept
  modifier* CodeableConcept
  quantity Quantity
  unitPrice Money
  factor decimal
  net Money
  noteNumber* positiveInt
  adjudication+ @ClaimResponse.item.adjudication
ClaimResponse.total
  category! CodeableConcept
  amount! Money
ClaimResponse.payment
  type! CodeableConcept
  adjustment Money
  adjustmentReason CodeableConcept
  date date
  amount! Money
  identifier Identifier
ClaimResponse.processNote
  number positiveInt
  type code =note-type
  text! string
  language CodeableConcept
ClaimResponse.insurance
  sequence! positiveInt
  focal! boolean
  coverage! Reference(Coverage)
  businessArrangement string
  claimResponse Reference(ClaimResponse)
ClaimResponse.error
  itemSequence positiveInt
  detailSequence positiveInt
  subDetailSequence positiveInt
  code! CodeableConcept
ClinicalImpression
  identifier* Identifier
  status! code =clinicalimpression-status
  statusReason CodeableConcept
  code CodeableConcept
  description string
  subject! Reference(Patient|Group)
  encounter Reference(Encounter)
  effective[x] dateTime Period
  date dateTime
  assessor Reference(Practitioner|PractitionerRole)
  previous Reference(ClinicalImpression)
  problem* Reference(Condition|AllergyIntolerance)
  investigation* .
  protocol* uri
  summary string
  finding* .
  prognosisCodeableConcept* CodeableConcept
  prognosisReference* Reference(RiskAssessment)
  supportingInfo* Reference
  note* Annotation
ClinicalImpression.investigation
  code! CodeableConcept
  item* Reference(Observation|QuestionnaireResponse|FamilyMemberHistory|DiagnosticReport|RiskAssessment|ImagingStudy|Media)
ClinicalImpression.finding
  itemCodeableConcept CodeableConcept
  itemReference Reference(Condition|Observation|Media)
  basis string
CodeSystem
  url uri
  identifier* Identifier
  version string
  name string
  title string
  status! code =publication-status
  experimental boolean
  date dateTime
  publisher string
  contact* ContactDetail
  description markdown
  useContext* UsageContext
  jurisdiction* CodeableConcept
  purpose markdown
  copyright markdown
  caseSensitive boolean
  valueSet canonical
  hierarchyMeaning code =codesystem-hierarchy-meaning
  compositional boolean
  versionNeeded boolean
  content! code =codesystem-content-mode
  supplements canonical
  count unsignedInt
  filter* .
  property* .
  concept* .
CodeSystem.filter
  code! code
  description string
  operator+ code =filter-operator
  value! string
CodeSystem.property
  code! code
  uri uri
  description string
  type! code =concept-property-type
CodeSystem.concept
  code! code
  display string
  definition string
  designation* .
  property* .
  concept* @CodeSystem.concept
CodeSystem.concept.designation
  language code
  use Coding
  value! string
CodeSystem.concept.property
  code! code
  value[x]! code Coding string integer boolean dateTime decimal
Communication
  identifier* Identifier
  instantiatesCanonical* canonical
  instantiatesUri* uri
  basedOn* Reference
  partOf* Reference
  inResponseTo* Reference(Communication)
  status! code =event-status
  statusReason CodeableConcept
  category* CodeableConcept
  priority code =request-priority
  medium* CodeableConcept
  subject Reference(Patient|Group)
  topic CodeableConcept
  about* Reference
  encounter Reference(Encounter)
  sent dateTime
  received dateTime
  recipient* Reference(Device|Organization|Patient|Practitioner|PractitionerRole|RelatedPerson|Group|CareTeam|HealthcareService)
  sender Reference(Device|Organization|Patient|Practitioner|PractitionerRole|RelatedPerson|HealthcareService)
  reasonCode* CodeableConcept
  reasonReference* Reference(Condition|Observation|DiagnosticReport|DocumentReference)
  payload* .
  note* Annotation
Communication.payload
  content[x]! string Attachment Reference
CommunicationRequest
  identifier* Identifier
  basedOn* Reference
  replaces* Reference(CommunicationRequest)
  groupIdentifier Identifier
  status! code =request-status
  statusReason CodeableConcept
  category* CodeableConcept
  priority code =request-priority
  doNotPerform boolean
  medium* CodeableConcept
  subject Reference(Patient|Group)
  about* Reference
  encounter Reference(Encounter)
  payload* .
  occurrence[x] dateTime Period
  authoredOn dateTime
  requester Reference(Practitioner|PractitionerRole|Organization|Patient|RelatedPerson|Device)
  recipient* Reference(Device|Organization|Patient|Practitioner|PractitionerRole|RelatedPerson|Group|CareTeam|HealthcareService)
  sender Reference(Device|Organization|Patient|Practitioner|PractitionerRole|RelatedPerson|HealthcareService)
  reasonCode* CodeableConcept
  reasonReference* Reference(Condition|Observation|DiagnosticReport|DocumentReference)
  note* Annotation
CommunicationRequest.payload
  content[x]! string Attachment Reference
CompartmentDefinition
  url! uri
  version string
  name! string
  status! code =publication-status
  experimental boolean
  date dateTime
  publisher string
  contact* ContactDetail
  description markdown
  useContext* UsageContext
  purpose markdown
  code! code =compartment-type
  search! boolean
  resource* .
CompartmentDefinition.resource
  code! code =resource-types
  param* string
  documentation string
Composition
  identifier Identifier
  status! code =composition-status
  type! CodeableConcept
  category* CodeableConcept
  subject Reference
  encounter Reference(Encounter)
  date! dateTime
  author+ Reference(Practitioner|PractitionerRole|Device|Patient|RelatedPerson|Organization)
  title! string
  confidentiality code =v3-ConfidentialityClassification
  attester* .
  custodian Reference(Organization)
  relatesTo* .
  event* .
  section* .
Composition.attester
  mode! code =composition-attestation-mode
  time dateTime
  party Reference(Patient|RelatedPerson|Practitioner|PractitionerRole|Organization)
Composition.relatesTo
  code! code =document-relationship-type
  target[x]! Identifier Reference(Composition)
Composition.event
  code* CodeableConcept
  period Period
  detail* Reference
Composition.section
  title string
  code CodeableConcept
  author* Reference(Practitioner|PractitionerRole|Device|Patient|RelatedPerson|Organization)
  focus Reference
  text Narrative
  mode code =list-mode
  orderedBy CodeableConcept
  entry* Reference
  emptyReason CodeableConcept
  section* @Composition.section
ConceptMap
  url uri
  identifier Identifier
  version string
  name string
  title string
  status! code =publication-status
  experimental boolean
  date dateTime
  publisher string
  contact* ContactDetail
  description markdown
  useContext* UsageContext
  jurisdiction* CodeableConcept
  purpose markdown
  copyright markdown
  source[x] uri canonical
  target[x] uri canonical
  group* .
ConceptMap.group
  source uri
  sourceVersion string
  target uri
  targetVersion string
  element+ .
  unmapped .
ConceptMap.group.element
  code code
  display string
  target* .
ConceptMap.group.element.target
  code code
  display string
  equivalence! code =concept-map-equivalence
  comment string
  dependsOn* .
  product* @ConceptMap.group.element.target.dependsOn
ConceptMap.group.element.target.dependsOn
  property! uri
  system canonical
  value! string
  display string
ConceptMap.group.unmapped
  mode! code =conceptmap-unmapped-mode
  code code
  display string
  url canonical
Condition
  identifier* Identifier
  clinicalStatus CodeableConcept =condition-clinical
  verificationStatus CodeableConcept =condition-ver-status
  category* CodeableConcept
  severity CodeableConcept
  code CodeableConcept
  bodySite* CodeableConcept
  subject! Reference(Patient|Group)
  encounter Reference(Encounter)
  onset[x] dateTime Age Period Range string
  abatement[x] dateTime Age Period Range string
  recordedDate dateTime
  recorder Reference(Practitioner|PractitionerRole|Patient|RelatedPerson)
  asserter Reference(Practitioner|PractitionerRole|Patient|RelatedPerson)
  stage* .
  evidence* .
  note* Annotation
Condition.stage
  summary CodeableConcept
  assessment* Reference(ClinicalImpression|DiagnosticReport|Observation)
  type CodeableConcept
Condition.evidence
  code* CodeableConcept
  detail* Reference
Consent
  identifier* Identifier
  status! code =consent-state-codes
  scope! CodeableConcept
  category+ CodeableConcept
  patient Reference(Patient)
  dateTime dateTime
  performer* Reference(Organization|Patient|Practitioner|RelatedPerson|PractitionerRole)
  organization* Reference(Organization)
  source[x] Attachment Reference(Consent|DocumentReference|Contract|QuestionnaireResponse)
  policy* .
  policyRule CodeableConcept
  verification* .
  provision .
Consent.policy
  authority uri
  uri uri
Consent.verification
  verified! boolean
  verifiedWith Reference(Patient|RelatedPerson)
  verificationDate dateTime
Consent.provision
  type code =consent-provision-type
  period Period
  actor* .
  action* CodeableConcept
  securityLabel* Coding
  purpose* Coding
  class* Coding
  code* CodeableConcept
  dataPeriod Period
  data* .
  provision* @Consent.provision
Consent.provision.actor
  role! CodeableConcept
  reference! Reference(Device|Group|CareTeam|Organization|Patient|Practitioner|RelatedPerson|PractitionerRole)
Consent.provision.data
  meaning! code =consent-data-meaning
  reference! Reference
Contract
  identifier* Identifier
  url uri
  version string
  status code =contract-status
  legalState CodeableConcept
  instantiatesCanonical Reference(Contract)
  instantiatesUri uri
  contentDerivative CodeableConcept
  issued dateTime
  applies Period
  expirationType CodeableConcept
  subject* Reference
  authority* Reference(Organization)
  domain* Reference(Location)
  site* Reference(Location)
  name string
  title string
  subtitle string
  alias* string
  author Reference(Patient|Practitioner|PractitionerRole|Organization)
  scope CodeableConcept
  topic[x] CodeableConcept Reference
  type CodeableConcept
  subType* CodeableConcept
  contentDefinition .
  term* .
  supportingInfo* Reference
  relevantHistory* Reference(Provenance)
  signer* .
  friendly* .
  legal* .
  rule* .
  legallyBinding[x] Attachment Reference(Composition|DocumentReference|QuestionnaireResponse|Contract)
Contract.contentDefinition
  type! CodeableConcept
  subType CodeableConcept
  publisher Reference(Practitioner|PractitionerRole|Organization)
  publicationDate dateTime
  publicationStatus! code =contract-publicationstatus
  copyright markdown
Contract.term
  identifier Identifier
  issued dateTime
  applies Period
  topic[x] CodeableConcept Reference
  type CodeableConcept
  subType CodeableConcept
  text string
  securityLabel* .
  offer! .
  asset* .
  action* .
  group* @Contract.term
Contract.term.securityLabel
  number* unsignedInt
  classification! Coding
  category* Coding
  control* Coding
Contract.term.offer
  identifier* Identifier
  party* .
  topic Reference
  type CodeableConcept
  decision CodeableConcept
  decisionMode* CodeableConcept
  answer* .
  text string
  linkId* string
  securityLabelNumber* unsignedInt
Contract.term.offer.party
  reference+ Reference(Patient|RelatedPerson|Practitioner|PractitionerRole|Device|Group|Organization)
  role! CodeableConcept
Contract.term.offer.answer
  value[x]! boolean decimal integer date dateTime time string uri Attachment Coding Quantity Reference
Contract.term.asset
  scope CodeableConcept
  type* CodeableConcept
  typeReference* Reference
  subtype* CodeableConcept
  relationship Coding
  context* .
  condition string
  periodType* CodeableConcept
  period* Period
  usePeriod* Period
  text string
  linkId* string
  answer* @Contract.term.offer.answer
  securityLabelNumber* unsignedInt
  valuedItem* .
Contract.term.asset.context
  reference Reference
  code* CodeableConcept
  text string
Contract.term.asset.valuedItem
  entity[x] CodeableConcept Reference
  identifier Identifier
  effectiveTime dateTime
  quantity Quantity
  unitPrice Money
  factor decimal
  points decimal
  net Money
  payment string
  paymentDate dateTime
  responsible Reference(Organization|Patient|Practitioner|PractitionerRole|RelatedPerson)
  recipient Reference(Organization|Patient|Practitioner|PractitionerRole|RelatedPerson)
  linkId* string
  securityLabelNumber* unsignedInt
Contract.term.action
  doNotPerform boolean
  type! CodeableConcept
  subject* .
  intent! CodeableConcept
  linkId* string
  status! CodeableConcept
  context Reference(Encounter|EpisodeOfCare)
  contextLinkId* string
  occurrence[x] dateTime Period Timing
  requester* Reference(Patient|RelatedPerson|Practitioner|PractitionerRole|Device|Group|Organization)
  requesterLinkId* string
  performerType* CodeableConcept
  performerRole CodeableConcept
  performer Reference(RelatedPerson|Patient|Practitioner|PractitionerRole|CareTeam|Device|Substance|Organization|Location)
  performerLinkId* string
  reasonCode* CodeableConcept
  reasonReference* Reference(Condition|Observation|DiagnosticReport|DocumentReference|Questionnaire|QuestionnaireResponse)
  reason* string
  reasonLinkId* string
  note* Annotation
  securityLabelNumber* unsignedInt
Contract.term.action.subject
  reference+ Reference(Patient|RelatedPerson|Practitioner|PractitionerRole|Device|Group|Organization)
  role CodeableConcept
Contract.signer
  type! Coding
  party! Reference(Organization|Patient|Practitioner|PractitionerRole|RelatedPerson)
  signature+ Signature
Contract.friendly
  content[x]! Attachment Reference(Composition|DocumentReference|QuestionnaireResponse)
Contract.legal
  content[x]! Attachment Reference(Composition|DocumentReference|QuestionnaireResponse)
Contract.rule
  content[x]! Attachment Reference(DocumentReference)
Coverage
  identifier* Identifier
  status! code =fm-status
  type CodeableConcept
  policyHolder Reference(Patient|RelatedPerson|Organization)
  subscriber Reference(Patient|RelatedPerson)
  subscriberId string
  beneficiary! Reference(Patient)
  dependent string
  relationship CodeableConcept
  period Period
  payor+ Reference(Organization|Patient|RelatedPerson)
  class* .
  order positiveInt
  network string
  costToBeneficiary* .
  subrogation boolean
  contract* Reference(Contract)
Coverage.class
  type! CodeableConcept
  value! string
  name string
Coverage.costToBeneficiary
  type CodeableConcept
  value[x]! Quantity Money
  exception* .
Coverage.costToBeneficiary.exception
  type! CodeableConcept
  period Period
CoverageEligibilityRequest
  identifier* Identifier
  status! code =fm-status
  priority CodeableConcept
  purpose+ code =eligibilityrequest-purpose
  patient! Reference(Patient)
  serviced[x] date Period
  created! dateTime
  enterer Reference(Practitioner|PractitionerRole)
  provider Reference(Practitioner|PractitionerRole|Organization)
  insurer! Reference(Organization)
  facility Reference(Location)
  supportingInfo* .
  insurance* .
  item* .
CoverageEligibilityRequest.supportingInfo
  sequence! positiveInt
  information! Reference
  appliesToAll boolean
CoverageEligibilityRequest.insurance
  focal boolean
  coverage! Reference(Coverage)
  businessArrangement string
CoverageEligibilityRequest.item
  supportingInfoSequence* positiveInt
  category CodeableConcept
  productOrService CodeableConcept
  modifier* CodeableConcept
  provider Reference(Practitioner|PractitionerRole)
  quantity Quantity
  unitPrice Money
  facility Reference(Location|Organization)
  diagnosis* .
  detail* Reference
CoverageEligibilityRequest.item.diagnosis
  diagnosis[x] CodeableConcept Reference(Condition)
CoverageEligibilityResponse
  identifier* Identifier
  status! code =fm-status
  purpose+ code =eligibilityresponse-purpose
  patient! Reference(Patient)
  serviced[x] date Period
  created! dateTime
  requestor Reference(Practitioner|PractitionerRole|Organization)
  request! Reference(CoverageEligibilityRequest)
  outcome! code =remittance-outcome
  disposition string
  insurer! Reference(Organization)
  insurance* .
  preAuthRef string
  form CodeableConcept
  error* .
CoverageEligibilityResponse.insurance
  coverage! Reference(Coverage)
  inforce boolean
  benefitPeriod Period
  item* .
CoverageEligibilityResponse.insurance.item
  category CodeableConcept
  productOrService CodeableConcept
  modifier* CodeableConcept
  provider Reference(Practitioner|PractitionerRole)
  excluded boolean
  name string
  description string
  network CodeableConcept
  unit CodeableConcept
  term CodeableConcept
  benefit* .
  authorizationRequired boolean
  authorizationSupporting* CodeableConcept
  authorizationUrl uri
CoverageEligibilityResponse.insurance.item.benefit
  type! CodeableConcept
  allowed[x] unsignedInt string Money
  used[x] unsignedInt string Money
CoverageEligibilityResponse.error
  code! CodeableConcept
DetectedIssue
  identifier* Identifier
  status! code =observation-status
  code CodeableConcept
  severity code =detectedissue-severity
  patient Reference(Patient)
  identified[x] dateTime Period
  author Reference(Practitioner|PractitionerRole|Device)
  implicated* Reference
  evidence* .
  detail string
  reference uri
  mitigation* .
DetectedIssue.evidence
  code* CodeableConcept
  detail* Reference
DetectedIssue.mitigation
  action! CodeableConcept
  date dateTime
  author Reference(Practitioner|PractitionerRole)
Device
  identifier* Identifier
  definition Reference(DeviceDefinition)
  udiCarrier* .
  status code =device-status
  statusReason* CodeableConcept
  distinctIdentifier string
  manufacturer string
  manufactureDate dateTime
  expirationDate dateTime
  lotNumber string
  serialNumber string
  deviceName* .
  modelNumber string
  partNumber string
  type CodeableConcept
  specialization* .
  version* .
  property* .
  patient Reference(Patient)
  owner Reference(Organization)
  contact* ContactPoint
  location Reference(Location)
  url uri
  note* Annotation
  safety* CodeableConcept
  parent Reference(Device)
Device.udiCarrier
  deviceIdentifier string
  issuer uri
  jurisdiction uri
  carrierAIDC base64Binary
  carrierHRF string
  entryType code =udi-entry-type
Device.deviceName
  name! string
  type! code =device-nametype
Device.specialization
  systemType! CodeableConcept
  version string
Device.version
  type CodeableConcept
  component Identifier
  value! string
Device.property
  type! CodeableConcept
  valueQuantity* Quantity
  valueCode* CodeableConcept
DeviceDefinition
  identifier* Identifier
  udiDeviceIdentifier* .
  manufacturer[x] string Reference(Organization)
  deviceName* .
  modelNumber string
  type CodeableConcept
  specialization* .
  version* string
  safety* CodeableConcept
  shelfLifeStorage* ProductShelfLife
  physicalCharacteristics ProdCharacteristic
  languageCode* CodeableConcept
  capability* .
  property* .
  owner Reference(Organization)
  contact* ContactPoint
  url uri
  onlineInformation uri
  note* Annotation
  quantity Quantity
  parentDevice Reference(DeviceDefinition)
  material* .
DeviceDefinition.udiDeviceIdentifier
  deviceIdentifier! string
  issuer! uri
  jurisdiction! uri
DeviceDefinition.deviceName
  name! string
  type! code =device-nametype
DeviceDefinition.specialization
  systemType! string
  version string
DeviceDefinition.capability
  type! CodeableConcept
  description* CodeableConcept
DeviceDefinition.property
  type! CodeableConcept
  valueQuantity* Quantity
  valueCode* CodeableConcept
DeviceDefinition.material
  substance! CodeableConcept
  alternate boolean
  allergenicIndicator boolean
DeviceMetric
  identifier* Identifier
  type! CodeableConcept
  unit CodeableConcept
  source Reference(Device)
  parent Reference(Device)
  operationalStatus code =metric-operational-status
  color code =metric-color
  category! code =metric-category
  measurementPeriod Timing
  calibration* .
DeviceMetric.calibration
  type code =metric-calibration-type
  state code =metric-calibration-state
  time instant
DeviceRequest
  identifier* Identifier
  instantiatesCanonical* canonical
  instantiatesUri* uri
  basedOn* Reference
  priorRequest* Reference
  groupIdentifier Identifier
  status code =request-status
  intent! code =request-intent
  priority code =request-priority
  code[x]! Reference(Device) CodeableConcept
  parameter* .
  subject! Reference(Patient|Group|Location|Device)
  encounter Reference(Encounter)
  occurrence[x] dateTime Period Timing
  authoredOn dateTime
  requester Reference(Device|Practitioner|PractitionerRole|Organization)
  performerType CodeableConcept
  performer Reference(Practitioner|PractitionerRole|Organization|CareTeam|HealthcareService|Patient|Device|RelatedPerson)
  reasonCode* CodeableConcept
  reasonReference* Reference(Condition|Observation|DiagnosticReport|DocumentReference)
  insurance* Reference(Coverage|ClaimResponse)
  supportingInfo* Reference
  note* Annotation
  relevantHistory* Reference(Provenance)
DeviceRequest.parameter
  code CodeableConcept
  value[x] CodeableConcept Quantity Range boolean
DeviceUseStatement
  identifier* Identifier
  basedOn* Reference(ServiceRequest)
  status! code =device-statement-status
  subject! Reference(Patient|Group)
  derivedFrom* Reference(ServiceRequest|Procedure|Claim|Observation|QuestionnaireResponse|DocumentReference)
  timing[x] Timing Period dateTime
  recordedOn dateTime
  source Reference(Patient|Practitioner|PractitionerRole|RelatedPerson)
  device! Reference(Device)
  reasonCode* CodeableConcept
  reasonReference* Reference(Condition|Observation|DiagnosticReport|DocumentReference|Media)
  bodySite CodeableConcept
  note* Annotation
DiagnosticReport
  identifier* Identifier
  basedOn* Reference(CarePlan|ImmunizationRecommendation|MedicationRequest|NutritionOrder|ServiceRequest)
  status! code =diagnostic-report-status
  category* CodeableConcept
  code! CodeableConcept
  subject Reference(Patient|Group|Device|Location)
  encounter Reference(Encounter)
  effective[x] dateTime Period
  issued instant
  performer* Reference(Practitioner|PractitionerRole|Organization|CareTeam)
  resultsInterpreter* Reference(Practitioner|PractitionerRole|Organization|CareTeam)
  specimen* Reference(Specimen)
  result* Reference(Observation)
  imagingStudy* Reference(ImagingStudy)
  media* .
  conclusion string
  conclusionCode* CodeableConcept
  presentedForm* Attachment
DiagnosticReport.media
  comment string
  link! Reference(Media)
DocumentManifest
  masterIdentifier Identifier
  identifier* Identifier
  status! code =document-reference-status
  type CodeableConcept
  subject Reference(Patient|Practitioner|Group|Device)
  created dateTime
  author* Reference(Practitioner|PractitionerRole|Organization|Device|Patient|RelatedPerson)
  recipient* Reference(Patient|Practitioner|PractitionerRole|RelatedPerson|Organization)
  source uri
  description string
  content+ Reference
  related* .
DocumentManifest.related
  identifier Identifier
  ref Reference
DocumentReference
  masterIdentifier Identifier
  identifier* Identifier
  status! code =document-reference-status
  docStatus code =composition-status
  type CodeableConcept
  category* CodeableConcept
  subject Reference(Patient|Practitioner|Group|Device)
  date instant
  author* Reference(Practitioner|PractitionerRole|Organization|Device|Patient|RelatedPerson)
  authenticator Reference(Practitioner|PractitionerRole|Organization)
  custodian Reference(Organization)
  relatesTo* .
  description string
  securityLabel* CodeableConcept
  content+ .
  context .
DocumentReference.relatesTo
  code! code =document-relationship-type
  target! Reference(DocumentReference)
DocumentReference.content
  attachment! Attachment
  format Coding
DocumentReference.context
  encounter* Reference(Encounter|EpisodeOfCare)
  event* CodeableConcept
  period Period
  facilityType CodeableConcept
  practiceSetting CodeableConcept
  sourcePatientInfo Reference(Patient)
  related* Reference
DomainResource
  text Narrative
  contained* Resource
  extension* Extension
  modifierExtension* Extension
EffectEvidenceSynthesis
  url uri
  identifier* Identifier
  version string
  name string
  title string
  status! code =publication-status
  date dateTime
  publisher string
  contact* ContactDetail
  description markdown
  note* Annotation
  useContext* UsageContext
  jurisdiction* CodeableConcept
  copyright markdown
  approvalDate date
  lastReviewDate date
  effectivePeriod Period
  topic* CodeableConcept
  author* ContactDetail
  editor* ContactDetail
  reviewer* ContactDetail
  endorser* ContactDetail
  relatedArtifact* RelatedArtifact
  synthesisType CodeableConcept
  studyType CodeableConcept
  population! Reference(EvidenceVariable)
  exposure! Reference(EvidenceVariable)
  exposureAlternative! Reference(EvidenceVariable)
  outcome! Reference(EvidenceVariable)
  sampleSize .
  resultsByExposure* .
  effectEstimate* .
  certainty* .
EffectEvidenceSynthesis.sampleSize
  description string
  numberOfStudies integer
  numberOfParticipants integer
EffectEvidenceSynthesis.resultsByExposure
  description string
  exposureState code =exposure-state
  variantState CodeableConcept
  riskEvidenceSynthesis! Reference(RiskEvidenceSynthesis)
EffectEvidenceSynthesis.effectEstimate
  description string
  type CodeableConcept
  variantState CodeableConcept
  value decimal
  unitOfMeasure CodeableConcept
  precisionEstimate* .
EffectEvidenceSynthesis.effectEstimate.precisionEstimate
  type CodeableConcept
  level decimal
  from decimal
  to decimal
EffectEvidenceSynthesis.certainty
  rating* CodeableConcept
  note* Annotation
  certaintySubcomponent* .
EffectEvidenceSynthesis.certainty.certaintySubcomponent
  type CodeableConcept
  rating* CodeableConcept
  note* Annotation
Encounter
  identifier* Identifier
  status! code =encounter-status
  statusHistory* .
  class! Coding
  classHistory* .
  type* CodeableConcept
  serviceType CodeableConcept
  priority CodeableConcept
  subject Reference(Patient|Group)
  episodeOfCare* Reference(EpisodeOfCare)
  basedOn* Reference(ServiceRequest)
  participant* .
  appointment* Reference(Appointment)
  period Period
  length Duration
  reasonCode* CodeableConcept
  reasonReference* Reference(Condition|Procedure|Observation|ImmunizationRecommendation)
  diagnosis* .
  account* Reference(Account)
  hospitalization .
  location* .
  serviceProvider Reference(Organization)
  partOf Reference(Encounter)
Encounter.statusHistory
  status! code =encounter-status
  period! Period
Encounter.classHistory
  class! Coding
  period! Period
Encounter.participant
  type* CodeableConcept
  period Period
  individual Reference(Practitioner|PractitionerRole|RelatedPerson)
Encounter.diagnosis
  condition! Reference(Condition|Procedure)
  use CodeableConcept
  rank positiveInt
Encounter.hospitalization
  preAdmissionIdentifier Identifier
  origin Reference(Location|Organization)
  admitSource CodeableConcept
  reAdmission CodeableConcept
  dietPreference* CodeableConcept
  specialCourtesy* CodeableConcept
  specialArrangement* CodeableConcept
  destination Reference(Location|Organization)
  dischargeDisposition CodeableConcept
Encounter.location
  location! Reference(Location)
  status code =encounter-location-status
  physicalType CodeableConcept
  period Period
Endpoint
  identifier* Identifier
  status! code =endpoint-status
  connectionType! Coding
  name string
  managingOrganization Reference(Organization)
  contact* ContactPoint
  period Period
  payloadType+ CodeableConcept
  payloadMimeType* code
  address! url
  header* string
EnrollmentRequest
  identifier* Identifier
  status code =fm-status
  created dateTime
  insurer Reference(Organization)
  provider Reference(Practitioner|PractitionerRole|Organization)
  candidate Reference(Patient)
  coverage Reference(Coverage)
EnrollmentResponse
  identifier* Identifier
  status code =fm-status
  request Reference(EnrollmentRequest)
  outcome code =remittance-outcome
  disposition string
  created dateTime
  organization Reference(Organization)
  requestProvider Reference(Practitioner|PractitionerRole|Organization)
EpisodeOfCare
  identifier* Identifier
  status! code =episode-of-care-status
  statusHistory* .
  type* CodeableConcept
  diagnosis* .
  patient! Reference(Patient)
  managingOrganization Reference(Organization)
  period Period
  referralRequest* Reference(ServiceRequest)
  careManager Reference(Practitioner|PractitionerRole)
  team* Reference(CareTeam)
  account* Reference(Account)
EpisodeOfCare.statusHistory
  status! code =episode-of-care-status
  period! Period
EpisodeOfCare.diagnosis
  condition! Reference(Condition)
  role CodeableConcept
  rank positiveInt
EventDefinition
  url uri
  identifier* Identifier
  version string
  name string
  title string
  subtitle string
  status! code =publication-status
  experimental boolean
  subject[x] CodeableConcept Reference(Group)
  date dateTime
  publisher string
  contact* ContactDetail
  description markdown
  useContext* UsageContext
  jurisdiction* CodeableConcept
  purpose markdown
  usage string
  copyright markdown
  approvalDate date
  lastReviewDate date
  effectivePeriod Period
  topic* CodeableConcept
  author* ContactDetail
  editor* ContactDetail
  reviewer* ContactDetail
  endorser* ContactDetail
  relatedArtifact* RelatedArtifact
  trigger+ TriggerDefinition
Evidence
  url uri
  identifier* Identifier
  version string
  name string
  title string
  shortTitle string
  subtitle string
  status! code =publication-status
  date dateTime
  publisher string
  contact* ContactDetail
  description markdown
  note* Annotation
  useContext* UsageContext
  jurisdiction* CodeableConcept
  copyright markdown
  approvalDate date
  lastReviewDate date
  effectivePeriod Period
  topic* CodeableConcept
  author* ContactDetail
  editor* ContactDetail
  reviewer* ContactDetail
  endorser* ContactDetail
  relatedArtifact* RelatedArtifact
  exposureBackground! Reference(EvidenceVariable)
  exposureVariant* Reference(EvidenceVariable)
  outcome* Reference(EvidenceVariable)
EvidenceVariable
  url uri
  identifier* Identifier
  version string
  name string
  title string
  shortTitle string
  subtitle string
  status! code =publication-status
  date dateTime
  publisher string
  contact* ContactDetail
  description markdown
  note* Annotation
  useContext* UsageContext
  jurisdiction* CodeableConcept
  copyright markdown
  approvalDate date
  lastReviewDate date
  effectivePeriod Period
  topic* CodeableConcept
  author* ContactDetail
  editor* ContactDetail
  reviewer* ContactDetail
  endorser* ContactDetail
  relatedArtifact* RelatedArtifact
  type code =variable-type
  characteristic+ .
EvidenceVariable.characteristic
  description string
  definition[x]! Reference(Group) canonical CodeableConcept Expression DataRequirement TriggerDefinition
  usageContext* UsageContext
  exclude boolean
  participantEffective[x] dateTime Period Duration Timing
  timeFromStart Duration
  groupMeasure code =group-measure
ExampleScenario
  url uri
  identifier* Identifier
  version string
  name string
  status! code =publication-status
  experimental boolean
  date dateTime
  publisher string
  contact* ContactDetail
  useContext* UsageContext
  jurisdiction* CodeableConcept
  copyright markdown
  purpose markdown
  actor* .
  instance* .
  process* .
  workflow* canonical
ExampleScenario.actor
  actorId! string
  type! code =examplescenario-actor-type
  name string
  description markdown
ExampleScenario.instance
  resourceId! string
  resourceType! code =resource-types
  name string
  description markdown
  version* .
  containedInstance* .
ExampleScenario.instance.version
  versionId! string
  description! markdown
ExampleScenario.instance.containedInstance
  resourceId! string
  versionId string
ExampleScenario.process
  title! string
  description markdown
  preConditions markdown
  postConditions markdown
  step* .
ExampleScenario.process.step
  process* @ExampleScenario.process
  pause boolean
  operation .
  alternative* .
ExampleScenario.process.step.operation
  number! string
  type string
  name string
  initiator string
  receiver string
  description markdown
  initiatorActive boolean
  receiverActive boolean
  request @ExampleScenario.instance.containedInstance
  response @ExampleScenario.instance.containedInstance
ExampleScenario.process.step.alternative
  title! string
  description markdown
  step* @ExampleScenario.process.step
ExplanationOfBenefit
  identifier* Identifier
  status! code =explanationofbenefit-status
  type! CodeableConcept
  subType CodeableConcept
  use! code =claim-use
  patient! Reference(Patient)
  billablePeriod Period
  created! dateTime
  enterer Reference(Practitioner|PractitionerRole)
  insurer! Reference(Organization)
  provider! Reference(Practitioner|PractitionerRole|Organization)
  priority CodeableConcept
  fundsReserveRequested CodeableConcept
  fundsReserve CodeableConcept
  related* .
  prescription Reference(MedicationRequest|VisionPrescription)
  originalPrescription Reference(MedicationRequest)
  payee .
  referral Reference(ServiceRequest)
  facility Reference(Location)
  claim Reference(Claim)
  claimResponse Reference(ClaimResponse)
  outcome! code =remittance-outcome
  disposition string
  preAuthRef* string
  preAuthRefPeriod* Period
  careTeam* .
  supportingInfo* .
  diagnosis* .
  procedure* .
  precedence positiveInt
  insurance+ .
  accident .
  item* .
  addItem* .
  adjudication* @ExplanationOfBenefit.item.adjudication
  total* .
  payment .
  formCode CodeableConcept
  form Attachment
  processNote* .
  benefitPeriod Period
  benefitBalance* .
ExplanationOfBenefit.related
  claim Reference(Claim)
  relationship CodeableConcept
  reference Identifier
ExplanationOfBenefit.payee
  type CodeableConcept
  party Reference(Practitioner|PractitionerRole|Organization|Patient|RelatedPerson)
ExplanationOfBenefit.careTeam
  sequence! positiveInt
  provider! Reference(Practitioner|PractitionerRole|Organization)
  responsible boolean
  role CodeableConcept
  qualification CodeableConcept
ExplanationOfBenefit.supportingInfo
  sequence! positiveInt
  category! CodeableConcept
  code CodeableConcept
  timing[x] date Period
  value[x] boolean string Quantity Attachment Reference
  reason Coding
ExplanationOfBenefit.diagnosis
  sequence! positiveInt
  diagnosis[x]! CodeableConcept Reference(Condition)
  type* CodeableConcept
  onAdmission CodeableConcept
  packageCode CodeableConcept
ExplanationOfBenefit.procedure
  sequence! positiveInt
  type* CodeableConcept
  date dateTime
  procedure[x]! CodeableConcept Reference(Procedure)
  udi* Reference(Device)
ExplanationOfBenefit.insurance
  focal! boolean
  coverage! Reference(Coverage)
  preAuthRef* string
ExplanationOfBenefit.accident
  date date
  type CodeableConcept
  location[x] Address Reference(Location)
ExplanationOfBenefit.item
  sequence! positiveInt
  careTeamSequence* positiveInt
  diagnosisSequence* positiveInt
  procedureSequence* positiveInt
  informationSequence* positiveInt
  revenue CodeableConcept
  category CodeableConcept
  productOrService! CodeableConcept
  modifier* CodeableConcept
  programCode* CodeableConcept
  serviced[x] date Period
  location[x] CodeableConcept Address Reference(Location)
  quantity Quantity
  unitPrice Money
  factor decimal
  net Money
  udi* Reference(Device)
  bodySite CodeableConcept
  subSite* CodeableConcept
  encounter* Reference(Encounter)
  noteNumber* positiveInt
  adjudication* .
  detail* .
ExplanationOfBenefit.item.adjudication
  category! CodeableConcept
  reason CodeableConcept
  amount Money
  value decimal
ExplanationOfBenefit.item.detail
  sequence! positiveInt
  revenue CodeableConcept
  category CodeableConcept
  productOrService! CodeableConcept
  modifier* CodeableConcept
  programCode* CodeableConcept
  quantity Quantity
  unitPrice Money
  factor decimal
  net Money
  udi* Reference(Device)
  noteNumber* positiveInt
  adjudication* @ExplanationOfBenefit.item.adjudication
  subDetail* .
ExplanationOfBenefit.item.detail.subDetail
  sequence! positiveInt
  revenue CodeableConcept
  category CodeableConcept
  productOrService! CodeableConcept
  modifier* CodeableConcept
  programCode* CodeableConcept
  quantity Quantity
  unitPrice Money
  factor decimal
  net Money
  udi* Reference(Device)
  noteNumber* positiveInt
  adjudication* @ExplanationOfBenefit.item.adjudication
ExplanationOfBenefit.addItem
  itemSequence* positiveInt
  detailSequence* positiveInt
  subDetailSequence* positiveInt
  provider* Reference(Practitioner|PractitionerRole|Organization)
  productOrService! CodeableConcept
  modifier* CodeableConcept
  programCode* CodeableConcept
  serviced[x] date Period
  location[x] CodeableConcept Address Reference(Location)
  quantity Quantity
  unitPrice Money
  factor decimal
  net Money
  bodySite CodeableConcept
  subSite* CodeableConcept
  noteNumber* positiveInt
  adjudication* @ExplanationOfBenefit.item.adjudication
  detail* .
ExplanationOfBenefit.addItem.detail
  productOrService! CodeableConcept
  modifier* CodeableConcept
  quantity Quantity
  unitPrice Money
  factor decimal
  net Money
  noteNumber* positiveInt
  adjudication* @ExplanationOfBenefit.item.adjudication
  subDetail* .
ExplanationOfBenefit.addItem.detail.subDetail
  productOrService! CodeableConcept
  modifier* CodeableConcept
  quantity Quantity
  unitPrice Money
  factor decimal
  net Money
  noteNumber* positiveInt
  adjudication* @ExplanationOfBenefit.item.adjudication
ExplanationOfBenefit.total
  category! CodeableConcept
  amount! Money
ExplanationOfBenefit.payment
  type CodeableConcept
  adjustment Money
  adjustmentReason CodeableConcept
  date date
  amount Money
  identifier Identifier
ExplanationOfBenefit.processNote
  number positiveInt
  type code =note-type
  text string
  language CodeableConcept
ExplanationOfBenefit.benefitBalance
  category! CodeableConcept
  excluded boolean
  name string
  description string
  network CodeableConcept
  unit CodeableConcept
  term CodeableConcept
  financial* .
ExplanationOfBenefit.benefitBalance.financial
  type! CodeableConcept
  allowed[x] unsignedInt string Money
  used[x] unsignedInt Money
FamilyMemberHistory
  identifier* Identifier
  instantiatesCanonical* canonical
  instantiatesUri* uri
  status! code =history-status
  dataAbsentReason CodeableConcept
  patient! Reference(Patient)
  date dateTime
  name string
  relationship! CodeableConcept
  sex CodeableConcept
  born[x] Period date string
  age[x] Age Range string
  estimatedAge boolean
  deceased[x] boolean Age Range date string
  reasonCode* CodeableConcept
  reasonReference* Reference(Condition|Observation|AllergyIntolerance|QuestionnaireResponse|DiagnosticReport|DocumentReference)
  note* Annotation
  condition* .
FamilyMemberHistory.condition
  code! CodeableConcept
  outcome CodeableConcept
  contributedToDeath boolean
  onset[x] Age Range Period string
  note* Annotation
Flag
  identifier* Identifier
  status! code =flag-status
  category* CodeableConcept
  code! CodeableConcept
  subject! Reference(Patient|Location|Group|Organization|Practitioner|PlanDefinition|Medication|Procedure)
  period Period
  encounter Reference(Encounter)
  author Reference(Device|Organization|Patient|Practitioner|PractitionerRole)
Goal
  identifier* Identifier
  lifecycleStatus! code =goal-status
  achievementStatus CodeableConcept
  category* CodeableConcept
  priority CodeableConcept
  description! CodeableConcept
  subject! Reference(Patient|Group|Organization)
  start[x] date CodeableConcept
  target* .
  statusDate date
  statusReason string
  expressedBy Reference(Patient|Practitioner|PractitionerRole|RelatedPerson)
  addresses* Reference(Condition|Observation|MedicationStatement|NutritionOrder|ServiceRequest|RiskAssessment)
  note* Annotation
  outcomeCode* CodeableConcept
  outcomeReference* Reference(Observation)
Goal.target
  measure CodeableConcept
  detail[x] Quantity Range CodeableConcept string boolean integer Ratio
  due[x] date Duration
GraphDefinition
  url uri
  version string
  name! string
  status! code =publication-status
  experimental boolean
  date dateTime
  publisher string
  contact* ContactDetail
  description markdown
  useContext* UsageContext
  jurisdiction* CodeableConcept
  purpose markdown
  start! code =resource-types
  profile canonical
  link* .
GraphDefinition.link
  path string
  sliceName string
  min integer
  max string
  description string
  target* .
GraphDefinition.link.target
  type! code =resource-types
  params string
  profile canonical
  compartment* .
  link* @GraphDefinition.link
GraphDefinition.link.target.compartment
  use! code =graph-compartment-use
  code! code =compartment-type
  rule! code =graph-compartment-rule
  expression string
  description string
Group
  identifier* Identifier
  active boolean
  type! code =group-type
  actual! boolean
  code CodeableConcept
  name string
  quantity unsignedInt
  managingEntity Reference(Organization|RelatedPerson|Practitioner|PractitionerRole)
  characteristic* .
  member* .
Group.characteristic
  code! CodeableConcept
  value[x]! CodeableConcept boolean Quantity Range Reference
  exclude! boolean
  period Period
Group.member
  entity! Reference(Patient|Practitioner|PractitionerRole|Device|Medication|Substance|Group)
  period Period
  inactive boolean
GuidanceResponse
  requestIdentifier Identifier
  identifier* Identifier
  module[x]! uri canonical CodeableConcept
  status! code =guidance-response-status
  subject Reference(Patient|Group)
  encounter Reference(Encounter)
  occurrenceDateTime dateTime
  performer Reference(Device)
  reasonCode* CodeableConcept
  reasonReference* Reference(Condition|Observation|DiagnosticReport|DocumentReference)
  note* Annotation
  evaluationMessage* Reference(OperationOutcome)
  outputParameters Reference(Parameters)
  result Reference(CarePlan|RequestGroup)
  dataRequirement* DataRequirement
HealthcareService
  identifier* Identifier
  active boolean
  providedBy Reference(Organization)
  category* CodeableConcept
  type* CodeableConcept
  specialty* CodeableConcept
  location* Reference(Location)
  name string
  comment string
  extraDetails markdown
  photo Attachment
  telecom* ContactPoint
  coverageArea* Reference(Location)
  serviceProvisionCode* CodeableConcept
  eligibility* .
  program* CodeableConcept
  characteristic* CodeableConcept
  communication* CodeableConcept
  referralMethod* CodeableConcept
  appointmentRequired boolean
  availableTime* .
  notAvailable* .
  availabilityExceptions string
  endpoint* Reference(Endpoint)
HealthcareService.eligibility
  code CodeableConcept
  comment markdown
HealthcareService.availableTime
  daysOfWeek* code =days-of-week
  allDay boolean
  availableStartTime time
  availableEndTime time
HealthcareService.notAvailable
  description! string
  during Period
ImagingStudy
  identifier* Identifier
  status! code =imagingstudy-status
  modality* Coding
  subject! Reference(Patient|Device|Group)
  encounter Reference(Encounter)
  started dateTime
  basedOn* Reference(CarePlan|ServiceRequest|Appointment|AppointmentResponse|Task)
  referrer Reference(Practitioner|PractitionerRole)
  interpreter* Reference(Practitioner|PractitionerRole)
  endpoint* Reference(Endpoint)
  numberOfSeries unsignedInt
  numberOfInstances unsignedInt
  procedureReference Reference(Procedure)
  procedureCode* CodeableConcept
  location Reference(Location)
  reasonCode* CodeableConcept
  reasonReference* Reference(Condition|Observation|Media|DiagnosticReport|DocumentReference)
  note* Annotation
  description string
  series* .
ImagingStudy.series
  uid! id
  number unsignedInt
  modality! Coding
  description string
  numberOfInstances unsignedInt
  endpoint* Reference(Endpoint)
  bodySite Coding
  laterality Coding
  specimen* Reference(Specimen)
  started dateTime
  performer* .
  instance* .
ImagingStudy.series.performer
  function CodeableConcept
  actor! Reference(Practitioner|PractitionerRole|Organization|CareTeam|Patient|Device|RelatedPerson)
ImagingStudy.series.instance
  uid! id
  sopClass! Coding
  number unsignedInt
  title string
Immunization
  identifier* Identifier
  status! code =immunization-status
  statusReason CodeableConcept
  vaccineCode! CodeableConcept
  patient! Reference(Patient)
  encounter Reference(Encounter)
  occurrence[x]! dateTime string
  recorded dateTime
  primarySource boolean
  reportOrigin CodeableConcept
  location Reference(Location)
  manufacturer Reference(Organization)
  lotNumber string
  expirationDate date
  site CodeableConcept
  route CodeableConcept
  doseQuantity Quantity
  performer* .
  note* Annotation
  reasonCode* CodeableConcept
  reasonReference* Reference(Condition|Observation|DiagnosticReport)
  isSubpotent boolean
  subpotentReason* CodeableConcept
  education* .
  programEligibility* CodeableConcept
  fundingSource CodeableConcept
  reaction* .
  protocolApplied* .
Immunization.performer
  function CodeableConcept
  actor! Reference(Practitioner|PractitionerRole|Organization)
Immunization.education
  documentType string
  reference uri
  publicationDate dateTime
  presentationDate dateTime
Immunization.reaction
  date dateTime
  detail Reference(Observation)
  reported boolean
Immunization.protocolApplied
  series string
  authority Reference(Organization)
  targetDisease* CodeableConcept
  doseNumber[x]! positiveInt string
  seriesDoses[x] positiveInt string
ImmunizationEvaluation
  identifier* Identifier
  status! code =immunization-evaluation-status
  patient! Reference(Patient)
  date dateTime
  authority Reference(Organization)
  targetDisease! CodeableConcept
  immunizationEvent! Reference(Immunization)
  doseStatus! CodeableConcept
  doseStatusReason* CodeableConcept
  description string
  series string
  doseNumber[x] positiveInt string
  seriesDoses[x] positiveInt string
ImmunizationRecommendation
  identifier* Identifier
  patient! Reference(Patient)
  date! dateTime
  authority Reference(Organization)
  recommendation+ .
ImmunizationRecommendation.recommendation
  vaccineCode* CodeableConcept
  targetDisease CodeableConcept
  contraindicatedVaccineCode* CodeableConcept
  forecastStatus! CodeableConcept
  forecastReason* CodeableConcept
  dateCriterion* .
  description string
  series string
  doseNumber[x] positiveInt string
  seriesDoses[x] positiveInt string
  supportingImmunization* Reference(Immunization|ImmunizationEvaluation)
  supportingPatientInformation* Reference
ImmunizationRecommendation.recommendation.dateCriterion
  code! CodeableConcept
  value! dateTime
ImplementationGuide
  url! uri
  version string
  name! string
  title string
  status! code =publication-status
  experimental boolean
  date dateTime
  publisher string
  contact* ContactDetail
  description markdown
  useContext* UsageContext
  jurisdiction* CodeableConcept
  copyright markdown
  packageId! id
  license code
  fhirVersion+ code =FHIR-version
  dependsOn* .
  global* .
  definition .
  manifest .
ImplementationGuide.dependsOn
  uri! canonical
  packageId id
  version string
ImplementationGuide.global
  type! code =resource-types
  profile! canonical
ImplementationGuide.definition
  grouping* .
  resource+ .
  page .
  parameter* .
  template* .
ImplementationGuide.definition.grouping
  name! string
  description string
ImplementationGuide.definition.resource
  reference! Reference
  fhirVersion* code =FHIR-version
  name string
  description string
  example[x] boolean canonical
  groupingId id
ImplementationGuide.definition.page
  name[x]! url Reference(Binary)
  title! string
  generation! code =guide-page-generation
  page* @ImplementationGuide.definition.page
ImplementationGuide.definition.parameter
  code! code =guide-parameter-code
  value! string
ImplementationGuide.definition.template
  code! code
  source! string
  scope string
ImplementationGuide.manifest
  rendering url
  resource+ .
  page* .
  image* string
  other* string
ImplementationGuide.manifest.resource
  reference! Reference
  example[x] boolean canonical
  relativePath url
ImplementationGuide.manifest.page
  name! string
  title string
  anchor* string
InsurancePlan
  identifier* Identifier
  status code =publication-status
  type* CodeableConcept
  name string
  alias* string
  period Period
  ownedBy Reference(Organization)
  administeredBy Reference(Organization)
  coverageArea* Reference(Location)
  contact* .
  endpoint* Reference(Endpoint)
  network* Reference(Organization)
  coverage* .
  plan* .
InsurancePlan.contact
  purpose CodeableConcept
  name HumanName
  telecom* ContactPoint
  address Address
InsurancePlan.coverage
  type! CodeableConcept
  network* Reference(Organization)
  benefit+ .
InsurancePlan.coverage.benefit
  type! CodeableConcept
  requirement string
  limit* .
InsurancePlan.coverage.benefit.limit
  value Quantity
  code CodeableConcept
InsurancePlan.plan
  identifier* Identifier
  type CodeableConcept
  coverageArea* Reference(Location)
  network* Reference(Organization)
  generalCost* .
  specificCost* .
InsurancePlan.plan.generalCost
  type CodeableConcept
  groupSize positiveInt
  cost Money
  comment string
InsurancePlan.plan.specificCost
  category! CodeableConcept
  benefit* .
InsurancePlan.plan.specificCost.benefit
  type! CodeableConcept
  cost* .
InsurancePlan.plan.specificCost.benefit.cost
  type! CodeableConcept
  applicability CodeableConcept =insuranceplan-applicability
  qualifiers* CodeableConcept
  value Quantity
Invoice
  identifier* Identifier
  status! code =invoice-status
  cancelledReason string
  type CodeableConcept
  subject Reference(Patient|Group)
  recipient Reference(Organization|Patient|RelatedPerson)
  date dateTime
  participant* .
  issuer Reference(Organization)
  account Reference(Account)
  lineItem* .
  totalPriceComponent* @Invoice.lineItem.priceComponent
  totalNet Money
  totalGross Money
  paymentTerms markdown
  note* Annotation
Invoice.participant
  role CodeableConcept
  actor! Reference(Practitioner|Organization|Patient|PractitionerRole|Device|RelatedPerson)
Invoice.lineItem
  sequence positiveInt
  chargeItem[x]! Reference(ChargeItem) CodeableConcept
  priceComponent* .
Invoice.lineItem.priceComponent
  type! code =invoice-priceComponentType
  code CodeableConcept
  factor decimal
  amount Money
Library
  url uri
  identifier* Identifier
  version string
  name string
  title string
  subtitle string
  status! code =publication-status
  experimental boolean
  type! CodeableConcept
  subject[x] CodeableConcept Reference(Group)
  date dateTime
  publisher string
  contact* ContactDetail
  description markdown
  useContext* UsageContext
  jurisdiction* CodeableConcept
  purpose markdown
  usage string
  copyright markdown
  approvalDate date
  lastReviewDate date
  effectivePeriod Period
  topic* CodeableConcept
  author* ContactDetail
  editor* ContactDetail
  reviewer* ContactDetail
  endorser* ContactDetail
  relatedArtifact* RelatedArtifact
  parameter* ParameterDefinition
  dataRequirement* DataRequirement
  content* Attachment
Linkage
  active boolean
  author Reference(Practitioner|PractitionerRole|Organization)
  item+ .
Linkage.item
  type! code =linkage-type
  resource! Reference
List
  identifier* Identifier
  status! code =list-status
  mode! code =list-mode
  title string
  code CodeableConcept
  subject Reference(Patient|Group|Device|Location)
  encounter Reference(Encounter)
  date dateTime
  source Reference(Practitioner|PractitionerRole|Patient|Device)
  orderedBy CodeableConcept
  note* Annotation
  entry* .
  emptyReason CodeableConcept
List.entry
  flag CodeableConcept
  deleted boolean
  date dateTime
  item! Reference
Location
  identifier* Identifier
  status code =location-status
  operationalStatus Coding
  name string
  alias* string
  description string
  mode code =location-mode
  type* CodeableConcept
  telecom* ContactPoint
  address Address
  physicalType CodeableConcept
  position .
  managingOrganization Reference(Organization)
  partOf Reference(Location)
  hoursOfOperation* .
  availabilityExceptions string
  endpoint* Reference(Endpoint)
Location.position
  longitude! decimal
  latitude! decimal
  altitude decimal
Location.hoursOfOperation
  daysOfWeek* code =days-of-week
  allDay boolean
  openingTime time
  closingTime time
Measure
  url uri
  identifier* Identifier
  version string
  name string
  title string
  subtitle string
  status! code =publication-status
  experimental boolean
  subject[x] CodeableConcept Reference(Group)
  date dateTime
  publisher string
  contact* ContactDetail
  description markdown
  useContext* UsageContext
  jurisdiction* CodeableConcept
  purpose markdown
  usage string
  copyright markdown
  approvalDate date
  lastReviewDate date
  effectivePeriod Period
  topic* CodeableConcept
  author* ContactDetail
  editor* ContactDetail
  reviewer* ContactDetail
  endorser* ContactDetail
  relatedArtifact* RelatedArtifact
  library* canonical
  disclaimer markdown
  scoring CodeableConcept
  compositeScoring CodeableConcept
  type* CodeableConcept
  riskAdjustment string
  rateAggregation string
  rationale markdown
  clinicalRecommendationStatement markdown
  improvementNotation CodeableConcept =measure-improvement-notation
  definition* markdown
  guidance markdown
  group* .
  supplementalData* .
Measure.group
  code CodeableConcept
  description string
  population* .
  stratifier* .
Measure.group.population
  code CodeableConcept
  description string
  criteria! Expression
Measure.group.stratifier
  code CodeableConcept
  description string
  criteria Expression
  component* .
Measure.group.stratifier.component
  code CodeableConcept
  description string
  criteria! Expression
Measure.supplementalData
  code CodeableConcept
  usage* CodeableConcept
  description string
  criteria! Expression
MeasureReport
  identifier* Identifier
  status! code =measure-report-status
  type! code =measure-report-type
  measure! canonical
  subject Reference(Patient|Practitioner|PractitionerRole|Location|Device|RelatedPerson|Group)
  date dateTime
  reporter Reference(Practitioner|PractitionerRole|Location|Organization)
  period! Period
  improvementNotation CodeableConcept =measure-improvement-notation
  group* .
  evaluatedResource* Reference
MeasureReport.group
  code CodeableConcept
  population* .
  measureScore Quantity
  stratifier* .
MeasureReport.group.population
  code CodeableConcept
  count integer
  subjectResults Reference(List)
MeasureReport.group.stratifier
  code* CodeableConcept
  stratum* .
MeasureReport.group.stratifier.stratum
  value CodeableConcept
  component* .
  population* .
  measureScore Quantity
MeasureReport.group.stratifier.stratum.component
  code! CodeableConcept
  value! CodeableConcept
MeasureReport.group.stratifier.stratum.population
  code CodeableConcept
  count integer
  subjectResults Reference(List)
Media
  identifier* Identifier
  basedOn* Reference(ServiceRequest|CarePlan)
  partOf* Reference
  status! code =event-status
  type CodeableConcept
  modality CodeableConcept
  view CodeableConcept
  subject Reference(Patient|Practitioner|PractitionerRole|Group|Device|Specimen|Location)
  encounter Reference(Encounter)
  created[x] dateTime Period
  issued instant
  operator Reference(Practitioner|PractitionerRole|Organization|CareTeam|Patient|Device|RelatedPerson)
  reasonCode* CodeableConcept
  bodySite CodeableConcept
  deviceName string
  device Reference(Device|DeviceMetric|Device)
  height positiveInt
  width positiveInt
  frames positiveInt
  duration decimal
  content! Attachment
  note* Annotation
Medication
  identifier* Identifier
  code CodeableConcept
  status code =medication-status
  manufacturer Reference(Organization)
  form CodeableConcept
  amount Ratio
  ingredient* .
  batch .
Medication.ingredient
  item[x]! CodeableConcept Reference(Substance|Medication)
  isActive boolean
  strength Ratio
Medication.batch
  lotNumber string
  expirationDate dateTime
MedicationAdministration
  identifier* Identifier
  instantiates* uri
  partOf* Reference(MedicationAdministration|Procedure)
  status! code =medication-admin-status
  statusReason* CodeableConcept
  category CodeableConcept
  medication[x]! CodeableConcept Reference(Medication)
  subject! Reference(Patient|Group)
  context Reference(Encounter|EpisodeOfCare)
  supportingInformation* Reference
  effective[x]! dateTime Period
  performer* .
  reasonCode* CodeableConcept
  reasonReference* Reference(Condition|Observation|DiagnosticReport)
  request Reference(MedicationRequest)
  device* Reference(Device)
  note* Annotation
  dosage .
  eventHistory* Reference(Provenance)
MedicationAdministration.performer
  function CodeableConcept
  actor! Reference(Practitioner|PractitionerRole|Patient|RelatedPerson|Device)
MedicationAdministration.dosage
  text string
  site CodeableConcept
  route CodeableConcept
  method CodeableConcept
  dose Quantity
  rate[x] Ratio Quantity
MedicationDispense
  identifier* Identifier
  partOf* Reference(Procedure)
  status! code =medicationdispense-status
  statusReason[x] CodeableConcept Reference(DetectedIssue)
  category CodeableConcept
  medication[x]! CodeableConcept Reference(Medication)
  subject Reference(Patient|Group)
  context Reference(Encounter|EpisodeOfCare)
  supportingInformation* Reference
  performer* .
  location Reference(Location)
  authorizingPrescription* Reference(MedicationRequest)
  type CodeableConcept
  quantity Quantity
  daysSupply Quantity
  whenPrepared dateTime
  whenHandedOver dateTime
  destination Reference(Location)
  receiver* Reference(Patient|Practitioner)
  note* Annotation
  dosageInstruction* Dosage
  substitution .
  detectedIssue* Reference(DetectedIssue)
  eventHistory* Reference(Provenance)
MedicationDispense.performer
  function CodeableConcept
  actor! Reference(Practitioner|PractitionerRole|Organization|Patient|Device|RelatedPerson)
MedicationDispense.substitution
  wasSubstituted! boolean
  type CodeableConcept
  reason* CodeableConcept
  responsibleParty* Reference(Practitioner|PractitionerRole)
MedicationKnowledge
  code CodeableConcept
  status code =medicationknowledge-status
  manufacturer Reference(Organization)
  doseForm CodeableConcept
  amount Quantity
  synonym* string
  relatedMedicationKnowledge* .
  associatedMedication* Reference(Medication)
  productType* CodeableConcept
  monograph* .
  ingredient* .
  preparationInstruction markdown
  intendedRoute* CodeableConcept
  cost* .
  monitoringProgram* .
  administrationGuidelines* .
  medicineClassification* .
  packaging .
  drugCharacteristic* .
  contraindication* Reference(DetectedIssue)
  regulatory* .
  kinetics* .
MedicationKnowledge.relatedMedicationKnowledge
  type! CodeableConcept
  reference+ Reference(MedicationKnowledge)
MedicationKnowledge.monograph
  type CodeableConcept
  source Reference(DocumentReference|Media)
MedicationKnowledge.ingredient
  item[x]! CodeableConcept Reference(Substance)
  isActive boolean
  strength Ratio
MedicationKnowledge.cost
  type! CodeableConcept
  source string
  cost! Money
MedicationKnowledge.monitoringProgram
  type CodeableConcept
  name string
MedicationKnowledge.administrationGuidelines
  dosage* .
  indication[x] CodeableConcept Reference(ObservationDefinition)
  patientCharacteristics* .
MedicationKnowledge.administrationGuidelines.dosage
  type! CodeableConcept
  dosage+ Dosage
MedicationKnowledge.administrationGuidelines.patientCharacteristics
  characteristic[x]! CodeableConcept Quantity
  value* string
MedicationKnowledge.medicineClassification
  type! CodeableConcept
  classification* CodeableConcept
MedicationKnowledge.packaging
  type CodeableConcept
  quantity Quantity
MedicationKnowledge.drugCharacteristic
  type CodeableConcept
  value[x] CodeableConcept string Quantity base64Binary
MedicationKnowledge.regulatory
  regulatoryAuthority! Reference(Organization)
  substitution* .
  schedule* .
  maxDispense .
MedicationKnowledge.regulatory.substitution
  type! CodeableConcept
  allowed! boolean
MedicationKnowledge.regulatory.schedule
  schedule! CodeableConcept
MedicationKnowledge.regulatory.maxDispense
  quantity! Quantity
  period Duration
MedicationKnowledge.kinetics
  areaUnderCurve* Quantity
  lethalDose50* Quantity
  halfLifePeriod Duration
MedicationRequest
  identifier* Identifier
  status! code =medicationrequest-status
  statusReason CodeableConcept
  intent! code =medicationrequest-intent
  category* CodeableConcept
  priority code =request-priority
  doNotPerform boolean
  reported[x] boolean Reference(Patient|Practitioner|PractitionerRole|RelatedPerson|Organization)
  medication[x]! CodeableConcept Reference(Medication)
  subject! Reference(Patient|Group)
  encounter Reference(Encounter)
  supportingInformation* Reference
  authoredOn dateTime
  requester Reference(Practitioner|PractitionerRole|Organization|Patient|RelatedPerson|Device)
  performer Reference(Practitioner|PractitionerRole|Organization|Patient|Device|RelatedPerson|CareTeam)
  performerType CodeableConcept
  recorder Reference(Practitioner|PractitionerRole)
  reasonCode* CodeableConcept
  reasonReference* Reference(Condition|Observation)
  instantiatesCanonical* canonical
  instantiatesUri* uri
  basedOn* Reference(CarePlan|MedicationRequest|ServiceRequest|ImmunizationRecommendation)
  groupIdentifier Identifier
  courseOfTherapyType CodeableConcept
  insurance* Reference(Coverage|ClaimResponse)
  note* Annotation
  dosageInstruction* Dosage
  dispenseRequest .
  substitution .
  priorPrescription Reference(MedicationRequest)
  detectedIssue* Reference(DetectedIssue)
  eventHistory* Reference(Provenance)
MedicationRequest.dispenseRequest
  initialFill .
  dispenseInterval Duration
  validityPeriod Period
  numberOfRepeatsAllowed unsignedInt
  quantity Quantity
  expectedSupplyDuration Duration
  performer Reference(Organization)
MedicationRequest.dispenseRequest.initialFill
  quantity Quantity
  duration Duration
MedicationRequest.substitution
  allowed[x]! boolean CodeableConcept
  reason CodeableConcept
MedicationStatement
  identifier* Identifier
  basedOn* Reference(MedicationRequest|CarePlan|ServiceRequest)
  partOf* Reference(MedicationAdministration|MedicationDispense|MedicationStatement|Procedure|Observation)
  status! code =medication-statement-status
  statusReason* CodeableConcept
  category CodeableConcept
  medication[x]! CodeableConcept Reference(Medication)
  subject! Reference(Patient|Group)
  context Reference(Encounter|EpisodeOfCare)
  effective[x] dateTime Period
  dateAsserted dateTime
  informationSource Reference(Patient|Practitioner|PractitionerRole|RelatedPerson|Organization)
  derivedFrom* Reference
  reasonCode* CodeableConcept
  reasonReference* Reference(Condition|Observation|DiagnosticReport)
  note* Annotation
  dosage* Dosage
MedicinalProduct
  identifier* Identifier
  type CodeableConcept
  domain Coding
  combinedPharmaceuticalDoseForm CodeableConcept
  legalStatusOfSupply CodeableConcept
  additionalMonitoringIndicator CodeableConcept
  specialMeasures* string
  paediatricUseIndicator CodeableConcept
  productClassification* CodeableConcept
  marketingStatus* MarketingStatus
  pharmaceuticalProduct* Reference(MedicinalProductPharmaceutical)
  packagedMedicinalProduct* Reference(MedicinalProductPackaged)
  attachedDocument* Reference(DocumentReference)
  masterFile* Reference(DocumentReference)
  contact* Reference(Organization|PractitionerRole)
  clinicalTrial* Reference(ResearchStudy)
  name+ .
  crossReference* Identifier
  manufacturingBusinessOperation* .
  specialDesignation* .
MedicinalProduct.name
  productName! string
  namePart* .
  countryLanguage* .
MedicinalProduct.name.namePart
  part! string
  type! Coding
MedicinalProduct.name.countryLanguage
  country! CodeableConcept
  jurisdiction CodeableConcept
  language! CodeableConcept
MedicinalProduct.manufacturingBusinessOperation
  operationType CodeableConcept
  authorisationReferenceNumber Identifier
  effectiveDate dateTime
  confidentialityIndicator CodeableConcept
  manufacturer* Reference(Organization)
  regulator Reference(Organization)
MedicinalProduct.specialDesignation
  identifier* Identifier
  type CodeableConcept
  intendedUse CodeableConcept
  indication[x] CodeableConcept Reference(MedicinalProductIndication)
  status CodeableConcept
  date dateTime
  species CodeableConcept
MedicinalProductAuthorization
  identifier* Identifier
  subject Reference(MedicinalProduct|MedicinalProductPackaged)
  country* CodeableConcept
  jurisdiction* CodeableConcept
  status CodeableConcept
  statusDate dateTime
  restoreDate dateTime
  validityPeriod Period
  dataExclusivityPeriod Period
  dateOfFirstAuthorization dateTime
  internationalBirthDate dateTime
  legalBasis CodeableConcept
  jurisdictionalAuthorization* .
  holder Reference(Organization)
  regulator Reference(Organization)
  procedure .
MedicinalProductAuthorization.jurisdictionalAuthorization
  identifier* Identifier
  country CodeableConcept
  jurisdiction* CodeableConcept
  legalStatusOfSupply CodeableConcept
  validityPeriod Period
MedicinalProductAuthorization.procedure
  identifier Identifier
  type! CodeableConcept
  date[x] Period dateTime
  application* @MedicinalProductAuthorization.procedure
MedicinalProductContraindication
  subject* Reference(MedicinalProduct|Medication)
  disease CodeableConcept
  diseaseStatus CodeableConcept
  comorbidity* CodeableConcept
  therapeuticIndication* Reference(MedicinalProductIndication)
  otherTherapy* .
  population* Population
MedicinalProductContraindication.otherTherapy
  therapyRelationshipType! CodeableConcept
  medication[x]! CodeableConcept Reference(MedicinalProduct|Medication|Substance|SubstanceSpecification)
MedicinalProductIndication
  subject* Reference(MedicinalProduct|Medication)
  diseaseSymptomProcedure CodeableConcept
  diseaseStatus CodeableConcept
  comorbidity* CodeableConcept
  intendedEffect CodeableConcept
  duration Quantity
  otherTherapy* .
  undesirableEffect* Reference(MedicinalProductUndesirableEffect)
  population* Population
MedicinalProductIndication.otherTherapy
  therapyRelationshipType! CodeableConcept
  medication[x]! CodeableConcept Reference(MedicinalProduct|Medication|Substance|SubstanceSpecification)
MedicinalProductIngredient
  identifier Identifier
  role! CodeableConcept
  allergenicIndicator boolean
  manufacturer* Reference(Organization)
  specifiedSubstance* .
  substance .
MedicinalProductIngredient.specifiedSubstance
  code! CodeableConcept
  group! CodeableConcept
  confidentiality CodeableConcept
  strength* .
MedicinalProductIngredient.specifiedSubstance.strength
  presentation! Ratio
  presentationLowLimit Ratio
  concentration Ratio
  concentrationLowLimit Ratio
  measurementPoint string
  country* CodeableConcept
  referenceStrength* .
MedicinalProductIngredient.specifiedSubstance.strength.referenceStrength
  substance CodeableConcept
  strength! Ratio
  strengthLowLimit Ratio
  measurementPoint string
  country* CodeableConcept
MedicinalProductIngredient.substance
  code! CodeableConcept
  strength* @MedicinalProductIngredient.specifiedSubstance.strength
MedicinalProductInteraction
  subject* Reference(MedicinalProduct|Medication|Substance)
  description string
  interactant* .
  type CodeableConcept
  effect CodeableConcept
  incidence CodeableConcept
  management CodeableConcept
MedicinalProductInteraction.interactant
  item[x]! Reference(MedicinalProduct|Medication|Substance|ObservationDefinition) CodeableConcept
MedicinalProductManufactured
  manufacturedDoseForm! CodeableConcept
  unitOfPresentation CodeableConcept
  quantity! Quantity
  manufacturer* Reference(Organization)
  ingredient* Reference(MedicinalProductIngredient)
  physicalCharacteristics ProdCharacteristic
  otherCharacteristics* CodeableConcept
MedicinalProductPackaged
  identifier* Identifier
  subject* Reference(MedicinalProduct)
  description string
  legalStatusOfSupply CodeableConcept
  marketingStatus* MarketingStatus
  marketingAuthorization Reference(MedicinalProductAuthorization)
  manufacturer* Reference(Organization)
  batchIdentifier* .
  packageItem+ .
MedicinalProductPackaged.batchIdentifier
  outerPackaging! Identifier
  immediatePackaging Identifier
MedicinalProductPackaged.packageItem
  identifier* Identifier
  type! CodeableConcept
  quantity! Quantity
  material* CodeableConcept
  alternateMaterial* CodeableConcept
  device* Reference(DeviceDefinition)
  manufacturedItem* Reference(MedicinalProductManufactured)
  packageItem* @MedicinalProductPackaged.packageItem
  physicalCharacteristics ProdCharacteristic
  otherCharacteristics* CodeableConcept
  shelfLifeStorage* ProductShelfLife
  manufacturer* Reference(Organization)
MedicinalProductPharmaceutical
  identifier* Identifier
  administrableDoseForm! CodeableConcept
  unitOfPresentation CodeableConcept
  ingredient* Reference(MedicinalProductIngredient)
  device* Reference(DeviceDefinition)
  characteristics* .
  routeOfAdministration+ .
MedicinalProductPharmaceutical.characteristics
  code! CodeableConcept
  status CodeableConcept
MedicinalProductPharmaceutical.routeOfAdministration
  code! CodeableConcept
  firstDose Quantity
  maxSingleDose Quantity
  maxDosePerDay Quantity
  maxDosePerTreatmentPeriod Ratio
  maxTreatmentPeriod Duration
  targetSpecies* .
MedicinalProductPharmaceutical.routeOfAdministration.targetSpecies
  code! CodeableConcept
  withdrawalPeriod* .
MedicinalProductPharmaceutical.routeOfAdministration.targetSpecies.withdrawalPeriod
  tissue! CodeableConcept
  value! Quantity
  supportingInformation string
MedicinalProductUndesirableEffect
  subject* Reference(MedicinalProduct|Medication)
  symptomConditionEffect CodeableConcept
  classification CodeableConcept
  frequencyOfOccurrence CodeableConcept
  population* Population
MessageDefinition
  url uri
  identifier* Identifier
  version string
  name string
  title string
  replaces* canonical
  status! code =publication-status
  experimental boolean
  date! dateTime
  publisher string
  contact* ContactDetail
  description markdown
  useContext* UsageContext
  jurisdiction* CodeableConcept
  purpose markdown
  copyright markdown
  base canonical
  parent* canonical
  event[x]! Coding uri
  category code =message-significance-category
  focus* .
  responseRequired code =messageheader-response-request
  allowedResponse* .
  graph* canonical
MessageDefinition.focus
  code! code =resource-types
  profile canonical
  min! unsignedInt
  max string
MessageDefinition.allowedResponse
  message! canonical
  situation markdown
MessageHeader
  event[x]! Coding uri
  destination* .
  sender Reference(Practitioner|PractitionerRole|Organization)
  enterer Reference(Practitioner|PractitionerRole)
  author Reference(Practitioner|PractitionerRole)
  source! .
  responsible Reference(Practitioner|PractitionerRole|Organization)
  reason CodeableConcept
  response .
  focus* Reference
  definition canonical
MessageHeader.destination
  name string
  target Reference(Device)
  endpoint! url
  receiver Reference(Practitioner|PractitionerRole|Organization)
MessageHeader.source
  name string
  software string
  version string
  contact ContactPoint
  endpoint! url
MessageHeader.response
  identifier! id
  code! code =response-code
  details Reference(OperationOutcome)
MolecularSequence
  identifier* Identifier
  type code =sequence-type
  coordinateSystem! integer
  patient Reference(Patient)
  specimen Reference(Specimen)
  device Reference(Device)
  performer Reference(Organization)
  quantity Quantity
  referenceSeq .
  variant* .
  observedSeq string
  quality* .
  readCoverage integer
  repository* .
  pointer* Reference(MolecularSequence)
  structureVariant* .
MolecularSequence.referenceSeq
  chromosome CodeableConcept
  genomeBuild string
  orientation code =orientation-type
  referenceSeqId CodeableConcept
  referenceSeqPointer Reference(MolecularSequence)
  referenceSeqString string
  strand code =strand-type
  windowStart integer
  windowEnd integer
MolecularSequence.variant
  start integer
  end integer
  observedAllele string
  referenceAllele string
  cigar string
  variantPointer Reference(Observation)
MolecularSequence.quality
  type! code =quality-type
  standardSequence CodeableConcept
  start integer
  end integer
  score Quantity
  method CodeableConcept
  truthTP decimal
  queryTP decimal
  truthFN decimal
  queryFP decimal
  gtFP decimal
  precision decimal
  recall decimal
  fScore decimal
  roc .
MolecularSequence.quality.roc
  score* integer
  numTP* integer
  numFP* integer
  numFN* integer
  precision* decimal
  sensitivity* decimal
  fMeasure* decimal
MolecularSequence.repository
  type! code =repository-type
  url uri
  name string
  datasetId string
  variantsetId string
  readsetId string
MolecularSequence.structureVariant
  variantType CodeableConcept
  exact boolean
  length integer
  outer .
  inner .
MolecularSequence.structureVariant.outer
  start integer
  end integer
MolecularSequence.structureVariant.inner
  start integer
  end integer
NamingSystem
  name! string
  status! code =publication-status
  kind! code =namingsystem-type
  date! dateTime
  publisher string
  contact* ContactDetail
  responsible string
  type CodeableConcept
  description markdown
  useContext* UsageContext
  jurisdiction* CodeableConcept
  usage string
  uniqueId+ .
NamingSystem.uniqueId
  type! code =namingsystem-identifier-type
  value! string
  preferred boolean
  comment string
  period Period
NutritionOrder
  identifier* Identifier
  instantiatesCanonical* canonical
  instantiatesUri* uri
  instantiates* uri
  status! code =request-status
  intent! code =request-intent
  patient! Reference(Patient)
  encounter Reference(Encounter)
  dateTime! dateTime
  orderer Reference(Practitioner|PractitionerRole)
  allergyIntolerance* Reference(AllergyIntolerance)
  foodPreferenceModifier* CodeableConcept
  excludeFoodModifier* CodeableConcept
  oralDiet .
  supplement* .
  enteralFormula .
  note* Annotation
NutritionOrder.oralDiet
  type* CodeableConcept
  schedule* Timing
  nutrient* .
  texture* .
  fluidConsistencyType* CodeableConcept
  instruction string
NutritionOrder.oralDiet.nutrient
  modifier CodeableConcept
  amount Quantity
NutritionOrder.oralDiet.texture
  modifier CodeableConcept
  foodType CodeableConcept
NutritionOrder.supplement
  type CodeableConcept
  productName string
  schedule* Timing
  quantity Quantity
  instruction string
NutritionOrder.enteralFormula
  baseFormulaType CodeableConcept
  baseFormulaProductName string
  additiveType CodeableConcept
  additiveProductName string
  caloricDensity Quantity
  routeofAdministration CodeableConcept
  administration* .
  maxVolumeToDeliver Quantity
  administrationInstruction string
NutritionOrder.enteralFormula.administration
  schedule Timing
  quantity Quantity
  rate[x] Quantity Ratio
Observation
  identifier* Identifier
  basedOn* Reference(CarePlan|DeviceRequest|ImmunizationRecommendation|MedicationRequest|NutritionOrder|ServiceRequest)
  partOf* Reference(MedicationAdministration|MedicationDispense|MedicationStatement|Procedure|Immunization|ImagingStudy)
  status! code =observation-status
  category* CodeableConcept
  code! CodeableConcept
  subject Reference(Patient|Group|Device|Location)
  focus* Reference
  encounter Reference(Encounter)
  effective[x] dateTime Period Timing instant
  issued instant
  performer* Reference(Practitioner|PractitionerRole|Organization|CareTeam|Patient|RelatedPerson)
  value[x] Quantity CodeableConcept string boolean integer Range Ratio SampledData time dateTime Period
  dataAbsentReason CodeableConcept
  interpretation* CodeableConcept
  note* Annotation
  bodySite CodeableConcept
  method CodeableConcept
  specimen Reference(Specimen)
  device Reference(Device|DeviceMetric)
  referenceRange* .
  hasMember* Reference(Observation|QuestionnaireResponse|MolecularSequence)
  derivedFrom* Reference(DocumentReference|ImagingStudy|Media|QuestionnaireResponse|Observation|MolecularSequence)
  component* .
Observation.referenceRange
  low Quantity
  high Quantity
  type CodeableConcept
  appliesTo* CodeableConcept
  age Range
  text string
Observation.component
  code! CodeableConcept
  value[x] Quantity CodeableConcept string boolean integer Range Ratio SampledData time dateTime Period
  dataAbsentReason CodeableConcept
  interpretation* CodeableConcept
  referenceRange* @Observation.referenceRange
ObservationDefinition
  category* CodeableConcept
  code! CodeableConcept
  identifier* Identifier
  permittedDataType* code =permitted-data-type
  multipleResultsAllowed boolean
  method CodeableConcept
  preferredReportName string
  quantitativeDetails .
  qualifiedInterval* .
  validCodedValueSet Reference(ValueSet)
  normalCodedValueSet Reference(ValueSet)
  abnormalCodedValueSet Reference(ValueSet)
  criticalCodedValueSet Reference(ValueSet)
ObservationDefinition.quantitativeDetails
  customaryUnit CodeableConcept
  unit CodeableConcept
  conversionFactor decimal
  decimalPrecision integer
ObservationDefinition.qualifiedInterval
  category code =observation-range-category
  range Range
  context CodeableConcept
  appliesTo* CodeableConcept
  gender code =administrative-gender
  age Range
  gestationalAge Range
  condition string
OperationDefinition
  url uri
  version string
  name! string
  title string
  status! code =publication-status
  kind! code =operation-kind
  experimental boolean
  date dateTime
  publisher string
  contact* ContactDetail
  description markdown
  useContext* UsageContext
  jurisdiction* CodeableConcept
  purpose markdown
  affectsState boolean
  code! code
  comment markdown
  base canonical
  resource* code =resource-types
  system! boolean
  type! boolean
  instance! boolean
  inputProfile canonical
  outputProfile canonical
  parameter* .
  overload* .
OperationDefinition.parameter
  name! code
  use! code =operation-parameter-use
  min! integer
  max! string
  documentation string
  type code
  targetProfile* canonical
  searchType code =search-param-type
  binding .
  referencedFrom* .
  part* @OperationDefinition.parameter
OperationDefinition.parameter.binding
  strength! code =binding-strength
  valueSet! canonical
OperationDefinition.parameter.referencedFrom
  source! string
  sourceId string
OperationDefinition.overload
  parameterName* string
  comment string
OperationOutcome
  issue+ .
OperationOutcome.issue
  severity! code =issue-severity
  code! code =issue-type
  details CodeableConcept
  diagnostics string
  location* string
  expression* string
Organization
  identifier* Identifier
  active boolean
  type* CodeableConcept
  name string
  alias* string
  telecom* ContactPoint
  address* Address
  partOf Reference(Organization)
  contact* .
  endpoint* Reference(Endpoint)
Organization.contact
  purpose CodeableConcept
  name HumanName
  telecom* ContactPoint
  address Address
OrganizationAffiliation
  identifier* Identifier
  active boolean
  period Period
  organization Reference(Organization)
  participatingOrganization Reference(Organization)
  network* Reference(Organization)
  code* CodeableConcept
  specialty* CodeableConcept
  location* Reference(Location)
  healthcareService* Reference(HealthcareService)
  telecom* ContactPoint
  endpoint* Reference(Endpoint)
Parameters
  parameter* .
Parameters.parameter
  name! string
  value[x] *
  resource Resource
  part* @Parameters.parameter
Patient
  identifier* Identifier
  active boolean
  name* HumanName
  telecom* ContactPoint
  gender code =administrative-gender
  birthDate date
  deceased[x] boolean dateTime
  address* Address
  maritalStatus CodeableConcept
  multipleBirth[x] boolean integer
  photo* Attachment
  contact* .
  communication* .
  generalPractitioner* Reference(Organization|Practitioner|PractitionerRole)
  managingOrganization Reference(Organization)
  link* .
Patient.contact
  relationship* CodeableConcept
  name HumanName
  telecom* ContactPoint
  address Address
  gender code =administrative-gender
  organization Reference(Organization)
  period Period
Patient.communication
  language! CodeableConcept
  preferred boolean
Patient.link
  other! Reference(Patient|RelatedPerson)
  type! code =link-type
PaymentNotice
  identifier* Identifier
  status! code =fm-status
  request Reference
  response Reference
  created! dateTime
  provider Reference(Practitioner|PractitionerRole|Organization)
  payment! Reference(PaymentReconciliation)
  paymentDate date
  payee Reference(Practitioner|PractitionerRole|Organization)
  recipient! Reference(Organization)
  amount! Money
  paymentStatus CodeableConcept
PaymentReconciliation
  identifier* Identifier
  status! code =fm-status
  period Period
  created! dateTime
  paymentIssuer Reference(Organization)
  request Reference(Task)
  requestor Reference(Practitioner|PractitionerRole|Organization)
  outcome code =remittance-outcome
  disposition string
  paymentDate! date
  paymentAmount! Money
  paymentIdentifier Identifier
  detail* .
  formCode CodeableConcept
  processNote* .
PaymentReconciliation.detail
  identifier Identifier
  predecessor Identifier
  type! CodeableConcept
  request Reference
  submitter Reference(Practitioner|PractitionerRole|Organization)
  response Reference
  date date
  responsible Reference(PractitionerRole)
  payee Reference(Practitioner|PractitionerRole|Organization)
  amount Money
PaymentReconciliation.processNote
  type code =note-type
  text string
Person
  identifier* Identifier
  name* HumanName
  telecom* ContactPoint
  gender code =administrative-gender
  birthDate date
  address* Address
  photo Attachment
  managingOrganization Reference(Organization)
  active boolean
  link* .
Person.link
  target! Reference(Patient|Practitioner|RelatedPerson|Person)
  assurance code =identity-assuranceLevel
PlanDefinition
  url uri
  identifier* Identifier
  version string
  name string
  title string
  subtitle string
  type CodeableConcept
  status! code =publication-status
  experimental boolean
  subject[x] CodeableConcept Reference(Group)
  date dateTime
  publisher string
  contact* ContactDetail
  description markdown
  useContext* UsageContext
  jurisdiction* CodeableConcept
  purpose markdown
  usage string
  copyright markdown
  approvalDate date
  lastReviewDate date
  effectivePeriod Period
  topic* CodeableConcept
  author* ContactDetail
  editor* ContactDetail
  reviewer* ContactDetail
  endorser* ContactDetail
  relatedArtifact* RelatedArtifact
  library* canonical
  goal* .
  action* .
PlanDefinition.goal
  category CodeableConcept
  description! CodeableConcept
  priority CodeableConcept
  start CodeableConcept
  addresses* CodeableConcept
  documentation* RelatedArtifact
  target* .
PlanDefinition.goal.target
  measure CodeableConcept
  detail[x] Quantity Range CodeableConcept
  due Duration
PlanDefinition.action
  prefix string
  title string
  description string
  textEquivalent string
  priority code =request-priority
  code* CodeableConcept
  reason* CodeableConcept
  documentation* RelatedArtifact
  goalId* id
  subject[x] CodeableConcept Reference(Group)
  trigger* TriggerDefinition
  condition* .
  input* DataRequirement
  output* DataRequirement
  relatedAction* .
  timing[x] dateTime Age Period Duration Range Timing
  participant* .
  type CodeableConcept
  groupingBehavior code =action-grouping-behavior
  selectionBehavior code =action-selection-behavior
  requiredBehavior code =action-required-behavior
  precheckBehavior code =action-precheck-behavior
  cardinalityBehavior code =action-cardinality-behavior
  definition[x] canonical uri
  transform canonical
  dynamicValue* .
  action* @PlanDefinition.action
PlanDefinition.action.condition
  kind! code =action-condition-kind
  expression Expression
PlanDefinition.action.relatedAction
  actionId! id
  relationship! code =action-relationship-type
  offset[x] Duration Range
PlanDefinition.action.participant
  type! code =action-participant-type
  role CodeableConcept
PlanDefinition.action.dynamicValue
  path string
  expression Expression
Practitioner
  identifier* Identifier
  active boolean
  name* HumanName
  telecom* ContactPoint
  address* Address
  gender code =administrative-gender
  birthDate date
  photo* Attachment
  qualification* .
  communication* CodeableConcept
Practitioner.qualification
  identifier* Identifier
  code! CodeableConcept
  period Period
  issuer Reference(Organization)
PractitionerRole
  identifier* Identifier
  active boolean
  period Period
  practitioner Reference(Practitioner)
  organization Reference(Organization)
  code* CodeableConcept
  specialty* CodeableConcept
  location* Reference(Location)
  healthcareService* Reference(HealthcareService)
  telecom* ContactPoint
  availableTime* .
  notAvailable* .
  availabilityExceptions string
  endpoint* Reference(Endpoint)
PractitionerRole.availableTime
  daysOfWeek* code =days-of-week
  allDay boolean
  availableStartTime time
  availableEndTime time
PractitionerRole.notAvailable
  description! string
  during Period
Procedure
  identifier* Identifier
  instantiatesCanonical* canonical
  instantiatesUri* uri
  basedOn* Reference(CarePlan|ServiceRequest)
  partOf* Reference(Procedure|Observation|MedicationAdministration)
  status! code =event-status
  statusReason CodeableConcept
  category CodeableConcept
  code CodeableConcept
  subject! Reference(Patient|Group)
  encounter Reference(Encounter)
  performed[x] dateTime Period string Age Range
  recorder Reference(Patient|RelatedPerson|Practitioner|PractitionerRole)
  asserter Reference(Patient|RelatedPerson|Practitioner|PractitionerRole)
  performer* .
  location Reference(Location)
  reasonCode* CodeableConcept
  reasonReference* Reference(Condition|Observation|Procedure|DiagnosticReport|DocumentReference)
  bodySite* CodeableConcept
  outcome CodeableConcept
  report* Reference(DiagnosticReport|DocumentReference|Composition)
  complication* CodeableConcept
  complicationDetail* Reference(Condition)
  followUp* CodeableConcept
  note* Annotation
  focalDevice* .
  usedReference* Reference(Device|Medication|Substance)
  usedCode* CodeableConcept
Procedure.performer
  function CodeableConcept
  actor! Reference(Practitioner|PractitionerRole|Organization|Patient|RelatedPerson|Device)
  onBehalfOf Reference(Organization)
Procedure.focalDevice
  action CodeableConcept
  manipulated! Reference(Device)
Provenance
  target+ Reference
  occurred[x] Period dateTime
  recorded! instant
  policy* uri
  location Reference(Location)
  reason* CodeableConcept
  activity CodeableConcept
  agent+ .
  entity* .
  signature* Signature
Provenance.agent
  type CodeableConcept
  role* CodeableConcept
  who! Reference(Practitioner|PractitionerRole|RelatedPerson|Patient|Device|Organization)
  onBehalfOf Reference(Practitioner|PractitionerRole|RelatedPerson|Patient|Device|Organization)
Provenance.entity
  role! code =provenance-entity-role
  what! Reference
  agent* @Provenance.agent
Questionnaire
  url uri
  identifier* Identifier
  version string
  name string
  title string
  derivedFrom* canonical
  status! code =publication-status
  experimental boolean
  subjectType* code =resource-types
  date dateTime
  publisher string
  contact* ContactDetail
  description markdown
  useContext* UsageContext
  jurisdiction* CodeableConcept
  purpose markdown
  copyright markdown
  approvalDate date
  lastReviewDate date
  effectivePeriod Period
  code* Coding
  item* .
Questionnaire.item
  linkId! string
  definition uri
  code* Coding
  prefix string
  text string
  type! code =item-type
  enableWhen* .
  enableBehavior code =questionnaire-enable-behavior
  required boolean
  repeats boolean
  readOnly boolean
  maxLength integer
  answerValueSet canonical
  answerOption* .
  initial* .
  item* @Questionnaire.item
Questionnaire.item.enableWhen
  question! string
  operator! code =questionnaire-enable-operator
  answer[x]! boolean decimal integer date dateTime time string Coding Quantity Reference
Questionnaire.item.answerOption
  value[x]! integer date time string Coding Reference
  initialSelected boolean
Questionnaire.item.initial
  value[x]! boolean decimal integer date dateTime time string uri Attachment Coding Quantity Reference
QuestionnaireResponse
  identifier Identifier
  basedOn* Reference(CarePlan|ServiceRequest)
  partOf* Reference(Observation|Procedure)
  questionnaire canonical
  status! code =questionnaire-answers-status
  subject Reference
  encounter Reference(Encounter)
  authored dateTime
  author Reference(Device|Practitioner|PractitionerRole|Patient|RelatedPerson|Organization)
  source Reference(Patient|Practitioner|PractitionerRole|RelatedPerson)
  item* .
QuestionnaireResponse.item
  linkId! string
  definition uri
  text string
  answer* .
  item* @QuestionnaireResponse.item
QuestionnaireResponse.item.answer
  value[x] boolean decimal integer date dateTime time string uri Attachment Coding Quantity Reference
  item* @QuestionnaireResponse.item
RelatedPerson
  identifier* Identifier
  active boolean
  patient! Reference(Patient)
  relationship* CodeableConcept
  name* HumanName
  telecom* ContactPoint
  gender code =administrative-gender
  birthDate date
  address* Address
  photo* Attachment
  period Period
  communication* .
RelatedPerson.communication
  language! CodeableConcept
  preferred boolean
RequestGroup
  identifier* Identifier
  instantiatesCanonical* canonical
  instantiatesUri* uri
  basedOn* Reference
  replaces* Reference
  groupIdentifier Identifier
  status! code =request-status
  intent! code =request-intent
  priority code =request-priority
  code CodeableConcept
  subject Reference(Patient|Group)
  encounter Reference(Encounter)
  authoredOn dateTime
  author Reference(Device|Practitioner|PractitionerRole)
  reasonCode* CodeableConcept
  reasonReference* Reference(Condition|Observation|DiagnosticReport|DocumentReference)
  note* Annotation
  action* .
RequestGroup.action
  prefix string
  title string
  description string
  textEquivalent string
  priority code =request-priority
  code* CodeableConcept
  documentation* RelatedArtifact
  condition* .
  relatedAction* .
  timing[x] dateTime Age Period Duration Range Timing
  participant* Reference(Patient|Practitioner|PractitionerRole|RelatedPerson|Device)
  type CodeableConcept
  groupingBehavior code =action-grouping-behavior
  selectionBehavior code =action-selection-behavior
  requiredBehavior code =action-required-behavior
  precheckBehavior code =action-precheck-behavior
  cardinalityBehavior code =action-cardinality-behavior
  resource Reference
  action* @RequestGroup.action
RequestGroup.action.condition
  kind! code =action-condition-kind
  expression Expression
RequestGroup.action.relatedAction
  actionId! id
  relationship! code =action-relationship-type
  offset[x] Duration Range
ResearchDefinition
  url uri
  identifier* Identifier
  version string
  name string
  title string
  shortTitle string
  subtitle string
  status! code =publication-status
  experimental boolean
  subject[x] CodeableConcept Reference(Group)
  date dateTime
  publisher string
  contact* ContactDetail
  description markdown
  comment* string
  useContext* UsageContext
  jurisdiction* CodeableConcept
  purpose markdown
  usage string
  copyright markdown
  approvalDate date
  lastReviewDate date
  effectivePeriod Period
  topic* CodeableConcept
  author* ContactDetail
  editor* ContactDetail
  reviewer* ContactDetail
  endorser* ContactDetail
  relatedArtifact* RelatedArtifact
  library* canonical
  population! Reference(ResearchElementDefinition)
  exposure Reference(ResearchElementDefinition)
  exposureAlternative Reference(ResearchElementDefinition)
  outcome Reference(ResearchElementDefinition)
ResearchElementDefinition
  url uri
  identifier* Identifier
  version string
  name string
  title string
  shortTitle string
  subtitle string
  status! code =publication-status
  experimental boolean
  subject[x] CodeableConcept Reference(Group)
  date dateTime
  publisher string
  contact* ContactDetail
  description markdown
  comment* string
  useContext* UsageContext
  jurisdiction* CodeableConcept
  purpose markdown
  usage string
  copyright markdown
  approvalDate date
  lastReviewDate date
  effectivePeriod Period
  topic* CodeableConcept
  author* ContactDetail
  editor* ContactDetail
  reviewer* ContactDetail
  endorser* ContactDetail
  relatedArtifact* RelatedArtifact
  library* canonical
  type! code =research-element-type
  variableType code =variable-type
  characteristic+ .
ResearchElementDefinition.characteristic
  definition[x]! CodeableConcept canonical Expression DataRequirement
  usageContext* UsageContext
  exclude boolean
  unitOfMeasure CodeableConcept
  studyEffectiveDescription string
  studyEffective[x] dateTime Period Duration Timing
  studyEffectiveTimeFromStart Duration
  studyEffectiveGroupMeasure code =group-measure
  participantEffectiveDescription string
  participantEffective[x] dateTime Period Duration Timing
  participantEffectiveTimeFromStart Duration
  participantEffectiveGroupMeasure code =group-measure
ResearchStudy
  identifier* Identifier
  title string
  protocol* Reference(PlanDefinition)
  partOf* Reference(ResearchStudy)
  status! code =research-study-status
  primaryPurposeType CodeableConcept
  phase CodeableConcept
  category* CodeableConcept
  focus* CodeableConcept
  condition* CodeableConcept
  contact* ContactDetail
  relatedArtifact* RelatedArtifact
  keyword* CodeableConcept
  location* CodeableConcept
  description markdown
  enrollment* Reference(Group)
  period Period
  sponsor Reference(Organization)
  principalInvestigator Reference(Practitioner|PractitionerRole)
  site* Reference(Location)
  reasonStopped CodeableConcept
  note* Annotation
  arm* .
  objective* .
ResearchStudy.arm
  name! string
  type CodeableConcept
  description string
ResearchStudy.objective
  name string
  type CodeableConcept
ResearchSubject
  identifier* Identifier
  status! code =research-subject-status
  period Period
  study! Reference(ResearchStudy)
  individual! Reference(Patient)
  assignedArm string
  actualArm string
  consent Reference(Consent)
Resource
  id id
  meta Meta
  implicitRules uri
  language code
RiskAssessment
  identifier* Identifier
  basedOn Reference
  parent Reference
  status! code =observation-status
  method CodeableConcept
  code CodeableConcept
  subject! Reference(Patient|Group)
  encounter Reference(Encounter)
  occurrence[x] dateTime Period
  condition Reference(Condition)
  performer Reference(Practitioner|PractitionerRole|Device)
  reasonCode* CodeableConcept
  reasonReference* Reference(Condition|Observation|DiagnosticReport|DocumentReference)
  basis* Reference
  prediction* .
  mitigation string
  note* Annotation
RiskAssessment.prediction
  outcome CodeableConcept
  probability[x] decimal Range
  qualitativeRisk CodeableConcept
  relativeRisk decimal
  when[x] Period Range
  rationale string
RiskEvidenceSynthesis
  url uri
  identifier* Identifier
  version string
  name string
  title string
  status! code =publication-status
  date dateTime
  publisher string
  contact* ContactDetail
  description markdown
  note* Annotation
  useContext* UsageContext
  jurisdiction* CodeableConcept
  copyright markdown
  approvalDate date
  lastReviewDate date
  effectivePeriod Period
  topic* CodeableConcept
  author* ContactDetail
  editor* ContactDetail
  reviewer* ContactDetail
  endorser* ContactDetail
  relatedArtifact* RelatedArtifact
  synthesisType CodeableConcept
  studyType CodeableConcept
  population! Reference(EvidenceVariable)
  exposure Reference(EvidenceVariable)
  outcome! Reference(EvidenceVariable)
  sampleSize .
  riskEstimate .
  certainty* .
RiskEvidenceSynthesis.sampleSize
  description string
  numberOfStudies integer
  numberOfParticipants integer
RiskEvidenceSynthesis.riskEstimate
  description string
  type CodeableConcept
  value decimal
  unitOfMeasure CodeableConcept
  denominatorCount integer
  numeratorCount integer
  precisionEstimate* .
RiskEvidenceSynthesis.riskEstimate.precisionEstimate
  type CodeableConcept
  level decimal
  from decimal
  to decimal
RiskEvidenceSynthesis.certainty
  rating* CodeableConcept
  note* Annotation
  certaintySubcomponent* .
RiskEvidenceSynthesis.certainty.certaintySubcomponent
  type CodeableConcept
  rating* CodeableConcept
  note* Annotation
Schedule
  identifier* Identifier
  active boolean
  serviceCategory* CodeableConcept
  serviceType* CodeableConcept
  specialty* CodeableConcept
  actor+ Reference(Patient|Practitioner|PractitionerRole|RelatedPerson|Device|HealthcareService|Location)
  planningHorizon Period
  comment string
SearchParameter
  url! uri
  version string
  name! string
  derivedFrom canonical
  status! code =publication-status
  experimental boolean
  date dateTime
  publisher string
  contact* ContactDetail
  description! markdown
  useContext* UsageContext
  jurisdiction* CodeableConcept
  purpose markdown
  code! code
  base+ code =resource-types
  type! code =search-param-type
  expression string
  xpath string
  xpathUsage code =search-xpath-usage
  target* code =resource-types
  multipleOr boolean
  multipleAnd boolean
  comparator* code =search-comparator
  modifier* code =search-modifier-code
  chain* string
  component* .
SearchParameter.component
  definition! canonical
  expression! string
ServiceRequest
  identifier* Identifier
  instantiatesCanonical* canonical
  instantiatesUri* uri
  basedOn* Reference(CarePlan|ServiceRequest|MedicationRequest)
  replaces* Reference(ServiceRequest)
  requisition Identifier
  status! code =request-status
  intent! code =request-intent
  category* CodeableConcept
  priority code =request-priority
  doNotPerform boolean
  code CodeableConcept
  orderDetail* CodeableConcept
  quantity[x] Quantity Ratio Range
  subject! Reference(Patient|Group|Location|Device)
  encounter Reference(Encounter)
  occurrence[x] dateTime Period Timing
  asNeeded[x] boolean CodeableConcept
  authoredOn dateTime
  requester Reference(Practitioner|PractitionerRole|Organization|Patient|RelatedPerson|Device)
  performerType CodeableConcept
  performer* Reference(Practitioner|PractitionerRole|Organization|CareTeam|HealthcareService|Patient|Device|RelatedPerson)
  locationCode* CodeableConcept
  locationReference* Reference(Location)
  reasonCode* CodeableConcept
  reasonReference* Reference(Condition|Observation|DiagnosticReport|DocumentReference)
  insurance* Reference(Coverage|ClaimResponse)
  supportingInfo* Reference
  specimen* Reference(Specimen)
  bodySite* CodeableConcept
  note* Annotation
  patientInstruction string
  relevantHistory* Reference(Provenance)
Slot
  identifier* Identifier
  serviceCategory* CodeableConcept
  serviceType* CodeableConcept
  specialty* CodeableConcept
  appointmentType CodeableConcept
  schedule! Reference(Schedule)
  status! code =slotstatus
  start! instant
  end! instant
  overbooked boolean
  comment string
Specimen
  identifier* Identifier
  accessionIdentifier Identifier
  status code =specimen-status
  type CodeableConcept
  subject Reference(Patient|Group|Device|Substance|Location)
  receivedTime dateTime
  parent* Reference(Specimen)
  request* Reference(ServiceRequest)
  collection .
  processing* .
  container* .
  condition* CodeableConcept
  note* Annotation
Specimen.collection
  collector Reference(Practitioner|PractitionerRole)
  collected[x] dateTime Period
  duration Duration
  quantity Quantity
  method CodeableConcept
  bodySite CodeableConcept
  fastingStatus[x] CodeableConcept Duration
Specimen.processing
  description string
  procedure CodeableConcept
  additive* Reference(Substance)
  time[x] dateTime Period
Specimen.container
  identifier* Identifier
  description string
  type CodeableConcept
  capacity Quantity
  specimenQuantity Quantity
  additive[x] CodeableConcept Reference(Substance)
SpecimenDefinition
  identifier Identifier
  typeCollected CodeableConcept
  patientPreparation* CodeableConcept
  timeAspect string
  collection* CodeableConcept
  typeTested* .
SpecimenDefinition.typeTested
  isDerived boolean
  type CodeableConcept
  preference! code =specimen-contained-preference
  container .
  requirement string
  retentionTime Duration
  rejectionCriterion* CodeableConcept
  handling* .
SpecimenDefinition.typeTested.container
  material CodeableConcept
  type CodeableConcept
  cap CodeableConcept
  description string
  capacity Quantity
  minimumVolume[x] Quantity string
  additive* .
  preparation string
SpecimenDefinition.typeTested.container.additive
  additive[x]! CodeableConcept Reference(Substance)
SpecimenDefinition.typeTested.handling
  temperatureQualifier CodeableConcept
  temperatureRange Range
  maxDuration Duration
  instruction string
StructureDefinition
  url! uri
  identifier* Identifier
  version string
  name! string
  title string
  status! code =publication-status
  experimental boolean
  date dateTime
  publisher string
  contact* ContactDetail
  description markdown
  useContext* UsageContext
  jurisdiction* CodeableConcept
  purpose markdown
  copyright markdown
  keyword* Coding
  fhirVersion code =FHIR-version
  mapping* .
  kind! code =structure-definition-kind
  abstract! boolean
  context* .
  contextInvariant* string
  type! uri
  baseDefinition canonical
  derivation code =type-derivation-rule
  snapshot .
  differential .
StructureDefinition.mapping
  identity! id
  uri uri
  name string
  comment string
StructureDefinition.context
  type! code =extension-context-type
  expression! string
StructureDefinition.snapshot
  element+ ElementDefinition
StructureDefinition.differential
  element+ ElementDefinition
StructureMap
  url! uri
  identifier* Identifier
  version string
  name! string
  title string
  status! code =publication-status
  experimental boolean
  date dateTime
  publisher string
  contact* ContactDetail
  description markdown
  useContext* UsageContext
  jurisdiction* CodeableConcept
  purpose markdown
  copyright markdown
  structure* .
  import* canonical
  group+ .
StructureMap.structure
  url! canonical
  mode! code =map-model-mode
  alias string
  documentation string
StructureMap.group
  name! id
  extends id
  typeMode! code =map-group-type-mode
  documentation string
  input+ .
  rule+ .
StructureMap.group.input
  name! id
  type string
  mode! code =map-input-mode
  documentation string
StructureMap.group.rule
  name! id
  source+ .
  target* .
  rule* @StructureMap.group.rule
  dependent* .
  documentation string
StructureMap.group.rule.source
  context! id
  min integer
  max string
  type string
  defaultValue[x] *
  element string
  listMode code =map-source-list-mode
  variable id
  condition string
  check string
  logMessage string
StructureMap.group.rule.target
  context id
  contextType code =map-context-type
  element string
  variable id
  listMode* code =map-target-list-mode
  listRuleId id
  transform code =map-transform
  parameter* .
StructureMap.group.rule.target.parameter
  value[x]! id string boolean integer decimal
StructureMap.group.rule.dependent
  name! id
  variable+ string
Subscription
  status! code =subscription-status
  contact* ContactPoint
  end instant
  reason! string
  criteria! string
  error string
  channel! .
Subscription.channel
  type! code =subscription-channel-type
  endpoint url
  payload code
  header* string
Substance
  identifier* Identifier
  status code =substance-status
  category* CodeableConcept
  code! CodeableConcept
  description string
  instance* .
  ingredient* .
Substance.instance
  identifier Identifier
  expiry dateTime
  quantity Quantity
Substance.ingredient
  quantity Ratio
  substance[x]! CodeableConcept Reference(Substance)
SubstanceNucleicAcid
  sequenceType CodeableConcept
  numberOfSubunits integer
  areaOfHybridisation string
  oligoNucleotideType CodeableConcept
  subunit* .
SubstanceNucleicAcid.subunit
  subunit integer
  sequence string
  length integer
  sequenceAttachment Attachment
  fivePrime CodeableConcept
  threePrime CodeableConcept
  linkage* .
  sugar* .
SubstanceNucleicAcid.subunit.linkage
  connectivity string
  identifier Identifier
  name string
  residueSite string
SubstanceNucleicAcid.subunit.sugar
  identifier Identifier
  name string
  residueSite string
SubstancePolymer
  class CodeableConcept
  geometry CodeableConcept
  copolymerConnectivity* CodeableConcept
  modification* string
  monomerSet* .
  repeat* .
SubstancePolymer.monomerSet
  ratioType CodeableConcept
  startingMaterial* .
SubstancePolymer.monomerSet.startingMaterial
  material CodeableConcept
  type CodeableConcept
  isDefining boolean
  amount SubstanceAmount
SubstancePolymer.repeat
  numberOfUnits integer
  averageMolecularFormula string
  repeatUnitAmountType CodeableConcept
  repeatUnit* .
SubstancePolymer.repeat.repeatUnit
  orientationOfPolymerisation CodeableConcept
  repeatUnit string
  amount SubstanceAmount
  degreeOfPolymerisation* .
  structuralRepresentation* .
SubstancePolymer.repeat.repeatUnit.degreeOfPolymerisation
  degree CodeableConcept
  amount SubstanceAmount
SubstancePolymer.repeat.repeatUnit.structuralRepresentation
  type CodeableConcept
  representation string
  attachment Attachment
SubstanceProtein
  sequenceType CodeableConcept
  numberOfSubunits integer
  disulfideLinkage* string
  subunit* .
SubstanceProtein.subunit
  subunit integer
  sequence string
  length integer
  sequenceAttachment Attachment
  nTerminalModificationId Identifier
  nTerminalModification string
  cTerminalModificationId Identifier
  cTerminalModification string
SubstanceReferenceInformation
  comment string
  gene* .
  geneElement* .
  classification* .
  target* .
SubstanceReferenceInformation.gene
  geneSequenceOrigin CodeableConcept
  gene CodeableConcept
  source* Reference(DocumentReference)
SubstanceReferenceInformation.geneElement
  type CodeableConcept
  element Identifier
  source* Reference(DocumentReference)
SubstanceReferenceInformation.classification
  domain CodeableConcept
  classification CodeableConcept
  subtype* CodeableConcept
  source* Reference(DocumentReference)
SubstanceReferenceInformation.target
  target Identifier
  type CodeableConcept
  interaction CodeableConcept
  organism CodeableConcept
  organismType CodeableConcept
  amount[x] Quantity Range string
  amountType CodeableConcept
  source* Reference(DocumentReference)
SubstanceSourceMaterial
  sourceMaterialClass CodeableConcept
  sourceMaterialType CodeableConcept
  sourceMaterialState CodeableConcept
  organismId Identifier
  organismName string
  parentSubstanceId* Identifier
  parentSubstanceName* string
  countryOfOrigin* CodeableConcept
  geographicalLocation* string
  developmentStage CodeableConcept
  fractionDescription* .
  organism .
  partDescription* .
SubstanceSourceMaterial.fractionDescription
  fraction string
  materialType CodeableConcept
SubstanceSourceMaterial.organism
  family CodeableConcept
  genus CodeableConcept
  species CodeableConcept
  intraspecificType CodeableConcept
  intraspecificDescription string
  author* .
  hybrid .
  organismGeneral .
SubstanceSourceMaterial.organism.author
  authorType CodeableConcept
  authorDescription string
SubstanceSourceMaterial.organism.hybrid
  maternalOrganismId string
  maternalOrganismName string
  paternalOrganismId string
  paternalOrganismName string
  hybridType CodeableConcept
SubstanceSourceMaterial.organism.organismGeneral
  kingdom CodeableConcept
  phylum CodeableConcept
  class CodeableConcept
  order CodeableConcept
SubstanceSourceMaterial.partDescription
  part CodeableConcept
  partLocation CodeableConcept
SubstanceSpecification
  identifier Identifier
  type CodeableConcept
  status CodeableConcept
  domain CodeableConcept
  description string
  source* Reference(DocumentReference)
  comment string
  moiety* .
  property* .
  referenceInformation Reference(SubstanceReferenceInformation)
  structure .
  code* .
  name* .
  molecularWeight* @SubstanceSpecification.structure.isotope.molecularWeight
  relationship* .
  nucleicAcid Reference(SubstanceNucleicAcid)
  polymer Reference(SubstancePolymer)
  protein Reference(SubstanceProtein)
  sourceMaterial Reference(SubstanceSourceMaterial)
SubstanceSpecification.moiety
  role CodeableConcept
  identifier Identifier
  name string
  stereochemistry CodeableConcept
  opticalActivity CodeableConcept
  molecularFormula string
  amount[x] Quantity string
SubstanceSpecification.property
  category CodeableConcept
  code CodeableConcept
  parameters string
  definingSubstance[x] Reference(SubstanceSpecification|Substance) CodeableConcept
  amount[x] Quantity string
SubstanceSpecification.structure
  stereochemistry CodeableConcept
  opticalActivity CodeableConcept
  molecularFormula string
  molecularFormulaByMoiety string
  isotope* .
  molecularWeight @SubstanceSpecification.structure.isotope.molecularWeight
  source* Reference(DocumentReference)
  representation* .
SubstanceSpecification.structure.isotope
  identifier Identifier
  name CodeableConcept
  substitution CodeableConcept
  halfLife Quantity
  molecularWeight .
SubstanceSpecification.structure.isotope.molecularWeight
  method CodeableConcept
  type CodeableConcept
  amount Quantity
SubstanceSpecification.structure.representation
  type CodeableConcept
  representation string
  attachment Attachment
SubstanceSpecification.code
  code CodeableConcept
  status CodeableConcept
  statusDate dateTime
  comment string
  source* Reference(DocumentReference)
SubstanceSpecification.name
  name! string
  type CodeableConcept
  status CodeableConcept
  preferred boolean
  language* CodeableConcept
  domain* CodeableConcept
  jurisdiction* CodeableConcept
  synonym* @SubstanceSpecification.name
  translation* @SubstanceSpecification.name
  official* .
  source* Reference(DocumentReference)
SubstanceSpecification.name.official
  authority CodeableConcept
  status CodeableConcept
  date dateTime
SubstanceSpecification.relationship
  substance[x] Reference(SubstanceSpecification) CodeableConcept
  relationship CodeableConcept
  isDefining boolean
  amount[x] Quantity Range Ratio string
  amountRatioLowLimit Ratio
  amountType CodeableConcept
  source* Reference(DocumentReference)
SupplyDelivery
  identifier* Identifier
  basedOn* Reference(SupplyRequest)
  partOf* Reference(SupplyDelivery|Contract)
  status code =supplydelivery-status
  patient Reference(Patient)
  type CodeableConcept =supplydelivery-type
  suppliedItem .
  occurrence[x] dateTime Period Timing
  supplier Reference(Practitioner|PractitionerRole|Organization)
  destination Reference(Location)
  receiver* Reference(Practitioner|PractitionerRole)
SupplyDelivery.suppliedItem
  quantity Quantity
  item[x] CodeableConcept Reference(Medication|Substance|Device)
SupplyRequest
  identifier* Identifier
  status code =supplyrequest-status
  category CodeableConcept
  priority code =request-priority
  item[x]! CodeableConcept Reference(Medication|Substance|Device)
  quantity! Quantity
  parameter* .
  occurrence[x] dateTime Period Timing
  authoredOn dateTime
  requester Reference(Practitioner|PractitionerRole|Organization|Patient|RelatedPerson|Device)
  supplier* Reference(Organization|HealthcareService)
  reasonCode* CodeableConcept
  reasonReference* Reference(Condition|Observation|DiagnosticReport|DocumentReference)
  deliverFrom Reference(Organization|Location)
  deliverTo Reference(Organization|Location|Patient)
SupplyRequest.parameter
  code CodeableConcept
  value[x] CodeableConcept Quantity Range boolean
Task
  identifier* Identifier
  instantiatesCanonical canonical
  instantiatesUri uri
  basedOn* Reference
  groupIdentifier Identifier
  partOf* Reference(Task)
  status! code =task-status
  statusReason CodeableConcept
  businessStatus CodeableConcept
  intent! code =task-intent
  priority code =request-priority
  code CodeableConcept
  description string
  focus Reference
  for Reference
  encounter Reference(Encounter)
  executionPeriod Period
  authoredOn dateTime
  lastModified dateTime
  requester Reference(Device|Organization|Patient|Practitioner|PractitionerRole|RelatedPerson)
  performerType* CodeableConcept
  owner Reference(Practitioner|PractitionerRole|Organization|CareTeam|HealthcareService|Patient|Device|RelatedPerson)
  location Reference(Location)
  reasonCode CodeableConcept
  reasonReference Reference
  insurance* Reference(Coverage|ClaimResponse)
  note* Annotation
  relevantHistory* Reference(Provenance)
  restriction .
  input* .
  output* .
Task.restriction
  repetitions positiveInt
  period Period
  recipient* Reference(Patient|Practitioner|PractitionerRole|RelatedPerson|Group|Organization)
Task.input
  type! CodeableConcept
  value[x]! *
Task.output
  type! CodeableConcept
  value[x]! *
TerminologyCapabilities
  url uri
  version string
  name string
  title string
  status! code =publication-status
  experimental boolean
  date! dateTime
  publisher string
  contact* ContactDetail
  description markdown
  useContext* UsageContext
  jurisdiction* CodeableConcept
  purpose markdown
  copyright markdown
  kind! code =capability-statement-kind
  software .
  implementation .
  lockedDate boolean
  codeSystem* .
  expansion .
  codeSearch code =code-search-support
  validateCode .
  translation .
  closure .
TerminologyCapabilities.software
  name! string
  version string
TerminologyCapabilities.implementation
  description! string
  url url
TerminologyCapabilities.codeSystem
  uri canonical
  version* .
  subsumption boolean
TerminologyCapabilities.codeSystem.version
  code string
  isDefault boolean
  compositional boolean
  language* code
  filter* .
  property* code
TerminologyCapabilities.codeSystem.version.filter
  code! code
  op+ code
TerminologyCapabilities.expansion
  hierarchical boolean
  paging boolean
  incomplete boolean
  parameter* .
  textFilter markdown
TerminologyCapabilities.expansion.parameter
  name! code
  documentation string
TerminologyCapabilities.validateCode
  translations! boolean
TerminologyCapabilities.translation
  needsMap! boolean
TerminologyCapabilities.closure
  translation boolean
TestReport
  identifier Identifier
  name string
  status! code =report-status-codes
  testScript! Reference(TestScript)
  result! code =report-result-codes
  score decimal
  tester string
  issued dateTime
  participant* .
  setup .
  test* .
  teardown .
TestReport.participant
  type! code =report-participant-type
  uri! uri
  display string
TestReport.setup
  action+ .
TestReport.setup.action
  operation .
  assert .
TestReport.setup.action.operation
  result! code =report-action-result-codes
  message markdown
  detail uri
TestReport.setup.action.assert
  result! code =report-action-result-codes
  message markdown
  detail string
TestReport.test
  name string
  description string
  action+ .
TestReport.test.action
  operation @TestReport.setup.action.operation
  assert @TestReport.setup.action.assert
TestReport.teardown
  action+ .
TestReport.teardown.action
  operation! @TestReport.setup.action.operation
TestScript
  url! uri
  identifier Identifier
  version string
  name! string
  title string
  status! code =publication-status
  experimental boolean
  date dateTime
  publisher string
  contact* ContactDetail
  description markdown
  useContext* UsageContext
  jurisdiction* CodeableConcept
  purpose markdown
  copyright markdown
  origin* .
  destination* .
  metadata .
  fixture* .
  profile* Reference
  variable* .
  setup .
  test* .
  teardown .
TestScript.origin
  index! integer
  profile! Coding
TestScript.destination
  index! integer
  profile! Coding
TestScript.metadata
  link* .
  capability+ .
TestScript.metadata.link
  url! uri
  description string
TestScript.metadata.capability
  required! boolean
  validated! boolean
  description string
  origin* integer
  destination integer
  link* uri
  capabilities! canonical
TestScript.fixture
  autocreate! boolean
  autodelete! boolean
  resource Reference
TestScript.variable
  name! string
  defaultValue string
  description string
  expression string
  headerField string
  hint string
  path string
  sourceId id
TestScript.setup
  action+ .
TestScript.setup.action
  operation .
  assert .
TestScript.setup.action.operation
  type Coding
  resource code
  label string
  description string
  accept code
  contentType code
  destination integer
  encodeRequestUrl! boolean
  method code =http-operations
  origin integer
  params string
  requestHeader* .
  requestId id
  responseId id
  sourceId id
  targetId id
  url string
TestScript.setup.action.operation.requestHeader
  field! string
  value! string
TestScript.setup.action.assert
  label string
  description string
  direction code =assert-direction-codes
  compareToSourceId string
  compareToSourceExpression string
  compareToSourcePath string
  contentType code
  expression string
  headerField string
  minimumId string
  navigationLinks boolean
  operator code =assert-operator-codes
  path string
  requestMethod code =http-operations
  requestURL string
  resource code
  response code =assert-response-code-types
  responseCode string
  sourceId id
  validateProfileId id
  value string
  warningOnly! boolean
TestScript.test
  name string
  description string
  action+ .
TestScript.test.action
  operation @TestScript.setup.action.operation
  assert @TestScript.setup.action.assert
TestScript.teardown
  action+ .
TestScript.teardown.action
  operation! @TestScript.setup.action.operation
ValueSet
  url uri
  identifier* Identifier
  version string
  name string
  title string
  status! code =publication-status
  experimental boolean
  date dateTime
  publisher string
  contact* ContactDetail
  description markdown
  useContext* UsageContext
  jurisdiction* CodeableConcept
  immutable boolean
  purpose markdown
  copyright markdown
  compose .
  expansion .
ValueSet.compose
  lockedDate date
  inactive boolean
  include+ .
  exclude* @ValueSet.compose.include
ValueSet.compose.include
  system uri
  version string
  concept* .
  filter* .
  valueSet* canonical
ValueSet.compose.include.concept
  code! code
  display string
  designation* .
ValueSet.compose.include.concept.designation
  language code
  use Coding
  value! string
ValueSet.compose.include.filter
  property! code
  op! code =filter-operator
  value! string
ValueSet.expansion
  identifier uri
  timestamp! dateTime
  total integer
  offset integer
  parameter* .
  contains* .
ValueSet.expansion.parameter
  name! string
  value[x] string boolean integer decimal uri code dateTime
ValueSet.expansion.contains
  system uri
  abstract boolean
  inactive boolean
  version string
  code code
  display string
  designation* @ValueSet.compose.include.concept.designation
  contains* @ValueSet.expansion.contains
VerificationResult
  target* Reference
  targetLocation* string
  need CodeableConcept
  status! code =verificationresult-status
  statusDate dateTime
  validationType CodeableConcept
  validationProcess* CodeableConcept
  frequency Timing
  lastPerformed dateTime
  nextScheduled date
  failureAction CodeableConcept
  primarySource* .
  attestation .
  validator* .
VerificationResult.primarySource
  who Reference(Organization|Practitioner|PractitionerRole)
  type* CodeableConcept
  communicationMethod* CodeableConcept
  validationStatus CodeableConcept
  validationDate dateTime
  canPushUpdates CodeableConcept
  pushTypeAvailable* CodeableConcept
VerificationResult.attestation
  who Reference(Practitioner|PractitionerRole|Organization)
  onBehalfOf Reference(Organization|Practitioner|PractitionerRole)
  communicationMethod CodeableConcept
  date date
  sourceIdentityCertificate string
  proxyIdentityCertificate string
  proxySignature Signature
  sourceSignature Signature
VerificationResult.validator
  organization! Reference(Organization)
  identityCertificate string
  attestationSignature Signature
VisionPrescription
  identifier* Identifier
  status! code =fm-status
  created! dateTime
  patient! Reference(Patient)
  encounter Reference(Encounter)
  dateWritten! dateTime
  prescriber! Reference(Practitioner|PractitionerRole)
  lensSpecification+ .
VisionPrescription.lensSpecification
  product! CodeableConcept
  eye! code =vision-eye-codes
  sphere decimal
  cylinder decimal
  axis integer
  prism* .
  add decimal
  power decimal
  backCurve decimal
  diameter decimal
  duration Quantity
  color string
  brand string
  note* Annotation
VisionPrescription.lensSpecification.prism
  amount! decimal
  base! code =vision-base-codes
`

/** The types of resources: those with narrative and contained resources, and those without. */
export const domainResources = `
Account ActivityDefinition AdverseEvent AllergyIntolerance Appointment AppointmentResponse AuditEvent Basic
BiologicallyDerivedProduct BodyStructure CapabilityStatement CarePlan CareTeam CatalogEntry ChargeItem
ChargeItemDefinition Claim ClaimResponse ClinicalImpression CodeSystem Communication CommunicationRequest
CompartmentDefinition Composition ConceptMap Condition Consent Contract Coverage CoverageEligibilityRequest
CoverageEligibilityResponse DetectedIssue Device DeviceDefinition DeviceMetric DeviceRequest
DeviceUseStatement DiagnosticReport DocumentManifest DocumentReference EffectEvidenceSynthesis Encounter
Endpoint EnrollmentRequest EnrollmentResponse EpisodeOfCare EventDefinition Evidence EvidenceVariable
ExampleScenario ExplanationOfBenefit FamilyMemberHistory Flag Goal GraphDefinition Group GuidanceResponse
HealthcareService ImagingStudy Immunization ImmunizationEvaluation ImmunizationRecommendation
ImplementationGuide InsurancePlan Invoice Library Linkage List Location Measure MeasureReport Media
Medication MedicationAdministration MedicationDispense MedicationKnowledge MedicationRequest
MedicationStatement MedicinalProduct MedicinalProductAuthorization MedicinalProductContraindication
MedicinalProductIndication MedicinalProductIngredient MedicinalProductInteraction
MedicinalProductManufactured MedicinalProductPackaged MedicinalProductPharmaceutical
MedicinalProductUndesirableEffect MessageDefinition MessageHeader MolecularSequence NamingSystem
NutritionOrder Observation ObservationDefinition OperationDefinition OperationOutcome Organization
OrganizationAffiliation Patient PaymentNotice PaymentReconciliation Person PlanDefinition Practitioner
PractitionerRole Procedure Provenance Questionnaire QuestionnaireResponse RelatedPerson RequestGroup
ResearchDefinition ResearchElementDefinition ResearchStudy ResearchSubject RiskAssessment
RiskEvidenceSynthesis Schedule SearchParameter ServiceRequest Slot Specimen SpecimenDefinition
StructureDefinition StructureMap Subscription Substance SubstanceNucleicAcid SubstancePolymer
SubstanceProtein SubstanceReferenceInformation SubstanceSourceMaterial SubstanceSpecification SupplyDelivery
SupplyRequest Task TerminologyCapabilities TestReport TestScript ValueSet VerificationResult
VisionPrescription
`
export const otherResources = `
Binary Bundle Parameters
`

/** What value[x] of an extension may be. */
export const openTypes = `
base64Binary boolean canonical code date dateTime decimal id instant integer markdown oid positiveInt string
time unsignedInt uri url uuid Address Age Annotation Attachment CodeableConcept Coding ContactPoint Count
Distance Duration HumanName Identifier Money Period Quantity Range Ratio Reference SampledData Signature
Timing ContactDetail Contributor DataRequirement Expression ParameterDefinition RelatedArtifact
TriggerDefinition UsageContext Dosage Meta
`

/** Sets of codes: name, code systems, codes. */
export const codeSets = `
FHIR-version http://hl7.org/fhir/FHIR-version 0.01|0.05|0.06|0.11|0.0.80|0.0.81|0.0.82|0.4.0|0.5.0|1.0.0|1.0.1|1.0.2|1.1.0|1.4.0|1.6.0|1.8.0|3.0.0|3.0.1|3.3.0|3.5.0|4.0.0|4.0.1
account-status http://hl7.org/fhir/account-status active|inactive|entered-in-error|on-hold|unknown
action-cardinality-behavior http://hl7.org/fhir/action-cardinality-behavior single|multiple
action-condition-kind http://hl7.org/fhir/action-condition-kind applicability|start|stop
action-grouping-behavior http://hl7.org/fhir/action-grouping-behavior visual-group|logical-group|sentence-group
action-participant-type http://hl7.org/fhir/action-participant-type patient|practitioner|related-person|device
action-precheck-behavior http://hl7.org/fhir/action-precheck-behavior yes|no
action-relationship-type http://hl7.org/fhir/action-relationship-type before-start|before|before-end|concurrent-with-start|concurrent|concurrent-with-end|after-start|after|after-end
action-required-behavior http://hl7.org/fhir/action-required-behavior must|could|must-unless-documented
action-selection-behavior http://hl7.org/fhir/action-selection-behavior any|all|all-or-none|exactly-one|at-most-one|one-or-more
address-type http://hl7.org/fhir/address-type postal|physical|both
address-use http://hl7.org/fhir/address-use home|work|temp|old|billing
administrative-gender http://hl7.org/fhir/administrative-gender male|female|other|unknown
adverse-event-actuality http://hl7.org/fhir/adverse-event-actuality actual|potential
adverse-event-outcome http://terminology.hl7.org/CodeSystem/adverse-event-outcome resolved|recovering|ongoing|resolvedWithSequelae|fatal|unknown
adverse-event-severity http://terminology.hl7.org/CodeSystem/adverse-event-severity mild|moderate|severe
allergy-intolerance-category http://hl7.org/fhir/allergy-intolerance-category food|medication|environment|biologic
allergy-intolerance-criticality http://hl7.org/fhir/allergy-intolerance-criticality low|high|unable-to-assess
allergy-intolerance-type http://hl7.org/fhir/allergy-intolerance-type allergy|intolerance
allergyintolerance-clinical http://terminology.hl7.org/CodeSystem/allergyintolerance-clinical active|inactive|resolved
allergyintolerance-verification http://terminology.hl7.org/CodeSystem/allergyintolerance-verification unconfirmed|confirmed|refuted|entered-in-error
appointmentstatus http://hl7.org/fhir/appointmentstatus proposed|pending|booked|arrived|fulfilled|cancelled|noshow|entered-in-error|checked-in|waitlist
assert-direction-codes http://hl7.org/fhir/assert-direction-codes response|request
assert-operator-codes http://hl7.org/fhir/assert-operator-codes equals|notEquals|in|notIn|greaterThan|lessThan|empty|notEmpty|contains|notContains|eval
assert-response-code-types http://hl7.org/fhir/assert-response-code-types okay|created|noContent|notModified|bad|forbidden|notFound|methodNotAllowed|conflict|gone|preconditionFailed|unprocessable
audit-event-action http://hl7.org/fhir/audit-event-action C|R|U|D|E
audit-event-outcome http://hl7.org/fhir/audit-event-outcome 0|4|8|12
binding-strength http://hl7.org/fhir/binding-strength required|extensible|preferred|example
bundle-type http://hl7.org/fhir/bundle-type document|message|transaction|transaction-response|batch|batch-response|history|searchset|collection
capability-statement-kind http://hl7.org/fhir/capability-statement-kind instance|capability|requirements
care-plan-activity-kind http://hl7.org/fhir/resource-types Appointment|CommunicationRequest|DeviceRequest|MedicationRequest|NutritionOrder|Task|ServiceRequest|VisionPrescription
care-plan-activity-status http://hl7.org/fhir/care-plan-activity-status not-started|scheduled|in-progress|on-hold|completed|cancelled|stopped|unknown|entered-in-error
care-plan-intent http://hl7.org/fhir/request-intent proposal|plan|order|option
care-team-status http://hl7.org/fhir/care-team-status proposed|active|suspended|inactive|entered-in-error
chargeitem-status http://hl7.org/fhir/chargeitem-status planned|billable|not-billable|aborted|billed|entered-in-error|unknown
claim-use http://hl7.org/fhir/claim-use claim|preauthorization|predetermination
clinicalimpression-status http://hl7.org/fhir/event-status in-progress|completed|entered-in-error
code-search-support http://hl7.org/fhir/code-search-support explicit|all
codesystem-content-mode http://hl7.org/fhir/codesystem-content-mode not-present|example|fragment|complete|supplement
codesystem-hierarchy-meaning http://hl7.org/fhir/codesystem-hierarchy-meaning grouped-by|is-a|part-of|classified-with
compartment-type http://hl7.org/fhir/compartment-type Patient|Encounter|RelatedPerson|Practitioner|Device
composition-attestation-mode http://hl7.org/fhir/composition-attestation-mode personal|professional|legal|official
composition-status http://hl7.org/fhir/composition-status preliminary|final|amended|entered-in-error
concept-map-equivalence http://hl7.org/fhir/concept-map-equivalence relatedto|equivalent|equal|wider|subsumes|narrower|specializes|inexact|unmatched|disjoint
concept-property-type http://hl7.org/fhir/concept-property-type code|Coding|string|integer|boolean|dateTime|decimal
conceptmap-unmapped-mode http://hl7.org/fhir/conceptmap-unmapped-mode provided|fixed|other-map
condition-clinical http://terminology.hl7.org/CodeSystem/condition-clinical active|recurrence|relapse|inactive|remission|resolved
condition-ver-status http://terminology.hl7.org/CodeSystem/condition-ver-status unconfirmed|provisional|differential|confirmed|refuted|entered-in-error
conditional-delete-status http://hl7.org/fhir/conditional-delete-status not-supported|single|multiple
conditional-read-status http://hl7.org/fhir/conditional-read-status not-supported|modified-since|not-match|full-support
consent-data-meaning http://hl7.org/fhir/consent-data-meaning instance|related|dependents|authoredby
consent-provision-type http://hl7.org/fhir/consent-provision-type deny|permit
consent-state-codes http://hl7.org/fhir/consent-state-codes draft|proposed|active|rejected|inactive|entered-in-error
constraint-severity http://hl7.org/fhir/constraint-severity error|warning
contact-point-system http://hl7.org/fhir/contact-point-system phone|fax|email|pager|url|sms|other
contact-point-use http://hl7.org/fhir/contact-point-use home|work|temp|old|mobile
contract-publicationstatus http://hl7.org/fhir/contract-publicationstatus amended|appended|cancelled|disputed|entered-in-error|executable|executed|negotiable|offered|policy|rejected|renewed|revoked|resolved|terminated
contract-status http://hl7.org/fhir/contract-status amended|appended|cancelled|disputed|entered-in-error|executable|executed|negotiable|offered|policy|rejected|renewed|revoked|resolved|terminated
contributor-type http://hl7.org/fhir/contributor-type author|editor|reviewer|endorser
days-of-week http://hl7.org/fhir/days-of-week mon|tue|wed|thu|fri|sat|sun
detectedissue-severity http://hl7.org/fhir/detectedissue-severity high|moderate|low
device-nametype http://hl7.org/fhir/device-nametype udi-label-name|user-friendly-name|patient-reported-name|manufacturer-name|model-name|other
device-statement-status http://hl7.org/fhir/device-statement-status active|completed|entered-in-error|intended|stopped|on-hold
device-status http://hl7.org/fhir/device-status active|inactive|entered-in-error|unknown
diagnostic-report-status http://hl7.org/fhir/diagnostic-report-status registered|partial|preliminary|final|amended|corrected|appended|cancelled|entered-in-error|unknown
discriminator-type http://hl7.org/fhir/discriminator-type value|exists|pattern|type|profile
document-mode http://hl7.org/fhir/document-mode producer|consumer
document-reference-status http://hl7.org/fhir/document-reference-status current|superseded|entered-in-error
document-relationship-type http://hl7.org/fhir/document-relationship-type replaces|transforms|signs|appends
eligibilityrequest-purpose http://hl7.org/fhir/eligibilityrequest-purpose auth-requirements|benefits|discovery|validation
eligibilityresponse-purpose http://hl7.org/fhir/eligibilityresponse-purpose auth-requirements|benefits|discovery|validation
encounter-location-status http://hl7.org/fhir/encounter-location-status planned|active|reserved|completed
encounter-status http://hl7.org/fhir/encounter-status planned|arrived|triaged|in-progress|onleave|finished|cancelled|entered-in-error|unknown
endpoint-status http://hl7.org/fhir/endpoint-status active|suspended|error|off|entered-in-error|test
episode-of-care-status http://hl7.org/fhir/episode-of-care-status planned|waitlist|active|onhold|finished|cancelled|entered-in-error
event-capability-mode http://hl7.org/fhir/event-capability-mode sender|receiver
event-status http://hl7.org/fhir/event-status preparation|in-progress|not-done|on-hold|stopped|completed|entered-in-error|unknown
event-timing http://hl7.org/fhir/event-timing,http://terminology.hl7.org/CodeSystem/v3-TimingEvent MORN|MORN.early|MORN.late|NOON|AFT|AFT.early|AFT.late|EVE|EVE.early|EVE.late|NIGHT|PHS|HS|WAKE|C|CM|CD|CV|AC|ACM|ACD|ACV|PC|PCM|PCD|PCV
examplescenario-actor-type http://hl7.org/fhir/examplescenario-actor-type person|entity
explanationofbenefit-status http://hl7.org/fhir/explanationofbenefit-status active|cancelled|draft|entered-in-error
exposure-state http://hl7.org/fhir/exposure-state exposure|exposure-alternative
extension-context-type http://hl7.org/fhir/extension-context-type fhirpath|element|extension
filter-operator http://hl7.org/fhir/filter-operator =|is-a|descendent-of|is-not-a|regex|in|not-in|generalizes|exists
flag-status http://hl7.org/fhir/flag-status active|inactive|entered-in-error
fm-status http://hl7.org/fhir/fm-status active|cancelled|draft|entered-in-error
goal-status http://hl7.org/fhir/goal-status proposed|planned|accepted|active|on-hold|completed|cancelled|entered-in-error|rejected
graph-compartment-rule http://hl7.org/fhir/graph-compartment-rule identical|matching|different|custom
graph-compartment-use http://hl7.org/fhir/graph-compartment-use condition|requirement
group-measure http://hl7.org/fhir/group-measure mean|median|mean-of-mean|mean-of-median|median-of-mean|median-of-median
group-type http://hl7.org/fhir/group-type person|animal|practitioner|device|medication|substance
guidance-response-status http://hl7.org/fhir/guidance-response-status success|data-requested|data-required|in-progress|failure|entered-in-error
guide-page-generation http://hl7.org/fhir/guide-page-generation html|markdown|xml|generated
guide-parameter-code http://hl7.org/fhir/guide-parameter-code apply|path-resource|path-pages|path-tx-cache|expansion-parameter|rule-broken-links|generate-xml|generate-json|generate-turtle|html-template
history-status http://hl7.org/fhir/history-status partial|completed|entered-in-error|health-unknown
http-operations http://hl7.org/fhir/http-operations delete|get|options|patch|post|put|head
http-verb http://hl7.org/fhir/http-verb GET|HEAD|POST|PUT|DELETE|PATCH
identifier-use http://hl7.org/fhir/identifier-use usual|official|temp|secondary|old
identity-assuranceLevel http://hl7.org/fhir/identity-assuranceLevel level1|level2|level3|level4
imagingstudy-status http://hl7.org/fhir/imagingstudy-status registered|available|cancelled|entered-in-error|unknown
immunization-evaluation-status http://terminology.hl7.org/CodeSystem/medication-admin-status completed|entered-in-error
immunization-status http://hl7.org/fhir/event-status completed|entered-in-error|not-done
insuranceplan-applicability http://terminology.hl7.org/CodeSystem/applicability in-network|out-of-network|other
invoice-priceComponentType http://hl7.org/fhir/invoice-priceComponentType base|surcharge|deduction|discount|tax|informational
invoice-status http://hl7.org/fhir/invoice-status draft|issued|balanced|cancelled|entered-in-error
issue-severity http://hl7.org/fhir/issue-severity fatal|error|warning|information
issue-type http://hl7.org/fhir/issue-type invalid|structure|required|value|invariant|security|login|unknown|expired|forbidden|suppressed|processing|not-supported|duplicate|multiple-matches|not-found|deleted|too-long|code-invalid|extension|too-costly|business-rule|conflict|transient|lock-error|no-store|exception|timeout|incomplete|throttled|informational
item-type http://hl7.org/fhir/item-type group|display|boolean|decimal|integer|date|dateTime|time|string|text|url|choice|open-choice|attachment|reference|quantity
link-type http://hl7.org/fhir/link-type replaced-by|replaces|refer|seealso
linkage-type http://hl7.org/fhir/linkage-type source|alternate|historical
list-mode http://hl7.org/fhir/list-mode working|snapshot|changes
list-status http://hl7.org/fhir/list-status current|retired|entered-in-error
location-mode http://hl7.org/fhir/location-mode instance|kind
location-status http://hl7.org/fhir/location-status active|suspended|inactive
map-context-type http://hl7.org/fhir/map-context-type type|variable
map-group-type-mode http://hl7.org/fhir/map-group-type-mode none|types|type-and-types
map-input-mode http://hl7.org/fhir/map-input-mode source|target
map-model-mode http://hl7.org/fhir/map-model-mode source|queried|target|produced
map-source-list-mode http://hl7.org/fhir/map-source-list-mode first|not_first|last|not_last|only_one
map-target-list-mode http://hl7.org/fhir/map-target-list-mode first|share|last|collate
map-transform http://hl7.org/fhir/map-transform create|copy|truncate|escape|cast|append|translate|reference|dateOp|uuid|pointer|evaluate|cc|c|qty|id|cp
measure-improvement-notation http://terminology.hl7.org/CodeSystem/measure-improvement-notation increase|decrease
measure-report-status http://hl7.org/fhir/measure-report-status complete|pending|error
measure-report-type http://hl7.org/fhir/measure-report-type individual|subject-list|summary|data-collection
medication-admin-status http://terminology.hl7.org/CodeSystem/medication-admin-status in-progress|not-done|on-hold|completed|entered-in-error|stopped|unknown
medication-statement-status http://hl7.org/fhir/CodeSystem/medication-statement-status active|completed|entered-in-error|intended|stopped|on-hold|unknown|not-taken
medication-status http://hl7.org/fhir/CodeSystem/medication-status active|inactive|entered-in-error
medicationdispense-status http://terminology.hl7.org/CodeSystem/medicationdispense-status preparation|in-progress|cancelled|on-hold|completed|entered-in-error|stopped|declined|unknown
medicationknowledge-status http://terminology.hl7.org/CodeSystem/medicationknowledge-status active|inactive|entered-in-error
medicationrequest-intent http://hl7.org/fhir/CodeSystem/medicationrequest-intent proposal|plan|order|original-order|reflex-order|filler-order|instance-order|option
medicationrequest-status http://hl7.org/fhir/CodeSystem/medicationrequest-status active|on-hold|cancelled|completed|entered-in-error|stopped|draft|unknown
message-significance-category http://hl7.org/fhir/message-significance-category consequence|currency|notification
messageheader-response-request http://hl7.org/fhir/messageheader-response-request always|on-error|never|on-success
metric-calibration-state http://hl7.org/fhir/metric-calibration-state not-calibrated|calibration-required|calibrated|unspecified
metric-calibration-type http://hl7.org/fhir/metric-calibration-type unspecified|offset|gain|two-point
metric-category http://hl7.org/fhir/metric-category measurement|setting|calculation|unspecified
metric-color http://hl7.org/fhir/metric-color black|red|green|yellow|blue|magenta|cyan|white
metric-operational-status http://hl7.org/fhir/metric-operational-status on|off|standby|entered-in-error
name-use http://hl7.org/fhir/name-use usual|official|temp|nickname|anonymous|old|maiden
namingsystem-identifier-type http://hl7.org/fhir/namingsystem-identifier-type oid|uuid|uri|other
namingsystem-type http://hl7.org/fhir/namingsystem-type codesystem|identifier|root
narrative-status http://hl7.org/fhir/narrative-status generated|extensions|additional|empty
network-type http://hl7.org/fhir/network-type 1|2|3|4|5
note-type http://hl7.org/fhir/note-type display|print|printoper
observation-range-category http://hl7.org/fhir/observation-range-category reference|critical|absolute
observation-status http://hl7.org/fhir/observation-status registered|preliminary|final|amended|corrected|cancelled|entered-in-error|unknown
operation-kind http://hl7.org/fhir/operation-kind operation|query
operation-parameter-use http://hl7.org/fhir/operation-parameter-use in|out
orientation-type http://hl7.org/fhir/orientation-type sense|antisense
participantrequired http://hl7.org/fhir/participantrequired required|optional|information-only
participationstatus http://hl7.org/fhir/participationstatus accepted|declined|tentative|needs-action
permitted-data-type http://hl7.org/fhir/permitted-data-type Quantity|CodeableConcept|string|boolean|integer|Range|Ratio|SampledData|time|dateTime|Period
product-category http://hl7.org/fhir/product-category organ|tissue|fluid|cells|biologicalAgent
product-status http://hl7.org/fhir/product-status available|unavailable
product-storage-scale http://hl7.org/fhir/product-storage-scale farenheit|celsius|kelvin
property-representation http://hl7.org/fhir/property-representation xmlAttr|xmlText|typeAttr|cdaText|xhtml
provenance-entity-role http://hl7.org/fhir/provenance-entity-role derivation|revision|quotation|source|removal
publication-status http://hl7.org/fhir/publication-status draft|active|retired|unknown
quality-type http://hl7.org/fhir/quality-type indel|snp|unknown
quantity-comparator http://hl7.org/fhir/quantity-comparator <|<=|>=|>
questionnaire-answers-status http://hl7.org/fhir/questionnaire-answers-status in-progress|completed|amended|entered-in-error|stopped
questionnaire-enable-behavior http://hl7.org/fhir/questionnaire-enable-behavior all|any
questionnaire-enable-operator http://hl7.org/fhir/questionnaire-enable-operator exists|=|!=|>|<|>=|<=
reaction-event-severity http://hl7.org/fhir/reaction-event-severity mild|moderate|severe
reference-handling-policy http://hl7.org/fhir/reference-handling-policy literal|logical|resolves|enforced|local
reference-version-rules http://hl7.org/fhir/reference-version-rules either|independent|specific
related-artifact-type http://hl7.org/fhir/related-artifact-type documentation|justification|citation|predecessor|successor|derived-from|depends-on|composed-of
relation-type http://hl7.org/fhir/relation-type triggers|is-replaced-by
remittance-outcome http://hl7.org/fhir/remittance-outcome queued|complete|error|partial
report-action-result-codes http://hl7.org/fhir/report-action-result-codes pass|skip|fail|warning|error
report-participant-type http://hl7.org/fhir/report-participant-type test-engine|client|server
report-result-codes http://hl7.org/fhir/report-result-codes pass|fail|pending
report-status-codes http://hl7.org/fhir/report-status-codes completed|in-progress|waiting|stopped|entered-in-error
repository-type http://hl7.org/fhir/repository-type directlink|openapi|login|oauth|other
request-intent http://hl7.org/fhir/request-intent proposal|plan|directive|order|original-order|reflex-order|filler-order|instance-order|option
request-priority http://hl7.org/fhir/request-priority routine|urgent|asap|stat
request-resource-types http://hl7.org/fhir/request-resource-types Appointment|AppointmentResponse|CarePlan|Claim|CommunicationRequest|Contract|DeviceRequest|EnrollmentRequest|ImmunizationRecommendation|MedicationRequest|NutritionOrder|ServiceRequest|SupplyRequest|Task|VisionPrescription
request-status http://hl7.org/fhir/request-status draft|active|on-hold|revoked|completed|entered-in-error|unknown
research-element-type http://hl7.org/fhir/research-element-type population|exposure|outcome
research-study-status http://hl7.org/fhir/research-study-status active|administratively-completed|approved|closed-to-accrual|closed-to-accrual-and-intervention|completed|disapproved|in-review|temporarily-closed-to-accrual|temporarily-closed-to-accrual-and-intervention|withdrawn
research-subject-status http://hl7.org/fhir/research-subject-status candidate|eligible|follow-up|ineligible|not-registered|off-study|on-study|on-study-intervention|on-study-observation|pending-on-study|potential-candidate|screening|withdrawn
resource-aggregation-mode http://hl7.org/fhir/resource-aggregation-mode contained|referenced|bundled
resource-slicing-rules http://hl7.org/fhir/resource-slicing-rules closed|open|openAtEnd
resource-types http://hl7.org/fhir/resource-types Account|ActivityDefinition|AdverseEvent|AllergyIntolerance|Appointment|AppointmentResponse|AuditEvent|Basic|Binary|BiologicallyDerivedProduct|BodyStructure|Bundle|CapabilityStatement|CarePlan|CareTeam|CatalogEntry|ChargeItem|ChargeItemDefinition|Claim|ClaimResponse|ClinicalImpression|CodeSystem|Communication|CommunicationRequest|CompartmentDefinition|Composition|ConceptMap|Condition|Consent|Contract|Coverage|CoverageEligibilityRequest|CoverageEligibilityResponse|DetectedIssue|Device|DeviceDefinition|DeviceMetric|DeviceRequest|DeviceUseStatement|DiagnosticReport|DocumentManifest|DocumentReference|DomainResource|EffectEvidenceSynthesis|Encounter|Endpoint|EnrollmentRequest|EnrollmentResponse|EpisodeOfCare|EventDefinition|Evidence|EvidenceVariable|ExampleScenario|ExplanationOfBenefit|FamilyMemberHistory|Flag|Goal|GraphDefinition|Group|GuidanceResponse|HealthcareService|ImagingStudy|Immunization|ImmunizationEvaluation|ImmunizationRecommendation|ImplementationGuide|InsurancePlan|Invoice|Library|Linkage|List|Location|Measure|MeasureReport|Media|Medication|MedicationAdministration|MedicationDispense|MedicationKnowledge|MedicationRequest|MedicationStatement|MedicinalProduct|MedicinalProductAuthorization|MedicinalProductContraindication|MedicinalProductIndication|MedicinalProductIngredient|MedicinalProductInteraction|MedicinalProductManufactured|MedicinalProductPackaged|MedicinalProductPharmaceutical|MedicinalProductUndesirableEffect|MessageDefinition|MessageHeader|MolecularSequence|NamingSystem|NutritionOrder|Observation|ObservationDefinition|OperationDefinition|OperationOutcome|Organization|OrganizationAffiliation|Parameters|Patient|PaymentNotice|PaymentReconciliation|Person|PlanDefinition|Practitioner|PractitionerRole|Procedure|Provenance|Questionnaire|QuestionnaireResponse|RelatedPerson|RequestGroup|ResearchDefinition|ResearchElementDefinition|ResearchStudy|ResearchSubject|Resource|RiskAssessment|RiskEvidenceSynthesis|Schedule|SearchParameter|ServiceRequest|Slot|Specimen|SpecimenDefinition|StructureDefinition|StructureMap|Subscription|Substance|SubstanceNucleicAcid|SubstancePolymer|SubstanceProtein|SubstanceReferenceInformation|SubstanceSourceMaterial|SubstanceSpecification|SupplyDelivery|SupplyRequest|Task|TerminologyCapabilities|TestReport|TestScript|ValueSet|VerificationResult|VisionPrescription
response-code http://hl7.org/fhir/response-code ok|transient-error|fatal-error
restful-capability-mode http://hl7.org/fhir/restful-capability-mode client|server
search-comparator http://hl7.org/fhir/search-comparator eq|ne|gt|lt|ge|le|sa|eb|ap
search-entry-mode http://hl7.org/fhir/search-entry-mode match|include|outcome
search-modifier-code http://hl7.org/fhir/search-modifier-code missing|exact|contains|not|text|in|not-in|below|above|type|identifier|ofType
search-param-type http://hl7.org/fhir/search-param-type number|date|string|token|reference|composite|quantity|uri|special
search-xpath-usage http://hl7.org/fhir/search-xpath-usage normal|phonetic|nearby|distance|other
sequence-type http://hl7.org/fhir/sequence-type aa|dna|rna
slotstatus http://hl7.org/fhir/slotstatus busy|free|busy-unavailable|busy-tentative|entered-in-error
sort-direction http://hl7.org/fhir/sort-direction ascending|descending
specimen-contained-preference http://hl7.org/fhir/specimen-contained-preference preferred|alternate
specimen-status http://hl7.org/fhir/specimen-status available|unavailable|unsatisfactory|entered-in-error
strand-type http://hl7.org/fhir/strand-type watson|crick
structure-definition-kind http://hl7.org/fhir/structure-definition-kind primitive-type|complex-type|resource|logical
subscription-channel-type http://hl7.org/fhir/subscription-channel-type rest-hook|websocket|email|sms|message
subscription-status http://hl7.org/fhir/subscription-status requested|active|error|off
substance-status http://hl7.org/fhir/substance-status active|inactive|entered-in-error
supplydelivery-status http://hl7.org/fhir/supplydelivery-status in-progress|completed|abandoned|entered-in-error
supplydelivery-type http://terminology.hl7.org/CodeSystem/supply-item-type medication|device
supplyrequest-status http://hl7.org/fhir/supplyrequest-status draft|active|suspended|cancelled|completed|entered-in-error|unknown
system-restful-interaction http://hl7.org/fhir/restful-interaction transaction|batch|search-system|history-system
task-intent http://hl7.org/fhir/task-intent,http://hl7.org/fhir/request-intent unknown|proposal|plan|order|original-order|reflex-order|filler-order|instance-order|option
task-status http://hl7.org/fhir/task-status draft|requested|received|accepted|rejected|ready|cancelled|in-progress|on-hold|failed|completed|entered-in-error
trigger-type http://hl7.org/fhir/trigger-type named-event|periodic|data-changed|data-added|data-modified|data-removed|data-accessed|data-access-ended
type-derivation-rule http://hl7.org/fhir/type-derivation-rule specialization|constraint
type-restful-interaction http://hl7.org/fhir/restful-interaction read|vread|update|patch|delete|history-instance|history-type|create|search-type
udi-entry-type http://hl7.org/fhir/udi-entry-type barcode|rfid|manual|card|self-reported|unknown
units-of-time http://unitsofmeasure.org s|min|h|d|wk|mo|a
v3-ConfidentialityClassification http://terminology.hl7.org/CodeSystem/v3-Confidentiality U|L|M|N|R|V
variable-type http://hl7.org/fhir/variable-type dichotomous|continuous|descriptive
verificationresult-status http://hl7.org/fhir/CodeSystem/status attested|validated|in-process|req-revalid|val-fail|reval-fail
versioning-policy http://hl7.org/fhir/versioning-policy no-version|versioned|versioned-update
vision-base-codes http://hl7.org/fhir/vision-base-codes up|down|in|out
vision-eye-codes http://hl7.org/fhir/vision-eye-codes right|left
`
