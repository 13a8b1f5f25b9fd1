import type { CcrExtra, CcrRootExtra } from './extra'

/**
 * A Continuity of Care Record as plain objects, arrays and strings. Properties are named as CCR's elements. An element
 * that the schema allows several times is always an array, one that it allows once never is, and a leaf is always a
 * string, as it stood in the document. Real documents leave out what the schema requires, so every property may be
 * missing; each says how often the schema wants it.
 */
export interface CcrElement {
  /** What the plain properties cannot say: attributes, unknown elements, an order of its own. Usually missing. */
  $?: CcrExtra
}

/** A Continuity of Care Record, ASTM E2369-05: `ContinuityOfCareRecord`, the root element. */
export interface CcrDocument extends CcrElement {
  /** What the plain properties cannot say, also around the root element: namespace, declarations, an envelope. */
  $?: CcrRootExtra
  /** 1. The document's id. */
  CCRDocumentObjectID?: string
  /** 1. In which language the document is written. */
  Language?: CcrCodedDescription
  /** 1. `V1.0` for E2369-05. */
  Version?: string
  /** 1 */
  DateTime?: CcrDateTime
  /** 1..2. Whose record it is; the schema allows two. */
  Patient?: CcrPatient[]
  /** 1. Who made the document. */
  From?: CcrFrom
  /** 0..1. Whom it is made for. */
  To?: CcrTo
  /** 0..n. Why it was made. */
  Purpose?: CcrPurpose[]
  /** 1. The sections. */
  Body?: CcrBody
  /** 1. Everyone and everything that the document speaks of. */
  Actors?: CcrActors
  /** 0..1. Documents outside this one. */
  References?: CcrReferences
  /** 0..1. Remarks that objects point to by `CommentID`. */
  Comments?: CcrComments
  /** 0..1. Signatures that objects point to by `SignatureID`. */
  Signatures?: CcrSignatures
}

/** `Patient` 1..2 in `CcrDocument`. */
export interface CcrPatient extends CcrElement {
  /** 1. An `ActorObjectID` of the document. */
  ActorID?: string
}

/** `From` 1 in `CcrDocument`. */
export interface CcrFrom extends CcrElement {
  /** 1..n. Who, and in which role. */
  ActorLink?: CcrActorReference[]
}

/** `To` 0..1 in `CcrDocument`. */
export interface CcrTo extends CcrElement {
  /** 1..n. Who, and in which role. */
  ActorLink?: CcrActorReference[]
}

/** Up to seventeen sections. `Body` 1 in `CcrDocument`. */
export interface CcrBody extends CcrElement {
  /** 0..1 */
  Payers?: CcrPayers
  /** 0..1 */
  AdvanceDirectives?: CcrAdvanceDirectives
  /** 0..1 */
  Support?: CcrSupport
  /** 0..1 */
  FunctionalStatus?: CcrFunctionalStatus
  /** 0..1 */
  Problems?: CcrProblems
  /** 0..1 */
  FamilyHistory?: CcrFamilyHistorySection
  /** 0..1 */
  SocialHistory?: CcrSocialHistorySection
  /** 0..1 */
  Alerts?: CcrAlerts
  /** 0..1 */
  Medications?: CcrMedications
  /** 0..1 */
  MedicalEquipment?: CcrMedicalEquipment
  /** 0..1 */
  Immunizations?: CcrImmunizations
  /** 0..1 */
  VitalSigns?: CcrVitalSigns
  /** 0..1 */
  Results?: CcrResults
  /** 0..1 */
  Procedures?: CcrProcedures
  /** 0..1 */
  Encounters?: CcrEncounters
  /** 0..1 */
  PlanOfCare?: CcrPlanOfCare
  /** 0..1 */
  HealthCareProviders?: CcrHealthCareProviders
}

/** `Payers` 0..1 in `CcrBody`. */
export interface CcrPayers extends CcrElement {
  /** 1..n */
  Payer?: CcrPayer[]
}

/** `AdvanceDirectives` 0..1 in `CcrBody`. */
export interface CcrAdvanceDirectives extends CcrElement {
  /** 1..n */
  AdvanceDirective?: CcrCodedDataObject[]
}

/** `Support` 0..1 in `CcrBody`. */
export interface CcrSupport extends CcrElement {
  /** 1..n */
  SupportProvider?: CcrActorReference[]
}

/** `FunctionalStatus` 0..1 in `CcrBody`. */
export interface CcrFunctionalStatus extends CcrElement {
  /** 1..n */
  Function?: CcrFunction[]
}

/** `Problems` 0..1 in `CcrBody`. */
export interface CcrProblems extends CcrElement {
  /** 1..n */
  Problem?: CcrProblem[]
}

/** `FamilyHistory` 0..1 in `CcrBody`. */
export interface CcrFamilyHistorySection extends CcrElement {
  /** 1..n */
  FamilyProblemHistory?: CcrFamilyProblemHistory[]
}

/** `SocialHistory` 0..1 in `CcrBody`. */
export interface CcrSocialHistorySection extends CcrElement {
  /** 1..n */
  SocialHistoryElement?: CcrSocialHistoryElement[]
}

/** `Alerts` 0..1 in `CcrBody`. */
export interface CcrAlerts extends CcrElement {
  /** 1..n */
  Alert?: CcrAlert[]
}

/** `MedicalEquipment` 0..1 in `CcrBody`. */
export interface CcrMedicalEquipment extends CcrElement {
  /** 1..n */
  Equipment?: CcrStructuredProduct[]
}

/** `VitalSigns` 0..1 in `CcrBody`. */
export interface CcrVitalSigns extends CcrElement {
  /** 1..n */
  Result?: CcrResult[]
}

/** `Results` 0..1 in `CcrBody`. */
export interface CcrResults extends CcrElement {
  /** 1..n */
  Result?: CcrResult[]
}

/** `PlanOfCare` 0..1 in `CcrBody`. */
export interface CcrPlanOfCare extends CcrElement {
  /** 1..n */
  Plan?: CcrPlan[]
}

/** `HealthCareProviders` 0..1 in `CcrBody`. */
export interface CcrHealthCareProviders extends CcrElement {
  /** 1..n */
  Provider?: CcrActorReference[]
}

/** `Actors` 1 in `CcrDocument`. */
export interface CcrActors extends CcrElement {
  /** 1..n */
  Actor?: CcrActor[]
}

/** `References` 0..1 in `CcrDocument`. */
export interface CcrReferences extends CcrElement {
  /** 1..n */
  Reference?: CcrReference[]
}

/** `Comments` 0..1 in `CcrDocument`. */
export interface CcrComments extends CcrElement {
  /** 1..n */
  Comment?: CcrComment[]
}

