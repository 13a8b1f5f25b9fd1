import assert from 'node:assert/strict'
import { mkdirSync } from 'node:fs'
import path from 'node:path'
import type { Browser, BrowserContext, Locator, Page } from 'playwright-core'
import { anyPort } from '../../runtime/support/example'
import { type FlowNode, type NodeRed, startNodeRed } from '../../runtime/support/node-red'
import { launchChromium, watch } from './chromium'

export interface EditorOptions {
  /** Language of the browser, which the editor follows. Default en-US. */
  locale?: string
  /** Node-RED 5 has a dark theme; in 4.1 only our own pages follow the browser's wish. */
  dark?: boolean
  width?: number
  height?: number
}

export interface PaletteNode {
  type: string
  label: string
  category: string
}

/** The editor's own global, as far as the tests use it. */
interface EditorGlobal {
  RED: {
    actions: { invoke(name: string): void }
    editor: { edit(node: object): void; editConfig(name: string, type: string, id: string): void }
    nodes: {
      node(id: string): object | null
      getType(type: string): { category: string } | undefined
      dirty(): boolean
      id(): string
      filterNodes(filter: object): { id: string; type: string }[]
    }
    view: { reveal(id: string): void }
    workspaces: { show(id: string): void }
  }
}

const screenshots = path.join(__dirname, '../../../.cache/screenshots')

/** To be called in a `describe`: hands over a Node-RED with these flows, in an editor that no test leaves an error in. */
export function useEditor(
  flows: FlowNode[],
  take: (opened: { nodeRed: NodeRed; editor: Editor }) => void,
  options: EditorOptions = {},
): void {
  let nodeRed: NodeRed | undefined
  let editor: Editor | undefined
  before(async () => {
    nodeRed = await startNodeRed({ flows, env: anyPort })
    editor = await openEditor(nodeRed, options)
    take({ nodeRed, editor })
  })
  after(async () => {
    await editor?.close()
    await nodeRed?.stop()
  })
  afterEach(() => {
    assert.deepEqual(editor?.errors, [])
  })
}

/** Opens Node-RED's editor in a browser of its own, with empty storage. Close it when done. */
export async function openEditor(nodeRed: NodeRed, options: EditorOptions = {}): Promise<Editor> {
  const browser = await launchChromium()
  const context = await browser.newContext({
    locale: options.locale ?? 'en-US',
    colorScheme: options.dark ? 'dark' : 'light',
    viewport: { width: options.width ?? 1280, height: options.height ?? 900 },
  })
  context.setDefaultTimeout(10_000)
  const theme = options.dark ? 'dark' : 'light'
  await context.addInitScript((value) => {
    // Pages of the sandbox are not allowed any storage.
    if (window.origin !== 'null') localStorage.setItem('view-dark-theme', value)
  }, theme)
  const editor = new Editor(browser, context, await context.newPage())
  await editor.open(`${nodeRed.url}${nodeRed.adminRoot}/`)
  return editor
}

export class Editor {
  /** Uncaught errors, errors on the console and requests to another machine, of every page of this browser. */
  readonly errors: string[] = []
  readonly page: Page
  readonly context: BrowserContext
  readonly #browser: Browser

  constructor(browser: Browser, context: BrowserContext, page: Page) {
    this.#browser = browser
    this.context = context
    this.page = page
    watch(context, this.errors)
  }

  async open(url: string): Promise<void> {
    await this.page.goto(url)
    await this.#ready()
  }

  /** Begins anew, with what is deployed. */
  async reload(): Promise<void> {
    await this.page.reload()
    await this.#ready()
  }
  close(): Promise<void> {
    return this.#browser.close()
  }

  /** Another page of the same browser: it shares the cookies. */
  newPage(): Promise<Page> {
    return this.context.newPage()
  }

  /** Every node of the palette, with what a person reads there. */
  palette(): Promise<PaletteNode[]> {
    return this.page.locator('[data-palette-type]').evaluateAll((nodes) =>
      nodes.map((node) => {
        const category = node.closest('.red-ui-palette-category')
        return {
          type: node.getAttribute('data-palette-type') ?? '',
          label: node.querySelector('.red-ui-palette-label')?.textContent.trim() ?? '',
          category: category?.querySelector('.red-ui-palette-header')?.textContent.trim() ?? '',
        }
      }),
    )
  }

