import assert from 'node:assert/strict'
import { elementNames, isResourceType } from '../../../../src/documents/fhir/r4/model'
import { knownWords } from '../../../../src/providers/fhir/known-words'
import { resourceTypes } from '../../../../src/providers/fhir/r4-names'

describe('what a server says, in known words', () => {
  it('tells nothing of somebody whom the request did not name', () => {
    for (const text of [
      'Patient Zebedee Unobtainium of 12 Acacia Road has diagnosis HIV',
      'Duplicate of Mr Zebedee Unobtainium, 12 Acacia Road, phone 07700 900123, zeb@example.org, diagnosis HIV',
      'Already registered: Will May, born 3 Feb 1980, of McDonald House',
      'mary-millington is known as MARY MILLINGTON',
      'Пациент Иванов уже есть; 田中さん',
    ]) {
      const told = knownWords(text)
      const secrets =
        /zebedee|unobtainium|acacia|diagnosis|hiv|\d|zeb|Will|May|Feb|McDonald|millington|mary|Иван|Пациент|田中/i
      assert.doesNotMatch(told, secrets)
    }
  })

  it('tells what is wrong', () => {
    for (const text of [
      'Unknown search parameter "family"',
      'HC-API-Version has to be a version of this API',
      'Observation.status: this property must have a value',
      'The reference to the Patient cannot be resolved',
      'birthDate is not a date. Will not be stored.',
    ]) {
      assert.equal(knownWords(text), text.replace('Will', '[redacted]'))
    }
    assert.equal(knownWords('[redacted] Smith, 12 is unknown'), '[redacted] is unknown')
    assert.equal(knownWords('Smith, 12 is not of Acacia Road'), '[redacted] is not of [redacted]')
  })

  it('tells what servers say of a document, but for what it holds', () => {
    for (const text of [
      "Unknown element '[redacted]' found during parse",
      'minimum required = 1, but only found 0 (from http://hl7.org/fhir/us/core/StructureDefinition/us-core-patient)',
      'Constraint failed: us-core-8',
      'HAPI-0974: the version is not the current one',
      'slow down',
      'This API takes POST only.',
      'Unexpected token at line 3 column 1748',
      'Constraint failed: dom-6',
      'http://loinc.org is no code system that is supported here',
    ]) {
      assert.equal(knownWords(text), text)
    }
  })

  it('tells no figure that may be of somebody, where such figures stand', () => {
    for (const text of [
      'Smith found 12 Acacia',
      'found 3-Feb',
      'found 1980-02-03',
      'found 07700900123',
      'required 12 Acacia Road',
      'Constraint failed: mary-millington-7',
      'http://example.org/Patient/7',
      'HAPI-07700',
      'http://hl7.org.example.org/zebedee',
      // The number of a record, a diagnosis, and a name as a constraint would be called.
      'Patient found 123456',
      'required 4711',
      'http://snomed.info/id/22298006',
      'Constraint failed: mary-7',
    ]) {
      assert.doesNotMatch(knownWords(text), /\d|Acacia|mary|zebedee|Patient\/7/i, text)
    }
  })

  it('knows elements by their form, and paths by the type that they begin with', () => {
    const told =
      'The valueQuantity and the multipleBirthInteger of Patient.contact.name and Observation.value'
    assert.equal(knownWords(told), told)
    for (const text of ['The birthDate7', 'The valueQuantité', 'The ValueQuantity', 'The value7Quantity']) {
      assert.equal(knownWords(text), 'The [redacted]', text)
    }
    assert.equal(knownWords('Zebedee.name is wrong'), '[redacted] is wrong')
  })

  it('knows an element by the words that its name is made of, and no name of a person', () => {
    for (const name of ['leBlanc', 'deVries', 'vanDerBerg', 'annaSchmidt', 'birthMillington', 'maryDate']) {
      assert.equal(knownWords(`already registered as ${name}`), 'already registered as [redacted]')
    }
    assert.equal(knownWords('it is willMay, dateWill'), 'it is [redacted]')
    assert.equal(knownWords('duplicate of Patient.millington'), 'duplicate of [redacted]')
    assert.equal(knownWords('duplicate of Patient.name.millington'), 'duplicate of [redacted]')
    assert.equal(
      knownWords('the Person.birthDate of Zebedee.birthDate'),
      'the Person.birthDate of [redacted]',
    )
  })

  it('knows the elements of R4', () => {
    const names = [...elementNames()].filter((name) => /[A-Z]/.test(name))
    const unknown = names.filter((name) => knownWords(`The ${name}`) !== `The ${name}`)
    // Figures and single letters may be a person's initial or number.
    assert.deepEqual(
      unknown.filter((name) => !/\d|^[a-z][A-Z]/.test(name)),
      [],
    )
    assert.ok(names.length > 1_000 && unknown.length < 20)
    for (const type of resourceTypes) assert.ok(isResourceType(type), type)
    assert.equal(resourceTypes.size, 146)
  })

  it('knows words with a capital where a sentence begins, and no others, nor names', () => {
    assert.equal(
      knownWords('Page is wrong. Page: Value; Page! Page? Page'),
      'Page is wrong. Page: Value; Page! Page? Page',
    )
    assert.equal(knownWords('The Page is wrong, Page'), 'The [redacted] is wrong, [redacted]')
    assert.equal(knownWords('Patient Page is wrong'), 'Patient [redacted] is wrong')
    assert.equal(knownWords('Pageé is wrong'), '[redacted] is wrong')
    assert.equal(knownWords('May be wrong'), '[redacted] be wrong')
  })
})
