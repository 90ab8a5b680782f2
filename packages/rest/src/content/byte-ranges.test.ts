import { expect, test } from 'vitest'
import { parseByteRanges } from './byte-ranges.ts'

test.each([
  // The examples of RFC 9110 section 14.1.2, for content of 10000 bytes.
  ['bytes=0-499', 10000, [[0, 499]]],
  ['bytes=500-999', 10000, [[500, 999]]],
  ['bytes=-500', 10000, [[9500, 9999]]],
  ['bytes=9500-', 10000, [[9500, 9999]]],
  [
    'bytes=0-0,-1',
    10000,
    [
      [0, 0],
      [9999, 9999],
    ],
  ],
  [
    'bytes= 0-999, 4500-5499, -1000',
    10000,
    [
      [0, 999],
      [4500, 5499],
      [9000, 9999],
    ],
  ],
  ['BYTES=0-', 5, [[0, 4]]],
  ['bytes=0-99', 5, [[0, 4]]],
  ['bytes=-99', 5, [[0, 4]]],
  ['bytes=1-2,,9-', 5, [[1, 2]]],
  ['bytes=5-', 5, []],
  ['bytes=-0', 5, []],
  ['bytes=0-', 0, []],
  ['bytes=0-99999999999999999999999', 5, [[0, 4]]],
])('%s of %i', (header, size, expected) => {
  expect(parseByteRanges(header, size)).toEqual(expected.map(([start, end]) => ({ start, end })))
})

test.each([
  'items=0-1',
  'bytes=',
  'bytes=,',
  'bytes=a-b',
  'bytes=2-1',
  'bytes=-',
  'bytes 0-1',
  'bytes=0-1;1-2',
  'bytes=0-,0-',
  `bytes=${Array.from({ length: 17 }, (_, index) => `${index}-${index}`).join(',')}`,
])('%s is ignored', (header) => {
  expect(parseByteRanges(header, 100)).toBe(undefined)
})
