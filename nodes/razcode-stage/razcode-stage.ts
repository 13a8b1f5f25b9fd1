import type { NodeAPI, NodeStatus } from 'node-red'
import { outgoingDocument } from '../../src/documents/outgoing'
import { GatewayError, toGatewayError } from '../../src/errors'
import { isPlainHttp } from '../../src/http/plain'
import { drawQr, errorCorrections, qrFormats } from '../../src/qr'
import { actionNode } from '../kit/action-node'
import { choice } from '../kit/choice'
import { document, isDefault, isEmpty, optionalId, type Input } from '../kit/inputs'
import { answer } from '../kit/messages'
import { held } from '../kit/status'
import type { RazcodeClients } from '../razcode-account/razcode-account'

/** JSON, as text or as what it stands for. Text is passed on untouched. A source that is named has to give some. */
const payment: Input<string | undefined> = {
  value: 'payment',
  type: 'msg',
  read(value, source) {
    if (isDefault(source, 'payment') && isEmpty(value)) return undefined
    const json = isEmpty(value) ? undefined : jsonOf(value)
    if (json !== undefined) return json
    throw new GatewayError(
      'HG_INPUT',
      'The payment request is not JSON. Give an object, or a string that holds JSON.',
    )
  },
}

const inputs = {
  document,
  restrictTo: optionalId('restrictTo', 'user to whom the record is restricted'),
  organisation: optionalId('organisation', 'organisation that stages the record'),
  payment,
}

export default function (RED: NodeAPI): void {
  actionNode<RazcodeClients, typeof inputs>(RED, {
    type: 'razcode-stage',
    provider: 'razcode',
    operation: 'stage',
    account: 'razcode-account',
    inputs,
    async run({ client, config, organisations, people, signal, used, values, warn }) {
      const { razcode } = client
      choice(config, 'delivery', ['direct'])
      const code = choice(config, 'code', ['tag', 'uri', 'qr'])
      const format = choice(config, 'qrFormat', qrFormats)
      const errorCorrection = choice(config, 'qrErrorCorrection', errorCorrections)
      const { text } = await outgoingDocument(values.document)
      const user = values.restrictTo
      const person = user === undefined ? undefined : await people.get(user)
      const organisation =
        values.organisation === undefined ? undefined : await organisations.get(values.organisation)
      const request = { her: text, restrictTo: person, pmt: values.payment }
      const endpoint = code === 'tag' ? 'stage' : 'stageUrl'
      const { response, ...staged } = await razcode[endpoint](request, organisation, signal)
      if (organisation) await used(organisation)

      const payload: Record<string, unknown> = { ...staged }
      let status: NodeStatus | undefined
      if (isPlainHttp(new URL(razcode.addressOf(endpoint)))) status = held('status.plainHttp')
      if (code === 'qr' && staged.razUri !== undefined) {
        try {
          payload.qr = await drawQr(staged.razUri, format, errorCorrection)
        } catch (error) {
          // The record is staged: what came back is worth more than the picture of it.
          warn(toGatewayError(error).message)
          status = held('status.noQr')
        }
      }
      if (staged.pmt?.toLowerCase() === 'invalid') status = held('status.paymentInvalid')
      return { ...answer(response), payload, user, ...(status ? { status } : {}) }
    },
  })
}

function jsonOf(value: unknown): string | undefined {
  try {
    if (typeof value === 'string') {
      JSON.parse(value)
      return value
    }
    // Of other classes, such as Map or Buffer, JSON holds something else than is meant.
    const kind = Object.prototype.toString.call(value)
    return kind === '[object Object]' || kind === '[object Array]' ? JSON.stringify(value) : undefined
  } catch {
    return undefined
  }
}
