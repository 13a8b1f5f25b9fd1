/** Inside of Connect's frame: tells the page around it what has happened, and closes on Escape. */
;(() => {
  const { origin = '', messages = '[]' } = document.currentScript?.dataset ?? {}
  for (const message of JSON.parse(messages)) parent.postMessage(message, origin)

  addEventListener('keydown', ({ key }) => {
    if (key === 'Escape') document.getElementById('close')?.click()
  })
})()
