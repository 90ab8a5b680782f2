import type { KeyObject, webcrypto } from 'node:crypto'
import { compactVerify, errors, type CompactJWSHeaderParameters } from 'jose'
import { TokenError } from './token-error.ts'

/** Finds the key for a token; it sees the header of a token that is not verified yet. */
export type FindKey = (
  header: CompactJWSHeaderParameters,
) => webcrypto.CryptoKey | KeyObject | Promise<webcrypto.CryptoKey | KeyObject>

const utf8 = new TextDecoder('utf-8', { fatal: true })

/**
 * The claims of a token whose signature is good (RFC 7515 section 5.2); nothing of them is checked yet.
 *
 * @throws TokenError `token-malformed`, `token-signature`, and what `findKey` throws
 */
export async function verifySignature(token: string, findKey: FindKey): Promise<Record<string, unknown>> {
  const { payload, protectedHeader } = await verify(token, findKey)
  // RFC 7797 section 7: tokens must not have an unencoded payload.
  if (protectedHeader.b64 === false) throw malformed(undefined)
  const claims = parse(payload)
  if (typeof claims !== 'object' || claims === null || Array.isArray(claims)) throw malformed(undefined)
  return claims as Record<string, unknown>
}

async function verify(token: string, findKey: FindKey) {
  try {
    return await compactVerify(token, findKey)
  } catch (error) {
    if (error instanceof errors.JWSSignatureVerificationFailed) {
      throw new TokenError('token-signature', 'the signature is not good', { cause: error })
    }
    if (error instanceof errors.JWSInvalid || error instanceof errors.JOSENotSupported) throw malformed(error)
    throw error
  }
}

function parse(payload: Uint8Array): unknown {
  try {
    return JSON.parse(utf8.decode(payload))
  } catch (error) {
    throw malformed(error)
  }
}

function malformed(cause: unknown): TokenError {
  return new TokenError('token-malformed', 'this is no signed token', { cause })
}
