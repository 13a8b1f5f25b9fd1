/** The page with ZivaCare's script: opens its window, and hands the special token to the node. */
;(() => {
  const { button, data, tell } = healthGateways
  /**
   * @typedef {{ specialToken?: string }} Finished
   * @typedef {{ open(options: Record<string, unknown>): void }} Script
   */

  /** @param {unknown} error @param {Finished | null} [response] */
  const finish = async (error, response) => {
    const { code } = /** @type {{ code?: unknown }} */ (error ?? {})
    const answer = await tell(
      'finish',
      error ? { code: typeof code === 'string' ? code : '' } : { ...response },
    )
    if (!answer.ok) healthGateways.say('failed')
    else if (answer.goTo) healthGateways.go(answer.goTo)
    else healthGateways.say('done')
  }

  button.addEventListener('click', () => {
    const script = /** @type {{ ZivaConnect?: Script }} */ (globalThis).ZivaConnect
    // The vendor's script did not come, or refuses.
    try {
      if (!script) throw new Error('ZivaConnect is missing')
      script.open({
        clientId: data.clientId,
        clientUserId: data.clientUserId,
        finish,
        close: () => undefined,
      })
    } catch {
      healthGateways.end('failed')
    }
  })
})()
