import { DomainError, type OpenedSession, type UseCases } from '@hexapla/repository'
import { RestHandler, type ResourceDescription } from '@hexapla/rest'
import type { SessionTokens } from '../../authn/session-tokens.ts'
import { readBasic } from '../http/read-basic.ts'
import type { CallLimits } from '../limits/call-limits.ts'
import { documentOf } from './describe.ts'

export interface LoginDeps {
  readonly logIn: UseCases['access']['logIn']
  readonly tokens: SessionTokens
  readonly limits: CallLimits
}

/** `POST /login` (document 001, "login to get API token"): e-mail address and password for a token. */
export class LoginHandler extends RestHandler<LoginDeps> {
  static readonly api: ResourceDescription = {
    tags: ['default'],
    post: {
      summary: 'Login and receive API token.',
      security: [{ basic: [] }],
      responses: {
        200: { schema: documentOf('token') },
        401: { description: 'Unauthorized Access', content: { 'text/plain': {} } },
      },
      failures: [429],
    },
  }

  override async post(): Promise<unknown> {
    const session = await this.#logIn()
    if (session === undefined) {
      // As Flask-HTTPAuth answers.
      this.response.status(401).type('text/plain; charset=utf-8')
      this.response.header('WWW-Authenticate', 'Basic realm="Authentication Required"')
      return 'Unauthorized Access'
    }
    return { success: true, message: null, token: await this.deps.tokens.issue(session) }
  }

  async #logIn(): Promise<OpenedSession | undefined> {
    const credentials = readBasic(this.request)
    const { remoteAddress: address } = this.request
    const person = credentials === undefined ? [] : [{ person: credentials.name }]
    await this.deps.limits.count('login', this, { address }, ...person)
    if (credentials === undefined) return undefined
    try {
      return await this.deps.logIn({ email: credentials.name, password: credentials.password, address })
    } catch (error) {
      if (error instanceof DomainError && error.code === 'LOGIN_REFUSED') return undefined
      throw error
    }
  }
}
