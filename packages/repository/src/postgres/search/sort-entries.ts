import { sql, type RawBuilder } from 'kysely'
import { invalid, type DomainError } from '../../domain/errors.ts'
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
  readonly type: 'float8' | 'text' | 'timestamptz'
  /** Whether every record has one; indexes are of use then, in both directions. */
  readonly isKnown: boolean
  readonly direction: SearchSort['direction']
}

/** The order of a search. Records without a value come last, and pids decide in the end. */
export function entryOrder(sorts: readonly SearchSort[], score: RawBuilder<number>): EntryOrder {
  const pid = sorts.findIndex(({ by }) => by === 'PID')
  const wanted: readonly SearchSort[] =
    pid < 0 ? [...sorts, { by: 'PID', direction: 'asc' }] : sorts.slice(0, pid + 1)
  const keys = wanted.map(({ by, direction }): Key => ({ ...keyOf(by, score), direction }))
  return {
    orderBy: sql.join(
      keys.map(
        ({ value, direction, isKnown }) =>
          sql`${value} ${sql.raw(isKnown ? direction : `${direction} nulls last`)}`,
      ),
    ),
    values: sql`json_build_array(${sql.join(keys.map(asText))})`,
    behind(values) {
      if (values.length !== keys.length) throw unknownMark()
      const ways = keys.map((key, index) => {
        const same = keys
          .slice(0, index)
          .map((other, place) => sql`${other.value} is not distinct from ${typed(other, values[place])}`)
        return sql`(${sql.join([...same, further(key, values[index])], sql` and `)})`
      })
      return sql<boolean>`(${notBefore(keys[0], values[0])} and (${sql.join(ways, sql` or `)}))`
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

function unknownMark(cause?: unknown): DomainError {
  const error = invalid('The cursor mark is none that this search, in this order, has given', 'cursorMark')
  error.cause = cause
  return error
}

function keyOf(by: string, score: RawBuilder<number>): Omit<Key, 'direction'> {
  switch (by) {
    case 'score':
      return { value: score, type: 'float8', isKnown: true }
    case 'PID':
      return { value: sql`e.pid`, type: 'text', isKnown: true }
    case 'fgs_label_s':
      return { value: sql`e.label`, type: 'text', isKnown: false }
    case 'fgs_createdDate_dt':
      return { value: sql`e.created_at`, type: 'timestamptz', isKnown: true }
    case 'fgs_lastModifiedDate_dt':
      return { value: sql`e.modified_at`, type: 'timestamptz', isKnown: true }
    default:
      return { value: sql`(e.fields -> ${by}::text ->> 0) collate "C"`, type: 'text', isKnown: false }
  }
}

/** Moments are milliseconds since 1970 in marks. */
function asText({ value, type }: Key): RawBuilder<unknown> {
  return type === 'timestamptz'
    ? sql`(extract(epoch from ${value}) * 1000)::bigint::text`
    : sql`(${value})::text`
}

function typed({ type }: Key, value: string | null | undefined): RawBuilder<unknown> {
  const text = value === null || value === undefined ? null : readValue(type, value)
  return sql`${text}::${sql.raw(type)}`
}

/** What callers bring back is theirs: anything that PostgreSQL would not take is no mark. */
function readValue(type: Key['type'], value: string): string {
  if (type === 'text') {
    if (value.includes('\0')) throw unknownMark()
    return value
  }
  const number = Number(value)
  if (type === 'float8' && value !== '' && Number.isFinite(number)) return String(number)
  const moment = new Date(type === 'timestamptz' && /^-?\d+$/.test(value) ? number : Number.NaN)
  if (Number.isNaN(moment.getTime()) || moment.getUTCFullYear() < 1 || moment.getUTCFullYear() > 9999) {
    throw unknownMark()
  }
  return moment.toISOString()
}

/** What the other conditions imply, in a form that an index answers. */
function notBefore(key: Key | undefined, value: string | null | undefined): RawBuilder<boolean> {
  if (key === undefined || !key.isKnown || typeof value !== 'string') return sql<boolean>`true`
  return sql<boolean>`${key.value} ${sql.raw(key.direction === 'asc' ? '>=' : '<=')} ${typed(key, value)}`
}

function further(key: Key, value: string | null | undefined): RawBuilder<boolean> {
  // What has no value is last, so nothing but its equals comes behind it.
  if (value === null || value === undefined) return sql<boolean>`false`
  const operator = sql.raw(key.direction === 'asc' ? '>' : '<')
  const isFurther = sql<boolean>`${key.value} ${operator} ${typed(key, value)}`
  return key.isKnown ? isFurther : sql<boolean>`(${isFurther} or ${key.value} is null)`
}
