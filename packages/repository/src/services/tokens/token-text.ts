import { createHash, randomBytes } from 'node:crypto'
import { crc32 } from 'node:zlib'

/** What every token begins with, for people and secret scanners to know it by. */
const PREFIX = 'hxp_'
const DIGITS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'
/** 256 bits to the base of 62. */
const SECRET_LENGTH = 43
/** 32 bits to the base of 62. */
const CHECK_LENGTH = 6

/** A new token: `hxp_`, 256 random bits, and a CRC-32 of these, by which a token mistyped or made up is told at once. */
export function createTokenText(): string {
  const secret = toBase62(BigInt(`0x${randomBytes(32).toString('hex')}`), SECRET_LENGTH)
  return `${PREFIX}${secret}${checkOf(secret)}`
}

/** Whether a text means to be a token of this kind. */
export function isTokenText(text: string): boolean {
  return text.startsWith(PREFIX)
}

/**
 * What is kept of a token, SHA-256: its text is random enough to need neither salt nor stretching.
 *
 * @returns undefined when the text is no token
 */
export function digestOfToken(text: string): Uint8Array | undefined {
  const secret = text.slice(PREFIX.length, -CHECK_LENGTH)
  const isToken = isTokenText(text) && secret.length === SECRET_LENGTH && text.endsWith(checkOf(secret))
  return isToken ? createHash('sha256').update(text).digest() : undefined
}

function checkOf(secret: string): string {
  return toBase62(BigInt(crc32(secret)), CHECK_LENGTH)
}

function toBase62(value: bigint, length: number): string {
  let text = ''
  for (let rest = value; rest > 0n; rest /= 62n) text = DIGITS.charAt(Number(rest % 62n)) + text
  return text.padStart(length, '0')
}
