/**
 * Shows what a dialog needs for the choice made in a selector: an element with `data-when="service=healthcode"` is there
 * while the field `service` has that value; several values are separated by `|`, several fields by a space.
 * @param prefix of the fields' ids
 */
export function showWhen(prefix: string): void {
  $('[data-when]').each(function () {
    const element = $(this)
    const conditions = String(element.data('when'))
      .split(' ')
      .map((condition) => condition.split('='))
      .map(([name = '', values = '']) => ({ field: $(prefix + name), values: values.split('|') }))
    const show = () => {
      element.toggle(conditions.every(({ field, values }) => values.includes(String(field.val()))))
    }
    for (const { field } of conditions) field.on('change', show)
    show()
  })
}
