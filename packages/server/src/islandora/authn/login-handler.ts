import type { UseCases } from '@hexapla/repository'
import { HttpError, requireSameOrigin, RestHandler } from '@hexapla/rest'
import type { SessionTokens } from '../../authn/session-tokens.ts'
import { textField } from '../http/fields.ts'
import { receiveBody } from '../http/receive-body.ts'
import { cookieOptions, SESSION_COOKIE } from './session-cookie.ts'

export interface LoginDeps {
  readonly logIn: UseCases['access']['logIn']
  readonly cookies: SessionTokens
  readonly publicUrl: () => string
  readonly origins: () => ReadonlySet<string>
}

/** `POST /user/login` (document 004, "Authorization"): name and password for a session cookie. */
export class LoginHandler extends RestHandler<LoginDeps> {
  override async post(): Promise<unknown> {
    const { logIn, cookies, publicUrl, origins } = this.deps
    requireSameOrigin(this.request, origins())
    const fields = await receiveBody(this.request, ({ rest }) => rest())
    if (textField(fields, 'form_id') !== 'user_login') {
      throw new HttpError(400, 'form-unknown', 'The form_id must be user_login')
    }
    const session = await logIn({
      email: textField(fields, 'name') ?? '',
      password: textField(fields, 'pass') ?? '',
      address: this.request.remoteAddress,
    })
    const secure = publicUrl().startsWith('https:')
    this.response.cookie(SESSION_COOKIE, await cookies.issue(session), cookieOptions(secure))
    return { message: 'Signed in' }
  }
}
