import { describe, expect, test } from 'vitest'
import { highlight } from './highlight.ts'
import { matchesPattern } from './matches-pattern.ts'
import { parseQuery } from './query/parse-query.ts'

const VALUES = {
  'dc.title': ['Birds of the northern sea'],
  'dc.subject': ['lakes', 'sea birds'],
  PID: ['test:birds'],
}
const marked = (q: string, fields = ['*']) => highlight(parseQuery(q), VALUES, { fields })

describe('what was found is marked', () => {
  test.each([
    ['BIRDS', { 'dc.title': ['<em>Birds</em> of the northern sea'], 'dc.subject': ['sea <em>birds</em>'] }],
    ['dc.title:birds', { 'dc.title': ['<em>Birds</em> of the northern sea'] }],
    ['dc.subject:(sea birds)', { 'dc.subject': ['<em>sea</em> <em>birds</em>'] }],
    ['dc.title:nor*n -dc.subject:sea', { 'dc.title': ['Birds of the <em>northern</em> sea'] }],
    ['(dc.title:"northern sea")^3', { 'dc.title': ['Birds of the <em>northern</em> <em>sea</em>'] }],
    ['*:* dc.title:*', {}],
    ['whales', {}],
  ])('%s', (q, expected) => {
    expect(marked(q)).toEqual(expected)
  })

  test('in the fields asked for, between the marks asked for', () => {
    expect(marked('birds', ['dc.s*'])).toEqual({ 'dc.subject': ['sea <em>birds</em>'] })
    expect(highlight(parseQuery('sea'), VALUES, { fields: ['dc.title'], before: '[', after: ']' })).toEqual({
      'dc.title': ['Birds of the northern [sea]'],
    })
  })

  test('in an excerpt of a long text, from word to word', () => {
    const long = { 'dc.title': [`${'before '.repeat(50)}the needle ${'behind '.repeat(50)}`] }
    const [excerpt = ''] = highlight(parseQuery('needle'), long, { fields: ['dc.title'] })['dc.title'] ?? []
    expect(excerpt).toMatch(/^(?:before )+the <em>needle<\/em>(?: behind)+$/)
    expect(excerpt.length).toBeLessThan(130)
  })
})

test.each([
  ['a*c', 'abc', true],
  ['a*c', 'ac', true],
  ['a*c', 'acb', false],
  ['a?c', 'ac', false],
  ['*b*b', 'abab', true],
  ['?*?', 'a', false],
  ['*', '', true],
  ['a*', '', false],
])('%s and %s', (pattern, text, expected) => {
  const query = parseQuery(pattern)
  const pieces = query.kind === 'pattern' ? query.pieces : []
  expect(matchesPattern(pieces, text)).toBe(expected)
})

test('a pattern of many asterisks takes no time', () => {
  const pieces = Array.from({ length: 50 }, () => [{ wild: '*' as const }, { text: 'a' }]).flat()
  const began = performance.now()
  expect(matchesPattern([...pieces, { text: 'b' }], 'a'.repeat(5000))).toBe(false)
  expect(performance.now() - began).toBeLessThan(1000)
})
