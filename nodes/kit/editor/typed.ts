import type { EditorNode } from './node-red'

const sources = ['msg', 'flow', 'global', 'str', 'env', 'jsonata']

/** A property's name, with further sources where it has any. */
type TypedProperty = string | { name: string; also: string[] }

/**
 * Turns fields of a dialog into typed ones. A flow written by hand may lack a property and its type: the field then
 * shows what the node does without them.
 */
export function typed(node: EditorNode, ...properties: TypedProperty[]): void {
  const { defaults } = node._def
  for (const property of properties) {
    const { name, also } = typeof property === 'string' ? { name: property, also: [] } : property
    const type = `${name}Type`
    const field = $(`#node-input-${name}`)
    if (node[name] === undefined) field.val(defaults[name]?.value ?? '')
    field.typedInput({
      default: defaults[type]?.value ?? 'msg',
      types: [...sources, ...also],
      typeField: $(`#node-input-${type}`),
    })
  }
}
