import { createHmac } from 'node:crypto'
import { GatewayError } from '../../src/errors'
import { startSandbox, type Sandbox } from '../../src/sandbox/sandbox'

/** Fixed where it is free, so that a browser on another machine can reach it through one tunnel. */
const PORT = 18880

let running: Promise<Sandbox> | undefined

/**
 * The sandbox of this Node-RED process: started by the first account that needs it, kept until the process ends, so
 * that its pages and documents outlive a deploy. `key` keeps the tokens that it issued valid over a restart.
 */
export function sandbox(key: string): Promise<Sandbox> {
  running ??= start(key).catch((error: unknown) => {
    running = undefined
    throw new GatewayError('HG_CONFIG', error instanceof Error ? error.message : String(error))
  })
  return running
}

async function start(key: string): Promise<Sandbox> {
  const started = await startSandbox({
    port: Number(process.env.HEALTH_GATEWAYS_SANDBOX_PORT ?? PORT),
    fallbackToAnyPort: true,
    secret: createHmac('sha256', key).update('health-gateways sandbox').digest('hex'),
  })
  started.unref()
  return started
}
