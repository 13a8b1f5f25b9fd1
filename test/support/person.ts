/** What a person at a browser sees: the page, and where they are. */
export interface Page {
  url: string
  status: number
  text: string
}

/** A person with a browser that keeps cookies by host, follows redirects and fills in forms. No script runs. */
export class Person {
  readonly #cookies = new Map<string, Map<string, string>>()
  /** Every address that was visited, redirects included. */
  readonly visited: string[] = []

  visit(url: string): Promise<Page> {
    return this.#follow(url, { method: 'GET' })
  }

  /** The Cookie header that goes to the host of a URL. */
  cookies(url: string): string {
    return [...this.#jar(url)].map(([name, value]) => `${name}=${value}`).join('; ')
  }

  /** One request only: to see where a redirect leads, or to stop on the way. */
  async ask(url: string, init: RequestInit = {}): Promise<Response> {
    this.visited.push(url)
    const jar = this.#jar(url)
    const cookie = this.cookies(url)
    const headers = { ...(init.headers as Record<string, string> | undefined), ...(cookie ? { cookie } : {}) }
    const response = await fetch(url, { ...init, headers, redirect: 'manual' })
    for (const set of response.headers.getSetCookie()) {
      const [pair = ''] = set.split(';')
      const at = pair.indexOf('=')
      jar.set(pair.slice(0, at), pair.slice(at + 1))
    }
    return response
  }

  /**
   * Sends the first form of a page, or the one that holds a button with `button` as its text. `fields` replaces what
   * the page holds; a list checks just these boxes.
   */
  submit(page: Page, button: string, fields: Record<string, string | string[]> = {}): Promise<Page> {
    return this.#follow(...this.#filledIn(page, button, fields))
  }

  /** Sends a form as `submit` does, and stops there. @returns the address to which the browser is sent */
  async press(page: Page, button: string, fields: Record<string, string | string[]> = {}): Promise<string> {
    const response = await this.ask(...this.#filledIn(page, button, fields))
    const location = response.headers.get('location')
    if (location === null)
      throw new Error(`"${button}" on ${page.url} leads nowhere: ${await response.text()}`)
    return location
  }

  fillIn(
    page: Page,
    button: string,
    fields: Record<string, string | string[]>,
  ): { action: string; body: URLSearchParams } {
    const forms = page.text.match(/<form[^]*?<\/form>/g) ?? []
    const form = forms.find((text) => text.includes(`${button}</button>`))
    if (!form) throw new Error(`No form with a button "${button}" on ${page.url}: ${page.text}`)
    const body = new URLSearchParams()
    for (const [tag] of form.matchAll(/<input[^>]*>/g)) {
      const name = attribute(tag, 'name')
      const type = attribute(tag, 'type') ?? 'text'
      const chosen = !/checkbox|radio/.test(type) || /\schecked\b/.test(tag)
      if (name !== undefined && !(name in fields) && chosen) body.append(name, attribute(tag, 'value') ?? '')
    }
    const pressed = [...form.matchAll(/<button[^>]*>/g)].find(([tag], index, all) => {
      const end = all[index + 1]?.index ?? form.length
      return form.slice((all[index]?.index ?? 0) + tag.length, end).startsWith(button)
    })?.[0]
    const name = pressed && attribute(pressed, 'name')
    if (pressed && name) body.append(name, attribute(pressed, 'value') ?? '')
    for (const [field, value] of Object.entries(fields)) {
      for (const one of [value].flat()) body.append(field, one)
    }
    const action = attribute(/<form[^>]*>/.exec(form)?.[0] ?? '', 'action') ?? ''
    return { action: new URL(action, page.url).href, body }
  }

  #filledIn(
    page: Page,
    button: string,
    fields: Record<string, string | string[]>,
  ): [url: string, init: RequestInit] {
    const { action, body } = this.fillIn(page, button, fields)
    const headers = {
      'content-type': 'application/x-www-form-urlencoded',
      origin: new URL(page.url).origin,
    }
    return [action, { method: 'POST', body: body.toString(), headers }]
  }

  async #follow(url: string, init: RequestInit): Promise<Page> {
    let response = await this.ask(url, init)
    for (let hops = 0; hops < 10; hops++) {
      const location = response.headers.get('location')
      if (!location || response.status < 300 || response.status > 399) {
        return { url, status: response.status, text: await response.text() }
      }
      await response.body?.cancel()
      url = new URL(location, url).href
      response = await this.ask(url)
    }
    throw new Error(`Redirected more than ten times, last to ${url}`)
  }

  #jar(url: string): Map<string, string> {
    const { host } = new URL(url)
    const jar = this.#cookies.get(host) ?? new Map<string, string>()
    this.#cookies.set(host, jar)
    return jar
  }
}

const entities: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'", '#x27': "'" }

function attribute(tag: string, name: string): string | undefined {
  const value = new RegExp(`\\s${name}="([^"]*)"`).exec(tag)?.[1]
  return value?.replace(/&(\w+|#\w+);/g, (text, entity: string) => entities[entity] ?? text)
}
