export const ANSWER = Buffer.from(
  JSON.stringify({ entries: Array.from({ length: 40 }, (_, id) => ({ id, text: 'x'.repeat(30) })) }),
)
export const DOCUMENT = Buffer.alloc(10_000, 'a')
