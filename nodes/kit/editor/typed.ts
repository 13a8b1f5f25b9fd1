import type { EditorNode } from './node-red'

const sources = ['msg', 'flow', 'global', 'str', 'env', 'jsonata']

/**
 * Turns fields of a dialog into typed ones. A flow written by hand may lack a property and its type: the field then
 * shows what the node does without them.
 */
export function typed(node: EditorNode, ...properties: string[]): void {
  const { defaults } = node._def
  for (const name of properties) {
    const type = `${name}Type`
    const field = $(`#node-input-${name}`)
    if (node[name] === undefined) field.val(defaults[name]?.value ?? '')
    field.typedInput({
      default: defaults[type]?.value ?? 'msg',
      types: sources,
      typeField: $(`#node-input-${type}`),
    })
  }
}
