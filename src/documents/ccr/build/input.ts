/** Text, or text with codes. */
export type CcrDescribedInput =
  | string
  | {
      text?: string
      codes?: CcrCodeInput[]
    }

export interface CcrCodeInput {
  value: string
  /** Whose code it is, such as `SNOMED CT`, `LOINC`, `RxNorm`. */
  system?: string
  /** The version of the coding system. */
  version?: string
}

/** A value with its unit; a string or a number alone has none. */
export type CcrQuantityInput = string | number | { value: string | number; unit?: string }

/** A date or time: ISO 8601 or a Date is exact, any other text approximate. */
export type CcrMomentInput = string | Date

/** When something was or is: a moment, an age, or a range, and what of it (`Onset`, `Start date`). */
export type CcrWhenInput =
  | CcrMomentInput
  | {
      type?: string
      at?: CcrMomentInput
      age?: CcrQuantityInput
      from?: CcrMomentInput
      to?: CcrMomentInput
    }

/** An id by which others know a person or an object, such as a record number. */
export interface CcrIdInput {
  id: string
  type?: string
  /** The id of the actor who gave it. */
  issuedBy?: string
}

export interface CcrAddressInput {
  type?: string
  line1?: string
  line2?: string
  city?: string
  county?: string
  state?: string
  country?: string
  postalCode?: string
}

interface ReachableInput {
  /** The actor's id in the document; made where it is missing. */
  id?: string
  ids?: CcrIdInput[]
  relation?: CcrDescribedInput
  specialty?: CcrDescribedInput
  address?: CcrAddressInput | CcrAddressInput[]
  telephone?: string | string[]
  email?: string | string[]
}

export interface CcrPersonInput extends ReachableInput {
  given?: string | string[]
  middle?: string | string[]
  family?: string | string[]
  suffix?: string
  title?: string
  /** The name as it is shown. */
  displayName?: string
  dateOfBirth?: CcrMomentInput
  /** The same by FHIR's name: one of them. */
  birthDate?: CcrMomentInput
  gender?: CcrDescribedInput
}

/** A person, an organization (`organization` is its name) or an information system (`system` is its name). */
export interface CcrActorInput extends CcrPersonInput {
  organization?: string
  system?: string
  /** Of the information system. */
  version?: string
}

/** What all entries have. */
export interface CcrEntryInput {
  /** The object's id in the document; made where it is missing. */
  id?: string
  date?: CcrWhenInput | CcrWhenInput[]
  ids?: CcrIdInput[]
  type?: CcrDescribedInput
  description?: CcrDescribedInput
  status?: CcrDescribedInput
  /** The id of the actor who says so; `source` of the document where it is missing. */
  source?: string
  comment?: string
}

export interface CcrAlertInput extends CcrEntryInput {
  /** What it is that the patient does not bear. */
  agent?: CcrDescribedInput
  reaction?: CcrDescribedInput
  severity?: CcrDescribedInput
}

export interface CcrProductInput extends CcrEntryInput {
  product: CcrDescribedInput
  brand?: CcrDescribedInput
  strength?: CcrQuantityInput | CcrQuantityInput[]
  form?: CcrDescribedInput
  /** How much there is of it. */
  quantity?: CcrQuantityInput
  /** How it is to be taken, in words. */
  directions?: string
  dose?: CcrQuantityInput
  route?: CcrDescribedInput
  site?: CcrDescribedInput
  /** How often, such as `twice a day`. */
  frequency?: string
  /** For what. */
  indication?: CcrDescribedInput
  /** Which one of a series of immunizations. */
  series?: string
}

/** One measurement. */
export interface CcrTestInput extends CcrEntryInput {
  value: string | number
  unit?: string
  /** What is normal, such as `12.2-15.5`; in the unit of the value where it has none. */
  normal?: CcrQuantityInput
  /** Such as `High`. */
  flag?: CcrDescribedInput
  method?: CcrDescribedInput
}

/** Measurements that belong together, such as the two of a blood pressure; or a single one. */
export type CcrResultInput = CcrTestInput | (CcrEntryInput & { tests: CcrTestInput[] })

export interface CcrProcedureInput extends CcrEntryInput {
  site?: CcrDescribedInput
  /** The id of an actor. */
  practitioner?: string | string[]
}

export interface CcrEncounterInput extends CcrEntryInput {
  location?: CcrDescribedInput
  /** The id of an actor. */
  practitioner?: string | string[]
}

/** An actor of the document in a role. */
export type CcrRoleInput = string | { actor: string; role?: CcrDescribedInput }

/** What a CCR is built of. */
export interface CcrInput {
  /** The document's id; a UUID where it is missing. */
  id?: string
  /** When the document was made; now where it is missing. */
  date?: string | Date
  /** Of the document; English where it is missing. */
  language?: CcrDescribedInput
  patient: CcrPersonInput
  /** Everybody and everything else that the document speaks of. */
  actors?: CcrActorInput[]
  /** Who made the document: an actor, or the patient where it is missing. */
  from?: CcrRoleInput | CcrRoleInput[]
  to?: CcrRoleInput | CcrRoleInput[]
  purpose?: CcrDescribedInput
  /** The id of the actor who says what the entries say; the first of `from` where it is missing. */
  source?: string
  advanceDirectives?: CcrEntryInput[]
  support?: CcrRoleInput[]
  problems?: CcrEntryInput[]
  socialHistory?: CcrEntryInput[]
  alerts?: CcrAlertInput[]
  medications?: CcrProductInput[]
  medicalEquipment?: CcrProductInput[]
  immunizations?: CcrProductInput[]
  vitalSigns?: CcrResultInput[]
  results?: CcrResultInput[]
  procedures?: CcrProcedureInput[]
  encounters?: CcrEncounterInput[]
  healthCareProviders?: CcrRoleInput[]
}
