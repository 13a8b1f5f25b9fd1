import assert from 'node:assert/strict'
import type { Locator } from 'playwright-core'
import { type FlowNode, type NodeRed, startNodeRed } from '../runtime/support/node-red'
import { catalog, languages, nodeTypes } from '../runtime/support/package'
import { type Editor, openEditor } from './support/editor'

const inPalette = nodeTypes.filter(({ isConfig }) => !isConfig).map(({ type }) => type)

/** Every language in the light theme, English in the dark one as well. */
const views = [...languages.map((locale) => ({ locale, dark: false })), { locale: 'en-US', dark: true }]

/** One node of each type with nothing set: a flow file written by hand may leave every property out. */
const oneOfEach: FlowNode[] = [
  { id: 'tab', type: 'tab', label: 'All' },
  ...inPalette.map((type, index) => ({
    id: `a-${type}`,
    type,
    z: 'tab',
    x: 200,
    y: 60 + 60 * index,
    wires: [],
  })),
]

describe('the editor', function () {
  this.timeout(120_000)
  let nodeRed: NodeRed

  before(async () => {
    nodeRed = await startNodeRed({ flows: oneOfEach })
  })
  after(() => nodeRed.stop())

  for (const view of views) {
    const theme = view.dark ? 'dark' : 'light'
    describe(`in ${view.locale}, ${theme}`, () => {
      let editor: Editor

      before(async () => {
        editor = await openEditor(nodeRed, view)
      })
      after(() => editor.close())
      afterEach(async function () {
        // A dialog left open would fail every later test as well.
        if (this.currentTest?.isFailed()) await editor.reload()
      })

      it('shows all nodes in one category of the palette, each with a name for people', async () => {
        const ours = (await editor.palette()).filter(({ category }) => category === 'health gateways')
        assert.deepEqual(ours.map(({ type }) => type).sort(), [...inPalette].sort())
        for (const { type, label } of ours) {
          assert.notEqual(label, '')
          assertNoKeys(type, [label])
        }
      })

      for (const { type, isConfig } of nodeTypes) {
        it(`shows the dialog of ${type} in words and within its width`, async () => {
          const dialog = isConfig ? await editor.editConfig(type) : await editor.editNode(`a-${type}`)
          await editor.screenshot(`${nodeRed.version}-${type}-${view.locale}-${theme}`)
          assertNoKeys(type, await texts(dialog))
          assert.deepEqual(await placeholders(editor), [])
          await assertTranslated(dialog)
          await assertFits(dialog)
          await editor.endDialog()
        })
      }

      it('has no error on any page', () => {
        assert.deepEqual(editor.errors, [])
      })
    })
  }
})

/** Values that a text was not given, anywhere on the page. */
async function placeholders(editor: Editor): Promise<string[]> {
  const text = await editor.page.innerText('body')
  return text.match(/.*(?:\{\{.*?\}\}|__\w+__).*/g) ?? []
}

/** Node-RED leaves a text empty, or shows the key, where a catalog does not have it; hidden parts count as well. */
async function assertTranslated(dialog: Locator): Promise<void> {
  const untranslated = await dialog.locator('[data-i18n]').evaluateAll((elements) =>
    elements.flatMap((element) =>
      (element.getAttribute('data-i18n') ?? '')
        .split(';')
        .map((entry) => /^(?:\[([\w-]+)\])?(.*)$/.exec(entry) ?? [])
        .filter(([, target, key]) => {
          const isText = target === undefined || ['html', 'append', 'prepend'].includes(target)
          const shown = isText ? element.textContent : element.getAttribute(target)
          return ['', key].includes(shown?.trim() ?? '')
        })
        .map(([entry]) => entry),
    ),
  )
  assert.deepEqual(untranslated, [])
}

/** What is wider than the dialog is cut off or scrolls sideways, in the form or in a frame around it. */
async function assertFits(dialog: Locator): Promise<void> {
  const tooNarrow = await dialog.locator('form').evaluateAll((forms) => {
    const found: string[] = []
    for (const form of forms) {
      for (let frame: Element | null = form; frame?.closest('.red-ui-tray'); frame = frame.parentElement) {
        if (frame.scrollWidth > frame.clientWidth && frame.clientWidth > 0) {
          found.push(
            `${frame.className || frame.id} needs ${frame.scrollWidth} pixels, has ${frame.clientWidth}`,
          )
        }
      }
    }
    return found
  })
  assert.deepEqual(tooNarrow, [])
}

/** All that a person can read in a dialog: visible text, and what stands in fields and tooltips. */
function texts(dialog: Locator): Promise<string[]> {
  return dialog.locator('.red-ui-tray-body').evaluate((body) =>
    Array.from(body.querySelectorAll<HTMLElement>('*'))
      .filter((element) => element.checkVisibility())
      .flatMap((element) => [
        ...Array.from(element.childNodes)
          .filter(({ nodeType }) => nodeType === 3)
          .map(({ textContent }) => textContent),
        ...['placeholder', 'title', 'aria-label'].map((name) => element.getAttribute(name)),
      ])
      .map((text) => text?.trim() ?? '')
      .filter((text) => text !== ''),
  )
}

/** i18next shows a key that it does not find as it is: `razcode-account.consumerKey`. */
function assertNoKeys(type: string, shown: string[]): void {
  const groups = Object.keys(catalog(type, 'en-US')).join('|')
  const key = new RegExp(`^([\\w@/-]+:)?(${groups})(\\.[\\w-]+)+$`)
  assert.deepEqual(
    shown.filter((text) => key.test(text)),
    [],
  )
}
