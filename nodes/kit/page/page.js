/**
 * What the pages with a vendor's widget share: `healthGateways`, for the script that follows on the page. It tells the
 * node of what happens, one event after the other: each takes a one-time state along and brings the next one back.
 */
const healthGateways = (() => {
  /** @typedef {{ ok: boolean, state?: string, goTo?: string, code?: string }} Answer */

  /** @param {string} id */
  const element = (id) => {
    const found = document.getElementById(id)
    if (!found) throw new Error(`The page has no ${id}`)
    return found
  }

  /** @type {{ post: string, state: string, texts: Record<string, string>, values: Record<string, string> }} */
  const given = JSON.parse(element('given').textContent ?? '')
  const button = /** @type {HTMLButtonElement} */ (element('open'))
  let state = given.state
  /** @type {Promise<unknown>} */
  let last = Promise.resolve()

  /** @param {string} event @param {object} body @returns {Promise<Answer>} */
  const post = async (event, body) => {
    try {
      const response = await fetch(`${given.post}/${event}?state=${encodeURIComponent(state)}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      })
      /** @type {Answer} */
      const answer = await response.json()
      if (answer.state) state = answer.state
      return answer
    } catch {
      return { ok: false }
    }
  }

  return {
    /** What the node gave this page: `widgetPage`'s `data`. */
    data: given.values,
    button,

    /**
     * Never rejects. `ok` is whether the node has dealt with it; `goTo` is where to go on then.
     * @param {string} event @param {object} body @returns {Promise<Answer>}
     */
    tell(event, body) {
      const mine = last.then(() => post(event, body))
      last = mine
      return mine
    },

    /** Shows one of the page's texts. @param {'done' | 'again' | 'failed'} text */
    say(text) {
      element('said').textContent = given.texts[text] ?? ''
    },

    /** Nothing more can be done here but to load the page again. @param {'again' | 'failed'} text */
    end(text) {
      button.disabled = true
      this.say(text)
    },

    /** @param {string} address */
    go(address) {
      location.assign(address)
    },
  }
})()
