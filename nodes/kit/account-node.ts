import type { NodeAPI } from 'node-red'
import { Account, type AccountConfig, type AccountNode, type Credentials, type Provider } from './account'
import { editorCall } from './editor-call'

/** What the editor puts in the place of a password that it does not have. */
const STORED = '__PWRD__'

/** Nobody looks at a dialog for longer. */
const LONGEST_TEST_S = 60

/** Registers the config node of a provider, and what its Test button calls. */
export function accountNode<Name extends string, E extends Readonly<Record<string, string>>, Client>(
  RED: NodeAPI,
  definition: Provider<Name, E, Client>,
): void {
  function AccountConstructor(this: AccountNode<Client>, config: AccountConfig): void {
    RED.nodes.createNode(this, config)
    const account = new Account(RED, definition, config, this.credentials)
    this.account = account
    account.announce((text) => {
      this.log(text)
    })
    this.on('close', (closed: () => void) => {
      account.close().then(closed, closed)
    })
  }

  const names = Object.entries(definition.credentials) as [Name, 'text' | 'password'][]
  RED.nodes.registerType(definition.type, AccountConstructor, {
    credentials: Object.fromEntries(names.map(([name, type]) => [name, { type }])),
  })

  RED.httpAdmin.get(
    `/health-gateways/${definition.type}/endpoints`,
    RED.auth.needsPermission('health-gateways.read'),
    (_request, response) => {
      response.json(definition.live)
    },
  )

  editorCall(RED, `${definition.type}/:id/test`, async (id, body) => {
    const form = body as { config?: AccountConfig; credentials?: Credentials<Name> } | undefined
    const config = {
      ...form?.config,
      timeout: Math.min(Number(form?.config?.timeout) || 30, LONGEST_TEST_S),
    }
    const account = new Account(
      RED,
      definition,
      { ...(environmentIn(RED, id, config) as AccountConfig), id },
      environmentIn(RED, id, enteredOrStored(RED, id, form?.credentials ?? {})) as Credentials<Name>,
    )
    const works = await account.test().finally(() => account.close())
    return works === undefined ? {} : { works }
  })
}

/** What the dialog holds, and the deployed node's own value where the dialog only has the place holder. */
function enteredOrStored<Name extends string>(
  RED: NodeAPI,
  id: string,
  entered: Credentials<Name>,
): Credentials<Name> {
  const node = RED.nodes.getNode(id) as { credentials?: Credentials<Name> } | null
  const stored: Credentials<Name> = node?.credentials ?? {}
  const result: Credentials<Name> = { ...stored }
  for (const [name, value] of Object.entries(entered) as [Name, string][]) {
    if (value !== STORED) result[name] = value
  }
  return result
}

/** `${NAME}` as Node-RED fills it in for a deployed node: it does not do so for what a dialog holds. */
function environmentIn(RED: NodeAPI, id: string, value: unknown): unknown {
  if (typeof value === 'string') {
    if (!/^\$\{[^}]+\}$/.test(value)) return value
    return RED.util.evaluateNodeProperty(value, 'env', RED.nodes.getNode(id), {}) as unknown
  }
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [name, environmentIn(RED, id, inner)]),
  )
}
