import { setImmediate as nextTurn } from 'node:timers/promises'
import type { StreamBody } from '../http/types'
import { turnIsLong } from '../turn'
import { PercentEncoded, percentEncode } from './percent-encode'

export type FormParameter = readonly [name: string, value: string | Uint8Array]

/** A body up to this size is handed over in one piece. */
const ONE_PIECE = 65_536

/**
 * An `application/x-www-form-urlencoded` body, encoded while it is sent: a document of many MB costs no second copy
 * of itself. Spaces are `%20`, never `+`, so that body and signature agree byte for byte.
 */
export class FormBody implements StreamBody {
  readonly contentType = 'application/x-www-form-urlencoded'
  /** In the order of the body. */
  readonly params: readonly FormParameter[]
  /** The same with encoded names: what a signature is computed from. */
  readonly encoded: readonly { readonly name: string; readonly value: PercentEncoded }[]

  constructor(params: readonly FormParameter[]) {
    this.params = [...params]
    this.encoded = this.params.map(([name, value]) => ({
      name: percentEncode(name),
      value: new PercentEncoded(value),
    }))
  }

  /** Bytes. Free after a signature was computed, which passes over the values anyway; else it costs a pass. */
  get contentLength(): number {
    return this.encoded.reduce(
      (length, { name, value }) => length + name.length + 1 + value.byteLength,
      Math.max(0, this.encoded.length - 1),
    )
  }

  /** The body in pieces of about 64 KiB; gives the event loop a turn every few milliseconds. Can be called again. */
  async *chunks(): AsyncGenerator<Uint8Array, void> {
    if (this.contentLength <= ONE_PIECE) {
      if (this.encoded.length > 0) yield Buffer.concat([...this.#pieces()])
      return
    }
    for (const piece of this.#pieces()) {
      yield piece
      if (turnIsLong()) await nextTurn()
    }
  }

  *#pieces(): Generator<Uint8Array, void> {
    for (const [index, { name, value }] of this.encoded.entries()) {
      yield Buffer.from(`${index > 0 ? '&' : ''}${name}=`, 'latin1')
      yield* value.once()
    }
  }
}

/**
 * A form body of the given parameters, repeated names included. Values are not copied: they must not change until
 * the request is over. Throws HG_INPUT for a value that is neither well-formed text nor bytes.
 */
export function formBody(params: readonly FormParameter[]): FormBody {
  return new FormBody(params)
}
