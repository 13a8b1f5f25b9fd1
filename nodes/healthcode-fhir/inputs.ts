import { TimeZone } from '../../src/documents/fhir/zone'
import { GatewayError } from '../../src/errors'
import type { FhirQuery } from '../../src/providers/fhir/client'
import { document, isDefault, isEmpty, type Input, type Values } from '../kit/inputs'
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
  endpoint: optionalText('', 'str', 'endpoint'),
  resourceId: optionalText('id', 'msg', 'id'),
  versionId: optionalText('versionId', 'msg', 'version'),
  document,
  query,
  ifNoneExist: criteria('ifNoneExist'),
  ifMatch: optionalText('ifMatch', 'msg', 'version for If-Match'),
  operationName: optionalText('', 'str', 'name of the operation'),
  count: limit,
  most: limit,
  siteId: optionalText('siteId', 'msg', 'site id'),
  apiVersion: optionalText('apiVersion', 'msg', 'API version'),
  timeZone: zone('time zone'),
  answerTimeZone: zone('time zone of answers'),
}

export type FhirValues = Values<typeof inputs>
