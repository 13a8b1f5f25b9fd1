import { createHmac, timingSafeEqual } from 'node:crypto'

/** Tokens that carry what they stand for, so that they are good still when the sandbox starts again with its secret. */
export class Seal {
  /** @param purpose a token of one purpose is none of another */
  constructor(
    private readonly secret: string,
    private readonly purpose: string,
  ) {}

  seal(values: readonly string[]): string {
    const content = Buffer.from(JSON.stringify(values)).toString('base64url')
    return `${content}.${this.#mac(content)}`
  }

  /** @returns what was sealed; `undefined` for what is no such token */
  open(token: string): string[] | undefined {
    const [content = ''] = token.split('.', 1)
    const right = Buffer.from(`${content}.${this.#mac(content)}`)
    const given = Buffer.from(token)
    if (right.length !== given.length || !timingSafeEqual(right, given)) return undefined
    return JSON.parse(Buffer.from(content, 'base64url').toString()) as string[]
  }

  #mac(content: string): string {
    return createHmac('sha256', this.secret).update(`${this.purpose} ${content}`).digest('base64url')
  }
}
