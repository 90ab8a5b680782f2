import { describe, expect, it } from 'vitest'
import { formatBytes, formatSeconds } from './format.ts'

describe('formatBytes', () => {
  it.each([
    [0, '0 B'],
    [999, '999 B'],
    [1000, '1.00 kB'],
    [1536, '1.54 kB'],
    [12_345, '12.3 kB'],
    [999_600, '1.00 MB'],
    [123_456_789, '123 MB'],
    [2_147_483_648, '2.15 GB'],
  ])('%d is %s', (bytes, text) => {
    expect(formatBytes(bytes)).toBe(text)
  })
})

describe('formatSeconds', () => {
  it.each([
    [0.4, '0:00'],
    [7, '0:07'],
    [59.6, '1:00'],
    [750, '12:30'],
    [11_100, '3:05:00'],
  ])('%d is %s', (seconds, text) => {
    expect(formatSeconds(seconds)).toBe(text)
  })
})
