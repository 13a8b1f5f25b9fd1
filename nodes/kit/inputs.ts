import { types } from 'node:util'
import type { Node, NodeAPI, NodeMessage } from 'node-red'
import { GatewayError } from '../../src/errors'

/**
 * One property of a node that a flow author can fill from the message, a context, the environment or an expression
 * (Node-RED's typedInput): where it comes from when nothing is set, and how its value is made fit for use.
 */
export interface Input<T> {
  value: string
  type: string
  /** Checks and converts; throws HG_INPUT. `source` is where the value came from. */
  read(value: unknown, source: Source): T | Promise<T>
}

/** A typed property: an empty `value` is one that was emptied on purpose. */
export interface Source {
  value: string
  type: string
}

export type Inputs = Record<string, Input<unknown>>
export type Values<I extends Inputs> = { [K in keyof I]: I[K] extends Input<infer T> ? T : never }

/** The property of a node's configuration that holds an input, and its companion with the type. */
type Config = Readonly<Record<string, unknown>>

/** What reads every input of a message, in the order in which they are declared. */
export function inputReader<I extends Inputs>(
  RED: NodeAPI,
  node: Node,
  config: Config,
  inputs: I,
): (msg: NodeMessage) => Promise<Values<I>> {
  const sources = Object.entries(inputs).map(([name, input]) => ({
    name,
    input,
    source: sourceOf(config, name, input),
  }))
  return async (msg) => {
    const values: Record<string, unknown> = {}
    for (const { name, input, source } of sources) {
      const found = source.value === '' ? '' : evaluate(RED, node, msg, name, source)
      const value = input.read(types.isPromise(found) ? await found : found, source)
      values[name] = types.isPromise(value) ? await value : value
    }
    return values as Values<I>
  }
}

function sourceOf(config: Config, name: string, fallback: Source): Source {
  const configured = textOf(config[name])
  const chosen = config[`${name}Type`]
  const type = typeof chosen === 'string' && chosen !== '' ? chosen : fallback.type
  return { type, value: configured === '' && type === fallback.type ? fallback.value : configured }
}

/** Node-RED puts numbers and objects of the environment in the place of `${NAME}`. */
function textOf(configured: unknown): string {
  if (typeof configured === 'string') return configured
  return configured === undefined || configured === null ? '' : JSON.stringify(configured)
}

/** A property of the message itself, without a path: most are, and Node-RED would read the name anew for each message. */
const PLAIN = /^[a-z_]\w*$/i

/** The types that may come later: a context may be kept elsewhere. */
const LATER = new Set(['flow', 'global', 'jsonata'])

/** A promise for a type that may come later, else the value itself: most are at hand. */
function evaluate(
  RED: NodeAPI,
  node: Node,
  msg: NodeMessage,
  name: string,
  { type, value }: Source,
): unknown {
  if (type === 'msg' && PLAIN.test(value)) return (msg as unknown as Record<string, unknown>)[value]
  if (!LATER.has(type)) {
    try {
      return RED.util.evaluateNodeProperty(value, type, node, msg) as unknown
    } catch (error) {
      throw unreadable(name, error)
    }
  }
  return new Promise((resolve, reject) => {
    try {
      // The callback is not optional: without it JSONata and asynchronous context stores throw.
      RED.util.evaluateNodeProperty(value, type, node, msg, (error, result: unknown) => {
        if (error) reject(unreadable(name, error))
        else resolve(result)
      })
    } catch (error) {
      reject(unreadable(name, error))
    }
  })
}

function unreadable(name: string, cause: unknown): GatewayError {
  return new GatewayError('HG_INPUT', `The property "${name}" cannot be read: ${reasonOf(cause)}`)
}

/** An error of JSONata is no Error, and its message quotes the value: code and position say enough. */
function reasonOf(cause: unknown): string {
  const { code, position } = (cause ?? {}) as { code?: unknown; position?: unknown }
  if (typeof code === 'string' && typeof position === 'number') {
    return `the expression fails with ${code} at position ${position}. Correct it in the node.`
  }
  // Of msg.patient.id without msg.patient, say: what JavaScript makes of it helps nobody.
  if (cause instanceof TypeError) return 'the message, or the context, has nothing there.'
  return cause instanceof Error ? cause.message : 'its source gives no value. Correct it in the node.'
}

/** Of what may be an id, a string or a whole number, the string; of anything else an empty one. */
export function userId(value: unknown): string {
  if (typeof value === 'string') return value.trim() === '' ? '' : value
  return typeof value === 'number' && Number.isSafeInteger(value) ? String(value) : ''
}

/** The integrator's own id of the person, `msg.user` by default: a string, or a whole number. */
export const user = {
  value: 'user',
  type: 'msg',
  read(value: unknown): string {
    const id = userId(value)
    if (id === '') {
      throw new GatewayError(
        'HG_INPUT',
        'No user. Set msg.user, or the node\'s property "User", to your own id of the person.',
      )
    }
    return id
  },
} satisfies Input<string>

/** What is to be sent, `msg.payload` by default; looked through where it is used. */
export const document: Input<unknown> = { value: 'payload', type: 'msg', read: (value) => value }

/** As `user`, but empty where there is none. */
export const optionalUser: Input<string> = { ...user, read: userId }

/** Empty, an absolute http(s) URL or a path of this server; HG_INPUT with this sentence for anything else. */
export function redirectable(value: unknown, sentence: string): string {
  if (value === undefined || value === null || value === '') return ''
  // `//host` and `/\host` are read by browsers as another host.
  if (typeof value === 'string' && (/^\/(?![/\\])/.test(value) || /^https?:\/\/[^/\\\s]/i.test(value))) {
    if (!/[\p{Cc}\s]/u.test(value)) return value
  }
  throw new GatewayError('HG_INPUT', sentence)
}

/** Where a browser is sent at the end: empty, an absolute http(s) URL or a path of this server. */
export const returnUrl: Input<string> = {
  value: '',
  type: 'str',
  read: (value) =>
    redirectable(
      value,
      'The return URL is not usable. Give a path that begins with "/" or a URL that begins with http:// or https://.',
    ),
}

/**
 * A person or organisation that may be left out, by leaving the default property out of the message. Whoever names
 * another source, and gets nothing from it, is told: an environment variable that is empty, say.
 */
export function optionalId(name: string, what: string): Input<string | undefined> {
  return {
    value: name,
    type: 'msg',
    read(value, source) {
      if (isDefault(source, name) && value === undefined) return undefined
      const id = userId(value)
      if (id !== '') return id
      throw new GatewayError(
        'HG_INPUT',
        `The ${what} is empty or not an id. Give an id as text; or leave the node's property at msg.${name}, and that out of the message.`,
      )
    },
  }
}

/** Where nobody has named another source. */
export function isDefault({ type, value }: Source, name: string): boolean {
  return type === 'msg' && value === name
}

/** Empty for a value that is missing. */
export function isEmpty(value: unknown): boolean {
  return value === undefined || value === null || (typeof value === 'string' && value.trim() === '')
}
