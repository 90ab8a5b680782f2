import { CookieJar } from 'tough-cookie'
import type { TestOpenIdProvider } from '@hexapla/testing/openid-provider'

/** A browser at the service: keeps cookies as browsers do, follows nothing. */
export interface Visitor {
  /** Its cookies, to look at and to steal. */
  readonly jar: CookieJar
  visit(path: string | URL, init?: RequestInit): Promise<Response>
  /** Visits and reads JSON. */
  read(path: string, init?: RequestInit): Promise<unknown>
  /** Status and code of a refusal. */
  refusal(path: string | URL, init?: RequestInit): Promise<[status: number, code: unknown]>
  /** Goes to the provider and signs in there; the address that the provider leads back to. */
  signInAtProvider(account: string | undefined, path?: string): Promise<URL>
  /** The whole way; the answer of the service to what the provider gave. */
  signIn(account: string, path?: string): Promise<Response>
  cookies(): string
}

/** A new browser. `origin` is what it believes to visit, `url` where that is. */
export function visitor(origin: string, url: string, provider: TestOpenIdProvider): Visitor {
  const jar = new CookieJar(undefined, { prefixSecurity: 'strict' })
  const self: Visitor = {
    jar,
    async visit(path, init = {}) {
      const { href, pathname, search } = new URL(path, origin)
      const headers = new Headers(init.headers)
      const cookies = jar.getCookieStringSync(href)
      if (cookies !== '' && !headers.has('cookie')) headers.set('cookie', cookies)
      const response = await fetch(url + pathname + search, { ...init, headers, redirect: 'manual' })
      for (const cookie of response.headers.getSetCookie()) jar.setCookieSync(cookie, href)
      return response
    },
    async read(path, init) {
      return await (await self.visit(path, init)).json()
    },
    async refusal(path, init) {
      const response = await self.visit(path, init)
      return [response.status, ((await response.json()) as { code: unknown }).code]
    },
    async signInAtProvider(account, path = '/login') {
      const response = await self.visit(path)
      return await provider.signIn(response.headers.get('location') ?? '', account)
    },
    async signIn(account, path) {
      return await self.visit(await self.signInAtProvider(account, path))
    },
    cookies: () => jar.getCookieStringSync(origin),
  }
  return self
}
