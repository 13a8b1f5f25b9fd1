import type { EditorNode } from './node-red'

/** An answer of this Node-RED, or a line for the person at the dialog. */
type Answer<T> = ({ ok: true } & T) | { ok: false; text: string }

/** Asks this Node-RED to do something with an account (`nodes/kit/editor-call.ts` answers). Never rejects. */
export async function ask<T extends object = object>(
  node: EditorNode,
  path: string,
  form: object,
): Promise<Answer<T>> {
  try {
    const answer = (await $.ajax({
      url: `health-gateways/${path}`,
      method: 'POST',
      contentType: 'application/json',
      data: JSON.stringify(form),
    })) as ({ ok: true } & T) | { ok: false; code: string; message: string }
    return answer.ok ? answer : { ok: false, text: `${answer.code}: ${answer.message}` }
  } catch (failed) {
    const { status } = failed as JQuery.jqXHR
    const key = status === 401 || status === 403 ? 'account.mayNot' : 'account.noAnswer'
    return { ok: false, text: node._(key) }
  }
}
