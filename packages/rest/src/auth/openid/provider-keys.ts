import type { webcrypto } from 'node:crypto'
import { createLocalJWKSet, errors, type CompactJWSHeaderParameters, type JSONWebKeySet } from 'jose'
import { TokenError } from '../token-error.ts'
import { fetchJson, type FetchOptions } from './fetch-json.ts'

/** The keys that a provider publishes; imported when first used. */
export interface ProviderKeys {
  /**
   * The key that a token's header names, undefined when there is none.
   *
   * @throws TokenError `token-key-unknown` when the header leaves several to choose from
   * @throws Error when the provider publishes a key that cannot be used
   */
  find(header: CompactJWSHeaderParameters): Promise<webcrypto.CryptoKey | undefined>
}

/**
 * Reads a key set (RFC 7517 section 5).
 *
 * @throws Error when it is not to be had, or has no keys: an answer that would make every token bad is none
 */
export async function loadKeys(url: string, options: FetchOptions): Promise<ProviderKeys> {
  // Checked by createLocalJWKSet.
  const set = (await fetchJson(url, options)) as unknown as JSONWebKeySet
  const find = createLocalJWKSet(set)
  if (set.keys.length === 0) throw new Error(`${url} has no keys`)
  return {
    async find(header) {
      try {
        return checkLength(await find(header))
      } catch (error) {
        if (error instanceof errors.JWKSNoMatchingKey) return undefined
        // OpenID Connect Core section 10.1: with several keys a token names its own.
        if (error instanceof errors.JWKSMultipleMatchingKeys) {
          throw new TokenError('token-key-unknown', 'the token does not say which key signed it', {
            cause: error,
          })
        }
        throw error
      }
    },
  }
}

/** RFC 7518 section 3.3. */
function checkLength(key: webcrypto.CryptoKey): webcrypto.CryptoKey {
  const { algorithm } = key
  if ('modulusLength' in algorithm && Number(algorithm.modulusLength) < 2048) {
    throw new Error('the provider signs with a key of less than 2048 bits')
  }
  return key
}
