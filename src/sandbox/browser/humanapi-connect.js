/**
 * The sandbox's stand-in for the vendor's Connect client: a global `HumanConnect` with `open` and `on`, and buttons with
 * `data-hapi-token` inside of `hapi__token-container`. Option names, payloads and ids as in the vendor's client 2.4.
 * It sets styles from script only, so that a page's Content-Security-Policy need allow no more than the sandbox's
 * origin, for scripts and frames.
 */
;(() => {
  /**
   * @typedef {object} Options
   * @property {string} [token] of a session, or an id token
   * @property {string} [clientId]
   * @property {string} [clientUserId]
   * @property {(response: object) => void} [onClose]
   * @property {(response: object) => void} [onConnectSource]
   * @property {(response: object) => void} [onDisconnectSource]
   * @property {string} [baseURL]
   * @property {string} [overlayOpacity]
   */

  const script = document.currentScript
  if (!(script instanceof HTMLScriptElement))
    throw new Error('HumanConnect has to be loaded as a classic script')
  const frameUrl = new URL('connect', script.src)

  const FRAME_ID = 'human-api'
  const WIDTH = 830
  const HEIGHT = 590

  /** What a message of the frame calls: an option of `open`, or the listeners of an event. */
  const kinds = /** @type {const} */ ({
    'hapi-connect-connect-source': { option: 'onConnectSource', event: 'connect' },
    'hapi-connect-disconnect-source': { option: 'onDisconnectSource', event: 'disconnect' },
    'hapi-connect-close': { option: 'onClose', event: 'close' },
  })

  /** @type {Map<string, Function[]>} */
  const listeners = new Map()

  /** @param {string} event @param {unknown} detail */
  const emit = (event, detail) => {
    for (const listener of listeners.get(event) ?? []) listener(detail)
  }

  /** @param {string} event @param {Function} listener */
  const on = (event, listener) => {
    if (typeof listener !== 'function') throw new TypeError(`The listener of "${event}" has to be a function`)
    listeners.set(event, [...(listeners.get(event) ?? []), listener])
  }

  /** @param {Options} [options] */
  const open = (options = {}) => {
    if (options === null || typeof options !== 'object' || Array.isArray(options)) {
      throw new Error('Argument must be an object')
    }
    show(options, (kind, response) => {
      const callback = options[kind.option]
      if (typeof callback === 'function') callback(response)
    })
  }

  /**
   * @param {Options} options
   * @param {(kind: (typeof kinds)[keyof typeof kinds], response: object) => void} tell
   */
  const show = (options, tell) => {
    if (document.getElementById(FRAME_ID)) return
    if (!options.token) throw new Error('The token attribute is required')
    const before = document.activeElement
    const url = new URL(options.baseURL ?? frameUrl)
    url.searchParams.set('token', options.token)
    url.searchParams.set('origin', location.origin)
    if (options.clientId) url.searchParams.set('clientId', options.clientId)
    if (options.clientUserId) url.searchParams.set('clientUserId', options.clientUserId)

    const overlay = document.createElement('div')
    overlay.id = 'human-api-connect-modal-overlay'
    Object.assign(overlay.style, {
      position: 'fixed',
      inset: '0',
      zIndex: '9990',
      backgroundColor: '#333',
      opacity: options.overlayOpacity ?? '0.6',
    })

    const frame = document.createElement('iframe')
    frame.id = FRAME_ID
    frame.title = 'Connect your health data'
    frame.src = url.href
    Object.assign(frame.style, {
      position: 'fixed',
      inset: '0',
      zIndex: '9999',
      margin: 'auto',
      border: 'none',
      borderRadius: '8px',
      width: '100%',
      height: '100%',
      maxWidth: `${WIDTH}px`,
      maxHeight: `${HEIGHT}px`,
      background: '#fff',
    })
    frame.addEventListener('load', () => frame.contentWindow?.focus())

    /** @param {MessageEvent} message */
    const receive = ({ origin, source, data }) => {
      if (origin !== url.origin || source !== frame.contentWindow) return
      const { type, ...response } = data ?? {}
      const kind = kinds[/** @type {keyof typeof kinds} */ (type)]
      if (!kind) return
      if (kind === kinds['hapi-connect-close']) {
        removeEventListener('message', receive)
        frame.remove()
        overlay.remove()
        if (before instanceof HTMLElement) before.focus()
      }
      tell(kind, response)
    }
    addEventListener('message', receive)
    document.body.append(frame, overlay)
  }

  addEventListener('load', () => {
    const containers = document.querySelectorAll('.hapi__token-container')
    if (containers.length === 0) emit('error', 'There is no element with the class hapi__token-container')
    for (const container of containers) {
      container.addEventListener('click', (click) => {
        const button = click.target instanceof Element ? click.target.closest('[data-hapi-token]') : null
        if (!(button instanceof HTMLElement)) return
        click.preventDefault()
        const { hapiToken: token, hapiBaseUrl: baseURL } = button.dataset
        show({ ...(token ? { token } : {}), ...(baseURL ? { baseURL } : {}) }, (kind, response) =>
          emit(kind.event, response),
        )
      })
    }
  })

  Object.assign(globalThis, { HumanConnect: { open, on } })
})()
