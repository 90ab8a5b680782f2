import { expect, test } from 'vitest'
import { parseQuery } from '../domain/search/query/parse-query.ts'
import { solrQuery } from './solr-query.ts'

const NOW = new Date('2026-11-21T12:34:56.789Z')
const NOTHING = '-*:*'

test.each([
  ['*:*', '*:*'],
  ['*', '*:*'],
  ['', NOTHING],
  ['coast', '_text_:"coast"'],
  ['dc.title:coast', 'dc.title:"coast"'],
  ['-coast', '+*:* -_text_:"coast"'],
  ['+coast +(-tide)', `+_text_:"coast" +(-_text_:"tide")`],
  ['dc.title:"coast tide"~2', 'dc.title:"coast tide"~2'],
  ['dc.title:*', '_fields_:"dc.title"'],
  ['dc.title:[* TO *]', '_fields_:"dc.title"'],
  ['dc.title:coa*', 'dc.title:coa*'],
  ['dc.title:[a TO b}', '_whole_.dc.title:["a" TO "b"}'],
  ['fgs_label_s:[a TO *]', 'fgs_label_s:["a" TO *]'],
  ['fgs_createdDate_dt:[NOW/DAY TO *]', 'fgs_createdDate_dt:["2026-11-21T00:00:00.000Z" TO *]'],
  ['fgs_createdDate_dt:"2020-01-01T00:00:00Z"', 'fgs_createdDate_dt:"2020-01-01T00:00:00.000Z"'],
  ['[a TO b]', NOTHING],
  ['dc.title:"!?"', NOTHING],
  ['coast~', '_text_:coast~2'],
  ['salinometries~', '_text_:salinometries~1'],
  ['coast^2', '_text_:"coast"^2'],
])('%s', (query, expected) => {
  expect(solrQuery(parseQuery(query), NOW)).toBe(expected)
})

test.each([
  ['_query_:"{!terms f=_readers_}x"', String.raw`\$5f\$query_:"{!terms f=_readers_}x"`],
  ['_val_:x', String.raw`\$5f\$val_:"x"`],
  ['_readers_:*', '_fields_:"_readers_"'],
  ['_listed_:true', String.raw`\$5f\$listed_:"true"`],
  [String.raw`\{\!func\}x`, '_text_:"{!func}x"'],
  ['dc.foo-bar:x', String.raw`dc.foo\$2d\$bar:"x"`],
])('nothing reaches what is not a field of records: %s', (query, expected) => {
  expect(solrQuery(parseQuery(query), NOW)).toBe(expected)
})

test.each(['fgs_createdDate_dt:soon', 'fgs_createdDate_dt:[soon TO NOW]'])('%s has no date', (query) => {
  expect(() => solrQuery(parseQuery(query), NOW)).toThrow(
    expect.objectContaining({ code: 'QUERY_INVALID' }) as Error,
  )
})
