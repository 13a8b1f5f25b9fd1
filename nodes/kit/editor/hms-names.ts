import { ask } from './ask'
import type { EditorNode } from './node-red'

/** Fills a selector with the names of a user's health management services; the one chosen goes into the field. */
export function hmsNames(node: EditorNode): void {
  const select = $('.health-gateways-hms-names')
  const result = $('.health-gateways-hms-result')
  const field = $('#node-input-hms')

  $('.health-gateways-hms-load').on('click', () => {
    const account = String($('#node-input-account').val())
    if (account === '' || account === '_ADD_') {
      result.text(node._('hms-read.deployFirst'))
      return
    }
    select.hide()
    result.text(node._('hms-read.loading'))
    const user = $('#node-input-user')
    const known = user.typedInput('type') === 'str' ? user.typedInput('value') : ''
    void ask<{ user: string; names: string[] }>(node, `hms-read/${account}/names`, { user: known }).then(
      (answer) => {
        if (answer.ok) show(answer)
        else result.text(answer.text)
      },
    )
  })

  select.on('change', () => {
    const name = String(select.val())
    if (name === '') return
    field.typedInput('type', 'str')
    field.typedInput('value', name)
  })

  const show = ({ user, names }: { user: string; names: string[] }) => {
    result.text(node._(names.length > 0 ? 'hms-read.ofUser' : 'hms-read.none', { user }))
    if (names.length === 0) return
    select.empty().append($('<option value=""></option>').text('…'))
    for (const name of names) $('<option></option>').val(name).text(name).appendTo(select)
    select.show()
  }
}
