/**
 * OMHE's command table. Source: the command table of the OMHE project (Open Mobile Health Exchange microsyntax), with
 * the ranges that it documents. Units are UCUM's, codes LOINC's; where LOINC has no code for exactly what is measured,
 * there is none.
 */

/** One thing that a command can measure. */
export interface MeasureFacts {
  readonly title: string
  /** UCUM. */
  readonly unit: string
  /** The unit as people write it. */
  readonly shown: string
  readonly min?: number
  readonly max?: number
  readonly loinc?: { readonly code: string; readonly display: string }
}

const pressure = { unit: 'mm[Hg]', shown: 'mmHg' } as const
const concentration = { unit: 'mg/dL', shown: 'mg/dL', min: 0 } as const
const pounds = { unit: '[lb_av]', shown: 'lb' } as const
const score = { unit: '{score}', shown: 'score', min: 0 } as const

export const measures = {
  systolic: {
    ...{ title: 'Systolic blood pressure', ...pressure, min: 50, max: 400 },
    loinc: { code: '8480-6', display: 'Systolic blood pressure' },
  },
  diastolic: {
    ...{ title: 'Diastolic blood pressure', ...pressure, min: 20, max: 200 },
    loinc: { code: '8462-4', display: 'Diastolic blood pressure' },
  },
  pulse: {
    ...{ title: 'Heart rate', unit: '/min', shown: '/min', min: 30, max: 200 },
    loinc: { code: '8867-4', display: 'Heart rate' },
  },
  glucose: {
    ...{ title: 'Blood glucose', ...concentration, max: 400 },
    loinc: { code: '2339-0', display: 'Glucose [Mass/volume] in Blood' },
  },
  weight: {
    ...{ title: 'Body weight', ...pounds, min: 0 },
    loinc: { code: '29463-7', display: 'Body weight' },
  },
  // The table gives fat mass no range; its implementation's vectors refuse 0.
  fatMass: {
    ...{ title: 'Body fat mass', ...pounds, min: 1 },
    loinc: { code: '73708-0', display: 'Body fat [Mass] Calculated' },
  },
  // LOINC's lean body weight (91557-9) may count the fat that an organ needs: not surely the same.
  fatFreeMass: { title: 'Fat-free mass', ...pounds, min: 0 },
  bodyFat: {
    ...{ title: 'Percentage of body fat', unit: '%', shown: '%', min: 1, max: 95 },
    loinc: { code: '41982-0', display: 'Percentage of body fat Measured' },
  },
  bmi: {
    ...{ title: 'Body mass index', unit: 'kg/m2', shown: 'kg/m2', min: 0, max: 100 },
    loinc: { code: '39156-5', display: 'Body mass index (BMI) [Ratio]' },
  },
  cholesterol: {
    ...{ title: 'Total cholesterol', ...concentration },
    loinc: { code: '2093-3', display: 'Cholesterol [Mass/volume] in Serum or Plasma' },
  },
  hdl: {
    ...{ title: 'HDL cholesterol', ...concentration },
    loinc: { code: '2085-9', display: 'Cholesterol in HDL [Mass/volume] in Serum or Plasma' },
  },
  ldl: {
    ...{ title: 'LDL cholesterol', ...concentration },
    loinc: { code: '2089-1', display: 'Cholesterol in LDL [Mass/volume] in Serum or Plasma' },
  },
  triglycerides: {
    ...{ title: 'Triglycerides', ...concentration },
    loinc: { code: '2571-8', display: 'Triglyceride [Mass/volume] in Serum or Plasma' },
  },
  steps: {
    ...{ title: 'Steps', unit: '{steps}', shown: 'steps', min: 0 },
    loinc: { code: '55423-8', display: 'Number of steps in unspecified time Pedometer' },
  },
  duration: {
    ...{ title: 'Duration', unit: 'min', shown: 'min', min: 0 },
    loinc: { code: '55411-3', display: 'Exercise duration' },
  },
  pain: {
    ...{ title: 'Pain, 0 to 10', ...score, max: 10 },
    loinc: { code: '72514-3', display: 'Pain severity - 0-10 verbal numeric rating [Score] - Reported' },
  },
  mood: { title: 'Mood, 0 to 10', ...score, max: 10 },
  sleep: { title: 'Sleep score, 0 to 100', ...score, max: 100 },
  points: { title: 'Points', unit: '{points}', shown: 'points' },
  count: { title: 'Count', unit: '{count}', shown: 'count', min: 0, max: 10 },
} as const satisfies Record<string, MeasureFacts>

export type MeasureName = keyof typeof measures

/** The facts of a measure, seen alike for all: not every one has a range or a code. */
export function factsOf(name: MeasureName): MeasureFacts {
  return measures[name]
}

/** A unit as people write it. */
export function shownUnit(measure: MeasureName, unit: string): string {
  const facts = factsOf(measure)
  return facts.unit === unit ? facts.shown : unit
}

