import type { QueryReader } from './query-reader.ts'
import type { RangeBound, SearchQuery } from './search-query.ts'

const BARE = /(?:\\[^]|[^\s\]}\\])+/y

/** Reads `[FROM TO TO]`; a brace in place of a bracket leaves the bound itself out, `*` leaves it open. */
export function parseRange(reader: QueryReader, field: string | null): SearchQuery {
  const at = reader.at
  const opening = reader.take('[') || !reader.take('{')
  const from = parseBound(reader)
  reader.skipBlanks()
  if (!reader.takeWord('TO')) reader.fail('TO is missing in this range')
  const to = parseBound(reader)
  reader.skipBlanks()
  const closing = reader.take(']')
  if (!closing && !reader.take('}')) reader.fail('this range is never closed', at)
  return {
    kind: 'range',
    field,
    from: from === null ? null : { ...from, inclusive: opening },
    to: to === null ? null : { ...to, inclusive: closing },
    at,
  }
}

function parseBound(reader: QueryReader): Omit<RangeBound, 'inclusive'> | null {
  reader.skipBlanks()
  const at = reader.at
  if (reader.sees('"')) return { value: reader.quoted(), at }
  const bare = reader.match(BARE)
  if (bare === undefined) return reader.fail('a bound of the range is missing')
  return bare === '*' ? null : { value: bare.replaceAll(/\\([^])/gu, '$1'), at }
}
