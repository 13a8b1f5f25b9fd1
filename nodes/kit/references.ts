import type { Node, NodeAPI } from 'node-red'
import { GatewayError } from '../../src/errors'
import type { ProxyOptions, TlsOptions } from '../../src/http/types'

/** A config node that another one names; HG_CONFIG if it is missing or disabled. */
export function referenced(RED: NodeAPI, id: string, type: string): Node {
  const node = RED.nodes.getNode(id) as Node | null
  if (node?.type === type) return node
  throw new GatewayError(
    'HG_CONFIG',
    `The ${type} node that the account names is missing or disabled. Choose one, and deploy.`,
  )
}

interface TlsConfigNode extends Node {
  addTLSOptions(options: TlsOptions): void
}

export function tlsOptions(RED: NodeAPI, id: string | undefined): TlsOptions | undefined {
  if (!id) return undefined
  const options: TlsOptions = {}
  const node = referenced(RED, id, 'tls-config') as TlsConfigNode
  node.addTLSOptions(options)
  return options
}

interface HttpProxyNode extends Node<{ username?: string; password?: string }> {
  url: string
  noproxy?: string[]
}

export function proxyOptions(RED: NodeAPI, id: string | undefined): ProxyOptions {
  if (!id) return 'environment'
  const node = referenced(RED, id, 'http proxy') as HttpProxyNode
  return { url: node.url, noProxy: node.noproxy, ...node.credentials }
}
