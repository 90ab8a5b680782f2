import { expect, test } from 'vitest'
import { createDocumentCache } from './document-cache.ts'

const document = (text: string, version = 1) => ({ version, text })

test('the newest document of a key is kept', () => {
  const cache = createDocumentCache()
  cache.put('a', document('one'))
  cache.put('a', document('two', 2))
  expect(cache.get('a')).toEqual({ version: 2, text: 'two' })
  expect(cache.get('b')).toBeUndefined()
})

test('what was written first goes first', () => {
  const cache = createDocumentCache(10)
  cache.put('a', document('aaaa'))
  cache.put('b', document('bbbb'))
  cache.put('a', document('aaaa', 2))
  cache.put('c', document('cccc'))
  expect([cache.get('a'), cache.get('b'), cache.get('c')]).toEqual([
    document('aaaa', 2),
    undefined,
    document('cccc'),
  ])
})

test('a document larger than all is not kept', () => {
  const cache = createDocumentCache(3)
  cache.put('a', document('aaaa'))
  expect(cache.get('a')).toBeUndefined()
})
