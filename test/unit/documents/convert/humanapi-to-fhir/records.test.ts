import fc from 'fast-check'
import {
  humanApiFhirResources,
  humanApiToFhir,
} from '../../../../../src/documents/convert/humanapi-to-fhir/humanapi-to-fhir'
import { isWellFormed } from './support'

/** Any of the fields, or none. */
const fields = <T>(of: { [K in keyof T]: fc.Arbitrary<T[K]> }) => fc.record(of, { requiredKeys: [] })
const few = <T>(of: fc.Arbitrary<T>) => fc.array(of, { maxLength: 3 })

const text = fc.oneof(
  fc.constantFrom('Weight', 'BP', 'Systolic', 'Diastolic', 'Height', 'Pulse', 'Mood', ' '),
  fc.string({ maxLength: 8, unit: 'binary' }),
)
const value = fc.oneof(
  fc.constantFrom('120/80', '120/80 mmHg', '80/120', '7', '<5', '.5', '-3', 'refused', '0x1F'),
  ...[fc.double(), fc.integer(), text],
)
const unit = fc.constantFrom(...['kg', 'mmHg', 'cm', 'mm', 'm', '%', 'bpm', 'kPa', '', 'mg/dL', 'mmol/L'])
const time = fc.oneof(
  fc.constantFrom(
    ...['2014-07-07', '2013-01-01', '2014-07-07T10:00:00Z', '2014-07-07T10:00:00', '2014-07-08T10:00+13:00'],
    ...['9999-12-31T23:59:59Z', '0001-01-01T00:00:00Z', 'Mon Jul 07 2014 16:04:00 GMT-0700 (PDT)', 'x'],
  ),
  fc.date({ noInvalidDate: true }).map((date) => date.toISOString()),
)
const code = fields({
  code: fc.constantFrom(
    ...['8480-6', '8462-4', '85354-9', '29463-7', '8302-2', '2708-6', '39156-5', 'a b', 'a  b', ' 8310-5'],
  ),
  codeSystem: fc.constantFrom('2.16.840.1.113883.6.1', '1.2.03', '1.2.3', ''),
  codeSystemName: fc.constantFrom('LOINC', 'x'),
  name: text,
})
const codes = few(code)
const result = fields({
  ...{ name: text, value, unit, codes, low: value, high: value, refRange: text },
  flag: fc.constantFrom('H', 'x', true),
})
const named = fields({ name: text, id: text, codes })

/** Records that look like those of Human API, with all that a resource may be made of. */
const record = fields({
  ...{ id: fc.constantFrom('a', 'b', ' a', undefined), humanId: text, patient: named, name: text },
  status: fc.constantFrom(
    ...['Active', 'Relapse', 'Recurrence', 'Resolved', 'Entered in error', 'Not final', 'Final', 'refused'],
    ...['Completed', 'Scheduled', undefined, true, {}],
  ),
  ...{ value, unit, systolic: value, diastolic: value, heartRate: value, steps: value, restingHR: value },
  ...{ timeAsleep: value, mealTag: text, notes: text, source: text },
  tzOffset: fc.constantFrom('+05:00', '-14:00', '+14:30', 'x'),
  ...{ timestamp: time, startTime: time, endTime: time, day: time, date: time },
  ...{ dateTime: time, startDate: time, endDate: time, endDateTime: time, resultDateTime: time },
  ...{ createdAt: time, updatedAt: time, dates: few(time) },
  ...{ codes, results: few(result), components: few(result), comments: text, impression: text },
  ...{ reasons: few(fc.oneof(text, named)), diagnoses: few(named), provider: named, visitType: text },
  ...{ organization: named, author: text, allergen: fields({ codes }), reactions: few(text) },
  ...{ reactionsFull: few(named), lotNumber: text, ndcCode: text, productName: text, instructions: text },
  details: fields({ route: text }),
})

describe('records of Human API in FHIR', () => {
  for (const resource of humanApiFhirResources) {
    it(`${resource} are well-formed, whatever they say`, () => {
      fc.assert(
        fc.property(few(record), (records) => isWellFormed(humanApiToFhir(resource, records).bundle)),
        { numRuns: 200 },
      )
    })
  }
})
