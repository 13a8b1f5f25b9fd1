/**
 * The structure of a Continuity of Care Record, ASTM E2369-05, as a table that reader, writer and validator are driven
 * by. Facts only (element, order, occurrence, type), from the standard's schema, ADJE2369.
 */

/** One child of an element: its name, how often, and what it contains. */
export interface ChildRule {
  readonly name: string
  /** Its place in `TypeRule.children`. */
  readonly index: number
  readonly min: number
  /** `Infinity` where any number is allowed. */
  readonly max: number
  readonly type: TypeRule | 'string'
  /** What the text has to be; any text where this is missing. */
  readonly format?: 'integer'
}

/** One place for an element in a content model; `TypeRule.byName` says what the element contains. */
export interface ElementParticle {
  readonly kind: 'element'
  readonly name: string
  readonly min: number
  readonly max: number
}

/** Particles one after the other, or one of them; each exactly once unless they say otherwise. */
export interface GroupParticle {
  readonly kind: 'sequence' | 'choice'
  readonly particles: readonly Particle[]
}

export type Particle = ElementParticle | GroupParticle

/** What an element contains: its children in schema order. */
export interface TypeRule {
  /** CCR's name of the type or of the global element; the path from there for an anonymous type. */
  readonly name: string
  /** Every child once, with its occurrence over all places where it may stand. */
  readonly children: readonly ChildRule[]
  readonly byName: ReadonlyMap<string, ChildRule>
  readonly content: GroupParticle
  /** The attributes that are allowed; none where this is missing. */
  readonly attributes?: readonly string[]
  /** Any text, attributes and elements are allowed. */
  readonly open?: boolean
}

/** The namespace of E2369-05. */
export const CCR_NAMESPACE = 'urn:astm-org:CCR'

/**
 * Each type's content, in order: `Name` once, `Name?` `Name*` `Name+` or `Name{1,2}` otherwise, `:Type` where it is not
 * text. `( A | B )` is a choice, `<Type` or `<Group` all of that type's or group's content in this place, `@Name` an
 * attribute, `any` anything.
 */
