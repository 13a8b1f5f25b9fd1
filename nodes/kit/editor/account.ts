import { ask } from './ask'
import type { EditorNode } from './node-red'
import { showWhen } from './when'

/** The dialog of an account: which fields its environment needs, the addresses, the Test button. */
export const account = {
  prepare(node: EditorNode): void {
    // A flow written by hand may lack properties: the account does without them what the dialog says then.
    for (const [name, property] of Object.entries(node._def.defaults)) {
      if (node[name] === undefined && property?.value) $(`#node-config-input-${name}`).val(property.value)
    }
    const environment = $('#node-config-input-environment')
    const show = () => {
      const chosen = String(environment.val())
      $('.health-gateways-custom').toggle(chosen === 'custom')
      $('.health-gateways-sandbox').toggle(chosen === 'sandbox')
    }
    environment.on('change', show)
    show()
    showWhen('#node-config-input-')
    addressFields(node)
    testButton(node)
  },

  /** Collects the addresses; the fields with an id of Node-RED's own are read by the editor. */
  save(node: EditorNode): void {
    node.urls = addresses(node)
  },
}

function addressFields(node: EditorNode): void {
  const list = $('.health-gateways-urls').empty()
  $.getJSON(`health-gateways/${node.type}/endpoints`)
    .then((live: Record<string, string>) => {
      for (const [key, url] of Object.entries({ ...node.urls, ...live })) {
        const id = `health-gateways-url-${key}`
        const row = $('<div class="form-row"></div>').appendTo(list)
        $('<label style="width: 150px"></label>').attr('for', id).text(key).appendTo(row)
        $('<input type="text" class="health-gateways-url" style="width: calc(100% - 160px)">')
          .attr({ id, 'data-key': key, placeholder: url })
          .val(node.urls?.[key] ?? '')
          .appendTo(row)
      }
    })
    .catch(() => {
      list.text(node._('account.noAnswer'))
    })
}

/** What the dialog shows, and what the node has where the dialog does not show it (yet). */
function addresses(node: EditorNode): Record<string, string> {
  const urls = new Map(Object.entries(node.urls ?? {}))
  $('.health-gateways-url').each(function () {
    const key = String($(this).data('key'))
    const value = String($(this).val()).trim()
    if (value === '') urls.delete(key)
    else urls.set(key, value)
  })
  return Object.fromEntries(urls)
}

function testButton(node: EditorNode): void {
  const result = $('.health-gateways-test-result')
  // What was tested is no longer what is there.
  $('[id^="node-config-input-"]').on('input change', () => result.text(''))
  $('.health-gateways-test').on('click', () => {
    result.text(node._('account.testing'))
    const entered = { config: form(node), credentials: credentials() }
    void ask<{ works?: string }>(node, `${node.type}/${node.id}/test`, entered).then((answer) =>
      result.text(answer.ok ? node._(answer.works ?? 'account.works') : answer.text),
    )
  })
}

function form(node: EditorNode): Record<string, unknown> {
  const names = Object.keys(node._def.defaults).filter((name) => name !== 'urls')
  const values = names.map((name) => [name, field(name)] as const)
  // The selectors of config nodes say "_ADD_" where none is chosen.
  return { ...Object.fromEntries(values.filter(([, value]) => value !== '_ADD_')), urls: addresses(node) }
}

function credentials(): Record<string, string> {
  const names = $('[data-credential]').map((_, input) => String($(input).data('credential')))
  return Object.fromEntries([...names].map((name) => [name, field(name)]))
}

function field(name: string): string {
  const value: unknown = $(`#node-config-input-${name}`).val()
  return typeof value === 'string' ? value : ''
}
