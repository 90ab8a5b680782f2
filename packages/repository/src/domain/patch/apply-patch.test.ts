import { describe, expect, it } from 'vitest'
import { applyPatch } from './apply-patch.ts'
import { parsePatch } from './parse-patch.ts'
import { PatchError } from './patch-error.ts'

function failureOf(run: () => unknown): PatchError {
  try {
    run()
  } catch (error) {
    if (error instanceof PatchError) return error
    throw error
  }
  throw new Error('nothing was thrown')
}

describe('applyPatch', () => {
  it('names the operation at fault and its code', () => {
    const patch = [
      { op: 'add', path: '/a', value: 1 },
      { op: 'test', path: '/a', value: 2 },
    ]
    expect(failureOf(() => applyPatch({}, parsePatch(patch)))).toMatchObject({
      code: 'PATCH_TEST_FAILED',
      operation: 1,
    })
    expect(failureOf(() => applyPatch([1], parsePatch([{ op: 'remove', path: '/1' }])))).toMatchObject({
      code: 'PATCH_PATH_MISSING',
      operation: 0,
    })
    expect(failureOf(() => applyPatch({}, parsePatch([{ op: 'remove', path: '' }])))).toMatchObject({
      code: 'PATCH_PATH_MISSING',
    })
  })

  it('treats __proto__ as a member like any other', () => {
    const added = applyPatch({}, parsePatch([{ op: 'add', path: '/__proto__', value: { polluted: true } }]))
    expect(Object.keys(added as object)).toEqual(['__proto__'])
    expect(Reflect.get({}, 'polluted')).toBeUndefined()
    expect(
      failureOf(() => applyPatch({}, parsePatch([{ op: 'test', path: '/toString', value: 1 }]))).code,
    ).toBe('PATCH_PATH_MISSING')
  })

  it('moves a place onto itself without a change', () => {
    const document = { a: [1, 2] }
    expect(applyPatch(document, parsePatch([{ op: 'move', from: '', path: '' }]))).toBe(document)
    expect(applyPatch(document, parsePatch([{ op: 'move', from: '/a/1', path: '/a/1' }]))).toEqual(document)
  })
})
