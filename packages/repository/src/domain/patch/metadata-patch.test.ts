import { describe, expect, it } from 'vitest'
import { metadataValue } from '../metadata/metadata.ts'
import type { Metadata } from '../metadata/metadata.ts'
import { applyMetadataPatch, fieldsTouched } from './metadata-patch.ts'
import { parsePatch } from './parse-patch.ts'

const start: Metadata = {
  'dc.title': [metadataValue('Initial Title')],
  'dc.subject': [metadataValue('a'), metadataValue('b', 'en'), metadataValue('c')],
}

function patch(metadata: Metadata, operations: unknown): Metadata {
  return parsePatch(operations).reduce(
    (current, operation, index) => applyMetadataPatch(current, operation, { index }),
    metadata,
  )
}

/** The values of a field, one letter for each. */
function subjects(operations: unknown): string | undefined {
  const { 'dc.subject': values } = patch(start, operations)
  return values?.map((entry) => entry.value).join('')
}

describe('the examples of metadata-patch.md', () => {
  // The document's states build on each other, as its introduction says.
  const title = { 'dc.title': [metadataValue('Initial Title')] }
  const added = {
    'dc.description': [metadataValue('Some description')],
    'dc.title': [
      metadataValue('Zeroth Title'),
      metadataValue('Initial Title'),
      metadataValue('Final Title', 'en_US'),
    ],
  }

  it('add', () => {
    expect(
      patch(title, [
        { op: 'add', path: '/metadata/dc.description', value: [{ value: 'Some description' }] },
        { op: 'add', path: '/metadata/dc.title/0', value: { value: 'Zeroth Title' } },
        { op: 'add', path: '/metadata/dc.title/-', value: { value: 'Final Title', language: 'en_US' } },
      ]),
    ).toEqual(added)
  })

  it('remove, replace, move', () => {
    expect(
      patch(added, [
        { op: 'remove', path: '/metadata/dc.description' },
        { op: 'remove', path: '/metadata/dc.title/0' },
        {
          op: 'replace',
          path: '/metadata/dc.title/0',
          value: { value: '最後のタイトル', language: 'ja_JP' },
        },
        { op: 'move', from: '/metadata/dc.title/1', path: '/metadata/dc.title/0' },
      ]),
    ).toEqual({
      'dc.title': [metadataValue('Final Title', 'en_US'), metadataValue('最後のタイトル', 'ja_JP')],
    })
  })
})

describe('places and values', () => {
  it.each([
    ['an array replaces all', { op: 'add', path: '/metadata/dc.subject', value: [{ value: 'x' }] }, 'x'],
    ['an object goes first', { op: 'add', path: '/metadata/dc.subject', value: { value: 'x' } }, 'xabc'],
    ['a text goes first', { op: 'add', path: '/metadata/dc.subject', value: 'x' }, 'xabc'],
    [
      'a trailing slash means nothing',
      { op: 'add', path: '/metadata/dc.subject/', value: { value: 'x' } },
      'xabc',
    ],
    ['in the middle', { op: 'add', path: '/metadata/dc.subject/1', value: { value: 'x' } }, 'axbc'],
    ['at the end by number', { op: 'add', path: '/metadata/dc.subject/3', value: { value: 'x' } }, 'abcx'],
    ['replaced by an object', { op: 'replace', path: '/metadata/dc.subject', value: { value: 'x' } }, 'x'],
    ['replaced by a text', { op: 'replace', path: '/metadata/dc.subject/1', value: 'x' }, 'axc'],
    ['replaced by nothing', { op: 'replace', path: '/metadata/dc.subject', value: [] }, undefined],
    [
      'an empty form field',
      { op: 'replace', path: '/metadata/dc.subject', value: { language: null } },
      undefined,
    ],
    ['forwards', { op: 'move', from: '/metadata/dc.subject/0', path: '/metadata/dc.subject/2' }, 'bca'],
    ['backwards', { op: 'move', from: '/metadata/dc.subject/2', path: '/metadata/dc.subject/0' }, 'cab'],
    ['to the end', { op: 'move', from: '/metadata/dc.subject/0', path: '/metadata/dc.subject/-' }, 'bca'],
    ['onto itself', { op: 'move', from: '/metadata/dc.subject/1', path: '/metadata/dc.subject/1' }, 'abc'],
    ['copied', { op: 'copy', from: '/metadata/dc.subject/0', path: '/metadata/dc.subject/-' }, 'abca'],
  ])('%s', (_name, operation, expected) => {
    const before = structuredClone(start)
    expect(subjects([operation])).toBe(expected)
    expect(start).toEqual(before)
  })

  it('begins a field at its end or first place', () => {
    for (const place of ['-', '0', '']) {
      const operation = { op: 'add', path: `/metadata/dc.type/${place}`, value: { value: 'Dataset' } }
      expect(patch(start, [operation])).toEqual({ ...start, 'dc.type': [metadataValue('Dataset')] })
    }
  })

  it('replaces a field that was never set, as the web client asks', () => {
    const operation = {
      op: 'replace',
      path: '/metadata/dc.description',
      value: { value: 'd', language: null },
    }
    expect(patch(start, [operation])['dc.description']).toEqual([metadataValue('d')])
  })

  it('sets single properties', () => {
    const after = patch(start, [
      { op: 'replace', path: '/metadata/dc.subject/1/value', value: 'B' },
      { op: 'replace', path: '/metadata/dc.subject/1/language', value: null },
      { op: 'replace', path: '/metadata/dc.subject/1/authority', value: 'orcid:1' },
      { op: 'replace', path: '/metadata/dc.subject/1/confidence', value: '600' },
      { op: 'add', path: '/metadata/dc.subject/0/language', value: 'de' },
      { op: 'remove', path: '/metadata/dc.subject/0/language' },
    ])
    expect(after['dc.subject']).toEqual([
      metadataValue('a'),
      { value: 'B', language: null, authority: 'orcid:1', confidence: 600 },
      metadataValue('c'),
    ])
  })

  it('replaces the whole map', () => {
    const value = { 'dc.title': [{ value: 'New', place: 0, securityLevel: null }], 'dc.subject': [] }
    expect(patch(start, [{ op: 'replace', path: '/metadata', value }])).toEqual({
      'dc.title': [metadataValue('New')],
    })
  })

  it('takes a field away that is not there, as DSpace does', () => {
    expect(patch(start, [{ op: 'remove', path: '/metadata/dc.type' }])).toEqual(start)
  })

  it('passes tests of what is there', () => {
    const operations = [
      { op: 'test', path: '/metadata/dc.title', value: [{ value: 'Initial Title' }] },
      { op: 'test', path: '/metadata/dc.subject/1', value: { value: 'b', language: 'en' } },
      { op: 'test', path: '/metadata/dc.subject/1/language', value: 'en' },
      { op: 'test', path: '/metadata', value: start },
    ]
    expect(patch(start, operations)).toBe(start)
  })
})

