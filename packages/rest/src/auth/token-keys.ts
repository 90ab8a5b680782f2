import { createPublicKey, createSecretKey, type KeyObject, type webcrypto } from 'node:crypto'
import {
  hmacHashes,
  signatureAlgorithms,
  signatureKeyTypes,
  type HmacAlgorithm,
  type SignatureAlgorithm,
  type TokenAlgorithm,
} from './algorithms.ts'
import { readPrivateKey, readPublicKey, type AsymmetricKey } from './read-key.ts'

/** A secret that both sides share, or one or both halves of a key pair. */
export type TokenKeyOptions =
  | {
      /** Text counts as UTF-8. At least as long as the hash of the algorithm (RFC 7518 section 3.2). */
      readonly secret: string | Uint8Array
      readonly privateKey?: never
      readonly publicKey?: never
      /** Signs; default: the first of `algorithms`, else `HS512`. */
      readonly algorithm?: HmacAlgorithm
      /** Accepted; default: only `algorithm`. */
      readonly algorithms?: readonly HmacAlgorithm[]
    }
  | {
      readonly secret?: never
      /** Signs. Without it tokens can only be validated. */
      readonly privateKey?: AsymmetricKey
      /** Verifies; default: the public half of `privateKey`. */
      readonly publicKey?: AsymmetricKey
      /** Signs; default: the first of `algorithms`, else one that fits the key, e.g. `RS256`, `ES384`, `EdDSA`. */
      readonly algorithm?: SignatureAlgorithm
      /** Accepted; default: only `algorithm`. */
      readonly algorithms?: readonly SignatureAlgorithm[]
    }

/** Keys made ready once, each bound to its algorithm. */
export interface TokenKeys {
  readonly algorithm: TokenAlgorithm
  /** Undefined when there is no private half. */
  readonly signing: webcrypto.CryptoKey | KeyObject | undefined
  /** By algorithm: another one has no key, so a public key never serves as an HMAC secret (RFC 8725 section 3.1). */
  readonly verifying: ReadonlyMap<string, webcrypto.CryptoKey | KeyObject>
}

/**
 * Reads keys and checks that they fit their algorithms.
 *
 * @throws TypeError when a key is missing, too short, or of a kind that its algorithm cannot use.
 */
export function readTokenKeys(options: TokenKeyOptions): TokenKeys {
  if (options.algorithms?.length === 0) throw new TypeError('without algorithms no token is accepted')
  return options.secret === undefined ? readPair(options) : readSecret(options)
}

function readSecret(options: Extract<TokenKeyOptions, { secret: string | Uint8Array }>): TokenKeys {
  const bytes = Buffer.from(options.secret)
  if (/-----BEGIN |^\s*ssh-/.test(bytes.toString('latin1'))) {
    throw new TypeError('the secret is a PEM or SSH key: give it as privateKey or publicKey')
  }
  const algorithm = options.algorithm ?? options.algorithms?.[0] ?? 'HS512'
  const accepted = options.algorithms ?? [algorithm]
  return {
    algorithm,
    signing: hmacKey(bytes, algorithm),
    verifying: new Map(accepted.map((name) => [name, hmacKey(bytes, name)])),
  }
}

function hmacKey(secret: Buffer, algorithm: HmacAlgorithm): webcrypto.CryptoKey {
  // Callers without types may name any algorithm.
  const hash = (hmacHashes as Partial<typeof hmacHashes>)[algorithm]
  if (hash === undefined) throw new TypeError(`a secret cannot be used with ${algorithm}`)
  if (secret.byteLength < hash.bytes) {
    throw new TypeError(`${algorithm} needs a secret of ${hash.bytes} bytes, this has ${secret.byteLength}`)
  }
  const usages = ['sign', 'verify'] as const
  return createSecretKey(secret).toCryptoKey({ name: 'HMAC', hash: hash.name }, false, usages)
}

function readPair(options: Exclude<TokenKeyOptions, { secret: string | Uint8Array }>): TokenKeys {
  const signing = options.privateKey === undefined ? undefined : readPrivateKey(options.privateKey)
  const verifying =
    options.publicKey === undefined ? signing && createPublicKey(signing) : readPublicKey(options.publicKey)
  if (verifying === undefined) throw new TypeError('give a secret, a privateKey or a publicKey')
  const algorithm = options.algorithm ?? options.algorithms?.[0] ?? algorithmFor(verifying)
  const accepted = options.algorithms ?? [algorithm]
  if (signing !== undefined) checkFits(signing, algorithm)
  for (const name of accepted) checkFits(verifying, name)
  return { algorithm, signing, verifying: new Map(accepted.map((name) => [name, verifying])) }
}

function algorithmFor(key: KeyObject): SignatureAlgorithm {
  const algorithm = signatureAlgorithms.find((name) => signatureKeyTypes[name] === keyType(key))
  if (algorithm === undefined) throw new TypeError(`keys of the kind ${keyType(key)} sign no tokens`)
  return algorithm
}

function checkFits(key: KeyObject, algorithm: SignatureAlgorithm): void {
  if (signatureKeyTypes[algorithm] !== keyType(key)) {
    throw new TypeError(`${algorithm} cannot use a key of the kind ${keyType(key)}`)
  }
  const bits = key.asymmetricKeyDetails?.modulusLength
  // RFC 7518 section 3.3.
  if (bits !== undefined && bits < 2048) {
    throw new TypeError(`${algorithm} needs a key of 2048 bits, this has ${bits}`)
  }
}

function keyType(key: KeyObject): string {
  const curve = key.asymmetricKeyDetails?.namedCurve
  return `${key.asymmetricKeyType ?? 'unknown'}${curve === undefined ? '' : ` ${curve}`}`
}