const contents = new Map(
  Object.entries({
    ContinuityOfCareRecord: `CCRDocumentObjectID Language:CodedDescriptionType Version DateTime:DateTimeType
    Patient{1,2}:ContinuityOfCareRecord/Patient From:ContinuityOfCareRecord/From To?:ContinuityOfCareRecord/To
    Purpose*:PurposeType Body:ContinuityOfCareRecord/Body Actors:ContinuityOfCareRecord/Actors
    References?:ContinuityOfCareRecord/References Comments?:ContinuityOfCareRecord/Comments
    Signatures?:ContinuityOfCareRecord/Signatures`,
    'ContinuityOfCareRecord/Patient': 'ActorID',
    'ContinuityOfCareRecord/From': 'ActorLink+:ActorReferenceType',
    'ContinuityOfCareRecord/To': 'ActorLink+:ActorReferenceType',
    'ContinuityOfCareRecord/Body': `Payers?:ContinuityOfCareRecord/Body/Payers
    AdvanceDirectives?:ContinuityOfCareRecord/Body/AdvanceDirectives Support?:ContinuityOfCareRecord/Body/Support
    FunctionalStatus?:ContinuityOfCareRecord/Body/FunctionalStatus Problems?:ContinuityOfCareRecord/Body/Problems
    FamilyHistory?:ContinuityOfCareRecord/Body/FamilyHistory
    SocialHistory?:ContinuityOfCareRecord/Body/SocialHistory Alerts?:ContinuityOfCareRecord/Body/Alerts
    Medications?:Medications MedicalEquipment?:ContinuityOfCareRecord/Body/MedicalEquipment
    Immunizations?:Immunizations VitalSigns?:ContinuityOfCareRecord/Body/VitalSigns
    Results?:ContinuityOfCareRecord/Body/Results Procedures?:Procedures Encounters?:Encounters
    PlanOfCare?:ContinuityOfCareRecord/Body/PlanOfCare
    HealthCareProviders?:ContinuityOfCareRecord/Body/HealthCareProviders`,
    'ContinuityOfCareRecord/Body/Payers': 'Payer+:InsuranceType',
    'ContinuityOfCareRecord/Body/AdvanceDirectives': 'AdvanceDirective+:CCRCodedDataObjectType',
    'ContinuityOfCareRecord/Body/Support': 'SupportProvider+:ActorReferenceType',
    'ContinuityOfCareRecord/Body/FunctionalStatus': 'Function+:FunctionType',
    'ContinuityOfCareRecord/Body/Problems': 'Problem+:ProblemType',
    'ContinuityOfCareRecord/Body/FamilyHistory': 'FamilyProblemHistory+:FamilyHistoryType',
    'ContinuityOfCareRecord/Body/SocialHistory': 'SocialHistoryElement+:SocialHistoryType',
    'ContinuityOfCareRecord/Body/Alerts': 'Alert+:AlertType',
    'ContinuityOfCareRecord/Body/MedicalEquipment': 'Equipment+:StructuredProductType',
    'ContinuityOfCareRecord/Body/VitalSigns': 'Result+:ResultType',
    'ContinuityOfCareRecord/Body/Results': 'Result+:ResultType',
    'ContinuityOfCareRecord/Body/PlanOfCare': 'Plan+:PlanType',
    'ContinuityOfCareRecord/Body/HealthCareProviders': 'Provider+:ActorReferenceType',
    'ContinuityOfCareRecord/Actors': 'Actor+:ActorType',
    'ContinuityOfCareRecord/References': 'Reference+:ReferenceType',
    'ContinuityOfCareRecord/Comments': 'Comment+:CommentType',
    'ContinuityOfCareRecord/Signatures': 'CCRSignature+:SignatureType',

    SLRCGroup: `Source+:SourceType InternalCCRLink*:InternalCCRLink ReferenceID* CommentID*
    Signature*:SLRCGroup/Signature`,
    'SLRCGroup/Signature': 'SignatureID',
    MeasureGroup: 'Value? Units?:MeasureGroup/Units Code*:CodeType',
    'MeasureGroup/Units': 'Unit? Code*:CodeType',

    ActorType: `ActorObjectID
    ( Person?:ActorType/Person | Organization?:ActorType/Organization
    | InformationSystem?:ActorType/InformationSystem )
    IDs*:IDType Relation*:CodedDescriptionType Specialty*:CodedDescriptionType Address*:ActorType/Address
    Telephone*:CommunicationType EMail*:CommunicationType URL*:CommunicationType Status?:CodedDescriptionType
    <SLRCGroup`,
    'ActorType/Person': 'Name?:ActorType/Person/Name DateOfBirth?:DateTimeType Gender?:CodedDescriptionType',
    'ActorType/Person/Name': `BirthName?:PersonNameType AdditionalName*:PersonNameType CurrentName?:PersonNameType
    DisplayName?`,
    'ActorType/Organization': 'Name',
    'ActorType/InformationSystem': 'Name Type? Version?',
    'ActorType/Address': `Type?:CodedDescriptionType Line1? Line2? City? County? State? Country? PostalCode? Priority?
    Status?:CodedDescriptionType @Preferred`,
    CCRCodedDataObjectType: `CCRDataObjectID DateTime*:DateTimeType IDs*:IDType Type?:CodedDescriptionType
    Description?:CodedDescriptionType Status?:CodedDescriptionType <SLRCGroup`,
    CodedDescriptionType: 'Text? ObjectAttribute*:CodedDescriptionType/ObjectAttribute Code*:CodeType',
    'CodedDescriptionType/ObjectAttribute': `Attribute
    AttributeValue+:CodedDescriptionType/ObjectAttribute/AttributeValue Code*:CodeType`,
    'CodedDescriptionType/ObjectAttribute/AttributeValue': 'Value Code*:CodeType',
    CodeType: 'Value CodingSystem? Version?',
    CommentType: `CommentObjectID DateTime:DateTimeType Type?:CodedDescriptionType Description:CodedDescriptionType
    Source+:ActorReferenceType ReferenceID*`,
    DateTimeType: `Type?:CodedDescriptionType ExactDateTime? Age?:MeasureType
    ApproximateDateTime?:CodedDescriptionType DateTimeRange*:DateTimeType/DateTimeRange`,
    'DateTimeType/DateTimeRange': `BeginRange?:DateTimeType/DateTimeRange/BeginRange
    EndRange?:DateTimeType/DateTimeRange/EndRange`,
    'DateTimeType/DateTimeRange/BeginRange': `ExactDateTime? Age?:MeasureType
    ApproximateDateTime?:CodedDescriptionType`,
    'DateTimeType/DateTimeRange/EndRange': `ExactDateTime? Age?:MeasureType
    ApproximateDateTime?:CodedDescriptionType`,
    IDType: 'DateTime*:DateTimeType Type?:CodedDescriptionType ID IssuedBy?:ActorReferenceType <SLRCGroup',
    ReferenceType: `ReferenceObjectID DateTime*:DateTimeType Type?:CodedDescriptionType
    Description?:CodedDescriptionType Source+:ActorReferenceType Locations?:Locations`,
    SignatureType: `SignatureObjectID ExactDateTime? Type?:CodedDescriptionType IDs*:IDType
    Source?:ActorReferenceType Signature:SignatureType/Signature`,
    'SignatureType/Signature': 'any',
    ActorReferenceType: 'ActorID? ActorRole*:CodedDescriptionType',
    InternalCCRLink: 'LinkID LinkRelationship* Source?:SourceType',

    Direction: `Description?:CodedDescriptionType DoseIndicator?:CodedDescriptionType
    DeliveryMethod?:CodedDescriptionType Dose*:Direction/Dose DoseCalculation*:Direction/DoseCalculation
    Vehicle*:VehicleType Route*:Direction/Route Site*:SiteType AdministrationTiming*:Direction/AdministrationTiming
    Frequency*:FrequencyType Interval*:IntervalType Duration*:DurationType
    DoseRestriction*:Direction/DoseRestriction Indication*:IndicationType StopIndicator?:CodedDescriptionType
    DirectionSequencePosition?:integer MultipleDirectionModifier?:CodedDescriptionType`,
    'Direction/Dose': `<MeasureType Rate*:RateType DoseSequencePosition?:integer
    VariableDoseModifier?:CodedDescriptionType`,
    'Direction/DoseCalculation': `<DoseCalculationType Rate*:RateType CalculationSequencePosition?
    VariableCalculationModifier?:CodedDescriptionType`,
    'Direction/Route': `<CodedDescriptionType RouteSequencePosition?:integer
    MultipleRouteModifier?:CodedDescriptionType`,
    'Direction/AdministrationTiming': `<DateTimeType TimingSequencePosition?
    VariableTimingModifier?:CodedDescriptionType`,
    'Direction/DoseRestriction': `<DoseCalculationType Rate*:RateType RestrictionSequencePosition?
    VariableRestrictionModifier?:CodedDescriptionType`,
    Directions: 'Direction+:Direction',
    Encounters: 'Encounter+:EncounterType',
    Goals: 'Goal+:GoalType',
    Immunizations: 'Immunization+:StructuredProductType',
    Indications: 'Indication+:IndicationType',
    Instructions: 'Instruction+:CodedDescriptionType',
    Location: 'Description?:CodedDescriptionType Actor?:ActorReferenceType',
    Locations: 'Location+:Location',
    Medications: 'Medication+:StructuredProductType',
    Practitioners: 'Practitioner+:ActorReferenceType',
    Procedures: 'Procedure+:ProcedureType',
    Products: 'Product+:StructuredProductType',
    Agent: `Products?:Products EnvironmentalAgents?:Agent/EnvironmentalAgents Problems?:Agent/Problems
    Procedures?:Procedures Results?:Agent/Results`,
    'Agent/EnvironmentalAgents': 'EnvironmentalAgent+:CCRCodedDataObjectType',
    'Agent/Problems': 'Problem+:ProblemType',
    'Agent/Results': 'Result+:ResultType',
    Reaction: `Description?:CodedDescriptionType Status?:CodedDescriptionType Severity?:CodedDescriptionType
    Interventions?:Reaction/Interventions ReactionSequencePosition?:integer
    MultipleReactionModifier?:CodedDescriptionType`,
    'Reaction/Interventions': 'Intervention+:Reaction/Interventions/Intervention',
    'Reaction/Interventions/Intervention': `CCRDataObjectID DateTime*:DateTimeType Type?:CodedDescriptionType
    Description?:CodedDescriptionType Status?:CodedDescriptionType <SLRCGroup Procedures?:Procedures
    Products?:Products Medications?:Medications Immunizations?:Immunizations Services?:Services
    Encounters?:Encounters`,
    Services: 'Service+:EncounterType',

    AlertType: '<CCRCodedDataObjectType Agent*:Agent Reaction*:Reaction',
    AuthorizationType: `<CCRCodedDataObjectType Purpose*:PurposeType Practitioners?:Practitioners
    Procedures?:Procedures Products?:Products Medications?:Medications Immunizations?:Immunizations
    Services?:Services Encounters?:Encounters`,
    CommunicationType: 'Value Type?:CodedDescriptionType Priority? Status?:CodedDescriptionType',
    CurrentHealthStatusType:
      'DateTime*:DateTimeType Description?:CodedDescriptionType CauseOfDeath? <SLRCGroup',
    DoseCalculationType: `Dose?:MeasureType Variable*:DoseCalculationType/Variable
    CalculationEquation?:DoseCalculationType/CalculationEquation`,
    'DoseCalculationType/Variable': `<MeasureType VariableIdentifier VariableSequencePosition?
    VariableModifier?:CodedDescriptionType`,
    'DoseCalculationType/CalculationEquation': 'Value Code*:CodeType',
    DurationType: `Description?:CodedDescriptionType DateTime*:DateTimeType <MeasureGroup DurationSequencePosition?
    VariableDurationModifier?:CodedDescriptionType`,
    EpisodeType: '<CCRCodedDataObjectType Duration?:DurationType',
    EpisodesType: 'Number? Frequency?:MeasureType Episode*:EpisodeType <SLRCGroup',
    EncounterType: `<CCRCodedDataObjectType Locations?:Locations Practitioners?:Practitioners
    Frequency*:FrequencyType Interval*:IntervalType Duration*:DurationType Indications*:Indications
    Instructions?:Instructions Consent?:CCRCodedDataObjectType`,
    FamilyHistoryType: `<CCRCodedDataObjectType FamilyMember*:FamilyHistoryType/FamilyMember
    Problem*:FamilyHistoryType/Problem`,
    'FamilyHistoryType/FamilyMember': '<ActorReferenceType HealthStatus?:CurrentHealthStatusType <SLRCGroup',
    'FamilyHistoryType/Problem': `Type?:CodedDescriptionType Description?:CodedDescriptionType
    Episodes?:EpisodesType <SLRCGroup`,
    FrequencyType: `Description?:CodedDescriptionType <MeasureGroup FrequencySequencePosition?:integer
    VariableFrequencyModifier?:CodedDescriptionType`,
    FunctionType: '<CCRCodedDataObjectType Problem*:ProblemType Test*:ResultType',
    GoalType: '<EncounterType Milestones?:GoalType/Milestones',
    'GoalType/Milestones': 'Outcome+:CCRCodedDataObjectType',
    IndicationType: `PRNFlag?:CodedDescriptionType Description*:CodedDescriptionType Problem*:ProblemType
    PhysiologicalParameter*:IndicationType/PhysiologicalParameter <SLRCGroup IndicationSequencePosition?:integer
    MultipleIndicationModifier?:CodedDescriptionType`,
    'IndicationType/PhysiologicalParameter': `<MeasureType ParameterSequencePosition?:integer
    VariableParameterModifier?:CodedDescriptionType`,
    InstructionType: `<CodedDescriptionType instructionSequencePosition?:integer
    MultipleInstructionModifier?:CodedDescriptionType`,
    InsuranceType: `<CCRCodedDataObjectType PaymentProvider?:ActorReferenceType Subscriber?:ActorReferenceType
    Authorizations?:InsuranceType/Authorizations`,
    'InsuranceType/Authorizations': 'Authorization*:AuthorizationType',
    IntervalType: `Description?:CodedDescriptionType <MeasureGroup IntervalSequencePosition?:integer
    VariableIntervalModifier?:CodedDescriptionType`,
    // "Authorizatons" is how the schema spells it.
    InterventionType: `<CCRCodedDataObjectType Procedures?:Procedures Products?:Products Medications?:Medications
    Immunizations?:Immunizations Services?:Services Encounters?:Encounters
    Authorizatons?:InterventionType/Authorizatons`,
    'InterventionType/Authorizatons': 'Authorization+:AuthorizationType',
    MeasureType: 'Value Units?:MeasureType/Units Code*:CodeType',
    'MeasureType/Units': 'Unit Code*:CodeType',
    MethodType: `<CodedDescriptionType MethodSequencePosition?:integer
    MultipleMethodModifier?:CodedDescriptionType`,
    NormalType: `Description?:CodedDescriptionType Type?:CodedDescriptionType <MeasureGroup
    ValueSequencePosition?:integer VariableNormalModifier?:CodedDescriptionType <SLRCGroup`,
    OrderRxHistoryType: `<CCRCodedDataObjectType FulfillmentMethod?:CodedDescriptionType Provider?:ActorReferenceType
    Location?:ActorReferenceType Reaction*:Reaction ProductName?:CodedDescriptionType BrandName?
    Manufacturer?:ActorReferenceType IDs*:IDType Strength*:MeasureType Form*:CodedDescriptionType
    Concentration*:MeasureType Quantity*:MeasureType LabelInstructions*:InstructionType SeriesNumber?`,
    PatientKnowledgeType: 'PatientAware Description?:CodedDescriptionType <SLRCGroup',
    PersonNameType: 'Given* Middle* Family* Suffix* Title* NickName*',
    PlanOfCareType: `<InterventionType Goals?:Goals OrderSequencePosition?:integer
    MultipleOrderModifier?:CodedDescriptionType`,
    PlanType: '<CCRCodedDataObjectType OrderRequest+:PlanOfCareType',
    PositionType: `<CodedDescriptionType PositionSequencePosition?:integer
    MultiplePositionModifier?:CodedDescriptionType`,
    ProblemType: `<CCRCodedDataObjectType Episodes?:EpisodesType HealthStatus?:CurrentHealthStatusType
    PatientKnowledge?:PatientKnowledgeType`,
    ProcedureType: `CCRDataObjectID DateTime*:DateTimeType IDs?:IDType Type?:CodedDescriptionType
    Description?:CodedDescriptionType Status?:CodedDescriptionType <SLRCGroup Locations?:Locations
    Practitioners?:Practitioners Frequency*:FrequencyType Interval*:IntervalType Duration*:DurationType
    Indications*:Indications Instructions?:Instructions Consent?:CCRCodedDataObjectType Products?:Products
    Substance?:CodedDescriptionType Method*:MethodType Position*:PositionType Site*:SiteType`,
    PurposeType: `DateTime*:DateTimeType Description+:CodedDescriptionType OrderRequest*:PlanOfCareType
    Indications*:Indications ReferenceID* CommentID*`,
    QuantityType: `<MeasureType QuantitySequencePosition?:integer
    VariableQuantityModifier?:CodedDescriptionType`,
    RateType: `Description?:CodedDescriptionType <MeasureGroup RateSequencePosition?:integer
    VariableRateModifier?:CodedDescriptionType`,
    ResultType: `<CCRCodedDataObjectType Procedure*:ProcedureType Substance?:CodedDescriptionType Test*:TestType`,
    SiteType:
      '<CodedDescriptionType SiteSequencePosition?:integer MultipleSiteModifier?:CodedDescriptionType',
    SocialHistoryType: '<CCRCodedDataObjectType Episodes?:EpisodesType',
    SourceType: `Description?:CodedDescriptionType Actor*:ActorReferenceType DateTime?:DateTimeType ReferenceID*
    CommentID*`,
    StructuredProductType: `<CCRCodedDataObjectType Product+:StructuredProductType/Product Quantity*:QuantityType
    Directions*:Directions PatientInstructions?:StructuredProductType/PatientInstructions
    FulfillmentInstructions?:StructuredProductType/FulfillmentInstructions Refills?:StructuredProductType/Refills
    SeriesNumber? Consent?:CCRCodedDataObjectType Reaction?:Reaction
    FulfillmentHistory?:StructuredProductType/FulfillmentHistory`,
    'StructuredProductType/Product': `ProductName:CodedDescriptionType BrandName?:CodedDescriptionType
    Strength*:StructuredProductType/Product/Strength Form*:StructuredProductType/Product/Form
    Concentration*:StructuredProductType/Product/Concentration Size*:StructuredProductType/Product/Size
    Manufacturer?:ActorReferenceType IDs*:IDType ProductSequencePosition?:integer
    MultipleProductModifier?:CodedDescriptionType`,
    'StructuredProductType/Product/Strength': `<MeasureType StrengthSequencePosition?:integer
    VariableStrengthModifier?:CodedDescriptionType`,
    'StructuredProductType/Product/Form': `<CodedDescriptionType FormSequencePosition?:integer
    MultipleFormModifier?:CodedDescriptionType`,
    'StructuredProductType/Product/Concentration': `<MeasureType ConcentrationSequencePosition?:integer
    VariableConcentrationModifier?:CodedDescriptionType`,
    'StructuredProductType/Product/Size': `<CodedDescriptionType
    Dimensions?:StructuredProductType/Product/Size/Dimensions SizeSequencePosition?:integer
    VariableSizeModifier?:CodedDescriptionType`,
    'StructuredProductType/Product/Size/Dimensions':
      'Dimension+:StructuredProductType/Product/Size/Dimensions/Dimension',
    'StructuredProductType/Product/Size/Dimensions/Dimension':
      '<MeasureType Description:CodedDescriptionType',
    'StructuredProductType/PatientInstructions': 'Instruction+:InstructionType',
    'StructuredProductType/FulfillmentInstructions': 'Instruction+:InstructionType',
    'StructuredProductType/Refills': 'Refill+:StructuredProductType/Refills/Refill',
    'StructuredProductType/Refills/Refill': `Number+ Quantity*:QuantityType Status?:CodedDescriptionType
    DateTime*:DateTimeType Comment*:CommentType`,
    'StructuredProductType/FulfillmentHistory': 'Fulfillment*:OrderRxHistoryType',
    TestResultType: `<MeasureGroup Description*:CodedDescriptionType ResultSequencePosition?:integer
    VariableResultModifier?:CodedDescriptionType`,
    TestType: `<CCRCodedDataObjectType Method*:CodedDescriptionType Agent*:Agent TestResult:TestResultType
    NormalResult?:TestType/NormalResult Flag*:CodedDescriptionType ConfidenceValue?:CodedDescriptionType`,
    'TestType/NormalResult': 'Normal+:NormalType',
    VehicleType: `Description?:CodedDescriptionType Product*:VehicleType/Product Manufacturer?:ActorReferenceType
    IDs?:IDType Quantity*:QuantityType VehicleSequencePosition?:integer
    MultipleVehicleModifier?:CodedDescriptionType InternalCCRLink?:InternalCCRLink`,
    'VehicleType/Product': `ProductName:CodedDescriptionType BrandName?:CodedDescriptionType
    Strength*:StructuredProductType/Product/Strength Form*:StructuredProductType/Product/Form
    Concentration*:StructuredProductType/Product/Concentration Size*:VehicleType/Product/Size
    ProductSequencePosition?:integer MultipleProductModifier?:CodedDescriptionType`,
    'VehicleType/Product/Size': `<CodedDescriptionType SizeSequencePosition?:integer
    VariableSizeModifier?:CodedDescriptionType`,
  }),
)

