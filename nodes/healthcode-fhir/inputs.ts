import { TimeZone } from '../../src/documents/fhir/zone'
import { GatewayError } from '../../src/errors'
import type { FhirQuery } from '../../src/providers/fhir/client'
import { document, isDefault, isEmpty, type Input, type Source, type Values } from '../kit/inputs'
import { limit } from '../kit/reading'

/** A text that may be missing; a number is taken for its digits. */
function optionalText(value: string, type: string, what: string) {
  return {
    value,
    type,
    read(given: unknown): string | undefined {
      if (isEmpty(given)) return undefined
      if (typeof given === 'string') return given.trim()
      if (typeof given === 'number' && Number.isFinite(given)) return String(given)
      throw new GatewayError('HG_INPUT', `The ${what} is no text. Correct it in the message, or in the node.`)
    },
  } satisfies Input<string | undefined>
}

/** Its names and values are looked at where it is used. */
function criteria(property: string) {
  return {
    value: property,
    type: 'msg',
    read: (value: unknown) => (isEmpty(value) ? undefined : (value as FhirQuery)),
  } satisfies Input<FhirQuery | undefined>
}

/** The query, and whether the node's author has said where it is: `msg.query` may be that of an earlier search. */
const query: Input<{ given: FhirQuery | undefined; isOwn: boolean }> = {
  ...criteria('query'),
  read: (value, source) => ({
    given: criteria('query').read(value),
    isOwn: !isDefault(source, 'query'),
  }),
}

/** Left out it means something else: whoever names a source, and gets nothing from it, is told. */
function notEmpty<T>(
  input: Input<T>,
  isEmptied: (value: unknown, source: Source) => boolean,
  sentence: string,
) {
  return {
    ...input,
    read(value, source) {
      if (source.value !== '' && isEmptied(value, source)) throw new GatewayError('HG_INPUT', sentence)
      return input.read(value, source)
    },
  } satisfies Input<T>
}

/** What was given, and says nothing; the message need not have it. */
const isGivenEmpty = (value: unknown) => value !== undefined && isEmpty(value)

const zone = (what: string): Input<TimeZone | undefined> => {
  const name = optionalText('', 'str', what)
  return {
    ...name,
    read(value) {
      const given = name.read(value)
      return given === undefined ? undefined : new TimeZone(given)
    },
  }
}

/** `id` itself is the node's own. */
export const inputs = {
  endpoint: notEmpty(
    optionalText('', 'str', 'endpoint'),
    isEmpty,
    'No endpoint. The property "Endpoint" of the node leads to nothing: correct it, or what it reads from.',
  ),
  resourceId: optionalText('id', 'msg', 'id'),
  versionId: optionalText('versionId', 'msg', 'version'),
  document,
  query,
  ifNoneExist: notEmpty(
    criteria('ifNoneExist'),
    isGivenEmpty,
    'The condition "If none exists" is empty, so it would create in any case. Give criteria, or leave it out.',
  ),
  ifMatch: notEmpty(
    optionalText('ifMatch', 'msg', 'version for If-Match'),
    isGivenEmpty,
    'The version for If-Match is empty, so it would change any version. Give one, or leave it out.',
  ),
  operationName: optionalText('', 'str', 'name of the operation'),
  count: limit,
  most: limit,
  siteId: optionalText('siteId', 'msg', 'site id'),
  apiVersion: optionalText('apiVersion', 'msg', 'API version'),
  timeZone: zone('time zone'),
  answerTimeZone: zone('time zone of answers'),
}

export type FhirValues = Values<typeof inputs>
