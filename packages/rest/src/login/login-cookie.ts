import type { CookieOptions } from '../response.ts'
import type { LoginExchange } from './login-storage.ts'

/** The cookie of this name that the browser has sent. */
export function readLoginCookie({ request, secure }: LoginExchange, name: string): string | undefined {
  return request.cookies[loginCookieName(name, secure)]
}

/** Names of the cookies sent that begin so, as {@link readLoginCookie} takes them. */
export function loginCookieNames({ request, secure }: LoginExchange, start: string): string[] {
  const prefix = loginCookieName('', secure)
  return Object.keys(request.cookies)
    .filter((name) => name.startsWith(prefix + start))
    .map((name) => name.slice(prefix.length))
}

/** Sends a cookie that scripts cannot read and that other sites' forms do not carry. */
export function setLoginCookie(exchange: LoginExchange, name: string, value: string, maxAge: number): void {
  const { response, secure } = exchange
  response.cookie(loginCookieName(name, secure), value, { ...attributes(secure), maxAge: Math.floor(maxAge) })
}

/** Takes a cookie from the browser. */
export function clearLoginCookie({ response, secure }: LoginExchange, name: string): void {
  response.cookie(loginCookieName(name, secure), '', { ...attributes(secure), maxAge: 0 })
}

/** The name as browsers know it. The prefix keeps neighbours in the domain, and http, from setting such a cookie (RFC 6265bis section 4.1.3.2). */
export function loginCookieName(name: string, secure: boolean): string {
  return secure ? `__Host-${name}` : name
}

function attributes(secure: boolean): CookieOptions {
  return { path: '/', httpOnly: true, sameSite: 'lax', secure }
}
