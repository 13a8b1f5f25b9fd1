import { XmlDecoder } from '../xml/decoder'
import { XmlTokenizer } from '../xml/tokenizer'
import { CcrTree, isCcrName, type CcrTreeOptions } from './tree'

export interface CcrReaderOptions extends CcrTreeOptions {
  /** How many elements may be open at once. */
  maxDepth?: number | undefined
}

/** Reads a document that comes in pieces, of text or of bytes. */
export class CcrReader {
  readonly tree: CcrTree
  readonly #decoder = new XmlDecoder()
  readonly #tokenizer: XmlTokenizer

  constructor({ maxDepth, ...options }: CcrReaderOptions = {}) {
    this.tree = new CcrTree(() => this.#tokenizer, options)
    this.#tokenizer = new XmlTokenizer(this.tree, { mayName: isCcrName, skipBlanks: true, maxDepth })
  }

  write(piece: string | Uint8Array): void {
    this.#tokenizer.write(typeof piece === 'string' ? piece : this.#decoder.write(piece))
  }

  end(): void {
    this.#tokenizer.write(this.#decoder.end())
    this.#tokenizer.end()
    this.tree.end()
  }
}
