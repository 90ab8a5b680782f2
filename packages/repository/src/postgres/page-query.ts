import { sql, type RawBuilder } from 'kysely'
import { DomainError } from '../domain/errors.ts'
import type { Page, PageRequest } from '../domain/page.ts'

/** The sort criteria of a list: what a caller may name, and the SQL that it stands for. */
export type SortColumns = Readonly<Record<string, RawBuilder<unknown>>>

/**
 * The `order by`, `limit` and `offset` of a page. The primary key always comes last, so that the order is total and
 * pages neither repeat nor miss a row.
 *
 * @throws DomainError `SORT_UNKNOWN` for a criterion that the list does not have
 */
export function pageClause(
  request: PageRequest,
  columns: SortColumns,
  key: RawBuilder<unknown>,
  natural: RawBuilder<unknown> = key,
): RawBuilder<unknown> {
  const limit = sql`limit ${request.size} offset ${request.number * request.size}`
  if (request.sort === undefined) {
    return natural === key ? sql`order by ${key} ${limit}` : sql`order by ${natural}, ${key} ${limit}`
  }
  const column = Object.hasOwn(columns, request.sort.by) ? columns[request.sort.by] : undefined
  if (column === undefined) {
    throw new DomainError('SORT_UNKNOWN', `This list cannot be sorted by ${request.sort.by}`, {
      sort: request.sort.by,
      known: Object.keys(columns),
    })
  }
  const direction = sql.raw(request.sort.direction)
  return sql`order by ${column} ${direction} nulls last, ${key} ${limit}`
}

/** A page from its rows and the size of the whole. */
export function toPage<Row, T>(
  request: PageRequest,
  rows: readonly Row[],
  total: number,
  translate: (row: Row) => T,
): Page<T> {
  return { number: request.number, size: request.size, total, elements: rows.map(translate) }
}
