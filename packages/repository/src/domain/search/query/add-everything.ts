import type { SearchQuery } from './search-query.ts'

/** A query that only says what must not be is about everything else (Solr does so at the top, not in groups). */
export function addEverything(query: SearchQuery): SearchQuery {
  if (query.kind !== 'boolean' || query.clauses.length === 0) return query
  if (query.clauses.some(({ occur }) => occur !== 'not')) return query
  return { kind: 'boolean', clauses: [{ occur: 'must', query: { kind: 'everything' } }, ...query.clauses] }
}
