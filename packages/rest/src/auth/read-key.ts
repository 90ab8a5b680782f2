import { createPrivateKey, createPublicKey, KeyObject, type JsonWebKey } from 'node:crypto'

/** A key as PEM (SPKI, PKCS #8, PKCS #1, certificate), as JWK, or as Node has it. */
export type AsymmetricKey = string | Uint8Array | JsonWebKey | KeyObject

/** @throws TypeError when it is no private key */
export function readPrivateKey(key: AsymmetricKey): KeyObject {
  return read(key, 'private', createPrivateKey)
}

/** @throws TypeError when it is no public key, nor a private one to take it from */
export function readPublicKey(key: AsymmetricKey): KeyObject {
  return read(key, 'public', createPublicKey)
}

type Source = Buffer | { readonly key: JsonWebKey; readonly format: 'jwk' }

function read(
  key: AsymmetricKey,
  half: 'private' | 'public',
  create: (source: Source) => KeyObject,
): KeyObject {
  if (key instanceof KeyObject) {
    if (key.type !== half) throw new TypeError(`a ${half} key is needed, this is a ${key.type} one`)
    return key
  }
  const isPem = typeof key === 'string' || key instanceof Uint8Array
  try {
    return create(isPem ? Buffer.from(key) : { key, format: 'jwk' })
  } catch (cause) {
    throw new TypeError(`this is no ${half} key`, { cause })
  }
}
