import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { applyPatch } from './apply-patch.ts'
import type { JsonValue } from './json-value.ts'
import { parsePatch } from './parse-patch.ts'
import { PatchError } from './patch-error.ts'

interface PublicCase {
  readonly comment?: string
  readonly doc: JsonValue
  readonly patch: unknown
  readonly expected?: JsonValue
  readonly error?: string
  readonly disabled?: boolean
}

function publicCases(file: string): readonly (PublicCase & { readonly title: string })[] {
  const url = new URL(`../../../test/fixtures/json-patch-tests/${file}`, import.meta.url)
  const cases = JSON.parse(readFileSync(url, 'utf8')) as PublicCase[]
  return cases
    .filter((record) => record.patch !== undefined && record.disabled !== true)
    .map((record, index) => ({ ...record, title: `${index} ${record.comment ?? record.error ?? ''}` }))
}

function failureOf(run: () => unknown): PatchError {
  try {
    run()
  } catch (error) {
    if (error instanceof PatchError) return error
    throw error
  }
  throw new Error('nothing was thrown')
}

describe.each(['tests.json', 'spec_tests.json'])('public cases of %s', (file) => {
  const cases = publicCases(file)

  it('are all there', () => {
    expect(cases.length).toBe(file === 'tests.json' ? 92 : 16)
  })

  it.each(cases)('$title', (record) => {
    const before = structuredClone(record.doc)
    const run = (): JsonValue => applyPatch(record.doc, parsePatch(record.patch))
    if (record.error === undefined) {
      const after = run()
      if (record.expected !== undefined) expect(after).toEqual(record.expected)
    } else {
      expect(failureOf(run).code).toMatch(/^PATCH_(MALFORMED|PATH_MISSING|TEST_FAILED)$/)
    }
    expect(record.doc).toEqual(before)
  })
})

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
