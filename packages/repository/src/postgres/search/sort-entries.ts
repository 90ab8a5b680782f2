import { sql, type RawBuilder } from 'kysely'
import { invalid } from '../../domain/errors.ts'
import type { SearchSort } from '../../domain/search/record-query.ts'

/** How found entries are ordered. */
export interface EntryOrder {
  readonly orderBy: RawBuilder<unknown>
  /** The values that a row is ordered by, as a JSON array of texts. */
  readonly values: RawBuilder<readonly (string | null)[]>
  /** Condition that a row comes behind the one with these values. */
  behind(values: readonly (string | null)[]): RawBuilder<boolean>
}

interface Key {
  readonly value: RawBuilder<unknown>
  readonly type: RawBuilder<unknown>
  /** Whether every record has one; indexes are of use then, in both directions. */
  readonly isKnown: boolean
  readonly direction: SearchSort['direction']
}

/** The order of a search. Records without a value come last, and pids decide in the end. */
export function entryOrder(sorts: readonly SearchSort[], score: RawBuilder<number>): EntryOrder {
  const wanted = sorts.map(({ by, direction }): Key => ({ ...keyOf(by, score), direction }))
  const keys: readonly Key[] = [...wanted, { ...keyOf('PID', score), direction: 'asc' }]
  return {
    orderBy: sql.join(
      keys.map(
        ({ value, direction, isKnown }) =>
          sql`${value} ${sql.raw(isKnown ? direction : `${direction} nulls last`)}`,
      ),
    ),
    values: sql`json_build_array(${sql.join(keys.map(({ value }) => sql`(${value})::text`))})`,
    behind(values) {
      if (values.length !== keys.length) throw unknownMark()
      const ways = keys.map((key, index) => {
        const same = keys
          .slice(0, index)
          .map((other, place) => sql`${other.value} is not distinct from ${typed(other, values[place])}`)
        return sql`(${sql.join([...same, further(key, values[index])], sql` and `)})`
      })
      return sql<boolean>`(${sql.join(ways, sql` or `)})`
    },
  }
}

/** The order's values as text that callers keep and bring back. */
export function writeMark(values: readonly (string | null)[]): string {
  return Buffer.from(JSON.stringify(values)).toString('base64url')
}

/** @throws DomainError `INVALID` for a mark that {@link writeMark} did not write */
export function readMark(mark: string): readonly (string | null)[] {
  let values: unknown
  try {
    values = JSON.parse(Buffer.from(mark, 'base64url').toString())
  } catch (error) {
    throw unknownMark(error)
  }
  if (!Array.isArray(values) || !values.every((value) => value === null || typeof value === 'string')) {
    throw unknownMark()
  }
  return values
}

function unknownMark(cause?: unknown) {
  const error = invalid('The cursor mark is none that this search, in this order, has given', 'cursorMark')
  error.cause = cause
  return error
}

function keyOf(by: string, score: RawBuilder<number>): Omit<Key, 'direction'> {
  switch (by) {
    case 'score':
      return { value: score, type: sql`real`, isKnown: true }
    case 'PID':
      return { value: sql`e.pid`, type: sql`text`, isKnown: true }
    case 'fgs_label_s':
      return { value: sql`e.label`, type: sql`text`, isKnown: false }
    case 'fgs_createdDate_dt':
      return { value: sql`e.created_at`, type: sql`timestamptz`, isKnown: true }
    case 'fgs_lastModifiedDate_dt':
      return { value: sql`e.modified_at`, type: sql`timestamptz`, isKnown: true }
    default:
      return { value: sql`(e.fields -> ${by}::text ->> 0) collate "C"`, type: sql`text`, isKnown: false }
  }
}

function typed({ type }: Key, value: string | null | undefined): RawBuilder<unknown> {
  return sql`${value ?? null}::${type}`
}

function further(key: Key, value: string | null | undefined): RawBuilder<boolean> {
  // What has no value is last, so nothing but its equals comes behind it.
  if (value === null || value === undefined) return sql<boolean>`false`
  const operator = sql.raw(key.direction === 'asc' ? '>' : '<')
  return sql<boolean>`(${key.value} ${operator} ${typed(key, value)} or ${key.value} is null)`
}