/** `Signatures` 0..1 in `CcrDocument`. */
export interface CcrSignatures extends CcrElement {
  /** 1..n */
  CCRSignature?: CcrSignature[]
}

/** What most objects end with: source, links, references, comments, signatures. `SLRCGroup`. */
export interface CcrSlrc extends CcrElement {
  /** 1..n. Who says so. */
  Source?: CcrSource[]
  /** 0..n. Links to other objects of the document. */
  InternalCCRLink?: CcrInternalLink[]
  /** 0..n. A `ReferenceObjectID` of the document. */
  ReferenceID?: string[]
  /** 0..n. A `CommentObjectID` of the document. */
  CommentID?: string[]
  /** 0..n */
  Signature?: CcrSignatureLink[]
}

/** `Signature` 0..n in `CcrSlrc`. */
export interface CcrSignatureLink extends CcrElement {
  /** 1. A `SignatureObjectID` of the document. */
  SignatureID?: string
}

/** A measurement in which even the value may be missing. `MeasureGroup`. */
export interface CcrOpenMeasure extends CcrElement {
  /** 0..1 */
  Value?: string
  /** 0..1 */
  Units?: CcrOpenUnits
  /** 0..n. In codes. */
  Code?: CcrCode[]
}

/** `Units` 0..1 in `CcrOpenMeasure`. */
export interface CcrOpenUnits extends CcrElement {
  /** 0..1 */
  Unit?: string
  /** 0..n. In codes. */
  Code?: CcrCode[]
}

/**
 * A person, an organization or an information system: at most one of the three. `ActorType`: `Actor`
 * 1..n in `CcrActors`.
 */
export interface CcrActor extends CcrSlrc {
  /** 1. The actor's id; unique in the document. */
  ActorObjectID?: string
  /** 0..1 */
  Person?: CcrPerson
  /** 0..1 */
  Organization?: CcrOrganization
  /** 0..1 */
  InformationSystem?: CcrInformationSystem
  /** 0..n. Ids by which others know it. */
  IDs?: CcrId[]
  /** 0..n */
  Relation?: CcrCodedDescription[]
  /** 0..n */
  Specialty?: CcrCodedDescription[]
  /** 0..n */
  Address?: CcrAddress[]
  /** 0..n */
  Telephone?: CcrCommunication[]
  /** 0..n */
  EMail?: CcrCommunication[]
  /** 0..n */
  URL?: CcrCommunication[]
  /** 0..1 */
  Status?: CcrCodedDescription
}

/** `Person` 0..1 in `CcrActor`. */
export interface CcrPerson extends CcrElement {
  /** 0..1 */
  Name?: CcrNames
  /** 0..1 */
  DateOfBirth?: CcrDateTime
  /** 0..1 */
  Gender?: CcrCodedDescription
}

/** `Name` 0..1 in `CcrPerson`. */
export interface CcrNames extends CcrElement {
  /** 0..1 */
  BirthName?: CcrPersonName
  /** 0..n */
  AdditionalName?: CcrPersonName[]
  /** 0..1 */
  CurrentName?: CcrPersonName
  /** 0..1 */
  DisplayName?: string
}

/** `Organization` 0..1 in `CcrActor`. */
export interface CcrOrganization extends CcrElement {
  /** 1 */
  Name?: string
}

/** `InformationSystem` 0..1 in `CcrActor`. */
export interface CcrInformationSystem extends CcrElement {
  /** 1 */
  Name?: string
  /** 0..1 */
  Type?: string
  /** 0..1. `V1.0` for E2369-05. */
  Version?: string
}

/** `Address` 0..n in `CcrActor`. */
export interface CcrAddress extends CcrElement {
  /** 0..1 */
  Type?: CcrCodedDescription
  /** 0..1 */
  Line1?: string
  /** 0..1 */
  Line2?: string
  /** 0..1 */
  City?: string
  /** 0..1 */
  County?: string
  /** 0..1 */
  State?: string
  /** 0..1 */
  Country?: string
  /** 0..1 */
  PostalCode?: string
  /** 0..1 */
  Priority?: string
  /** 0..1 */
  Status?: CcrCodedDescription
}

/**
 * What most entries of the sections begin with. `CCRCodedDataObjectType`: `AdvanceDirective` 1..n in
 * `CcrAdvanceDirectives`; `EnvironmentalAgent` 1..n in `CcrEnvironmentalAgents`; `Consent` 0..1 in
 * `CcrEncounter`, `CcrProcedure`, `CcrStructuredProduct`; `Outcome` 1..n in `CcrMilestones`.
 */
export interface CcrCodedDataObject extends CcrSlrc {
  /** 1. The object's id; links point to it. */
  CCRDataObjectID?: string
  /** 0..n */
  DateTime?: CcrDateTime[]
  /** 0..n. Ids by which others know it. */
  IDs?: CcrId[]
  /** 0..1 */
  Type?: CcrCodedDescription
  /** 0..1. What it is. */
  Description?: CcrCodedDescription
  /** 0..1 */
  Status?: CcrCodedDescription
}

/** A thing described in words, in codes, or both. `CodedDescriptionType`. */
export interface CcrCodedDescription extends CcrElement {
  /** 0..1. In words. */
  Text?: string
  /** 0..n. Further facts, as attribute and value. */
  ObjectAttribute?: CcrObjectAttribute[]
  /** 0..n. In codes. */
  Code?: CcrCode[]
}

/** `ObjectAttribute` 0..n in `CcrCodedDescription`. */
export interface CcrObjectAttribute extends CcrElement {
  /** 1 */
  Attribute?: string
  /** 1..n */
  AttributeValue?: CcrAttributeValue[]
  /** 0..n. In codes. */
  Code?: CcrCode[]
}

/** `AttributeValue` 1..n in `CcrObjectAttribute`. */
export interface CcrAttributeValue extends CcrElement {
  /** 1 */
  Value?: string
  /** 0..n. In codes. */
  Code?: CcrCode[]
}

/**
 * A code of a coding system. `CodeType`: `Code` 0..n in `CcrOpenMeasure`, `CcrOpenUnits`,
 * `CcrCodedDescription`, `CcrObjectAttribute`, `CcrAttributeValue`, `CcrCalculationEquation`,
 * `CcrMeasure`, `CcrUnits`.
 */
export interface CcrCode extends CcrElement {
  /** 1 */
  Value?: string
  /** 0..1. Whose code it is, such as `SNOMED CT`. */
  CodingSystem?: string
  /** 0..1. `V1.0` for E2369-05. */
  Version?: string
}

