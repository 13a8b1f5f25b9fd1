/**
 * Plays ZivaCare's connect.js. `ZivaConnect.open(options)` opens a window of the sandbox in which a person connects
 * sources. It calls one of the options' functions, once: `finish(null, { specialToken })` when the person has
 * finished, `finish({ code, message })` when it cannot be done, `close()` when the person leaves the window.
 *
 * @typedef {object} ConnectOptions
 * @property {string} clientId
 * @property {string} clientUserId
 * @property {(error: { code: string, message: string } | null, response?: { specialToken: string }) => void} finish
 * @property {() => void} [close]
 */
;(function () {
  'use strict'

  const script = /** @type {HTMLScriptElement} */ (document.currentScript)
  const address = new URL('connect', script.src)
  const LOOK_EVERY_MS = 200

  /** @type {Window | undefined} */
  let shown

  /** @param {ConnectOptions} options */
  function open(options) {
    if (shown && !shown.closed) {
      shown.focus()
      return
    }
    address.search = new URLSearchParams({
      clientId: options.clientId || '',
      clientUserId: options.clientUserId || '',
      origin: window.origin,
    }).toString()
    const opened = window.open(address, '_blank', 'popup,width=560,height=760')
    if (!opened) {
      options.finish({ code: 'popup_blocked', message: 'The browser did not open the window.' })
      return
    }

    /** @param {() => void} tell */
    const end = (tell) => {
      clearInterval(timer)
      window.removeEventListener('message', listen)
      shown = undefined
      tell()
    }
    /** @param {MessageEvent} message */
    const listen = ({ source, origin, data }) => {
      if (source !== opened || origin !== address.origin) return
      if (data.event === 'error') {
        end(() => options.finish({ code: data.code, message: data.message }))
        return
      }
      opened.close()
      if (data.event === 'finish') end(() => options.finish(null, { specialToken: data.specialToken }))
      else end(() => options.close?.())
    }
    const timer = setInterval(() => {
      if (opened.closed) end(() => options.close?.())
    }, LOOK_EVERY_MS)
    window.addEventListener('message', listen)
    shown = opened
  }

  Object.assign(window, { ZivaConnect: { open } })
})()
