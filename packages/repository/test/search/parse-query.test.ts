import { isDeepStrictEqual } from 'node:util'
import { describe, expect, test } from 'vitest'
import { DomainError } from '../../src/domain/errors.ts'
import { parseQuery } from '../../src/domain/search/query/parse-query.ts'
import { printQuery } from '../../src/domain/search/query/print-query.ts'
import type { Clause, SearchQuery } from '../../src/domain/search/query/search-query.ts'
import { chance, type Chance } from '../_support/random.ts'

/** A query in the words of Lucene: `+must should -not`, and where each part comes from is left out. */
const meaning = (query: string, operator: 'AND' | 'OR' = 'OR') => printQuery(parseQuery(query, operator))

describe('what a query means', () => {
  test.each([
    ['', ''],
    ['   ', ''],
    ['*:*', '*:*'],
    ['fox', '"fox"'],
    ['title:fox', 'title:"fox"'],
    ['dc.title:fox', 'dc.title:"fox"'],
    ['"fox jumps"', '"fox jumps"'],
    ['title:"fox jumps"~10', 'title:"fox jumps"~10'],
    ['fox jumps', '"fox" "jumps"'],
    ['fox OR jumps', '"fox" "jumps"'],
    ['fox || jumps', '"fox" "jumps"'],
    ['fox AND jumps', '+"fox" +"jumps"'],
    ['fox&&jumps', '"fox&&jumps"'],
    ['fox && jumps', '+"fox" +"jumps"'],
    ['a OR b AND c', '"a" +"b" +"c"'],
    ['a AND b OR c', '+"a" +"b" "c"'],
    ['a AND NOT b', '+"a" -"b"'],
    ['NOT a', '-"a"'],
    ['!a', '-"a"'],
    ['-a', '-"a"'],
    ['a - b', '"a" -"b"'],
    ['+a -b !c', '+"a" -"b" -"c"'],
    ['NOT a AND b', '-"a" +"b"'],
    ['(fox OR dog) AND quick', '+("fox" "dog") +"quick"'],
    ['((fox))', '"fox"'],
    ['title:(fox dog)', 'title:"fox" title:"dog"'],
    ['title:(+return +"pink panther")', '+title:"return" +title:"pink panther"'],
    ['title:(fox author:dog)', 'title:"fox" author:"dog"'],
    ['fox~', 'fox~2'],
    ['fox~1', 'fox~1'],
    ['fox~0.8', 'fox~2'],
    ['fox~0', 'fox~0'],
    ['fox^4', '"fox"^4'],
    ['fox~1^0.5', 'fox~1^0.5'],
    ['(fox dog)^2 cat', '(("fox" "dog")^2) "cat"'],
    ['f?x', 'f?x'],
    ['fo*', 'fo*'],
    ['*ox', '*ox'],
    ['title:*', 'title:*'],
    ['q*c?k', 'q*c?k'],
    ['[a TO z]', '["a" TO "z"]'],
    ['d:[2020 TO *]', 'd:["2020" TO *]'],
    ['d:{a TO z]', 'd:{"a" TO "z"]'],
    ['d:["a b" TO c}', 'd:["a b" TO "c"}'],
    ['d:[2020-01-01T00:00:00Z TO NOW/DAY+1DAY]', 'd:["2020-01-01T00:00:00Z" TO "NOW/DAY+1DAY"]'],
    [String.raw`PID:islandora\:7`, 'PID:"islandora:7"'],
    ['PID:"islandora:7"', 'PID:"islandora:7"'],
    [String.raw`m:info\:fedora/islandora\:root`, 'm:"info:fedora/islandora:root"'],
    [String.raw`\(1\+1\)\:2`, '"(1+1):2"'],
    [String.raw`a\ b`, '"a b"'],
    [String.raw`\AND`, '"AND"'],
    [String.raw`"say \"so\" \\"`, String.raw`"say \"so\" \\"`],
    ['android NOTE ORB', '"android" "NOTE" "ORB"'],
    ['c++ 7-8 wow!', '"c++" "7-8" "wow!"'],
    ['Ærø naïve 海', '"Ærø" "naïve" "海"'],
    [String.raw`\u0041`, '"u0041"'],
  ])('%s', (query, expected) => {
    expect(meaning(query)).toBe(expected)
  })

  test.each([
    ['fox jumps', '+"fox" +"jumps"'],
    ['fox OR jumps', '"fox" "jumps"'],
    ['a b OR c', '+"a" "b" "c"'],
    ['a -b', '+"a" -"b"'],
  ])('where clauses are joined by AND: %s', (query, expected) => {
    expect(meaning(query, 'AND')).toBe(expected)
  })
})

