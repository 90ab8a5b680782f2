import { CookieJar } from 'tough-cookie'
import type { Credentials } from '../auth/credentials.ts'
import { requestBody } from '../body/request-body.ts'
import { EndpointError, LoginError } from '../errors.ts'
import { discardBody } from '../pipeline/discard-body.ts'
import type { Send } from '../pipeline/layer.ts'
import type { Endpoint } from '../request/endpoint.ts'

/**
 * Signs in by the form of the site (document 004, “Authorization”), and resolves with the cookies that it sets.
 *
 * @param deps.send the pipeline without authentication: Drupal shows the form to visitors only
 * @throws {LoginError} `login_refused`, `login_failed`
 * @throws {EndpointError} `endpoint_moved`
 */
export async function userLogin(deps: {
  readonly endpoint: Endpoint
  readonly credentials: Credentials
  readonly send: Send
  readonly signal: AbortSignal | undefined
  readonly timeoutMs: number
}): Promise<CookieJar> {
  const { endpoint, credentials, send, signal, timeoutMs } = deps
  const url = endpoint.resolve('/user/login')
  const { user: name, password: pass } = credentials
  const form = new URLSearchParams({ name, pass, form_id: 'user_login', op: 'Log in' })
  const response = await send({
    method: 'POST',
    url,
    headers: new Headers({ accept: 'application/json, */*;q=0.1' }),
    body: requestBody(form),
    signal,
    timeoutMs,
    // A second session spoils nothing.
    retry: 'always',
    redirect: 'manual',
  })
  await discardBody(response)

  const jar = new CookieJar()
  for (const cookie of response.headers.getSetCookie()) {
    jar.setCookieSync(cookie, url.href, { ignoreError: true })
  }
  const verdict = judge(response)
  if (verdict === 'signed-in' && hasSession(jar, endpoint)) return jar
  throw failure(response, verdict === 'refused', endpoint)
}

/** Drupal leads on after a login, and shows the form, a page, once more after one that it refuses. */
function judge({ status, ok, headers }: Response): 'signed-in' | 'refused' | 'failed' {
  const isPage = headers.get('content-type')?.startsWith('text/html') === true
  if (status === 401 || status === 403 || (ok && isPage)) return 'refused'
  return ok || (status >= 300 && status < 400) ? 'signed-in' : 'failed'
}

/** Drupal's name of the cookie is `SESS`, over https `SSESS`, and a checksum. */
function hasSession(jar: CookieJar, { href }: Endpoint): boolean {
  return jar.getCookiesSync(`${href}/`).some(({ key }) => /^S?SESS/.test(key))
}

function failure(response: Response, isRefused: boolean, endpoint: Endpoint): Error {
  const { status, headers } = response
  const location = headers.get('location')
  const target = location === null ? null : URL.parse(location, endpoint.href)
  if (target !== null && !endpoint.isOwn(target)) {
    const text = `The login of ${endpoint.href} has moved to ${target.href}: use that site as endpoint`
    return new EndpointError('endpoint_moved', text, target.href)
  }
  const challenge = headers.get('www-authenticate')
  return new LoginError(
    isRefused ? 'login_refused' : 'login_failed',
    `The login of ${endpoint.href} answered ${status}, without a session cookie for this address`,
    { status, ...(challenge !== null && { challenge }) },
  )
}
