import type { UseCases } from '@hexapla/repository'
import { requireSameOrigin, RestHandler } from '@hexapla/rest'
import type { LoginDeps } from './login-handler.ts'
import { cookieOptions, SESSION_COOKIE } from './session-cookie.ts'

export interface LogoutDeps extends Pick<LoginDeps, 'cookies' | 'origins' | 'publicUrl'> {
  readonly logOut: UseCases['access']['logOut']
}

/** `GET /user/logout`, Drupal's own: ends the sessions of whoever has the cookie. A bad cookie is not reported. */
export class LogoutHandler extends RestHandler<LogoutDeps> {
  override async get(): Promise<unknown> {
    const { cookies, logOut, origins, publicUrl } = this.deps
    // A GET that changes something: links of other sites must not lead here.
    requireSameOrigin(this.request, origins())
    const session = await cookies.verify(this.request.cookies[SESSION_COOKIE] ?? '')
    if (typeof session !== 'string') await logOut(session)
    const options = cookieOptions(publicUrl().startsWith('https:'))
    this.response.cookie(SESSION_COOKIE, '', { ...options, maxAge: 0 })
    return { message: 'Signed out' }
  }
}
