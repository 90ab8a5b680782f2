import { hash, verify } from '@node-rs/argon2'
import type { PasswordHasher } from '../domain/people/password-hasher.ts'

/** OWASP Password Storage Cheat Sheet, "Argon2id": 19 MiB, two passes, one lane. */
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 }

/** Hashes passwords with argon2id, in PHC form. Texts that only differ in Unicode composition are one password. */
export function argon2Hasher(): PasswordHasher {
  // What passwords of unknown people are compared with: no password has this hash.
  let decoy: Promise<string> | undefined
  return {
    hash: (password) => hash(password.normalize('NFC'), COST),
    async verify(known, password) {
      const against = known ?? (await (decoy ??= hash(crypto.getRandomValues(new Uint8Array(32)), COST)))
      return (await verify(against, password.normalize('NFC'))) && known !== null
    },
  }
}
