import { EncryptJWT, errors, jwtDecrypt } from 'jose'
import type { PendingSignIn } from '../../openid/code-flow.ts'

/** Keeps sign-ins that are under way in the browsers of those who began them. */
export interface PendingSignIns {
  readonly lifetimeSeconds: number
  seal(pending: PendingSignIn): Promise<string>
  /** @returns undefined for what was not sealed here, or too long ago */
  open(sealed: string): Promise<PendingSignIn | undefined>
}

const LIFETIME_S = 600

/**
 * Sealed as encrypted JWT (RFC 7519, A256GCM): the code verifier is nobody's business.
 *
 * @param secret 32 bytes that all processes of the repository share
 */
export function pendingSignIns(secret: Uint8Array, now: () => number): PendingSignIns {
  return {
    lifetimeSeconds: LIFETIME_S,
    seal: (pending) =>
      new EncryptJWT({ ...pending })
        .setProtectedHeader({ alg: 'dir', enc: 'A256GCM' })
        .setExpirationTime(Math.floor(now() / 1000) + LIFETIME_S)
        .encrypt(secret),
    async open(sealed) {
      try {
        const { payload } = await jwtDecrypt<PendingSignIn>(sealed, secret, {
          keyManagementAlgorithms: ['dir'],
          contentEncryptionAlgorithms: ['A256GCM'],
          requiredClaims: ['exp', 'state', 'nonce', 'codeVerifier', 'returnTo'],
          currentDate: new Date(now()),
        })
        const { state, nonce, codeVerifier, returnTo } = payload
        return { state, nonce, codeVerifier, returnTo }
      } catch (error) {
        if (error instanceof errors.JOSEError) return undefined
        throw error
      }
    },
  }
}