/** A remark. `CommentType`: `Comment` 1..n in `CcrComments`; `Comment` 0..n in `CcrRefill`. */
export interface CcrComment extends CcrElement {
  /** 1 */
  CommentObjectID?: string
  /** 1 */
  DateTime?: CcrDateTime
  /** 0..1 */
  Type?: CcrCodedDescription
  /** 1. What it is. */
  Description?: CcrCodedDescription
  /** 1..n. Who says so. */
  Source?: CcrActorReference[]
  /** 0..n. A `ReferenceObjectID` of the document. */
  ReferenceID?: string[]
}

/** A date or time: exact, approximate, as an age or as a range. `DateTimeType`. */
export interface CcrDateTime extends CcrElement {
  /** 0..1 */
  Type?: CcrCodedDescription
  /** 0..1. ISO 8601, at any precision. */
  ExactDateTime?: string
  /** 0..1. At which age. */
  Age?: CcrMeasure
  /** 0..1. In words. */
  ApproximateDateTime?: CcrCodedDescription
  /** 0..n. From and to. */
  DateTimeRange?: CcrDateTimeRange[]
}

/** `DateTimeRange` 0..n in `CcrDateTime`. */
export interface CcrDateTimeRange extends CcrElement {
  /** 0..1. From. */
  BeginRange?: CcrBeginRange
  /** 0..1. To. */
  EndRange?: CcrEndRange
}

/** `BeginRange` 0..1 in `CcrDateTimeRange`. */
export interface CcrBeginRange extends CcrElement {
  /** 0..1. ISO 8601, at any precision. */
  ExactDateTime?: string
  /** 0..1. At which age. */
  Age?: CcrMeasure
  /** 0..1. In words. */
  ApproximateDateTime?: CcrCodedDescription
}

/** `EndRange` 0..1 in `CcrDateTimeRange`. */
export interface CcrEndRange extends CcrElement {
  /** 0..1. ISO 8601, at any precision. */
  ExactDateTime?: string
  /** 0..1. At which age. */
  Age?: CcrMeasure
  /** 0..1. In words. */
  ApproximateDateTime?: CcrCodedDescription
}

/**
 * An id that someone gave, such as a record number. `IDType`: `IDs` 0..n in `CcrActor`,
 * `CcrCodedDataObject`, `CcrSignature`, `CcrFulfillment`, `CcrProduct`; `IDs` 0..1 in `CcrProcedure`,
 * `CcrVehicle`.
 */
export interface CcrId extends CcrSlrc {
  /** 0..n */
  DateTime?: CcrDateTime[]
  /** 0..1 */
  Type?: CcrCodedDescription
  /** 1 */
  ID?: string
  /** 0..1. Who gave the id. */
  IssuedBy?: CcrActorReference
}

/** A document outside this one. `ReferenceType`: `Reference` 1..n in `CcrReferences`. */
export interface CcrReference extends CcrElement {
  /** 1 */
  ReferenceObjectID?: string
  /** 0..n */
  DateTime?: CcrDateTime[]
  /** 0..1 */
  Type?: CcrCodedDescription
  /** 0..1. What it is. */
  Description?: CcrCodedDescription
  /** 1..n. Who says so. */
  Source?: CcrActorReference[]
  /** 0..1 */
  Locations?: CcrLocations
}

/** `SignatureType`: `CCRSignature` 1..n in `CcrSignatures`. */
export interface CcrSignature extends CcrElement {
  /** 1 */
  SignatureObjectID?: string
  /** 0..1. ISO 8601, at any precision. */
  ExactDateTime?: string
  /** 0..1 */
  Type?: CcrCodedDescription
  /** 0..n. Ids by which others know it. */
  IDs?: CcrId[]
  /** 0..1. Who says so. */
  Source?: CcrActorReference
  /** 1 */
  Signature?: CcrSignatureContent
}

/** Any content, such as a W3C XML signature: all of it is in `$`. `Signature` 1 in `CcrSignature`. */
export type CcrSignatureContent = CcrElement

/** A reference to an actor. `ActorReferenceType`. */
export interface CcrActorReference extends CcrElement {
  /** 0..1. An `ActorObjectID` of the document. */
  ActorID?: string
  /** 0..n. In which role. */
  ActorRole?: CcrCodedDescription[]
}

/**
 * A link to another object of the same document. `InternalCCRLink` 0..n in `CcrSlrc`; `InternalCCRLink`
 * 0..1 in `CcrVehicle`.
 */
export interface CcrInternalLink extends CcrElement {
  /** 1. The id of an object of the document. */
  LinkID?: string
  /** 0..n. How it is related. */
  LinkRelationship?: string[]
  /** 0..1. Who says so. */
  Source?: CcrSource
}

/** `Direction` 1..n in `CcrDirections`. */
export interface CcrDirection extends CcrElement {
  /** 0..1. What it is. */
  Description?: CcrCodedDescription
  /** 0..1 */
  DoseIndicator?: CcrCodedDescription
  /** 0..1 */
  DeliveryMethod?: CcrCodedDescription
  /** 0..n */
  Dose?: CcrDose[]
  /** 0..n */
  DoseCalculation?: CcrDoseCalculation[]
  /** 0..n */
  Vehicle?: CcrVehicle[]
  /** 0..n */
  Route?: CcrRoute[]
  /** 0..n */
  Site?: CcrSite[]
  /** 0..n */
  AdministrationTiming?: CcrAdministrationTiming[]
  /** 0..n */
  Frequency?: CcrFrequency[]
  /** 0..n */
  Interval?: CcrInterval[]
  /** 0..n */
  Duration?: CcrDuration[]
  /** 0..n */
  DoseRestriction?: CcrDoseRestriction[]
  /** 0..n */
  Indication?: CcrIndication[]
  /** 0..1. When to stop. */
  StopIndicator?: CcrCodedDescription
  /** 0..1. A whole number, as text. */
  DirectionSequencePosition?: string
  /** 0..1 */
  MultipleDirectionModifier?: CcrCodedDescription
}

/** `Dose` 0..n in `CcrDirection`. */
export interface CcrDose extends CcrMeasure {
  /** 0..n */
  Rate?: CcrRate[]
  /** 0..1. A whole number, as text. */
  DoseSequencePosition?: string
  /** 0..1 */
  VariableDoseModifier?: CcrCodedDescription
}

/** `DoseCalculation` 0..n in `CcrDirection`. */
export interface CcrDoseCalculation extends CcrCalculatedDose {
  /** 0..n */
  Rate?: CcrRate[]
  /** 0..1 */
  CalculationSequencePosition?: string
  /** 0..1 */
  VariableCalculationModifier?: CcrCodedDescription
}

/** `Route` 0..n in `CcrDirection`. */
export interface CcrRoute extends CcrCodedDescription {
  /** 0..1. A whole number, as text. */
  RouteSequencePosition?: string
  /** 0..1 */
  MultipleRouteModifier?: CcrCodedDescription
}