/** What LOINC calls systolic and diastolic pressure together. */
export const bloodPressurePanel = {
  code: '85354-9',
  display: 'Blood pressure panel with all children optional',
} as const

/** How a value may be written. Values are matched one at a time and are short: no pattern ever sees a long text. */
export type Form =
  | {
      kind: 'numbers'
      /** Each group is the number of the measure that it is named after; `unit` is a letter of `units`. */
      patterns: readonly RegExp[]
      /** The pieces of the value as it is written: a measure, and what stands before it. */
      written: readonly (readonly [before: string, measure: MeasureName])[]
      units?: Readonly<Record<string, string>>
    }
  /** 0 to 10, nothing (which means 1), or text. */
  | { kind: 'count' }
  | { kind: 'text'; longest?: number; empty?: true }
  | { kind: 'email' | 'url' | 'none' }

export interface CommandFacts {
  readonly title: string
  readonly aliases: readonly string[]
  readonly form: Form
  /** Where a health record keeps it; nowhere if it is no observation. */
  readonly section?: 'VitalSigns' | 'Results' | 'SocialHistory'
  /** FHIR's observation category. */
  readonly category?: 'vital-signs' | 'laboratory' | 'survey' | 'activity' | 'social-history'
  /** Its name is in the table, but not what its value means. */
  readonly undocumented?: true
}

const vital = { section: 'VitalSigns', category: 'vital-signs' } as const
const laboratory = { section: 'Results', category: 'laboratory' } as const
const habit = { section: 'SocialHistory', category: 'social-history' } as const

const integer = (name: MeasureName): Form => ({
  kind: 'numbers',
  patterns: [new RegExp(String.raw`^(?<${name}>[+-]?\d{1,9})$`)],
  written: [['', name]],
})

/** With `tenths`, a `p` may stand for the decimal point, which phone keypads lack. */
const decimal = (name: MeasureName, { tenths = false, unit = '' } = {}): string =>
  String.raw`^(?<${name}>[+-]?(?:\d{1,9}(?:[.${tenths ? 'p' : ''}]\d{1,17})?|\.\d{1,17}))${unit}$`

const mass = (name: MeasureName): Form => ({
  kind: 'numbers',
  patterns: [new RegExp(decimal(name, { tenths: true, unit: '(?<unit>[lk])?' }), 'i')],
  written: [['', name]],
  units: { l: '[lb_av]', k: 'kg' },
})

const number = (name: MeasureName, tenths: boolean): Form => ({
  kind: 'numbers',
  patterns: [new RegExp(decimal(name, { tenths }), 'i')],
  written: [['', name]],
})

const undocumented = (title: string, aliases: readonly string[] = []) =>
  ({ title, aliases, form: { kind: 'text', empty: true }, undocumented: true }) as const

const eaten = (title: string, aliases: readonly string[] = []) =>
  ({ title, aliases, form: { kind: 'count' }, ...habit }) as const