/** A type while it is being filled: types refer to each other, also to themselves. */
interface Draft extends TypeRule {
  children: ChildRule[]
  byName: Map<string, ChildRule>
  content: GroupParticle
  attributes?: string[]
  open?: boolean
}

const occurrences = new Map<string, readonly [min: number, max: number]>([
  ['', [1, 1]],
  ['?', [0, 1]],
  ['*', [0, Infinity]],
  ['+', [1, Infinity]],
  ['{1,2}', [1, 2]],
])

/** Every type by its name. */
export const ccrTypes: ReadonlyMap<string, TypeRule> = build()

/** The type of the root element, ContinuityOfCareRecord. */
export const ccrSchema: TypeRule = known(ccrTypes, 'ContinuityOfCareRecord')

/**
 * What the draft of 2004 called otherwise: the type around, the draft's name and the standard's. Its schema is not to
 * be had; these are from the stylesheet that IHE made for it for HIMSS 2005, which has a heading for each. What was
 * built otherwise is not among them.
 */
const drafts: readonly (readonly [around: string, draft: string, name: string])[] = [
  ['ContinuityOfCareRecord/Body', 'Insurance', 'Payers'],
  ['ContinuityOfCareRecord/Body/Payers', 'Insurer', 'Payer'],
  ['ContinuityOfCareRecord/Body/FamilyHistory', 'History', 'FamilyProblemHistory'],
  ['ContinuityOfCareRecord/Body/SocialHistory', 'RiskFactor', 'SocialHistoryElement'],
]
const byDraftName = new Map(drafts.map(([around, draft, name]) => [`${around} ${draft}`, name]))
const draftNames = new Map(drafts.map(([, draft, name]) => [draft, name]))

