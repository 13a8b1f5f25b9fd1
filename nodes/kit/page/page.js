/**
 * What the pages with a vendor's widget share: `healthGateways`, for the script that follows on the page. It tells the
 * node of what happens, one event after the other, each with a number that serves once.
 */
const healthGateways = (() => {
  /** @typedef {{ ok: boolean, next?: number, used?: boolean, goTo?: string, code?: string }} Answer */

  /** @param {string} id */
  const element = (id) => {
    const found = document.getElementById(id)
    if (!found) throw new Error(`The page has no ${id}`)
    return found
  }

  /** @type {{ post: string, state: string, texts: Record<string, string>, values: Record<string, string> }} */
  const given = JSON.parse(element('given').textContent ?? '')
  const button = /** @type {HTMLButtonElement} */ (element('open'))
  let number = 1
  /** @type {Promise<unknown>} */
  let last = Promise.resolve()

  /** In milliseconds: before an event is posted, and again where its answer was lost. */
  const waits = [0, 1000, 3000, 9000]

  /** @param {string} event @param {object} body @returns {Promise<Answer>} */
  const post = async (event, body) => {
    for (const wait of waits) {
      await new Promise((resolve) => setTimeout(resolve, wait))
      try {
        const response = await fetch(
          `${given.post}/${event}?state=${encodeURIComponent(given.state)}&number=${number}`,
          {
            method: 'POST',
            headers: { 'content-type': 'application/json' },
            body: JSON.stringify(body),
          },
        )
        /** @type {Answer} */
        const answer = await response.json()
        number = answer.next ?? number
        if (!answer.used) return answer
        // The answer to an earlier event was lost: it had this number.
        number++
      } catch {
        // The node may have got it or not: the same number and body again are answered as before.
      }
    }
    return { ok: false }
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
