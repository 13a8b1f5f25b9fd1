import type { Call, Reply } from '../call'
import { escapeXml } from '../ccr/read'

/**
 * The live service's wire format is not documented. The names, `ACK` above all, are those of the payment services of
 * its time, which answered with name=value; that is the default.
 */
export function stageAnswer(call: Call, parameters: Record<string, string>): Reply {
  const { ACK, ...rest } = parameters
  const told = call.isTo('noAck') || ACK === undefined ? rest : parameters
  if (call.isTo('asJson')) return ok('application/json; charset=utf-8', JSON.stringify(told))
  if (call.isTo('asXml')) return ok('application/xml; charset=utf-8', asXml(told))
  return ok('application/x-www-form-urlencoded', new URLSearchParams(told).toString())
}

function ok(type: string, body: string): Reply {
  return { status: 200, headers: { 'content-type': type }, body }
}

function asXml(parameters: Record<string, string>): string {
  const elements = Object.entries(parameters).map(([name, value]) => `<${name}>${escapeXml(value)}</${name}>`)
  return `<?xml version="1.0" encoding="UTF-8"?>\n<response>${elements.join('')}</response>`
}
