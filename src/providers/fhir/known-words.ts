import { elementParts, resourceTypes } from './r4-names'

/**
 * What a server writes into an OperationOutcome may be about a person whom the request did not name: "is already
 * registered as …". A list of names would never be complete, so this is a list of what is none: words that messages of
 * errors are made of, FHIR's types and a few acronyms. Words that are names of people as well (will, may, mark) are
 * known in small letters only.
 */
const words = `
a about above accept acceptable accepted access according active actual add additional after again all allowed already also
always an and another any api application applied are array as asked at attempt attribute authorisation authorised
authorization authorized available back bad base batch be because been before being below between binding body boolean both
bundle but by call called can cannot canonical cardinality case change changed character characters check choose client code
codes coding collection combination comma complete concept condition conditional conflict conflicting conform conforms
consistent constraint contain contained contains content correct could count create created criteria criterion current data
database date datetime day days decimal default defined definition delete deleted denied depends deprecated describe
description details did different digits display do document does done duplicate duplicated each earlier either element
elements empty enabled encoding end ends endpoint enough entry entries enumerated error errors every exactly exceed exceeded
exceeds exist existing exists expected expired expression extension failed failure false fatal few field fields filter find
first fit fits for forbidden form format formatted found from full further future general get give given greater group had
handle handled has have header headers here higher history identical identified identifier identifiers if ignored immediately
in include includes incomplete incorrect index indexed information inner input inside instance instant instead integer
internal into invalid invariant is issue issues it item items its json key kind known language large larger last later latest
least length less letters like limit limited limits line link list listed load local location lock locked long longer lower
made make malformed many mandatory match matched matches matching maximum may mean means media message meta method minimum
missing mode more most must name named names namespace narrative needed needs negative neither never new next no none nor not
nothing null number numbers object occurred of off old on once one only operation operations or order other out outcome
outside page parameter parameters parse parsed parsing part parts past patch path pattern period permission permitted place
point points positive possible post precision precondition prefix present previous primitive problem process processed
processing profile properties property provide provided provider put quantity query rate read reading reason receive received
record records refer reference referenced references refers refuse refused register registered relative remove removed
repeated repeats replace represent request requested requests require required requires resolve resolved resource resources
response result results retry return returned rule rules same schema search second seconds security see sent server service
set several shall short should since site size slice small smaller some specified specification start starts state status
store stored string strings structure subscription such supplied support supported system systems target temporarily text than
that the their them then there these they this those three time timed timeout times timestamp to together token too
transaction true try two type types unable unauthorized unavailable under unexpected unique unit unknown unless unprocessable
unreadable unrecognised unrecognized unresolved unsupported until unused up update updated upper uri url use used user using
valid validate validated validation value values valueset version versions via violated violates violation wait warning was
well were what when where whether which while who whole whose will with within without would wrong xml year years yet you
your zone
actor address asserter author beneficiary birthdate category class effective email encounter family gender given insurer issued
location onset organization participant patient payor performer phone postcode practitioner priority procedure recorded remittance
schedule scheme sex slot specimen subject telecom title
aware cant chained done fail mismatch module msg node ns protected root syntax unhandled
accepting accepts authenticate authenticated authentication canonicals cause caused causes column columns compressed contents
credentials cycle cyclic declared deletion dependencies dependency depth detected down due during encoded enumeration equal
equals exception exclusive executed execution expect expects expecting gone idle importing insufficient integrity invalidated
mutually nested overloaded parent parents parser position privileges prohibited quota range ranges recursion recursive
referenced referential regex rejected rejects report reported reports resend resolving restricted retried retrying rights
row rows scope scopes semantic slow slows structural supports take taken takes throttled throttling trace unescaped
unterminated upload verify violating whitespace`

const types = `
AllergyIntolerance Appointment Bundle CarePlan Claim ClaimResponse CodeableConcept Coding Condition Consent Coverage Device
DiagnosticReport DocumentReference Encounter ExplanationOfBenefit Goal HealthcareService Identifier Immunization Invoice
Location Medication MedicationRequest MedicationStatement Observation OperationOutcome Organization Parameters Patient
PaymentReconciliation Period Practitioner PractitionerRole Procedure Quantity Questionnaire QuestionnaireResponse Reference
RelatedPerson Schedule ServiceRequest Slot Specimen Subscription Task ValueSet
API FHIR HC HTTP ID JSON OAuth PUT POST GET PATCH DELETE SU SiteId URI URL URN UTC UUID Version XML`

const known = new Set(words.trim().split(/\s+/))
const knownTypes = new Set(types.trim().split(/\s+/))

