import { HttpError } from '@hexapla/rest'

/** The ways to sign in, as `WWW-Authenticate` lists them (RestContract authentication.md, "Login"). */
export type LoginMethods = () => string

const REALM = 'realm="DSpace REST API"'

/**
 * @param openId where people go to sign in with an OpenID provider; `redirectUrl` must be its only parameter, for the web
 * client replaces what stands behind it
 */
export function loginMethods(openId: (() => string) | undefined): LoginMethods {
  if (openId === undefined) return () => `password ${REALM}`
  return () => `password ${REALM}, oidc ${REALM}, location="${openId()}"`
}

/** Nobody has signed in, or not well enough. */
export function notSignedIn(methods: LoginMethods, code: string, message: string): HttpError {
  return new HttpError(401, code, message, { headers: { 'www-authenticate': methods() } })
}
