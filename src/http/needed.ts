import { GatewayError, toGatewayError } from '../errors'

/**
 * What a request needs before it can be sent. Where that cannot be had, the error says that the request itself did not
 * arrive: `detail.arrived` is no, whatever became of the asking.
 * @param failed as it reads in "<failed>, so nothing else was sent: …"
 */
export async function needed<T>(failed: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (thrown) {
    const { code, message, cause } = toGatewayError(thrown)
    const detail = (cause.detail ?? {}) as { arrived?: unknown }
    // An answer's sentence names whom it is of.
    const sentence =
      detail.arrived === undefined ? message : `${failed}, so nothing else was sent: ${message}`
    throw new GatewayError(code, sentence, { ...cause, detail: { ...detail, arrived: 'no' } })
  }
}