describe('a query that cannot be understood is refused with the place', () => {
  test.each([
    ['a AND', 5],
    ['AND a', 0],
    ['a OR OR b', 5],
    ['(a', 0],
    ['x (a (b)', 2],
    ['a)', 1],
    ['()', 1],
    ['title:', 6],
    ['title: a', 6],
    ['a:b:c', 3],
    ['"a', 0],
    ['a "b', 2],
    ['[a TO b', 0],
    ['[a b]', 3],
    ['[a TO ]', 6],
    ['d:[TO b]', 6],
    ['a^', 2],
    ['a^b', 2],
    ['a^1e7', 2],
    ['a^0.0000001', 2],
    ['a\0', 1],
    ['a\\', 1],
    ['*:a', 2],
    ['t?:a', 0],
    ['/reg.*/', 0],
    ['+', 1],
    ['a -', 3],
    ['{!lucene}a', 8],
    ['a ]', 2],
    [`${'('.repeat(60)}a${')'.repeat(60)}`, 50],
    ['a '.repeat(1025), 2049],
    ['a'.repeat(20_000), 16_384],
  ])('%s', (query, at) => {
    let refusal: unknown
    try {
      parseQuery(query)
    } catch (error) {
      refusal = error
    }
    expect(refusal).toBeInstanceOf(DomainError)
    expect((refusal as DomainError).code).toBe('QUERY_INVALID')
    expect((refusal as DomainError).data).toEqual({ query, at })
  })
})

describe('generated queries', () => {
  test('are the same after they were printed and parsed again', () => {
    for (let seed = 0; seed < 3000; seed += 1) {
      const query = generate(chance(seed), 4)
      const printed = printQuery(query)
      expect(bare(parseQuery(printed)), `seed ${seed}: ${printed}`).toEqual(bare(query))
    }
  })

  test('of any characters are parsed, or refused with a place; what is parsed can be printed', () => {
    const outcomes = Array.from({ length: 5000 }, (_, seed) => {
      const luck = chance(seed)
      return tryQuery(Array.from({ length: luck.integer(12) }, () => luck.of(SCRAPS)).join(''))
    })
    expect(outcomes.filter((outcome) => outcome.startsWith('wrong'))).toEqual([])
    expect(outcomes.filter((outcome) => outcome === 'parsed').length).toBeGreaterThan(300)
  })
})

function tryQuery(query: string): string {
  try {
    const once = parseQuery(query)
    const isSame = isDeepStrictEqual(bare(parseQuery(printQuery(once))), bare(once))
    return isSame ? 'parsed' : `wrong: ${query} is printed as ${printQuery(once)}`
  } catch (error) {
    if (!(error instanceof DomainError) || error.code !== 'QUERY_INVALID') throw error
    const at = Number(error.data['at'])
    return at >= 0 && at <= query.length ? 'refused' : `wrong: ${query} is refused at ${at}`
  }
}

const LETTERS = [...Array.from('abzAZ09 .:_-+!*?"\\/~^[](){}&|äß海😀\n'), 'AND', 'TO', 'NOT']
const SCRAPS = [
  ...LETTERS,
  ' ',
  ' ',
  'a',
  'f:',
  'a ',
  '"a b"',
  '[a TO b]',
  '(a)',
  '*:*',
  ' AND ',
  ' NOT ',
  '~1',
  '^2',
]

function generate(luck: Chance, depth: number): SearchQuery {
  const field = luck.happens(0.5) ? null : text(luck)
  const at = 0
  const inner = depth > 0 ? luck.integer(8) : luck.integer(5)
  switch (inner) {
    case 0:
      return { kind: 'everything' }
    case 1:
      return { kind: 'words', field, text: luck.happens(0.1) ? '' : text(luck), slop: luck.integer(3), at }
    case 2:
      return { kind: 'pattern', field, pieces: [...pieces(luck)], at }
    case 3:
      return { kind: 'fuzzy', field, text: text(luck), distance: luck.of([0, 1, 2] as const), at }
    case 4:
      return { kind: 'range', field, from: bound(luck), to: bound(luck), at }
    case 5:
      return { kind: 'boosted', boost: luck.integer(500) / 8, query: generate(luck, depth - 1) }
    default:
      return { kind: 'boolean', clauses: clauses(luck, depth - 1) }
  }
}

/** Not a single one that should match: that is the clause itself. */
function clauses(luck: Chance, depth: number): Clause[] {
  const made = Array.from({ length: 1 + luck.integer(3) }, () => ({
    occur: luck.of(['must', 'should', 'not'] as const),
    query: generate(luck, depth),
  }))
  return made.length > 1 ? made : made.map(({ query }) => ({ occur: 'must', query }))
}

function text(luck: Chance): string {
  return Array.from({ length: 1 + luck.integer(5) }, () => luck.of(LETTERS)).join('')
}

function* pieces(luck: Chance) {
  if (luck.happens(0.5)) yield { text: text(luck) }
  for (let count = luck.integer(3); count > 0; count -= 1) {
    yield { wild: luck.of(['*', '?'] as const) }
    yield { text: text(luck) }
  }
  yield { wild: luck.of(['*', '?'] as const) }
}

function bound(luck: Chance) {
  return luck.happens(0.3) ? null : { value: text(luck), inclusive: luck.happens(0.5), at: 0 }
}

/** A query without the places of its parts; an open bound has no brackets of its own. */
function bare(query: SearchQuery): unknown {
  return JSON.parse(JSON.stringify(query, (key, value: unknown) => (key === 'at' ? undefined : value)))
}
