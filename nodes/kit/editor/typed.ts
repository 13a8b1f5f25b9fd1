import './node-red'

const sources = ['msg', 'flow', 'global', 'str', 'env', 'jsonata']

/**
 * Turns the fields of a dialog into typed ones: `{ user: 'msg' }` names each property and the type that it has when
 * nothing is set.
 */
export function typed(properties: Readonly<Record<string, string>>): void {
  for (const [name, type] of Object.entries(properties)) {
    $(`#node-input-${name}`).typedInput({
      default: type,
      types: sources,
      typeField: $(`#node-input-${name}Type`),
    })
  }
}
