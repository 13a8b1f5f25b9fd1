/**
 * What FHIR R4 (4.0.1) calls its types of resources and its elements. Made by scripts/fhir-r4-names.mjs of what
 * scripts/fhir-r4.mjs makes of HL7's package hl7.fhir.r4.core, which is under CC0-1.0.
 */
const resources = `
Account ActivityDefinition AdverseEvent AllergyIntolerance Appointment AppointmentResponse AuditEvent Basic Binary
BiologicallyDerivedProduct BodyStructure Bundle CapabilityStatement CarePlan CareTeam CatalogEntry ChargeItem
ChargeItemDefinition Claim ClaimResponse ClinicalImpression CodeSystem Communication CommunicationRequest
CompartmentDefinition Composition ConceptMap Condition Consent Contract Coverage CoverageEligibilityRequest
CoverageEligibilityResponse DetectedIssue Device DeviceDefinition DeviceMetric DeviceRequest DeviceUseStatement
DiagnosticReport DocumentManifest DocumentReference EffectEvidenceSynthesis Encounter Endpoint EnrollmentRequest
EnrollmentResponse EpisodeOfCare EventDefinition Evidence EvidenceVariable ExampleScenario ExplanationOfBenefit
FamilyMemberHistory Flag Goal GraphDefinition Group GuidanceResponse HealthcareService ImagingStudy Immunization
ImmunizationEvaluation ImmunizationRecommendation ImplementationGuide InsurancePlan Invoice Library Linkage List
Location Measure MeasureReport Media Medication MedicationAdministration MedicationDispense MedicationKnowledge
MedicationRequest MedicationStatement MedicinalProduct MedicinalProductAuthorization
MedicinalProductContraindication MedicinalProductIndication MedicinalProductIngredient MedicinalProductInteraction
MedicinalProductManufactured MedicinalProductPackaged MedicinalProductPharmaceutical
MedicinalProductUndesirableEffect MessageDefinition MessageHeader MolecularSequence NamingSystem NutritionOrder
Observation ObservationDefinition OperationDefinition OperationOutcome Organization OrganizationAffiliation
Parameters Patient PaymentNotice PaymentReconciliation Person PlanDefinition Practitioner PractitionerRole
Procedure Provenance Questionnaire QuestionnaireResponse RelatedPerson RequestGroup ResearchDefinition
ResearchElementDefinition ResearchStudy ResearchSubject RiskAssessment RiskEvidenceSynthesis Schedule
SearchParameter ServiceRequest Slot Specimen SpecimenDefinition StructureDefinition StructureMap Subscription
Substance SubstanceNucleicAcid SubstancePolymer SubstanceProtein SubstanceReferenceInformation
SubstanceSourceMaterial SubstanceSpecification SupplyDelivery SupplyRequest Task TerminologyCapabilities TestReport
TestScript ValueSet VerificationResult VisionPrescription
`