/**
 * What says nothing of anybody, as it stands: FHIR's and terminologies' own addresses (their numbers may be a diagnosis),
 * HAPI's numbers of messages, places in a text, figures that are too small for the number of a record after the words that
 * they belong to, and common constraints after that word.
 */
const PLAIN = [
  String.raw`https?:\/\/(?:[a-z]+\.)?(?:hl7\.org|loinc\.org|snomed\.info|unitsofmeasure\.org)(?![\w-]|\.\w)(?:\/[A-Za-z][A-Za-z\d.-]*)*`,
  String.raw`HAPI-\d{4}(?!\d)`,
  String.raw`(?<=\b(?:line|column|position)(?: is|:| =)? )\d{1,6}(?![\d/:-]|\.\d| [A-Z])`,
  String.raw`(?<=\b(?:found|required|least|minimum|maximum|status|HTTP|limit|exceeds)(?: is|:| =)? )\d{1,3}(?![\d/:-]|\.\d| [A-Z])`,
  String.raw`(?<=\b[Cc]onstraint(?: failed| violated)?:? )(?:us-core|att|bdl|cpt|dom|ele|ext|obs|pat|per|qty|ref|tim|txt)-\d{1,2}(?![\w-])`,
].join('|')

const PARTS = new RegExp(
  String.raw`(\[redacted\]|${PLAIN})|[A-Z][A-Za-z]+(?:\.[a-z][A-Za-z]+)+|[\p{L}\p{M}\p{N}]+|[.:;!?]`,
  'gu',
)

/** Known in small letters only: in capitals they are somebody. */
const NAMES = new Set(['may', 'will'])

const WORD = /[A-Z]+(?![a-z])|[A-Z]?[a-z]+/g

/** The text with `[redacted]` for each word and each number that is not known to be harmless, several in a row as one. */
export function knownWords(text: string): string {
  let begins = true
  return text
    .replace(PARTS, (part, plain: string | undefined) => {
      if (/^[.:;!?]$/.test(part)) {
        begins = true
        return part
      }
      const first = begins
      begins = false
      if (plain !== undefined) return part
      return (part.includes('.') ? isPath(part) : isKnown(part, first)) ? part : HIDDEN
    })
    .replace(/\[redacted\](?:[\s,'’"-]*\[redacted\])+/g, HIDDEN)
}

/**
 * True for FHIRPath that names elements and nothing else: `Patient.contact[0].name`. What brackets or parentheses hold
 * beside an index may be what a patient's data are compared with.
 */
export function isPath(text: string): boolean {
  const [head = '', ...steps] = text.split('.').map((step) => step.replace(/\[(?:\d{1,5}|x)\]$/, ''))
  const isHead = resourceTypes.has(head) || /^[$%](?:this|resource|context|rootResource)$/.test(head)
  return (isHead || isStep(head)) && steps.every(isStep)
}

function isStep(step: string): boolean {
  return elementParts.has(step) || isCamel(step)
}

/** `birthDate`, `valueQuantity`: made of the words that R4's names of elements have. */
function isCamel(word: string): boolean {
  return /^[a-z]+(?:[A-Z][a-z]*)+$/.test(word) && isMadeOfKnown(word)
}

/**
 * True for a code that is made of known words and numbers: `MSG_DATE_FORMAT`, `invalid-date`, `HC-1002`. A single word
 * has to be known as it is: a name may be written as a code.
 */
export function isKnownCode(code: string): boolean {
  if (code.length > 60 || !/^[A-Za-z\d]+(?:[_.-][A-Za-z\d]+)*$/.test(code)) return false
  const parts = code.match(/[A-Za-z]+|\d+/g) ?? []
  const [only = '', ...others] = parts
  if (others.length === 0 && !isCamel(only)) return known.has(only) || /^\d{1,5}$/.test(only)
  return parts.every((part) => /^\d{1,5}$/.test(part) || knownTypes.has(part) || isMadeOfKnown(part))
}

function isMadeOfKnown(part: string): boolean {
  const words = (part.match(WORD) ?? []).map((word) => word.toLowerCase())
  return (
    words.length > 0 && words.every((word) => (elementParts.has(word) || known.has(word)) && !NAMES.has(word))
  )
}

const HIDDEN = '[redacted]'

function isKnown(word: string, first: boolean): boolean {
  if (known.has(word) || knownTypes.has(word) || isCamel(word)) return true
  const small = word.toLowerCase()
  return first && known.has(small) && !NAMES.has(small)
}