/** The rule for an element of this local name, also where the name is the draft's. */
export const childRule = (type: TypeRule, local: string): ChildRule | undefined =>
  type.byName.get(local) ?? type.byName.get(byDraftName.get(`${type.name} ${local}`) ?? '')

/** Is it the draft's name for an element of that name? */
export const isDraftName = (draft: unknown, name: string): draft is string =>
  typeof draft === 'string' && draftNames.get(draft) === name

const names = new Set([
  ccrSchema.name,
  ...draftNames.keys(),
  ...[...ccrTypes.values()].flatMap(({ children }) => children.map(({ name }) => name)),
])
/** Is it one of CCR's names? An error or a finding may tell these; another may be a person's. */
export const isCcrName = (local: string): boolean => names.has(local)

function build(): Map<string, TypeRule> {
  const drafts = new Map<string, Draft>()
  for (const name of contents.keys()) {
    drafts.set(name, {
      name,
      children: [],
      byName: new Map(),
      content: { kind: 'sequence', particles: [] },
    })
  }
  for (const draft of drafts.values()) {
    draft.content = { kind: 'sequence', particles: particlesOf(draft.name, drafts, draft) }
    draft.children = [...draft.byName.values()]
  }
  return drafts
}

/** The particles of a type; its children, attributes and openness are noted in `into`. */
function particlesOf(name: string, drafts: ReadonlyMap<string, Draft>, into: Draft): Particle[] {
  const sequence: Particle[] = []
  let particles = sequence
  for (const word of known(contents, name).split(/\s+/)) {
    if (word === '(') particles = []
    else if (word === ')') {
      sequence.push({ kind: 'choice', particles })
      particles = sequence
    } else if (word.startsWith('<')) particles.push(...particlesOf(word.slice(1), drafts, into))
    else if (word.startsWith('@')) (into.attributes ??= []).push(word.slice(1))
    else if (word === 'any') into.open = true
    else if (word !== '|') {
      const [, child = '', occurrence = '', type = 'string'] = /^(\w+)([^:]*)(?::(.+))?$/.exec(word) ?? []
      const [min, max] = known(occurrences, occurrence)
      particles.push({ kind: 'element', name: child, min, max })
      note(into, { name: child, min: particles === sequence ? min : 0, max }, typeOf(type, drafts))
    }
  }
  return sequence
}

function typeOf(name: string, drafts: ReadonlyMap<string, Draft>): Pick<ChildRule, 'type' | 'format'> {
  if (name === 'string') return { type: 'string' }
  return name === 'integer' ? { type: 'string', format: 'integer' } : { type: known(drafts, name) }
}

/** Notes a child with its occurrence over all its places. */
function note(
  { byName }: Draft,
  { name, min, max }: Pick<ChildRule, 'name' | 'min' | 'max'>,
  type: Pick<ChildRule, 'type' | 'format'>,
): void {
  const { index, ...before } = byName.get(name) ?? { index: byName.size, min: 0, max: 0 }
  const occurrence = { min: Math.max(min, before.min), max: Math.max(max, before.max) }
  byName.set(name, { name, index, ...occurrence, ...type })
}

/** The table refers only to what it has; anything else is a slip in the notation. */
function known<T>(entries: ReadonlyMap<string, T>, name: string): T {
  const entry = entries.get(name)
  if (entry === undefined) throw new Error(`The schema table has no "${name}"`)
  return entry
}
