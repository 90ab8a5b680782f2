import { type CryptoKey, exportJWK, generateKeyPair, type JWK } from 'jose'
import { randomUUID } from 'node:crypto'
import type { OpenIdProviderOptions } from './provider-options.ts'

/** A private key with a `kid` of its own, as the provider's key set wants it. */
export async function signingKey(algorithm: NonNullable<OpenIdProviderOptions['algorithm']>): Promise<JWK> {
  const { privateKey }: { privateKey: CryptoKey } = await generateKeyPair(algorithm, { extractable: true })
  return { ...(await exportJWK(privateKey)), kid: randomUUID(), alg: algorithm, use: 'sig' }
}
