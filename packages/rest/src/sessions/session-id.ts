import { createHash, randomBytes } from 'node:crypto'

/** A new session id: 256 random bits, as 43 characters that need no escaping anywhere. */
export function newSessionId(): string {
  return randomBytes(32).toString('base64url')
}

/** False for what {@link newSessionId} cannot have made. */
export function isSessionId(text: string): boolean {
  return /^[\w-]{43}$/.test(text)
}

/** What a session is stored under, from which its id cannot be had back. */
export function storageKey(id: string): string {
  return createHash('sha256').update(id).digest('base64url')
}
