import { readFileSync } from 'node:fs'
import path from 'node:path'

const inclusion = /^ *<!-- row ([\w-]+)((?: \w+="[^"]*")*) -->$/gm

/**
 * Puts the rows that dialogs share into a node's html. `<!-- row typed property="user" icon="user" label="label.user" -->`
 * is replaced by `typed.html` of `folder`, each `__name__` in it by the attribute of that name; `__kind__` is what
 * Node-RED wants in an id, `input` or `config-input`, and `__property__`, where it is not given, the row's own name. An attribute `options="a=catalog.key b=catalog.other"` becomes the
 * options of a selector.
 */
export function withRows(html, folder) {
  const kind = /category:\s*['"]config['"]/.test(html) ? 'config-input' : 'input'
  const result = html.replace(inclusion, (_line, row, attributes) => {
    const values = { kind, property: row }
    for (const [, name, value] of attributes.matchAll(/ (\w+)="([^"]*)"/g))
      values[name] = name === 'options' ? optionsOf(value) : value
    return readFileSync(path.join(folder, `${row}.html`), 'utf8').replace(/__([a-z]+?)__/g, (_text, name) => {
      if (name in values) return values[name]
      throw new Error(`The row "${row}" needs ${name}="…"`)
    })
  })
  if (result.includes('<!-- row ')) throw new Error('A row is included in a way that is not understood')
  return result
}

function optionsOf(attribute) {
  return attribute
    .split(' ')
    .map((option) => option.split('='))
    .map(([value, key]) => `<option value="${value}" data-i18n="${key}"></option>`)
    .join('\n    ')
}
