import { deriveKey } from '../sessions/seal.ts'

/** The first key seals, all of them open: so secrets can be changed while logins go on. */
export type SecretKeys = readonly [Uint8Array, ...Uint8Array[]]

/**
 * Keys for one purpose, of secrets in the same order.
 *
 * @throws TypeError when there is no secret, or one that could be guessed
 */
export function secretKeys(secrets: readonly string[], purpose: string): SecretKeys {
  if (secrets.some((secret) => secret.length < 32)) {
    throw new TypeError('a secret must have at least 32 characters')
  }
  const [first, ...others] = secrets.map((secret) => deriveKey(secret, purpose))
  if (first === undefined) throw new TypeError('a secret is needed')
  return [first, ...others]
}