/** `AdministrationTiming` 0..n in `CcrDirection`. */
export interface CcrAdministrationTiming extends CcrDateTime {
  /** 0..1 */
  TimingSequencePosition?: string
  /** 0..1 */
  VariableTimingModifier?: CcrCodedDescription
}

/** `DoseRestriction` 0..n in `CcrDirection`. */
export interface CcrDoseRestriction extends CcrCalculatedDose {
  /** 0..n */
  Rate?: CcrRate[]
  /** 0..1 */
  RestrictionSequencePosition?: string
  /** 0..1 */
  VariableRestrictionModifier?: CcrCodedDescription
}

/** `Directions` 0..n in `CcrStructuredProduct`. */
export interface CcrDirections extends CcrElement {
  /** 1..n */
  Direction?: CcrDirection[]
}

/** `Encounters` 0..1 in `CcrBody`, `CcrReactionIntervention`, `CcrAuthorization`, `CcrIntervention`. */
export interface CcrEncounters extends CcrElement {
  /** 1..n */
  Encounter?: CcrEncounter[]
}

/** `Goals` 0..1 in `CcrOrderRequest`. */
export interface CcrGoals extends CcrElement {
  /** 1..n */
  Goal?: CcrGoal[]
}

/** `Immunizations` 0..1 in `CcrBody`, `CcrReactionIntervention`, `CcrAuthorization`, `CcrIntervention`. */
export interface CcrImmunizations extends CcrElement {
  /** 1..n */
  Immunization?: CcrStructuredProduct[]
}

/** `Indications` 0..n in `CcrEncounter`, `CcrProcedure`, `CcrPurpose`. */
export interface CcrIndications extends CcrElement {
  /** 1..n */
  Indication?: CcrIndication[]
}

/** `Instructions` 0..1 in `CcrEncounter`, `CcrProcedure`. */
export interface CcrInstructions extends CcrElement {
  /** 1..n */
  Instruction?: CcrCodedDescription[]
}

/** `Location` 1..n in `CcrLocations`. */
export interface CcrLocation extends CcrElement {
  /** 0..1. What it is. */
  Description?: CcrCodedDescription
  /** 0..1 */
  Actor?: CcrActorReference
}

/** `Locations` 0..1 in `CcrReference`, `CcrEncounter`, `CcrProcedure`. */
export interface CcrLocations extends CcrElement {
  /** 1..n */
  Location?: CcrLocation[]
}

/** `Medications` 0..1 in `CcrBody`, `CcrReactionIntervention`, `CcrAuthorization`, `CcrIntervention`. */
export interface CcrMedications extends CcrElement {
  /** 1..n */
  Medication?: CcrStructuredProduct[]
}

/** `Practitioners` 0..1 in `CcrAuthorization`, `CcrEncounter`, `CcrProcedure`. */
export interface CcrPractitioners extends CcrElement {
  /** 1..n */
  Practitioner?: CcrActorReference[]
}

/**
 * `Procedures` 0..1 in `CcrBody`, `CcrAgent`, `CcrReactionIntervention`, `CcrAuthorization`,
 * `CcrIntervention`.
 */
export interface CcrProcedures extends CcrElement {
  /** 1..n */
  Procedure?: CcrProcedure[]
}

/**
 * `Products` 0..1 in `CcrAgent`, `CcrReactionIntervention`, `CcrAuthorization`, `CcrIntervention`,
 * `CcrProcedure`.
 */
export interface CcrProducts extends CcrElement {
  /** 1..n */
  Product?: CcrStructuredProduct[]
}

/** `Agent` 0..n in `CcrAlert`, `CcrTest`. */
export interface CcrAgent extends CcrElement {
  /** 0..1 */
  Products?: CcrProducts
  /** 0..1 */
  EnvironmentalAgents?: CcrEnvironmentalAgents
  /** 0..1 */
  Problems?: CcrAgentProblems
  /** 0..1 */
  Procedures?: CcrProcedures
  /** 0..1 */
  Results?: CcrAgentResults
}

/** `EnvironmentalAgents` 0..1 in `CcrAgent`. */
export interface CcrEnvironmentalAgents extends CcrElement {
  /** 1..n */
  EnvironmentalAgent?: CcrCodedDataObject[]
}

/** `Problems` 0..1 in `CcrAgent`. */
export interface CcrAgentProblems extends CcrElement {
  /** 1..n */
  Problem?: CcrProblem[]
}

/** `Results` 0..1 in `CcrAgent`. */
export interface CcrAgentResults extends CcrElement {
  /** 1..n */
  Result?: CcrResult[]
}

/** `Reaction` 0..n in `CcrAlert`, `CcrFulfillment`; `Reaction` 0..1 in `CcrStructuredProduct`. */
export interface CcrReaction extends CcrElement {
  /** 0..1. What it is. */
  Description?: CcrCodedDescription
  /** 0..1 */
  Status?: CcrCodedDescription
  /** 0..1 */
  Severity?: CcrCodedDescription
  /** 0..1 */
  Interventions?: CcrReactionInterventions
  /** 0..1. A whole number, as text. */
  ReactionSequencePosition?: string
  /** 0..1 */
  MultipleReactionModifier?: CcrCodedDescription
}

/** `Interventions` 0..1 in `CcrReaction`. */
export interface CcrReactionInterventions extends CcrElement {
  /** 1..n */
  Intervention?: CcrReactionIntervention[]
}

/** `Intervention` 1..n in `CcrReactionInterventions`. */
export interface CcrReactionIntervention extends CcrSlrc {
  /** 1. The object's id; links point to it. */
  CCRDataObjectID?: string
  /** 0..n */
  DateTime?: CcrDateTime[]
  /** 0..1 */
  Type?: CcrCodedDescription
  /** 0..1. What it is. */
  Description?: CcrCodedDescription
  /** 0..1 */
  Status?: CcrCodedDescription
  /** 0..1 */
  Procedures?: CcrProcedures
  /** 0..1 */
  Products?: CcrProducts
  /** 0..1 */
  Medications?: CcrMedications
  /** 0..1 */
  Immunizations?: CcrImmunizations
  /** 0..1 */
  Services?: CcrServices
  /** 0..1 */
  Encounters?: CcrEncounters
}

/** `Services` 0..1 in `CcrReactionIntervention`, `CcrAuthorization`, `CcrIntervention`. */
export interface CcrServices extends CcrElement {
  /** 1..n */
  Service?: CcrEncounter[]
}

/** An allergy, an adverse reaction or another alert. `AlertType`: `Alert` 1..n in `CcrAlerts`. */
export interface CcrAlert extends CcrCodedDataObject {
  /** 0..n */
  Agent?: CcrAgent[]
  /** 0..n */
  Reaction?: CcrReaction[]
}

