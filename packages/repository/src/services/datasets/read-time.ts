import { parseMoment } from '../../domain/datasets/moment.ts'
import { invalid } from '../../domain/errors.ts'

/** JavaScript's dates end there. */
const MOST = 8.64e15

/**
 * Reads a time as Elasticsearch does: ISO 8601, of which the end may be left out, or milliseconds since 1970.
 *
 * @returns undefined where there is none
 * @throws DomainError `INVALID` with `field`
 */
export function readTime(value: unknown, field: string): number | undefined {
  if (value === undefined || value === null) return undefined
  const moment = typeof value === 'string' ? parseMoment(value)?.first : undefined
  if (moment !== undefined) return moment
  const isNumber = typeof value === 'number' || (typeof value === 'string' && /^-?\d+$/.test(value))
  const milliseconds = isNumber ? Math.trunc(Number(value)) : Number.NaN
  if (Math.abs(milliseconds) <= MOST) return milliseconds
  throw invalid(
    `Invalid ${field}: ${JSON.stringify(value)} is no time of ISO 8601, like 2017-04-18T21:09:23Z`,
    field,
  )
}
