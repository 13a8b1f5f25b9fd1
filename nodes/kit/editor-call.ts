import type { Request } from 'express'
import type { NodeAPI } from 'node-red'
import { toGatewayError } from '../../src/errors'

/** What the editor gets: the result, or why there is none. */
export type EditorAnswer<T> = ({ ok: true } & T) | { ok: false; code: string; message: string }

/**
 * Something that a dialog asks this Node-RED to do with an account, by POST under the admin root. It makes requests
 * with secrets of others, so it needs the permission to write.
 */
export function editorCall<T extends object>(
  RED: NodeAPI,
  path: string,
  work: (id: string, form: unknown) => Promise<T>,
): void {
  RED.httpAdmin.post(
    `/health-gateways/${path}`,
    RED.auth.needsPermission('health-gateways.write'),
    (request: Request, response) => {
      work(request.params.id ?? '', request.body)
        .then(
          (result): EditorAnswer<T> => ({ ok: true, ...result }),
          (thrown: unknown): EditorAnswer<T> => {
            const { code, message } = toGatewayError(thrown)
            return { ok: false, code, message }
          },
        )
        .then((answer) => response.json(answer))
        .catch(() => response.status(500).end())
    },
  )
}

/** What a dialog lets its user choose from, for a property. */
export function editorChoices(
  RED: NodeAPI,
  path: string,
  choices: readonly { value: string; label: string }[],
): void {
  RED.httpAdmin.get(
    `/health-gateways/${path}`,
    RED.auth.needsPermission('health-gateways.read'),
    (_request, response) => {
      response.json(choices)
    },
  )
}
