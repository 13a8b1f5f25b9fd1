/**
 * A request that the sandbox turns down. A program reads it as its route shapes it; otherwise as text, or as an OAuth
 * problem report when `problem` is set; a person reads it as a page. The message never quotes a document.
 */
export class Refusal extends Error {
  /** @param problem word of the OAuth Problem Reporting extension, such as `signature_invalid`, or the provider's code */
  constructor(
    readonly status: number,
    message: string,
    readonly problem?: string,
  ) {
    super(message)
    this.name = 'Refusal'
  }
}