  /**
   * Imports an example as a person does: menu, Import, Examples, the package, the example, Import. Where a node of it
   * is there already, an account for instance, the editor asks, and the person imports a copy.
   */
  async importExample(packageName: string, example: string): Promise<void> {
    const before = await this.#countNodes()
    await this.invoke('core:show-examples-import-dialog')
    const library = this.page.locator('#red-ui-clipboard-dialog-import-tab-examples')
    await library.getByText(packageName, { exact: true }).click()
    await library.getByText(example, { exact: true }).click()
    await this.page.locator('#red-ui-clipboard-dialog-import-opt-new').click()
    await this.page.locator('#red-ui-clipboard-dialog-ok').click()
    await this.page.locator('#red-ui-clipboard-dialog').waitFor({ state: 'hidden' })
    const copy = this.page.getByRole('button', { name: 'Import copy' })
    while ((await this.#countNodes()) === before && !(await copy.isVisible()))
      await this.page.waitForTimeout(50)
    if (await copy.isVisible()) {
      await copy.click()
      await copy.waitFor({ state: 'detached' })
    }
    // Where the canvas is visible, nodes hang on the pointer until a click puts them down.
    await this.page.waitForTimeout(300)
  }

  /** Deploys and waits until the button is grey again. */
  async deploy(): Promise<void> {
    const button = this.page.locator('#red-ui-header-button-deploy')
    await button.click()
    const confirm = this.page.locator(
      '.red-ui-notification button.primary, #node-dialog-confirm-deploy-deploy',
    )
    await this.page.waitForTimeout(200)
    if (await confirm.first().isVisible()) await confirm.first().click()
    await this.page.waitForFunction(() => !(globalThis as unknown as EditorGlobal).RED.nodes.dirty())
  }

  /** Opens the dialog of a node on the canvas; the result is the form. */
  async editNode(id: string): Promise<Locator> {
    await this.page.evaluate((nodeId) => {
      const { RED } = globalThis as unknown as EditorGlobal
      const node = RED.nodes.node(nodeId)
      if (node === null) throw new Error(`The editor has no node ${nodeId}`)
      RED.editor.edit(node)
    }, id)
    return this.#dialog()
  }

  /** Opens the dialog of an account or another config node; without an id a new one. */
  async editConfig(type: string, id = '_ADD_'): Promise<Locator> {
    await this.page.evaluate(
      ([configType, configId]) => {
        ;(globalThis as unknown as EditorGlobal).RED.editor.editConfig('', configType!, configId!)
      },
      [type, id],
    )
    return this.#dialog()
  }

  /** Ends the dialog on top with the button that saves (`ok`) or the one that does not. */
  async endDialog(button: 'ok' | 'cancel' = 'cancel'): Promise<void> {
    const tray = this.page.locator('.red-ui-tray').last()
    await tray.locator(`#node-dialog-${button}, #node-config-dialog-${button}`).click()
    await tray.waitFor({ state: 'detached' })
  }

  /** Clicks the button of an inject node. */
  async inject(id: string): Promise<void> {
    await this.show(id)
    await this.page.locator(`g#${cssId(id)} .red-ui-flow-node-button-button`).click()
  }

  /** Brings the tab of a node to the front and scrolls to the node. */
  async show(id: string): Promise<void> {
    await this.page.evaluate((nodeId) => {
      ;(globalThis as unknown as EditorGlobal).RED.view.reveal(nodeId)
    }, id)
    await this.page.locator(`g#${cssId(id)}`).waitFor()
  }

  /** What stands under a node on the canvas. */
  async statusText(id: string): Promise<string> {
    const label = this.page.locator(`g#${cssId(id)} .red-ui-flow-node-status-label`)
    return (await label.textContent()) ?? ''
  }

  /** Nodes of a type that the editor holds, deployed or not. */
  nodesOfType(type: string): Promise<string[]> {
    return this.page.evaluate(
      (nodeType) =>
        (globalThis as unknown as EditorGlobal).RED.nodes.filterNodes({ type: nodeType }).map(({ id }) => id),
      type,
    )
  }

  invoke(action: string): Promise<void> {
    return this.page.evaluate((name) => {
      ;(globalThis as unknown as EditorGlobal).RED.actions.invoke(name)
    }, action)
  }

  /** A picture for people, in `.cache/screenshots`. */
  async screenshot(name: string, page = this.page): Promise<void> {
    mkdirSync(screenshots, { recursive: true })
    await page.screenshot({ path: path.join(screenshots, `${name}.png`) })
  }

  #countNodes(): Promise<number> {
    return this.page.evaluate(() => (globalThis as unknown as EditorGlobal).RED.nodes.filterNodes({}).length)
  }

  async #ready(): Promise<void> {
    await this.page.waitForFunction(
      () => (globalThis as unknown as Partial<EditorGlobal>).RED?.nodes.getType('inject') !== undefined,
    )
    await this.page.locator('#red-ui-loading-progress').waitFor({ state: 'hidden' })
    await this.page.locator('.red-ui-palette-node').first().waitFor({ state: 'attached' })
  }

  /** The tray slides in from the right, and takes another moment to set the focus. */
  async #dialog(): Promise<Locator> {
    const tray = this.page.locator('.red-ui-tray').last()
    await tray.waitFor()
    await this.page.waitForFunction(
      (element) => getComputedStyle(element).right === '0px',
      await tray.elementHandle(),
    )
    await this.page.waitForTimeout(200)
    return tray
  }
}

/** A field in the dialog of an account or another config node. */
export function configField(dialog: Locator, name: string): Locator {
  return dialog.locator(`#node-config-input-${name}`)
}

/** Clicks "Test" in the dialog of an account, and waits for this line. */
export async function testAccount(dialog: Locator, line: string | RegExp): Promise<void> {
  await dialog.getByRole('button', { name: 'Test' }).click()
  await dialog.locator('.health-gateways-test-result').getByText(line).waitFor()
}

/** Node ids may begin with a digit, which a selector must escape. */
const cssId = (id: string) => id.replace(/^\d/, (digit) => `\\3${digit} `)
