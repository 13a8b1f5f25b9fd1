/** To be called in a `describe`. @returns gives back what it is given, and closes it after the test, the last first */
export function closedAfterEach(): <T extends { close: () => Promise<void> }>(opened: T) => T {
  const open: { close: () => Promise<void> }[] = []
  afterEach(async () => {
    for (const one of open.splice(0).reverse()) await one.close()
  })
  return (opened) => {
    open.push(opened)
    return opened
  }
}