/**
 * `AuthorizationType`: `Authorization` 0..n in `CcrPayerAuthorizations`; `Authorization` 1..n in
 * `CcrInterventionAuthorizations`.
 */
export interface CcrAuthorization extends CcrCodedDataObject {
  /** 0..n. Why it was made. */
  Purpose?: CcrPurpose[]
  /** 0..1 */
  Practitioners?: CcrPractitioners
  /** 0..1 */
  Procedures?: CcrProcedures
  /** 0..1 */
  Products?: CcrProducts
  /** 0..1 */
  Medications?: CcrMedications
  /** 0..1 */
  Immunizations?: CcrImmunizations
  /** 0..1 */
  Services?: CcrServices
  /** 0..1 */
  Encounters?: CcrEncounters
}

/**
 * `CommunicationType`: `Telephone` 0..n in `CcrActor`; `EMail` 0..n in `CcrActor`; `URL` 0..n in
 * `CcrActor`.
 */
export interface CcrCommunication extends CcrElement {
  /** 1 */
  Value?: string
  /** 0..1 */
  Type?: CcrCodedDescription
  /** 0..1 */
  Priority?: string
  /** 0..1 */
  Status?: CcrCodedDescription
}

/** `CurrentHealthStatusType`: `HealthStatus` 0..1 in `CcrFamilyMember`, `CcrProblem`. */
export interface CcrHealthStatus extends CcrSlrc {
  /** 0..n */
  DateTime?: CcrDateTime[]
  /** 0..1. What it is. */
  Description?: CcrCodedDescription
  /** 0..1 */
  CauseOfDeath?: string
}

/** `DoseCalculationType`. */
export interface CcrCalculatedDose extends CcrElement {
  /** 0..1 */
  Dose?: CcrMeasure
  /** 0..n */
  Variable?: CcrVariable[]
  /** 0..1. How the dose is calculated. */
  CalculationEquation?: CcrCalculationEquation
}

/** `Variable` 0..n in `CcrCalculatedDose`. */
export interface CcrVariable extends CcrMeasure {
  /** 1 */
  VariableIdentifier?: string
  /** 0..1 */
  VariableSequencePosition?: string
  /** 0..1 */
  VariableModifier?: CcrCodedDescription
}

/** `CalculationEquation` 0..1 in `CcrCalculatedDose`. */
export interface CcrCalculationEquation extends CcrElement {
  /** 1 */
  Value?: string
  /** 0..n. In codes. */
  Code?: CcrCode[]
}

/**
 * `DurationType`: `Duration` 0..n in `CcrDirection`, `CcrEncounter`, `CcrProcedure`; `Duration` 0..1 in
 * `CcrEpisode`.
 */
export interface CcrDuration extends CcrOpenMeasure {
  /** 0..1. What it is. */
  Description?: CcrCodedDescription
  /** 0..n */
  DateTime?: CcrDateTime[]
  /** 0..1 */
  DurationSequencePosition?: string
  /** 0..1 */
  VariableDurationModifier?: CcrCodedDescription
}

/** `EpisodeType`: `Episode` 0..n in `CcrEpisodes`. */
export interface CcrEpisode extends CcrCodedDataObject {
  /** 0..1 */
  Duration?: CcrDuration
}

/** `EpisodesType`: `Episodes` 0..1 in `CcrFamilyProblem`, `CcrProblem`, `CcrSocialHistoryElement`. */
export interface CcrEpisodes extends CcrSlrc {
  /** 0..1 */
  Number?: string
  /** 0..1 */
  Frequency?: CcrMeasure
  /** 0..n */
  Episode?: CcrEpisode[]
}

/**
 * A visit, a stay, an appointment or a service. `EncounterType`: `Encounter` 1..n in `CcrEncounters`;
 * `Service` 1..n in `CcrServices`.
 */
export interface CcrEncounter extends CcrCodedDataObject {
  /** 0..1 */
  Locations?: CcrLocations
  /** 0..1 */
  Practitioners?: CcrPractitioners
  /** 0..n */
  Frequency?: CcrFrequency[]
  /** 0..n */
  Interval?: CcrInterval[]
  /** 0..n */
  Duration?: CcrDuration[]
  /** 0..n */
  Indications?: CcrIndications[]
  /** 0..1 */
  Instructions?: CcrInstructions
  /** 0..1 */
  Consent?: CcrCodedDataObject
}

/**
 * Problems of members of the family. `FamilyHistoryType`: `FamilyProblemHistory` 1..n in
 * `CcrFamilyHistorySection`.
 */
export interface CcrFamilyProblemHistory extends CcrCodedDataObject {
  /** 0..n */
  FamilyMember?: CcrFamilyMember[]
  /** 0..n */
  Problem?: CcrFamilyProblem[]
}

/** `FamilyMember` 0..n in `CcrFamilyProblemHistory`. */
export interface CcrFamilyMember extends CcrActorReference, CcrSlrc {
  /** 0..1 */
  HealthStatus?: CcrHealthStatus
}

/** `Problem` 0..n in `CcrFamilyProblemHistory`. */
export interface CcrFamilyProblem extends CcrSlrc {
  /** 0..1 */
  Type?: CcrCodedDescription
  /** 0..1. What it is. */
  Description?: CcrCodedDescription
  /** 0..1 */
  Episodes?: CcrEpisodes
}

/** `FrequencyType`: `Frequency` 0..n in `CcrDirection`, `CcrEncounter`, `CcrProcedure`. */
export interface CcrFrequency extends CcrOpenMeasure {
  /** 0..1. What it is. */
  Description?: CcrCodedDescription
  /** 0..1. A whole number, as text. */
  FrequencySequencePosition?: string
  /** 0..1 */
  VariableFrequencyModifier?: CcrCodedDescription
}

/**
 * How well the patient gets along: abilities and tests. `FunctionType`: `Function` 1..n in
 * `CcrFunctionalStatus`.
 */
export interface CcrFunction extends CcrCodedDataObject {
  /** 0..n */
  Problem?: CcrProblem[]
  /** 0..n. What was measured or found. */
  Test?: CcrResult[]
}

/** `GoalType`: `Goal` 1..n in `CcrGoals`. */
export interface CcrGoal extends CcrEncounter {
  /** 0..1 */
  Milestones?: CcrMilestones
}

/** `Milestones` 0..1 in `CcrGoal`. */
export interface CcrMilestones extends CcrElement {
  /** 1..n */
  Outcome?: CcrCodedDataObject[]
}

