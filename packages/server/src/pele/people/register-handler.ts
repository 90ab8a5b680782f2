import { DomainError, type UseCases } from '@hexapla/repository'
import { HttpError, RestHandler, type ResourceDescription } from '@hexapla/rest'
import { readForm } from '../http/read-form.ts'
import type { CallLimits } from '../limits/call-limits.ts'
import { documentOf, formOf } from './describe.ts'

export interface RegisterDeps {
  readonly register: UseCases['people']['register']
  readonly limits: CallLimits
  /** What the mail says that the account is for. */
  readonly apiUrl: () => string
}

/** `POST /register` (document 001, "User Registration"). */
export class RegisterHandler extends RestHandler<RegisterDeps> {
  static readonly api: ResourceDescription = {
    tags: ['default'],
    post: {
      summary: 'User registration.',
      security: [],
      body: formOf({ email: 'email address', password: 'password' }),
      responses: { 201: { schema: documentOf('email', 'id') } },
      failures: [400, 429],
    },
  }

  override async post(): Promise<unknown> {
    const { register, limits, apiUrl } = this.deps
    const { email, password } = await readForm(this.request, 'email', 'password')
    await limits.count('register', this, { address: this.request.remoteAddress }, { person: email })
    try {
      const registered = await register({ email, password, apiUrl: apiUrl() })
      this.response.status(201)
      return {
        success: true,
        message: 'Verification email sent. Verify before using the API.',
        email: registered.email,
        id: registered.id,
      }
    } catch (error) {
      if (!(error instanceof DomainError) || error.code !== 'CONFLICT') throw error
      // In the original's words, which do not say what is the matter.
      const message = 'Registration failed. Please contact support.'
      throw new HttpError(400, 'registration-failed', message, { cause: error })
    }
  }
}
