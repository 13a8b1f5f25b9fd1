import type { EditorNode } from './node-red'

const sources = ['msg', 'flow', 'global', 'str', 'env', 'jsonata']

export const otherThanText = sources.filter((source) => source !== 'str')

/**
 * A property's name, with further sources where it has any, and with keys of the catalog: what an empty field says, and
 * what its row says when it is pointed at.
 */
type TypedProperty = string | { name: string; also?: string[]; hint?: string; tip?: string }

/**
 * Turns fields of a dialog into typed ones. A flow written by hand may lack properties: the dialog then shows what the
 * node does without them, and that is what it saves.
 */
export function typed(node: EditorNode, ...properties: TypedProperty[]): void {
  const { defaults } = node._def
  for (const [name, property] of Object.entries(defaults)) {
    if (node[name] === undefined)
      $(`#node-input-${name}`)
        .not(':checkbox')
        .val(property?.value ?? '')
  }
  for (const property of properties) {
    const { name, also = [], hint, tip } = typeof property === 'string' ? { name: property } : property
    const type = `${name}Type`
    const field = $(`#node-input-${name}`)
    if (tip) field.closest('.form-row').attr('title', node._(tip))
    // What is there before is what the typed field takes over.
    if (hint) field.attr('placeholder', node._(hint))
    field.typedInput({
      default: defaults[type]?.value ?? 'msg',
      types: [...sources, ...also],
      typeField: $(`#node-input-${type}`),
    })
  }
}

/** Lets a typed property be chosen from a list that this Node-RED has, where it is a text. */
export function choices(node: EditorNode, property: string, path: string): void {
  const input = $(`#node-input-${property}`)
  $.getJSON(`health-gateways/${path}`)
    .then((options: { value: string; label: string }[]) => {
      const value = input.typedInput('value')
      const type = input.typedInput('type')
      // Without a label the menu would show `str`; with an icon the label is only there.
      const list = { value: 'str', label: node._('label.listed'), icon: 'fa fa-list', options }
      input.typedInput('types', [list, ...otherThanText])
      input.typedInput('type', type)
      input.typedInput('value', value)
    })
    .catch(() => {
      // It stays a text then, and may have any name.
      input.attr('title', node._('account.noAnswer'))
    })
}
