import { DomainError, type UseCases } from '@hexapla/repository'
import { HttpError, RestHandler, type ResourceDescription } from '@hexapla/rest'
import { readForm } from '../http/read-form.ts'
import type { CallLimits } from '../limits/call-limits.ts'
import { documentOf, formOf } from './describe.ts'

export interface VerifyDeps {
  readonly verify: UseCases['people']['verifyRegistration']
  readonly limits: CallLimits
}

/** `POST /verify` (document 001, "User Registration"). */
export class VerifyHandler extends RestHandler<VerifyDeps> {
  static readonly api: ResourceDescription = {
    tags: ['default'],
    post: {
      summary: 'Verify registered account.',
      security: [],
      body: formOf({ email: 'email address', verification_code: 'verification code' }),
      responses: { 200: { schema: documentOf() } },
      failures: [400, 401, 429],
    },
  }

  override async post(): Promise<unknown> {
    const { verify, limits } = this.deps
    const form = await readForm(this.request, 'email', 'verification_code')
    const { email, verification_code: code } = form
    await limits.count('verify', this, { address: this.request.remoteAddress }, { person: email })
    try {
      await verify({ email, code })
    } catch (error) {
      if (!(error instanceof DomainError) || error.code !== 'LOGIN_REFUSED') throw error
      throw new HttpError(401, 'code-invalid', 'Invalid verification code', { cause: error })
    }
    return {
      success: true,
      message: 'Mahalo for verifying. You may now login to receive an API token.',
    }
  }
}