/** `IndicationType`: `Indication` 0..n in `CcrDirection`; `Indication` 1..n in `CcrIndications`. */
export interface CcrIndication extends CcrSlrc {
  /** 0..1. Only when needed. */
  PRNFlag?: CcrCodedDescription
  /** 0..n. What it is. */
  Description?: CcrCodedDescription[]
  /** 0..n */
  Problem?: CcrProblem[]
  /** 0..n */
  PhysiologicalParameter?: CcrPhysiologicalParameter[]
  /** 0..1. A whole number, as text. */
  IndicationSequencePosition?: string
  /** 0..1 */
  MultipleIndicationModifier?: CcrCodedDescription
}

/** `PhysiologicalParameter` 0..n in `CcrIndication`. */
export interface CcrPhysiologicalParameter extends CcrMeasure {
  /** 0..1. A whole number, as text. */
  ParameterSequencePosition?: string
  /** 0..1 */
  VariableParameterModifier?: CcrCodedDescription
}

/**
 * `InstructionType`: `LabelInstructions` 0..n in `CcrFulfillment`; `Instruction` 1..n in
 * `CcrPatientInstructions`, `CcrFulfillmentInstructions`.
 */
export interface CcrInstruction extends CcrCodedDescription {
  /** 0..1. A whole number, as text. */
  instructionSequencePosition?: string
  /** 0..1 */
  MultipleInstructionModifier?: CcrCodedDescription
}

/** An insurance or another payer. `InsuranceType`: `Payer` 1..n in `CcrPayers`. */
export interface CcrPayer extends CcrCodedDataObject {
  /** 0..1 */
  PaymentProvider?: CcrActorReference
  /** 0..1 */
  Subscriber?: CcrActorReference
  /** 0..1 */
  Authorizations?: CcrPayerAuthorizations
}

/** `Authorizations` 0..1 in `CcrPayer`. */
export interface CcrPayerAuthorizations extends CcrElement {
  /** 0..n */
  Authorization?: CcrAuthorization[]
}

/** `IntervalType`: `Interval` 0..n in `CcrDirection`, `CcrEncounter`, `CcrProcedure`. */
export interface CcrInterval extends CcrOpenMeasure {
  /** 0..1. What it is. */
  Description?: CcrCodedDescription
  /** 0..1. A whole number, as text. */
  IntervalSequencePosition?: string
  /** 0..1 */
  VariableIntervalModifier?: CcrCodedDescription
}

/** `InterventionType`. */
export interface CcrIntervention extends CcrCodedDataObject {
  /** 0..1 */
  Procedures?: CcrProcedures
  /** 0..1 */
  Products?: CcrProducts
  /** 0..1 */
  Medications?: CcrMedications
  /** 0..1 */
  Immunizations?: CcrImmunizations
  /** 0..1 */
  Services?: CcrServices
  /** 0..1 */
  Encounters?: CcrEncounters
  /** 0..1. The schema spells it so. */
  Authorizatons?: CcrInterventionAuthorizations
}

/** `Authorizatons` 0..1 in `CcrIntervention`. */
export interface CcrInterventionAuthorizations extends CcrElement {
  /** 1..n */
  Authorization?: CcrAuthorization[]
}

/**
 * A value with its unit. `MeasureType`: `Age` 0..1 in `CcrDateTime`, `CcrBeginRange`, `CcrEndRange`;
 * `Dose` 0..1 in `CcrCalculatedDose`; `Frequency` 0..1 in `CcrEpisodes`; `Strength` 0..n in
 * `CcrFulfillment`; `Concentration` 0..n in `CcrFulfillment`; `Quantity` 0..n in `CcrFulfillment`.
 */
export interface CcrMeasure extends CcrElement {
  /** 1 */
  Value?: string
  /** 0..1 */
  Units?: CcrUnits
  /** 0..n. In codes. */
  Code?: CcrCode[]
}

/** `Units` 0..1 in `CcrMeasure`. */
export interface CcrUnits extends CcrElement {
  /** 1 */
  Unit?: string
  /** 0..n. In codes. */
  Code?: CcrCode[]
}

/** `MethodType`: `Method` 0..n in `CcrProcedure`. */
export interface CcrMethod extends CcrCodedDescription {
  /** 0..1. A whole number, as text. */
  MethodSequencePosition?: string
  /** 0..1 */
  MultipleMethodModifier?: CcrCodedDescription
}

/** `NormalType`: `Normal` 1..n in `CcrNormalResult`. */
export interface CcrNormal extends CcrOpenMeasure, CcrSlrc {
  /** 0..1. What it is. */
  Description?: CcrCodedDescription
  /** 0..1 */
  Type?: CcrCodedDescription
  /** 0..1. A whole number, as text. */
  ValueSequencePosition?: string
  /** 0..1 */
  VariableNormalModifier?: CcrCodedDescription
}

/** `OrderRxHistoryType`: `Fulfillment` 0..n in `CcrFulfillmentHistory`. */
export interface CcrFulfillment extends CcrCodedDataObject {
  /** 0..1 */
  FulfillmentMethod?: CcrCodedDescription
  /** 0..1 */
  Provider?: CcrActorReference
  /** 0..1 */
  Location?: CcrActorReference
  /** 0..n */
  Reaction?: CcrReaction[]
  /** 0..1 */
  ProductName?: CcrCodedDescription
  /** 0..1 */
  BrandName?: string
  /** 0..1 */
  Manufacturer?: CcrActorReference
  /** 0..n */
  Strength?: CcrMeasure[]
  /** 0..n */
  Form?: CcrCodedDescription[]
  /** 0..n */
  Concentration?: CcrMeasure[]
  /** 0..n */
  Quantity?: CcrMeasure[]
  /** 0..n */
  LabelInstructions?: CcrInstruction[]
  /** 0..1. Which one of a series. */
  SeriesNumber?: string
}

/** `PatientKnowledgeType`: `PatientKnowledge` 0..1 in `CcrProblem`. */
export interface CcrPatientKnowledge extends CcrSlrc {
  /** 1. `Yes`, `No` or `Unknown`. */
  PatientAware?: string
  /** 0..1. What it is. */
  Description?: CcrCodedDescription
}

/**
 * `PersonNameType`: `BirthName` 0..1 in `CcrNames`; `AdditionalName` 0..n in `CcrNames`; `CurrentName`
 * 0..1 in `CcrNames`.
 */
export interface CcrPersonName extends CcrElement {
  /** 0..n */
  Given?: string[]
  /** 0..n */
  Middle?: string[]
  /** 0..n */
  Family?: string[]
  /** 0..n */
  Suffix?: string[]
  /** 0..n */
  Title?: string[]
  /** 0..n */
  NickName?: string[]
}

