import { sql, type RawBuilder } from 'kysely'
import type { SearchQuery } from '../../domain/search/query/search-query.ts'
import { fuzzyDistance } from '../../domain/search/query/fuzzy-distance.ts'
import { fuzzyExpression } from './fuzzy-expression.ts'
import { patternExpression } from './pattern-expression.ts'

/** The field of the names of datastreams. It is looked up where they are: no entry is written when a file comes. */
export const DATASTREAMS = 'fedora_datastreams_ms'

/** The names of the datastreams of a record of the index, `e`, as a JSON array. */
export const DATASTREAM_NAMES = sql`(
  select jsonb_agg(s.dsid order by s.dsid) from search_datastream s where s.id = e.id
)`

/** A part of a query on one field. */
type FieldQuery = Extract<SearchQuery, { field: string | null }>

/** Whether a record of the index, `e`, has a datastream of a name. */
export function compileDatastreams(query: FieldQuery): RawBuilder<boolean> {
  return sql<boolean>`e.id in (select s.id from search_datastream s where ${nameMatches(query)})`
}

const NAME = sql`s.dsid collate "C"`

function nameMatches(query: FieldQuery): RawBuilder<boolean> {
  switch (query.kind) {
    case 'words':
      return sql<boolean>`s.dsid = ${query.text}::text`
    case 'pattern':
      return isLike(patternExpression(query.pieces))
    case 'fuzzy': {
      const distance = fuzzyDistance(query)
      return distance === 0
        ? sql<boolean>`s.dsid = ${query.text}::text`
        : isLike(fuzzyExpression(query.text, distance))
    }
    case 'range': {
      const { from, to } = query
      const isAbove =
        from && sql<boolean>`${NAME} ${sql.raw(from.inclusive ? '>=' : '>')} ${from.value}::text`
      const isBelow = to && sql<boolean>`${NAME} ${sql.raw(to.inclusive ? '<=' : '<')} ${to.value}::text`
      return sql<boolean>`(${isAbove ?? sql`true`} and ${isBelow ?? sql`true`})`
    }
  }
}

function isLike(expression: string): RawBuilder<boolean> {
  return sql<boolean>`s.dsid ~ ${`^(?:${expression})$`}::text`
}
