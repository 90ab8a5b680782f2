import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { applyPatch } from '../src/domain/patch/apply-patch.ts'
import type { JsonValue } from '../src/domain/patch/json-value.ts'
import { parsePatch } from '../src/domain/patch/parse-patch.ts'

interface PublicCase {
  readonly title: string
  readonly comment?: string
  readonly doc: JsonValue
  readonly patch: unknown
  readonly expected?: JsonValue
  readonly error?: string
  readonly disabled?: boolean
}

function publicCases(file: string): readonly PublicCase[] {
  const url = new URL(`fixtures/json-patch-tests/${file}`, import.meta.url)
  const cases = JSON.parse(readFileSync(url, 'utf8')) as PublicCase[]
  return cases
    .filter((record) => record.disabled !== true)
    .map((record, index) => ({ ...record, title: `${index} ${record.comment ?? record.error ?? ''}` }))
}

const cases = [...publicCases('tests.json'), ...publicCases('spec_tests.json')]

describe('the public JSON Patch cases', () => {
  it('are all there', () => {
    expect(cases).toHaveLength(108)
  })

  it.each(cases.filter((record) => record.error === undefined))('$title', (record) => {
    const before = structuredClone(record.doc)
    // A case without a result changes nothing: it holds tests alone.
    expect(applyPatch(record.doc, parsePatch(record.patch))).toEqual(record.expected ?? before)
    expect(record.doc).toEqual(before)
  })

  it.each(cases.filter((record) => record.error !== undefined))('$title', (record) => {
    const before = structuredClone(record.doc)
    expect(() => applyPatch(record.doc, parsePatch(record.patch))).toThrow(
      expect.objectContaining({
        code: expect.stringMatching(/^PATCH_(MALFORMED|PATH_MISSING|TEST_FAILED)$/),
      }),
    )
    expect(record.doc).toEqual(before)
  })
})
