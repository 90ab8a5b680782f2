import { DomainError } from '../../errors.ts'
import { parseMoment } from './date-math.ts'

/**
 * A moment of a query as the index has it.
 *
 * @param at where it stands in the query, counted from 0
 * @throws DomainError `QUERY_INVALID` when it is none
 */
export function requireMoment(text: string, at: number, now: Date): string {
  const moment = parseMoment(text, now)
  if (moment === undefined || !isIndexable(moment)) {
    throw new DomainError(
      'QUERY_INVALID',
      `At character ${at + 1} of the query: ${JSON.stringify(text)} is no date`,
      { at },
    )
  }
  return moment.toISOString()
}

/** Years of four digits have an order as text. */
function isIndexable(moment: Date): boolean {
  const year = moment.getUTCFullYear()
  return year >= 1 && year <= 9999
}
