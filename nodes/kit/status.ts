import type { NodeStatus } from 'node-red'
import type { GatewayError } from '../../src/errors'

/**
 * A text that begins with a letter is a key of the node's catalog, which the editor translates; one that begins with
 * a digit is shown as it is.
 */
export const working: NodeStatus = { fill: 'blue', shape: 'dot', text: 'status.working' }

export function finished(figure: string): NodeStatus {
  return { fill: 'green', shape: 'dot', text: figure }
}

/** Done, but not all of it. */
export function partly(figure: string): NodeStatus {
  return { fill: 'yellow', shape: 'dot', text: figure }
}

/** Done, but the document has errors: how many. The word is the severity's own name, the same in every language. */
export function flawed(errors: number): NodeStatus {
  return { fill: 'yellow', shape: 'dot', text: `${errors} × error` }
}

/** Nothing to do until a person in a browser has done their part. */
export const inBrowser: NodeStatus = { fill: 'blue', shape: 'ring', text: 'status.browser' }

export function held(key: string): NodeStatus {
  return { fill: 'yellow', shape: 'ring', text: key }
}

export function failed(error: GatewayError): NodeStatus {
  return { fill: error.code === 'HG_CONFIG' ? 'grey' : 'red', shape: 'ring', text: `status.${error.code}` }
}
