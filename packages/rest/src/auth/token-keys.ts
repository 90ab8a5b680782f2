import {
  createPrivateKey,
  createPublicKey,
  createSecretKey,
  KeyObject,
  type JsonWebKey,
  type webcrypto,
} from 'node:crypto'
import {
  hmacHashes,
  signatureAlgorithms,
  signatureKeyTypes,
  type HmacAlgorithm,
  type SignatureAlgorithm,
  type TokenAlgorithm,
} from './algorithms.ts'

/** A key as PEM (SPKI, PKCS #8, PKCS #1, certificate), as JWK, or as Node has it. */
export type AsymmetricKey = string | Uint8Array | JsonWebKey | KeyObject

/** A secret that both sides share, or one or both halves of a key pair. */
export type TokenKeyOptions =
  | {
      /** Text counts as UTF-8. At least as long as the hash of the algorithm (RFC 7518 section 3.2). */
      readonly secret: string | Uint8Array
      readonly privateKey?: never
      readonly publicKey?: never
      /** Signs; default `HS512`. */
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
      /** Signs; default: the first that fits the key, e.g. `RS256`, `ES384`, `EdDSA`. */
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
  return options.secret === undefined ? readPair(options) : readSecret(options)
}

function readSecret(options: Extract<TokenKeyOptions, { secret: string | Uint8Array }>): TokenKeys {
  const bytes = Buffer.from(options.secret)
  if (/^-----BEGIN|^ssh-/.test(bytes.toString('latin1'))) {
    throw new TypeError('the secret is a PEM or SSH key: give it as privateKey or publicKey')
  }
  const { algorithm = 'HS512' } = options
  const key = createSecretKey(bytes)
  const verifying = new Map<string, webcrypto.CryptoKey>()
  for (const name of new Set([algorithm, ...(options.algorithms ?? [])])) {
    // Callers without types may name any algorithm.
    const hash = (hmacHashes as Partial<typeof hmacHashes>)[name]
    if (hash === undefined) throw new TypeError(`a secret cannot be used with ${name}`)
    if (bytes.byteLength < hash.bytes) {
      throw new TypeError(
        `${name} needs a secret of at least ${hash.bytes} bytes, this has ${bytes.byteLength}`,
      )
    }
    verifying.set(name, key.toCryptoKey({ name: 'HMAC', hash: hash.name }, false, ['sign', 'verify']))
  }
  const signing = verifying.get(algorithm)
  return { algorithm, signing, verifying: accepted(verifying, options.algorithms) }
}

function readPair(options: Exclude<TokenKeyOptions, { secret: string | Uint8Array }>): TokenKeys {
  const { privateKey, publicKey } = options
  const signing = privateKey === undefined ? undefined : toPrivateKey(privateKey)
  const verifyingKey = publicKey === undefined ? signing && createPublicKey(signing) : toPublicKey(publicKey)
  if (verifyingKey === undefined) throw new TypeError('give a secret, a privateKey or a publicKey')
  const type = keyType(verifyingKey)
  const algorithm =
    options.algorithm ??
    options.algorithms?.[0] ??
    signatureAlgorithms.find((name) => signatureKeyTypes[name] === type)
  if (algorithm === undefined) throw new TypeError(`keys of the kind ${type} sign no tokens`)
  const verifying = new Map<string, KeyObject>()
  for (const name of new Set([algorithm, ...(options.algorithms ?? [])])) {
    checkFits(verifyingKey, name)
    verifying.set(name, verifyingKey)
  }
  if (signing !== undefined) checkFits(signing, algorithm)
  return { algorithm, signing, verifying: accepted(verifying, options.algorithms) }
}

/** What signs need not be accepted: `algorithms` alone says what is. */
function accepted<Key>(keys: ReadonlyMap<string, Key>, algorithms: readonly string[] | undefined) {
  return algorithms === undefined ? keys : new Map([...keys].filter(([name]) => algorithms.includes(name)))
}

function toPrivateKey(key: AsymmetricKey): KeyObject {
  if (key instanceof KeyObject) return checkHalf(key, 'private')
  return isJwk(key) ? createPrivateKey({ key, format: 'jwk' }) : createPrivateKey(Buffer.from(key))
}

function toPublicKey(key: AsymmetricKey): KeyObject {
  if (key instanceof KeyObject) return checkHalf(key, 'public')
  return isJwk(key) ? createPublicKey({ key, format: 'jwk' }) : createPublicKey(Buffer.from(key))
}

function isJwk(key: Exclude<AsymmetricKey, KeyObject>): key is JsonWebKey {
  return typeof key === 'object' && !(key instanceof Uint8Array)
}

function checkHalf(key: KeyObject, half: 'private' | 'public'): KeyObject {
  if (key.type !== half) throw new TypeError(`a ${half} key is needed, this is a ${key.type} one`)
  return key
}

function checkFits(key: KeyObject, algorithm: SignatureAlgorithm): void {
  const type = keyType(key)
  if (signatureKeyTypes[algorithm] !== type)
    throw new TypeError(`${algorithm} cannot use a key of the kind ${type}`)
  const bits = key.asymmetricKeyDetails?.modulusLength
  // RFC 7518 section 3.3.
  if (bits !== undefined && bits < 2048)
    throw new TypeError(`${algorithm} needs a key of 2048 bits, this has ${bits}`)
}

function keyType(key: KeyObject): string {
  const curve = key.asymmetricKeyDetails?.namedCurve
  return `${key.asymmetricKeyType ?? 'unknown'}${curve === undefined ? '' : ` ${curve}`}`
}
