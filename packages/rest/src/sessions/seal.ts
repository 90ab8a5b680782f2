import { hkdfSync } from 'node:crypto'
import { CompactEncrypt, compactDecrypt, errors } from 'jose'

/**
 * Encrypts and authenticates a value that JSON can hold: a compact JWE, `dir` with A256GCM (RFC 7516, RFC 7518 section 5.3).
 *
 * @param key 32 bytes, of {@link deriveKey}
 */
export async function seal(key: Uint8Array, value: unknown): Promise<string> {
  const plaintext = new TextEncoder().encode(JSON.stringify(value))
  return await new CompactEncrypt(plaintext).setProtectedHeader({ alg: 'dir', enc: 'A256GCM' }).encrypt(key)
}

/** What {@link seal} was given; `undefined` when the text was made with none of these keys, or changed, or is no such. */
export async function unseal(keys: readonly Uint8Array[], text: string): Promise<unknown> {
  for (const key of keys) {
    try {
      const { plaintext } = await compactDecrypt(text, key, {
        keyManagementAlgorithms: ['dir'],
        contentEncryptionAlgorithms: ['A256GCM'],
      })
      return JSON.parse(new TextDecoder().decode(plaintext))
    } catch (error) {
      if (!(error instanceof errors.JOSEError)) throw error
    }
  }
  return undefined
}

/** A key for one purpose; keys for different purposes tell nothing of each other (HKDF, RFC 5869). */
export function deriveKey(secret: string, purpose: string): Uint8Array {
  return new Uint8Array(hkdfSync('sha256', secret, '', `@hexapla/rest ${purpose}`, 32))
}
