import assert from 'node:assert/strict'
import type { Page } from 'playwright-core'
import { anyPort, exampleOf, nodeOf } from '../../runtime/support/example'
import { type NodeRed, startNodeRed } from '../../runtime/support/node-red'
import { manifest } from '../../runtime/support/package'
import { type Editor, openEditor } from './editor'

/** To be called in a `describe`: its tests find the example imported into an empty Node-RED, and deployed. */
export function importExample(number: string): ImportedExample {
  const example = new ImportedExample(number)
  before(() => example.start())
  after(() => example.stop())
  afterEach(() => {
    assert.deepEqual(example.editor.errors, [])
  })
  return example
}

export class ImportedExample {
  readonly #number: string
  #nodeRed: NodeRed | undefined
  #editor: Editor | undefined

  constructor(number: string) {
    this.#number = number
  }

  get nodeRed(): NodeRed {
    if (!this.#nodeRed) throw new Error('Node-RED has not been started')
    return this.#nodeRed
  }

  get editor(): Editor {
    if (!this.#editor) throw new Error('The editor has not been opened')
    return this.#editor
  }

  async start(): Promise<void> {
    this.#nodeRed = await startNodeRed({ env: anyPort })
    this.#editor = await openEditor(this.#nodeRed, { width: 1680 })
    await this.#editor.importExample(manifest.name, exampleOf(this.#number).name)
    await this.#editor.deploy()
  }

  async stop(): Promise<void> {
    await this.#editor?.close()
    await this.#nodeRed?.stop()
  }

  id(type: string, name?: string): string {
    return nodeOf(exampleOf(this.#number).flow, type, name).id
  }

  /** Clicks the button of an inject node. */
  press(name: string): Promise<void> {
    return this.editor.inject(this.id('inject', name))
  }

  /** Waits for what stands under a node. */
  async status(fits: RegExp, type: string, name?: string): Promise<void> {
    const id = this.id(type, name)
    await this.editor.show(id)
    const label = this.editor.page.locator(`g[id="${id}"] .red-ui-flow-node-status-label`)
    await label.filter({ hasText: fits }).waitFor()
  }

  /** A page of this Node-RED, or of another server, in the editor's browser. */
  async visit(address: string): Promise<Page> {
    const page = await this.editor.newPage()
    await page.goto(new URL(address, this.nodeRed.url).href)
    return page
  }

  /** The browser writes a page with this status to its console as an error; here it is meant. */
  expectRefusal(status: number): void {
    const { errors } = this.editor
    const others = errors.filter((text) => !text.includes(`status of ${status}`))
    assert.notEqual(others.length, errors.length)
    errors.splice(0, errors.length, ...others)
  }

  async screenshot(page?: Page): Promise<void> {
    const name = `${this.nodeRed.version}-example-${this.#number}${page ? '-page' : ''}`
    await this.editor.screenshot(name, page)
  }
}
