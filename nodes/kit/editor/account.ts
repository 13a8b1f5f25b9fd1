import { ask } from './ask'
import type { EditorNode } from './node-red'
import { showWhen } from './when'

export type Addresses = Readonly<Record<string, string>>

/** The dialog of an account: which fields its environment needs, the addresses, the Test button. */
export const account = {
  /** @returns the live addresses; none where Node-RED does not tell them */
  prepare(node: EditorNode): Promise<Addresses> {
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
    testButton(node)
    return addressFields(node)
  },

  /** Collects the addresses; the fields with an id of Node-RED's own are read by the editor. */
  save(node: EditorNode): void {
    node.urls = addresses(node)
  },
}

/** Fills the fields that the dialog has of itself, and lists one for each other address, those of the account's provider first. */
async function addressFields(node: EditorNode): Promise<Addresses> {
  const list = $('.health-gateways-urls').empty()
  const own = new Set<string>()
  $('.health-gateways-url').each(function () {
    const key = keyOf(this)
    own.add(key)
    $(this).val(node.urls?.[key] ?? '')
  })
  try {
    const live = (await $.getJSON(`health-gateways/${node.type}/endpoints`)) as Addresses
    $('.health-gateways-url[placeholder=""]').each(function () {
      $(this).attr('placeholder', live[keyOf(this)] ?? '')
    })
    const all = { ...live, ...node.urls }
    for (const key of Object.keys(all).filter((name) => !own.has(name))) {
      const id = `health-gateways-url-${key}`
      const row = $('<div class="form-row"></div>').appendTo(list)
      $('<label style="width: 150px"></label>').attr('for', id).text(key).appendTo(row)
      $('<input type="text" class="health-gateways-url" style="width: calc(100% - 160px)">')
        .attr({ id, 'data-key': key, placeholder: live[key] ?? '' })
        .val(node.urls?.[key] ?? '')
        .appendTo(row)
    }
    return live
  } catch {
    list.text(node._('account.noAnswer'))
    return {}
  }
}

/** What the dialog shows, and what the node has where the dialog does not show it (yet). A disabled field has no address. */
function addresses(node: EditorNode): Record<string, string> {
  const urls = new Map(Object.entries(node.urls ?? {}))
  $('.health-gateways-url').each(function () {
    const value = $(this).is(':disabled') ? '' : String($(this).val()).trim()
    if (value === '') urls.delete(keyOf(this))
    else urls.set(keyOf(this), value)
  })
  return Object.fromEntries(urls)
}

const keyOf = (field: HTMLElement) => String($(field).data('key'))

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
  const hasField = (name: string) => $(`#node-config-input-${name}`).length > 0
  const values = names.map((name) => [name, hasField(name) ? field(name) : node[name]] as const)
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
