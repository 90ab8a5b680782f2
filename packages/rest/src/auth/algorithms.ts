/** HMAC with a secret that signer and validator share (RFC 7518 section 3.2). */
export type HmacAlgorithm = 'HS256' | 'HS384' | 'HS512'

/** Signature with a key pair (RFC 7518 sections 3.3 to 3.5, RFC 8037, RFC 9864). */
export type SignatureAlgorithm =
  | 'RS256'
  | 'RS384'
  | 'RS512'
  | 'PS256'
  | 'PS384'
  | 'PS512'
  | 'ES256'
  | 'ES384'
  | 'ES512'
  | 'EdDSA'
  | 'Ed25519'

/** How tokens are signed, as in their header `alg`; `none` is not among them. */
export type TokenAlgorithm = HmacAlgorithm | SignatureAlgorithm

/** The hash of each HMAC algorithm; its length is the least length of a secret. */
export const hmacHashes: Readonly<Record<HmacAlgorithm, { readonly name: string; readonly bytes: number }>> =
  {
    HS256: { name: 'SHA-256', bytes: 32 },
    HS384: { name: 'SHA-384', bytes: 48 },
    HS512: { name: 'SHA-512', bytes: 64 },
  }

/** The kind of key that each signature algorithm needs, as `node:crypto` names it, with the curve. */
export const signatureKeyTypes: Readonly<Record<SignatureAlgorithm, string>> = {
  RS256: 'rsa',
  RS384: 'rsa',
  RS512: 'rsa',
  PS256: 'rsa',
  PS384: 'rsa',
  PS512: 'rsa',
  ES256: 'ec prime256v1',
  ES384: 'ec secp384r1',
  ES512: 'ec secp521r1',
  EdDSA: 'ed25519',
  Ed25519: 'ed25519',
}

/** Every {@link SignatureAlgorithm}; the first one for a kind of key is the default to sign with. */
export const signatureAlgorithms = Object.keys(signatureKeyTypes) as readonly SignatureAlgorithm[]
