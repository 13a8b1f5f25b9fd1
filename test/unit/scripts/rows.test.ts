import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

interface Rows {
  withRows(html: string, folder: string): string
}

describe('the rows that dialogs share', () => {
  let folder: string
  let rows: Rows

  before(async () => {
    rows = (await import(join(__dirname, '../../../scripts/lib/rows.mjs'))) as Rows
    folder = mkdtempSync(join(tmpdir(), 'hg-rows-'))
    writeFileSync(join(folder, 'field.html'), '<input id="node-__kind__-__property__">')
  })
  after(() => {
    rmSync(folder, { recursive: true })
  })

  it('are put in with their attributes, by the kind of node', () => {
    const row = '  <!-- row field property="user" -->'
    assert.equal(rows.withRows(`a\n${row}\nb`, folder), 'a\n<input id="node-input-user">\nb')
    assert.match(rows.withRows(`${row}\ncategory: 'config'`, folder), /node-config-input-user/)
    assert.match(rows.withRows('<!-- row field -->', folder), /node-input-field/)
  })

  it('may have the options of a selector', () => {
    writeFileSync(join(folder, 'choice.html'), '<select>__options__</select>')
    assert.equal(
      rows.withRows('<!-- row choice options="a=x.a b=x.b" -->', folder),
      '<select><option value="a" data-i18n="x.a"></option>\n    <option value="b" data-i18n="x.b"></option></select>',
    )
  })

  it('may be pieces of the script', () => {
    writeFileSync(join(folder, 'start.txt'), "  __property__: { value: '__value__' },\n")
    assert.equal(
      rows.withRows(`{\n  // row start property="a" value="b"\n}`, folder),
      "{\n  a: { value: 'b' },\n}",
    )
    assert.throws(() => rows.withRows('// row start property="a" ', folder), /not understood/)
  })

  it('must exist, be complete and be understood', () => {
    assert.throws(() => rows.withRows('<!-- row none -->', folder), /ENOENT/)
    assert.throws(() => rows.withRows('<!-- row choice -->', folder), /needs options=/)
    assert.throws(() => rows.withRows('<p><!-- row field property="user" --></p>', folder), /not understood/)
  })
})
