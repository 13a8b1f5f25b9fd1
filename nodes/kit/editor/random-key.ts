/** Fills an empty password field with 32 random bytes, unless the server holds a value already. */
export function randomKey(field: string, stored: boolean): void {
  const input = $(`#${field}`)
  if (stored || input.val() !== '') return
  const bytes = crypto.getRandomValues(new Uint8Array(32))
  input.val(btoa(String.fromCharCode(...bytes)))
}
