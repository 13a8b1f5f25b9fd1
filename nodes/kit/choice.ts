import type { NodeDef } from 'node-red'
import { GatewayError } from '../../src/errors'

/** What the flow says of a node. A flow written by hand may lack anything. */
export interface ActionConfig extends NodeDef {
  account?: string
  [property: string]: unknown
}

/**
 * What a node's author chose for a property that has a list of choices; the first where the flow does not say.
 * HG_CONFIG for what is not in the list: it may be of a newer version, and something else must not be done instead.
 */
export function choice<T extends string>(
  config: ActionConfig,
  property: string,
  choices: readonly [T, ...T[]],
): T {
  const [byDefault] = choices
  const chosen = choices.find((one) => one === (config[property] ?? byDefault))
  if (chosen !== undefined) return chosen
  throw new GatewayError(
    'HG_CONFIG',
    `The ${property} of this node is not known. Open the node, choose ${choices.join(', ')}, and deploy.`,
  )
}