/** `PlanOfCareType`: `OrderRequest` 1..n in `CcrPlan`; `OrderRequest` 0..n in `CcrPurpose`. */
export interface CcrOrderRequest extends CcrIntervention {
  /** 0..1 */
  Goals?: CcrGoals
  /** 0..1. A whole number, as text. */
  OrderSequencePosition?: string
  /** 0..1 */
  MultipleOrderModifier?: CcrCodedDescription
}

/** What is planned, as orders. `PlanType`: `Plan` 1..n in `CcrPlanOfCare`. */
export interface CcrPlan extends CcrCodedDataObject {
  /** 1..n */
  OrderRequest?: CcrOrderRequest[]
}

/** `PositionType`: `Position` 0..n in `CcrProcedure`. */
export interface CcrPosition extends CcrCodedDescription {
  /** 0..1. A whole number, as text. */
  PositionSequencePosition?: string
  /** 0..1 */
  MultiplePositionModifier?: CcrCodedDescription
}

/**
 * A problem, diagnosis or condition. `ProblemType`: `Problem` 1..n in `CcrProblems`,
 * `CcrAgentProblems`; `Problem` 0..n in `CcrFunction`, `CcrIndication`.
 */
export interface CcrProblem extends CcrCodedDataObject {
  /** 0..1 */
  Episodes?: CcrEpisodes
  /** 0..1 */
  HealthStatus?: CcrHealthStatus
  /** 0..1 */
  PatientKnowledge?: CcrPatientKnowledge
}

/**
 * A procedure that was done, or is to be done. `ProcedureType`: `Procedure` 1..n in `CcrProcedures`;
 * `Procedure` 0..n in `CcrResult`.
 */
export interface CcrProcedure extends CcrSlrc {
  /** 1. The object's id; links point to it. */
  CCRDataObjectID?: string
  /** 0..n */
  DateTime?: CcrDateTime[]
  /** 0..1. Ids by which others know it. */
  IDs?: CcrId
  /** 0..1 */
  Type?: CcrCodedDescription
  /** 0..1. What it is. */
  Description?: CcrCodedDescription
  /** 0..1 */
  Status?: CcrCodedDescription
  /** 0..1 */
  Locations?: CcrLocations
  /** 0..1 */
  Practitioners?: CcrPractitioners
  /** 0..n */
  Frequency?: CcrFrequency[]
  /** 0..n */
  Interval?: CcrInterval[]
  /** 0..n */
  Duration?: CcrDuration[]
  /** 0..n */
  Indications?: CcrIndications[]
  /** 0..1 */
  Instructions?: CcrInstructions
  /** 0..1 */
  Consent?: CcrCodedDataObject
  /** 0..1 */
  Products?: CcrProducts
  /** 0..1 */
  Substance?: CcrCodedDescription
  /** 0..n */
  Method?: CcrMethod[]
  /** 0..n */
  Position?: CcrPosition[]
  /** 0..n */
  Site?: CcrSite[]
}

/** `PurposeType`: `Purpose` 0..n in `CcrDocument`, `CcrAuthorization`. */
export interface CcrPurpose extends CcrElement {
  /** 0..n */
  DateTime?: CcrDateTime[]
  /** 1..n. What it is. */
  Description?: CcrCodedDescription[]
  /** 0..n */
  OrderRequest?: CcrOrderRequest[]
  /** 0..n */
  Indications?: CcrIndications[]
  /** 0..n. A `ReferenceObjectID` of the document. */
  ReferenceID?: string[]
  /** 0..n. A `CommentObjectID` of the document. */
  CommentID?: string[]
}

/** `QuantityType`: `Quantity` 0..n in `CcrStructuredProduct`, `CcrRefill`, `CcrVehicle`. */
export interface CcrQuantity extends CcrMeasure {
  /** 0..1. A whole number, as text. */
  QuantitySequencePosition?: string
  /** 0..1 */
  VariableQuantityModifier?: CcrCodedDescription
}

/** `RateType`: `Rate` 0..n in `CcrDose`, `CcrDoseCalculation`, `CcrDoseRestriction`. */
export interface CcrRate extends CcrOpenMeasure {
  /** 0..1. What it is. */
  Description?: CcrCodedDescription
  /** 0..1. A whole number, as text. */
  RateSequencePosition?: string
  /** 0..1 */
  VariableRateModifier?: CcrCodedDescription
}

/**
 * Results of one examination: several tests belong to one result. `ResultType`: `Result` 1..n in
 * `CcrVitalSigns`, `CcrResults`, `CcrAgentResults`; `Test` 0..n in `CcrFunction`.
 */
export interface CcrResult extends CcrCodedDataObject {
  /** 0..n */
  Procedure?: CcrProcedure[]
  /** 0..1 */
  Substance?: CcrCodedDescription
  /** 0..n. What was measured or found. */
  Test?: CcrTest[]
}

/** `SiteType`: `Site` 0..n in `CcrDirection`, `CcrProcedure`. */
export interface CcrSite extends CcrCodedDescription {
  /** 0..1. A whole number, as text. */
  SiteSequencePosition?: string
  /** 0..1 */
  MultipleSiteModifier?: CcrCodedDescription
}

/**
 * A fact such as smoking, occupation, race or language. `SocialHistoryType`: `SocialHistoryElement`
 * 1..n in `CcrSocialHistorySection`.
 */
export interface CcrSocialHistoryElement extends CcrCodedDataObject {
  /** 0..1 */
  Episodes?: CcrEpisodes
}

/** Who says so, and when. `SourceType`: `Source` 1..n in `CcrSlrc`; `Source` 0..1 in `CcrInternalLink`. */
export interface CcrSource extends CcrElement {
  /** 0..1. What it is. */
  Description?: CcrCodedDescription
  /** 0..n */
  Actor?: CcrActorReference[]
  /** 0..1 */
  DateTime?: CcrDateTime
  /** 0..n. A `ReferenceObjectID` of the document. */
  ReferenceID?: string[]
  /** 0..n. A `CommentObjectID` of the document. */
  CommentID?: string[]
}

/**
 * A medication, an immunization or a device, how it is to be used, and its supply.
 * `StructuredProductType`: `Equipment` 1..n in `CcrMedicalEquipment`; `Immunization` 1..n in
 * `CcrImmunizations`; `Medication` 1..n in `CcrMedications`; `Product` 1..n in `CcrProducts`.
 */
export interface CcrStructuredProduct extends CcrCodedDataObject {
  /** 1..n */
  Product?: CcrProduct[]
  /** 0..n */
  Quantity?: CcrQuantity[]
  /** 0..n */
  Directions?: CcrDirections[]
  /** 0..1 */
  PatientInstructions?: CcrPatientInstructions
  /** 0..1 */
  FulfillmentInstructions?: CcrFulfillmentInstructions
  /** 0..1 */
  Refills?: CcrRefills
  /** 0..1. Which one of a series. */
  SeriesNumber?: string
  /** 0..1 */
  Consent?: CcrCodedDataObject
  /** 0..1 */
  Reaction?: CcrReaction
  /** 0..1 */
  FulfillmentHistory?: CcrFulfillmentHistory
}

