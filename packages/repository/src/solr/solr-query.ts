import { fuzzyDistance } from '../domain/search/query/fuzzy-distance.ts'
import { addEverything } from '../domain/search/query/add-everything.ts'
import { requireMoment } from '../domain/search/query/require-moment.ts'
import { printQuery } from '../domain/search/query/print-query.ts'
import type { RangeBound, SearchQuery } from '../domain/search/query/search-query.ts'
import { fieldType } from '../domain/search/search-fields.ts'
import { OWN, solrField, wholeField } from './solr-fields.ts'

/**
 * A query in the words of the schema in `solr/conf`. What is sent was parsed and is written anew: nothing in it is what
 * Solr takes for local parameters, other parsers, or fields of ours.
 *
 * @param now what `NOW` is in dates
 * @throws DomainError `QUERY_INVALID` for what is no date in a field of dates
 */
export function solrQuery(query: SearchQuery, now: Date): string {
  return printQuery(inSchema(addEverything(query), now))
}

const EVERYTHING: SearchQuery = { kind: 'everything' }
/** A group that only forbids finds nothing. */
const NOTHING: SearchQuery = { kind: 'boolean', clauses: [{ occur: 'not', query: EVERYTHING }] }

function inSchema(query: SearchQuery, now: Date): SearchQuery {
  switch (query.kind) {
    case 'everything':
      return query
    case 'words':
      return inWords(query, now)
    case 'pattern': {
      const [piece] = query.pieces
      const isAnything =
        query.pieces.length === 1 && piece !== undefined && 'wild' in piece && piece.wild === '*'
      if (isAnything) return query.field === null ? EVERYTHING : hasField(query.field)
      return { ...query, field: named(query.field) }
    }
    case 'fuzzy':
      return { ...query, field: named(query.field), distance: fuzzyDistance(query) }
    case 'range':
      return inRange(query, now)
    case 'boosted':
      return { ...query, query: inSchema(query.query, now) }
    case 'boolean':
      if (query.clauses.length === 0) return NOTHING
      return {
        kind: 'boolean',
        clauses: query.clauses.map(({ occur, query }) => ({ occur, query: inSchema(query, now) })),
      }
  }
}

function named(field: string | null): string {
  return field === null ? OWN.text : solrField(field)
}

function hasField(field: string): SearchQuery {
  return { kind: 'words', field: OWN.fields, text: field, slop: 0, at: 0 }
}

function inWords(query: Extract<SearchQuery, { kind: 'words' }>, now: Date): SearchQuery {
  const { field, text, at } = query
  const type = field === null ? 'text' : fieldType(field)
  // Solr would leave out a part without words, and with it what it says.
  if (type === 'text' && !/[\p{L}\p{N}]/u.test(text)) return NOTHING
  return {
    ...query,
    field: named(field),
    text: type === 'date' ? requireMoment(text, at, now) : text,
    ...(type !== 'text' && { slop: 0 }),
  }
}

function inRange(query: Extract<SearchQuery, { kind: 'range' }>, now: Date): SearchQuery {
  const { field, from, to } = query
  // The text of all fields has no order.
  if (field === null) return NOTHING
  if (from === null && to === null) return hasField(field)
  const bound = (one: RangeBound | null): RangeBound | null =>
    one === null || fieldType(field) !== 'date'
      ? one
      : { ...one, value: requireMoment(one.value, one.at, now) }
  return { ...query, field: wholeField(field), from: bound(from), to: bound(to) }
}
