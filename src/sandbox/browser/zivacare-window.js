/** Tells the page that opened the window of the connect script how it ended. */
;(function () {
  'use strict'

  const { message = '', origin = '' } = /** @type {HTMLScriptElement} */ (document.currentScript).dataset
  const opener = /** @type {Window | null} */ (window.opener)
  if (opener) opener.postMessage(JSON.parse(message), origin)
})()
