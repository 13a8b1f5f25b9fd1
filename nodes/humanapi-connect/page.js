/** The page with Human API's Connect widget: opens it, and tells the node of its events. */
;(() => {
  const { button, data, tell } = healthGateways
  /**
   * @typedef {{ status?: string, sessionResults?: object, currentConnections?: object[], requestedProviders?: object[] }} Told
   * @typedef {{ open(options: Record<string, unknown>): void }} Widget
   */

  /** @param {'connect' | 'disconnect' | 'close'} event */
  const on = (event) => async (/** @type {Told | undefined} */ told) => {
    const { status, sessionResults, currentConnections, requestedProviders } = told ?? {}
    const answer = await tell('event', {
      event,
      status,
      sessionResults,
      currentConnections,
      requestedProviders,
    })
    // The others are told once more by what Connect says when it is closed.
    if (event !== 'close') return
    if (!answer.ok) healthGateways.end('failed')
    else if (/^(?:SESSION_TOKEN_|MISSING_SESSION)/.test(status ?? '')) healthGateways.end('again')
    else if (answer.goTo) healthGateways.go(answer.goTo)
    else healthGateways.say('done')
  }

  button.addEventListener('click', () => {
    const widget = /** @type {{ HumanConnect?: Widget }} */ (globalThis).HumanConnect
    // The vendor's script did not come, or refuses.
    try {
      if (!widget) throw new Error('HumanConnect is missing')
      widget.open({
        token: data.token,
        clientId: data.clientId,
        onConnectSource: on('connect'),
        onDisconnectSource: on('disconnect'),
        onClose: on('close'),
      })
    } catch {
      healthGateways.end('failed')
    }
  })
})()
