import { describe, expect, it } from 'vitest'
import { arrayPosition, formatPointer, parsePointer } from './json-pointer.ts'
import { parsePatch } from './parse-patch.ts'

describe('parsePatch', () => {
  it.each<[string, unknown, number | null]>([
    ['no array', { op: 'add', path: '/a', value: 1 }, null],
    ['nothing', undefined, null],
    ['an operation that is no object', [{ op: 'remove', path: '/a' }, null], 1],
    ['no op', [{ path: '/a' }], 0],
    ['an unknown op', [{ op: 'spam', path: '/a' }], 0],
    ['an op in other case', [{ op: 'ADD', path: '/a', value: 1 }], 0],
    ['no path', [{ op: 'remove' }], 0],
    ['a path without slash', [{ op: 'remove', path: 'a' }], 0],
    ['a broken escape', [{ op: 'remove', path: '/a~2' }], 0],
    ['no value', [{ op: 'add', path: '/a' }], 0],
    ['no from', [{ op: 'move', path: '/a' }], 0],
    ['a move into its own child', [{ op: 'move', from: '/a', path: '/a/b' }], 0],
  ])('refuses %s', (_name, document, operation) => {
    expect(() => parsePatch(document)).toThrow(
      expect.objectContaining({ code: 'PATCH_MALFORMED', operation }),
    )
  })

  it('keeps what an operation defines and ignores the rest', () => {
    expect(parsePatch([{ op: 'add', path: '/a/-', value: null, from: '/x', extra: 1 }])).toEqual([
      { op: 'add', path: ['a', '-'], value: null },
    ])
    expect(parsePatch([{ op: 'copy', from: '/a', path: '/a/b' }])).toEqual([
      { op: 'copy', from: ['a'], path: ['a', 'b'] },
    ])
  })
})

describe('JSON Pointer', () => {
  // The examples of RFC 6901 section 5.
  it.each([
    ['', []],
    ['/foo/0', ['foo', '0']],
    ['/', ['']],
    ['/a~1b', ['a/b']],
    ['/m~0n', ['m~n']],
    ['/~01', ['~1']],
    ['/ ', [' ']],
  ])('reads and writes "%s"', (text, tokens) => {
    expect(parsePointer(text)).toEqual(tokens)
    expect(formatPointer(tokens)).toBe(text)
  })

  it('knows positions without leading zeros', () => {
    expect(['0', '10', '01', '-', '-1', '1e0', '', ' 1'].map(arrayPosition)).toEqual([
      0,
      10,
      null,
      null,
      null,
      null,
      null,
      null,
    ])
  })
})