describe('refusals', () => {
  it.each([
    { op: 'add', path: '/metadata/dc.subject/4', value: { value: 'x' } },
    { op: 'add', path: '/metadata/dc.type/1', value: { value: 'x' } },
    { op: 'add', path: '/metadata/dc.subject/-', value: [{ value: 'x' }] },
    { op: 'add', path: '/metadata/dc.subject/-', value: { language: 'en' } },
    { op: 'add', path: '/metadata/dc.subject/-', value: { value: 5 } },
    { op: 'add', path: '/metadata/dc.subject/-', value: { value: 'x', confidence: 1.5 } },
    { op: 'add', path: '/metadata/dc.subject/-', value: { value: 'x', language: 5 } },
    { op: 'add', path: '/metadata/dc.subject', value: [{ value: 'x' }, 5] },
    { op: 'add', path: '/metadata/dc.subject/one', value: 'x' },
    { op: 'add', path: '/metadata/dc.subject/01', value: 'x' },
    { op: 'add', path: '/metadata//0', value: 'x' },
    { op: 'add', path: '/metadata/dc.subject/0/place', value: 1 },
    { op: 'add', path: '/metadata/dc.subject/0/value/x', value: 'x' },
    { op: 'replace', path: '/metadata/dc.subject/3', value: { value: 'x' } },
    { op: 'replace', path: '/metadata/dc.subject/-', value: { value: 'x' } },
    { op: 'replace', path: '/metadata/dc.subject/0/value', value: null },
    { op: 'replace', path: '/metadata/dc.subject/0/confidence', value: 'high' },
    { op: 'replace', path: '/metadata', value: [] },
    { op: 'replace', path: '/metadata', value: { 'dc.title': 5 } },
    { op: 'remove', path: '/metadata' },
    { op: 'remove', path: '/metadata/dc.subject/3' },
    { op: 'remove', path: '/metadata/dc.subject/0/value' },
    { op: 'move', from: '/metadata/dc.subject/3', path: '/metadata/dc.subject/0' },
    { op: 'move', from: '/metadata/dc.subject/0', path: '/metadata/dc.title/0' },
    { op: 'move', from: '/metadata/dc.subject/0', path: '/metadata/dc.subject/3' },
    { op: 'move', from: '/name', path: '/metadata/dc.subject/0' },
    { op: 'copy', from: '/metadata/dc.subject', path: '/metadata/dc.title' },
  ])('$op $path $from', (operation) => {
    const [parsed] = parsePatch([operation])
    if (parsed === undefined) throw new Error('one operation was given')
    expect(() => applyMetadataPatch(start, parsed, { index: 7 })).toThrow(
      expect.objectContaining({ code: 'PATCH_INVALID', operation: 7 }),
    )
  })

  it.each([
    { op: 'test', path: '/metadata/dc.title', value: [{ value: 'Other' }] },
    { op: 'test', path: '/metadata/dc.type', value: 5 },
    { op: 'test', path: '/metadata/dc.subject/1', value: { value: 'b' } },
    { op: 'test', path: '/metadata', value: {} },
  ])('$op $path', (operation) => {
    expect(() => patch(start, [operation])).toThrow(expect.objectContaining({ code: 'PATCH_TEST_FAILED' }))
  })
})

describe('fieldsTouched', () => {
  it.each([
    [{ op: 'add', path: '/metadata/dc.title/-', value: 'x' }, ['dc.title']],
    [{ op: 'replace', path: '/metadata', value: { 'dc.title': [], 'x.y': [] } }, ['dc.title', 'x.y']],
    [{ op: 'copy', from: '/metadata/a.b/0', path: '/metadata/c.d/0' }, ['a.b', 'c.d']],
    [{ op: 'move', from: '/metadata/a.b/0', path: '/metadata/a.b/1' }, ['a.b']],
    [{ op: 'replace', path: '/withdrawn', value: true }, []],
  ])('%j', (operation, fields) => {
    expect(parsePatch([operation]).flatMap((parsed) => fieldsTouched(parsed, { index: 0 }))).toEqual(fields)
  })
})
