import { ask } from './ask'
import { isFhirServer } from './healthcode-addresses'
import type { EditorNode } from './node-red'
import { otherThanText } from './typed'

/** At most so many are shown at a time: a server may have all types of R4. */
const MOST_SHOWN = 30

/**
 * Proposes an account's endpoints while one is typed: the keys of Healthcode's discovery document, or the types of
 * resources of a FHIR server. Any other text can be typed as well. What is Healthcode's own is shown for its accounts only.
 */
export function fhirEndpoints(node: EditorNode): void {
  const account = $('#node-input-account')
  const input = $('#node-input-endpoint')
  const result = $('.health-gateways-endpoints')
  let known: string[] = []
  let asked = ''

  const load = () => {
    const id = String(account.val())
    // Only Healthcode has sites, and versions of its APIs.
    $('.health-gateways-healthcode').toggle(!isFhirServer(RED.nodes.node(id) ?? {}))
    if (id === asked) return
    asked = id
    known = []
    if (id === '' || id === '_ADD_') {
      result.text('')
      return
    }
    result.text(node._('healthcode-fhir.loading'))
    void ask<{ endpoints: string[] }>(node, `healthcode-account/${id}/endpoints`, {}).then((answer) => {
      if (id !== asked) return
      known = answer.ok ? answer.endpoints : []
      result.text(answer.ok ? node._('healthcode-fhir.loaded', { count: String(known.length) }) : answer.text)
    })
  }

  const type = input.typedInput('type')
  const value = input.typedInput('value')
  const matching = (typed: string) =>
    known
      .filter((name) => name.toLowerCase().includes(typed.toLowerCase()))
      .slice(0, MOST_SHOWN)
      .map((name) => ({ value: name, label: name }))
  input.typedInput('types', [
    { value: 'str', label: 'string', icon: 'red/images/typedInput/az.svg', autoComplete: matching },
    ...otherThanText,
  ])
  input.typedInput('type', type)
  input.typedInput('value', value)
  account.on('change', load)
  load()
}
