import { createHash, randomUUID } from 'node:crypto'

/** A new code: 122 random bits. */
export function createVerificationCode(): string {
  return randomUUID()
}

/** What is kept of a code, SHA-256: it is random enough to need neither salt nor stretching. */
export function digestOfCode(code: string): Uint8Array {
  return createHash('sha256').update(code.trim().toLowerCase()).digest()
}