export const commands = {
  alc: eaten('Alcohol', ['alcohol', 'beer', 'wine', 'shot']),
  ans: { title: 'Answer', aliases: ['answer'], form: { kind: 'text' } },
  bg: { title: 'Blood glucose', aliases: ['bloodglucose'], form: integer('glucose'), ...laboratory },
  bmi: { title: 'Body mass index', aliases: ['bodymassindex'], form: number('bmi', true), ...vital },
  bp: {
    title: 'Blood pressure',
    aliases: ['bloodpressure'],
    form: {
      kind: 'numbers',
      patterns: [
        /^(?<systolic>\d{1,9})[/d](?<diastolic>\d{1,9})(?:p(?<pulse>\d{1,9}))?$/i,
        /^(?<systolic>\d{3})(?<diastolic>\d{3})(?<pulse>\d{3})$/,
      ],
      written: [
        ['', 'systolic'],
        ['/', 'diastolic'],
        ['p', 'pulse'],
      ],
    },
    ...vital,
  },
  ci: {
    title: 'Check-in',
    aliases: ['checkin', 'check-in', 'check'],
    form: { kind: 'text', longest: 120, empty: true },
    ...habit,
  },
  crb: eaten('Carbohydrates', ['starch', 'carb', 'carbohydrate']),
  drk: eaten('Drink', ['drink']),
  dry: eaten('Dairy', ['dairy']),
  eat: { title: 'Meal', aliases: ['ate', 'tweat'], form: { kind: 'text' }, ...habit },
  ffm: { title: 'Fat-free mass', aliases: ['freefatmass'], form: mass('fatFreeMass'), ...vital },
  fm: { title: 'Body fat mass', aliases: ['fatmass'], form: mass('fatMass'), ...vital },
  frt: eaten('Fruit', ['fruit']),
  frv: { title: 'Fruit or vegetable', aliases: ['freggie'], form: { kind: 'text' }, ...habit },
  gbp: { title: 'Get blood pressure', aliases: ['getbloodpressure'], form: { kind: 'none' } },
  gym: {
    ...{ title: 'Workout', aliases: ['workout'], form: { kind: 'text' } },
    ...{ section: 'SocialHistory', category: 'activity' },
  },
  hc: undocumented('hc'),
  hid: undocumented('hid'),
  hivcd4: undocumented('hivcd4'),
  hivvl: undocumented('hivvl'),
  hp: undocumented('Help', ['help']),
  hr: { title: 'Health record', aliases: ['healthrecord'], form: { kind: 'url' } },
  id: undocumented('id'),
  jnk: eaten('Junk food', ['junk', 'junkfood']),
  lip: {
    title: 'Lipids',
    aliases: ['chol'],
    form: {
      kind: 'numbers',
      patterns: [
        /^(?<cholesterol>\d{1,9})(?:h(?<hdl>\d{1,9}))?(?:l(?<ldl>\d{1,9}))?(?:t(?<triglycerides>\d{1,9}))?$/i,
      ],
      written: [
        ['', 'cholesterol'],
        ['h', 'hdl'],
        ['l', 'ldl'],
        ['t', 'triglycerides'],
      ],
    },
    ...laboratory,
  },
  mc: undocumented('mc'),
  md: {
    ...{ title: 'Mood', aliases: ['mood'], form: integer('mood') },
    ...{ section: 'Results', category: 'survey' },
  },
  pbf: {
    ...{ title: 'Percentage of body fat', aliases: ['percentbodyfat'], form: number('bodyFat', false) },
    ...vital,
  },
  pn: {
    ...{ title: 'Pain', aliases: ['pain'], form: integer('pain') },
    ...{ section: 'VitalSigns', category: 'survey' },
  },
  // The table spells the alias `protien`; who writes it rightly means the same.
  ptn: eaten('Protein', ['protien', 'protein']),
  pts: { title: 'Points', aliases: ['points', 'gems'], form: integer('points') },
  que: { title: 'Question', aliases: ['question'], form: { kind: 'text' } },
  sbp: { title: 'Send blood pressure', aliases: ['sendbloodpressure'], form: { kind: 'email' } },
  st: {
    title: 'Steps',
    aliases: ['steps', 'spd', 'fitbit'],
    form: {
      kind: 'numbers',
      patterns: [/^(?<steps>[+-]?\d{1,9})(?:m(?<duration>\d{1,9}))?$/i],
      written: [
        ['', 'steps'],
        ['m', 'duration'],
      ],
    },
    ...{ section: 'Results', category: 'activity' },
  },
  sta: undocumented('sta'),
  sto: undocumented('sto'),
  veg: eaten('Vegetables', ['vegetable', 'veggie']),
  wt: { title: 'Body weight', aliases: ['weight'], form: mass('weight'), ...vital },
  wtr: eaten('Water', ['water', 'h2o']),
  yes: { title: 'Yes', aliases: ['y', 'si', 'ok'], form: { kind: 'none' } },
  zeo: {
    ...{ title: 'Sleep score', aliases: ['sleepscore', 'zscore'], form: integer('sleep') },
    ...{ section: 'Results', category: 'activity' },
  },
} as const satisfies Record<string, CommandFacts>

export type CommandName = keyof typeof commands

/** The facts of a command, seen alike for all. */
export function commandFacts(name: CommandName): CommandFacts {
  return commands[name]
}

/** Every word that a command can begin with, and the command that it means. */
export const words: ReadonlyMap<string, CommandName> = new Map(
  Object.entries(commands).flatMap(([name, { aliases }]) =>
    [name, ...aliases].map((word) => [word, name as CommandName] as const),
  ),
)

const longestWord = Math.max(...[...words.keys()].map((word) => word.length))

/** What may follow a word at once: `=`, white space, a tag, a number, or nothing. A letter makes another word of it: prose. */
const ends = /^(?:[=#\s]|[+-]?\.?\d|$)/

/**
 * The word of the table that a line begins with, in lower case: the longest one after which it ends (`wtr` before `wt`;
 * `stop`, `cigarette` and `beers` begin with none). The one rule for what is a command.
 */
export function commandWord(line: string): string | undefined {
  // ASCII alone: in other scripts, a letter's small form may be longer than the letter.
  const head = (/^[a-z\d-]*/i.exec(line.slice(0, longestWord))?.[0] ?? '').toLowerCase()
  for (let length = head.length; length > 0; length--) {
    const word = head.slice(0, length)
    if (words.has(word) && ends.test(line.slice(length, length + 3))) return word
  }
  return undefined
}

/** One command is on a line. */
export function linesOf(text: string): string[] {
  return text.split(/\r\n|\n|\r/)
}

/**
 * True if every line that is not empty begins with an OMHE command, by the rule that `parseOmhe` has: `bp=120/80`,
 * `wt 85k#afteryoga`. Whether its value can be read is not looked at.
 */
export function isOmhe(text: unknown): boolean {
  if (typeof text !== 'string') return false
  const lines = linesOf(text).filter((line) => line.trim() !== '')
  return lines.length > 0 && lines.every((line) => commandWord(line.trim()) !== undefined)
}
