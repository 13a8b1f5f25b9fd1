import { readFileSync } from 'node:fs'
import path from 'node:path'

const attributes = /((?: \w+="[^"]*")*)/.source
const inclusions = [
  { pattern: new RegExp(`^ *<!-- row ([\\w-]+)${attributes} -->$`, 'gm'), ending: 'html' },
  { pattern: new RegExp(`^ *// row ([\\w-]+)${attributes}\n`, 'gm'), ending: 'txt' },
]

/**
 * Puts the rows that dialogs share into a node's html. `<!-- row typed property="user" icon="user" label="label.user" -->`
 * is replaced by `typed.html` of `folder`, each `__name__` in it by the attribute of that name; `__kind__` is what
 * Node-RED wants in an id, `input` or `config-input`, and `__property__`, where it is not given, the row's own name. An
 * attribute `options="a=catalog.key b=catalog.other"` becomes the options of a selector. What they share of the script,
 * `// row typed-defaults property="user" value="user" type="msg"`, is in `typed-defaults.txt`: pieces of the literal
 * that Node-RED's scorecard reads.
 */
export function withRows(html, folder) {
  const kind = /category:\s*['"]config['"]/.test(html) ? 'config-input' : 'input'
  const result = included(included(html, kind, folder), kind, folder)
  if (/<!-- row |\/\/ row /.test(result)) throw new Error('A row is included in a way that is not understood')
  return result
}

function included(html, kind, folder) {
  let result = html
  for (const { pattern, ending } of inclusions) {
    result = result.replace(pattern, (_line, row, given) => {
      const values = { kind, property: row }
      for (const [, name, value] of given.matchAll(/ (\w+)="([^"]*)"/g))
        values[name] = name === 'options' ? optionsOf(value) : value
      return readFileSync(path.join(folder, `${row}.${ending}`), 'utf8').replace(
        /__([a-z]+?)__/g,
        (_text, name) => {
          if (name in values) return values[name]
          throw new Error(`The row "${row}" needs ${name}="…"`)
        },
      )
    })
  }
  return result
}

function optionsOf(attribute) {
  return attribute
    .split(' ')
    .map((option) => option.split('='))
    .map(([value, key]) => `<option value="${value}" data-i18n="${key}"></option>`)
    .join('\n    ')
}