/** The words that the names of elements are made of: `birth` and `date` of birthDate. */
const parts = `
abatement abnormal about absent abstract accept accession accident account achievement acid action active activity
actor actual actuality add additional additive address addresses adjudication adjustment administered administrable
administration admission admit affects age agent aggregation aidc alias all allele allergenic allergy allowed alt
alternate alternative altitude amount anchor and annotation answer applicability application applied applies
appointment approval area arm arrangement artifact as aspect assert asserted asserter assessment assessor asset
assigned assigner associated assurance attached attachment attestation attester auth authenticator author authored
authorisation authority authorization authorizing autocreate autodelete availability available average axis back
background balance base based basis batch behalf behavior beneficiary benefit billable binary binding birth body
bodysite boolean born bounds brand build business by cache calibration caloric can cancelation cancelled candidate
canonical cap capabilities capability capacity cardinality care carrier case category causality center certainty
certificate chain channel characteristic characteristics charge check chromosome cigar citation city claim class
classification clinical closing closure code codeable coded coding collected collection collector color combined
comment communication comorbidity comparator compare compartment complication component compose composite
compositional concentration concept conclusion condition conditional conditions confidentiality connection
connectivity consent consistency constraining constraint contact contained container contains content context
contract contraindicated contraindication contributed contributor control conversion coordinate copolymer copyright
cors cost count country course courtesy coverage create created creation criteria criterion critical criticality
cross currency curve custodian customary cylinder daily data dataset date day days death deceased decimal decision
default defining definition degree delete deleted deliver denominator density dependent depends depth derivation
derivative derived desc description designation destination detail details detected development device diagnosis
diagnostics diameter diet differential dimensions direction discharge disclaimer discriminator disease dispense
display disposition distance distinct district disulfide div do doc document documentation domain dosage dose doses
drug due duration during dynamic editor education effect effective element eligibility empty enable encode
encounter end endorser endpoint enrollment enteral entered enterer entity entry episode equivalence equivalent
error estimate estimated etag evaluated evaluation event evidence exact example exception exceptions exclude
excluded exclusivity execution exist expansion expected experimental expiration expiry exposure expressed
expression extends extension external extra eye facility factor failure family fasting fhir field file fill filter
financial finding first five fixed fixture flag fluid fn focal focus follow food for forecast form format formula
fp fraction frames frequency friendly from full function funding funds gender gene general generation genome genus
geographical geometry gestational given global goal graph gross group grouping gt guarantor guidance guide
guidelines half handed handling has hash header healthcare height hierarchical hierarchy high hint history hold
holder horizon hospitalization hours hrf human hybrid hybridisation id identified identifier identity if image
imaging immediate immunization immutable implementation implicated implicit import imports imprint improvement in
inactive incidence include incomplete index indication indicator individual info inforce information ingredient
initial initiator inner input instance instances instant instantiates instruction insurance insurer int integer
intended intent interactant interaction international interpretation interpreter interval intolerance intraspecific
invariant investigation investigator is isotope issue issued issuer item jurisdiction jurisdictional key keyword
kind kinetics kingdom knowledge label language last laterality latitude legal legally length lens lethal level
library license life lifecycle lifetime limit line link linkage links list location locked log longitude lot low
lower management manager managing manifest manifestation manipulated manipulation manufacture manufactured
manufacturer manufacturing map mapping marital markdown marketing master match material maternal max meaning
measure measurement measures media medical medication medicinal medicine medium member message messaging meta
metadata method mime min minimum minutes missing mitigation modality mode model modification modified modifier
module moiety molecular money monitoring monograph monomer morphology multiple must name navigation need needed
needs net network next nominal none normal not notation note nucleic nucleotide num number numerator nutrient
objective observation observed observer occurred occurrence of offer official offset oid oligo on online only onset
op opening operation operational operator optical option or oral order orderable ordered orderer organism
organization orientation origin original other outcome outer output over overbooked overload override owned owner
package packaged packaging paediatric page paging param parameter parameters params parent part participant
participants participating party patch paternal path patient pattern pause payee payload payment payor per perform
performed performer performing period permitted pharmaceutical phase photo phylum physical physiological plan
planning point pointer points policy polymer polymerisation population position positive post postal power practice
practitioner pre precautions precedence precheck precision predecessor prediction preference preferred prefix
preparation prepared prescriber prescription presentation presented previous price primary prime principal prior
priority prism probability problem procedure process processing product profile prognosis program progress property
protein protocol provided provider provision proxy publication publisher purpose push qualification qualified
qualifier qualifiers qualitative quality quantitative quantity query question questionnaire race range rank rate
rating ratio rationale re reaction read readset reason recall received receiver recipient recommendation recorded
recorder ref reference referenced referral referrer regulator regulatory rejection related relatedness relates
relation relationship relationtype relative release relevant reliable rendering repeat repeats repetitions replaces
report reported reporter repository representation request requested requester requesting requestor required
requirement requirements requisition reserve residue resource response responsible rest restore restriction result
resulting results retention rev revenue review reviewer risk roc role route routeof rule rules safety sample
sampled scale schedule scheduled scope score scoring script search section security selected selection sender
sensitive sensitivity sent seq sequence serial series seriousness service serviced set setting setup severity sex
shape shelf short sig signature signer since single site situation size slice slicing slot snapshot software sop
sort source special specialization specialty species specific specification specified specimen sphere sponsor stage
standard start started starting state statement status step stereochemistry stopped storage strand stratifier
stratum strength string structural structure studies study sub subcomponent subdetail subject submitter subpotent
subrogation subscriber substance substituted substitution subsumption subtitle subtype subunit subunits suffix
sugar summary supplement supplemental supplements supplied supplier supply support supported supporting suspect
symptom synonym synthesis system tag target team teardown telecom temperature template term terminal terms test
tested tester text texture therapeutic therapy three time timestamp timing tissue title to topic total tp transform
translation translations treatment trial trigger truth type udi uid under undesirable unique unit units unmapped
unsigned up update updated updates upper uri url usage use used user uuid vaccine valid validate validated
validation validator validity value valued variable variant variantset verification verified version versioning
view volume warning was week weight what when who width window with withdrawal workflow written xpath
`

export const resourceTypes: ReadonlySet<string> = new Set(resources.trim().split(/\s+/))
export const elementParts: ReadonlySet<string> = new Set(parts.trim().split(/\s+/))