/** `Product` 1..n in `CcrStructuredProduct`. */
export interface CcrProduct extends CcrElement {
  /** 1 */
  ProductName?: CcrCodedDescription
  /** 0..1 */
  BrandName?: CcrCodedDescription
  /** 0..n */
  Strength?: CcrStrength[]
  /** 0..n */
  Form?: CcrForm[]
  /** 0..n */
  Concentration?: CcrConcentration[]
  /** 0..n */
  Size?: CcrSize[]
  /** 0..1 */
  Manufacturer?: CcrActorReference
  /** 0..n. Ids by which others know it. */
  IDs?: CcrId[]
  /** 0..1. A whole number, as text. */
  ProductSequencePosition?: string
  /** 0..1 */
  MultipleProductModifier?: CcrCodedDescription
}

/** `Strength` 0..n in `CcrProduct`, `CcrVehicleProduct`. */
export interface CcrStrength extends CcrMeasure {
  /** 0..1. A whole number, as text. */
  StrengthSequencePosition?: string
  /** 0..1 */
  VariableStrengthModifier?: CcrCodedDescription
}

/** `Form` 0..n in `CcrProduct`, `CcrVehicleProduct`. */
export interface CcrForm extends CcrCodedDescription {
  /** 0..1. A whole number, as text. */
  FormSequencePosition?: string
  /** 0..1 */
  MultipleFormModifier?: CcrCodedDescription
}

/** `Concentration` 0..n in `CcrProduct`, `CcrVehicleProduct`. */
export interface CcrConcentration extends CcrMeasure {
  /** 0..1. A whole number, as text. */
  ConcentrationSequencePosition?: string
  /** 0..1 */
  VariableConcentrationModifier?: CcrCodedDescription
}

/** `Size` 0..n in `CcrProduct`. */
export interface CcrSize extends CcrCodedDescription {
  /** 0..1 */
  Dimensions?: CcrDimensions
  /** 0..1. A whole number, as text. */
  SizeSequencePosition?: string
  /** 0..1 */
  VariableSizeModifier?: CcrCodedDescription
}

/** `Dimensions` 0..1 in `CcrSize`. */
export interface CcrDimensions extends CcrElement {
  /** 1..n */
  Dimension?: CcrDimension[]
}

/** `Dimension` 1..n in `CcrDimensions`. */
export interface CcrDimension extends CcrMeasure {
  /** 1. What it is. */
  Description?: CcrCodedDescription
}

/** `PatientInstructions` 0..1 in `CcrStructuredProduct`. */
export interface CcrPatientInstructions extends CcrElement {
  /** 1..n */
  Instruction?: CcrInstruction[]
}

/** `FulfillmentInstructions` 0..1 in `CcrStructuredProduct`. */
export interface CcrFulfillmentInstructions extends CcrElement {
  /** 1..n */
  Instruction?: CcrInstruction[]
}

/** `Refills` 0..1 in `CcrStructuredProduct`. */
export interface CcrRefills extends CcrElement {
  /** 1..n */
  Refill?: CcrRefill[]
}

/** `Refill` 1..n in `CcrRefills`. */
export interface CcrRefill extends CcrElement {
  /** 1..n */
  Number?: string[]
  /** 0..n */
  Quantity?: CcrQuantity[]
  /** 0..1 */
  Status?: CcrCodedDescription
  /** 0..n */
  DateTime?: CcrDateTime[]
  /** 0..n */
  Comment?: CcrComment[]
}

/** `FulfillmentHistory` 0..1 in `CcrStructuredProduct`. */
export interface CcrFulfillmentHistory extends CcrElement {
  /** 0..n */
  Fulfillment?: CcrFulfillment[]
}

/** `TestResultType`: `TestResult` 1 in `CcrTest`. */
export interface CcrTestResult extends CcrOpenMeasure {
  /** 0..n. What it is. */
  Description?: CcrCodedDescription[]
  /** 0..1. A whole number, as text. */
  ResultSequencePosition?: string
  /** 0..1 */
  VariableResultModifier?: CcrCodedDescription
}

/** One measurement or finding. `TestType`: `Test` 0..n in `CcrResult`. */
export interface CcrTest extends CcrCodedDataObject {
  /** 0..n */
  Method?: CcrCodedDescription[]
  /** 0..n */
  Agent?: CcrAgent[]
  /** 1 */
  TestResult?: CcrTestResult
  /** 0..1. The range that is normal. */
  NormalResult?: CcrNormalResult
  /** 0..n. Such as high or low. */
  Flag?: CcrCodedDescription[]
  /** 0..1 */
  ConfidenceValue?: CcrCodedDescription
}

/** `NormalResult` 0..1 in `CcrTest`. */
export interface CcrNormalResult extends CcrElement {
  /** 1..n */
  Normal?: CcrNormal[]
}

/** `VehicleType`: `Vehicle` 0..n in `CcrDirection`. */
export interface CcrVehicle extends CcrElement {
  /** 0..1. What it is. */
  Description?: CcrCodedDescription
  /** 0..n */
  Product?: CcrVehicleProduct[]
  /** 0..1 */
  Manufacturer?: CcrActorReference
  /** 0..1. Ids by which others know it. */
  IDs?: CcrId
  /** 0..n */
  Quantity?: CcrQuantity[]
  /** 0..1. A whole number, as text. */
  VehicleSequencePosition?: string
  /** 0..1 */
  MultipleVehicleModifier?: CcrCodedDescription
  /** 0..1. Links to other objects of the document. */
  InternalCCRLink?: CcrInternalLink
}

/** `Product` 0..n in `CcrVehicle`. */
export interface CcrVehicleProduct extends CcrElement {
  /** 1 */
  ProductName?: CcrCodedDescription
  /** 0..1 */
  BrandName?: CcrCodedDescription
  /** 0..n */
  Strength?: CcrStrength[]
  /** 0..n */
  Form?: CcrForm[]
  /** 0..n */
  Concentration?: CcrConcentration[]
  /** 0..n */
  Size?: CcrVehicleProductSize[]
  /** 0..1. A whole number, as text. */
  ProductSequencePosition?: string
  /** 0..1 */
  MultipleProductModifier?: CcrCodedDescription
}

/** `Size` 0..n in `CcrVehicleProduct`. */
export interface CcrVehicleProductSize extends CcrCodedDescription {
  /** 0..1. A whole number, as text. */
  SizeSequencePosition?: string
  /** 0..1 */
  VariableSizeModifier?: CcrCodedDescription
}
