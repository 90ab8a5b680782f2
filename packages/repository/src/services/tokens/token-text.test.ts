import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { createTokenText, digestOfToken, isTokenText } from './token-text.ts'

test('a token has one form, and no two are the same', () => {
  const made = Array.from({ length: 100 }, createTokenText)
  expect(new Set(made).size).toBe(100)
  for (const text of made) {
    expect(text).toMatch(/^hxp_[0-9A-Za-z]{49}$/)
    expect(digestOfToken(text)).toEqual(createHash('sha256').update(text).digest())
  }
})

test('the check is the CRC-32 of what stands before it', () => {
  // Computed with Python: zlib.crc32(b'0' * 42 + b'1') to the base of 62.
  expect(digestOfToken(`hxp_${'0'.repeat(42)}10HNUPx`)).toBeDefined()
})

test('every changed character, and a missing or further one, is noticed', () => {
  const text = createTokenText()
  for (let index = 0; index < text.length; index += 1) {
    const other = text[index] === 'x' ? 'y' : 'x'
    expect(digestOfToken(text.slice(0, index) + other + text.slice(index + 1))).toBeUndefined()
  }
  expect(digestOfToken(text.slice(0, -1))).toBeUndefined()
  expect(digestOfToken(`${text}0`)).toBeUndefined()
  expect(digestOfToken('')).toBeUndefined()
})

test('other bearer tokens are not taken for one', () => {
  expect(isTokenText('eyJhbGciOiJIUzI1NiJ9.e30.abc')).toBe(false)
})
