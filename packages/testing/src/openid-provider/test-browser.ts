import { CookieJar } from 'tough-cookie'

/** A browser at the provider: keeps cookies, follows redirects, sends forms. */
export interface TestBrowser {
  /**
   * Visits a page of the provider and goes on until it leads elsewhere, or shows a page without a form.
   *
   * @param fields values of form fields, by name
   * @returns the address that the provider leads to, which is not visited, and the text of the last page
   */
  readonly visit: (
    url: string | URL,
    fields?: Readonly<Record<string, string>>,
  ) => Promise<{ readonly leadsTo: URL | undefined; readonly status: number; readonly text: string }>
}

/** A new browser, without cookies. */
export function testBrowser(issuer: string): TestBrowser {
  const jar = new CookieJar()
  const { origin } = new URL(issuer)

  const send = async (url: URL, form: URLSearchParams | undefined) => {
    const cookie = await jar.getCookieString(url.href)
    const response = await fetch(url, {
      method: form === undefined ? 'GET' : 'POST',
      headers: { cookie, accept: 'text/html' },
      redirect: 'manual',
      ...(form && { body: form }),
    })
    for (const set of response.headers.getSetCookie()) await jar.setCookie(set, url.href)
    return response
  }

  return {
    async visit(start, fields = {}) {
      let url = new URL(start)
      let form: URLSearchParams | undefined
      for (let step = 0; step < 20; step++) {
        if (url.origin !== origin) return { leadsTo: url, status: 302, text: '' }
        const response = await send(url, form)
        const location = response.headers.get('location')
        const text = await response.text()
        form = undefined
        if (location !== null) {
          url = new URL(location, url)
          continue
        }
        const action = /<form[^>]*\baction="([^"]*)"/.exec(text)?.[1]
        if (action === undefined) return { leadsTo: undefined, status: response.status, text }
        url = new URL(action, url)
        form = filled(text, fields)
      }
      throw new Error(`The provider leads in circles, last to ${url.href}`)
    },
  }
}

function filled(html: string, fields: Readonly<Record<string, string>>): URLSearchParams {
  const form = new URLSearchParams()
  for (const [input] of html.matchAll(/<input\b[^>]*>/g)) {
    const name = /\bname="([^"]*)"/.exec(input)?.[1]
    const value = /\bvalue="([^"]*)"/.exec(input)?.[1]
    if (name !== undefined) form.set(name, fields[name] ?? value ?? '')
  }
  if (fields['abort'] !== undefined) form.set('abort', fields['abort'])
  return form
}
