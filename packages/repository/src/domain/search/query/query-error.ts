import { DomainError } from '../../errors.ts'

/**
 * A query that cannot be understood.
 *
 * @param query the query as it was sent
 * @param at where in it, counted from 0
 */
export function queryError(what: string, query: string, at: number): DomainError {
  const place = at >= query.length ? 'at its end' : `at character ${at + 1}, before ${excerpt(query, at)}`
  return new DomainError('QUERY_INVALID', `The query is not understood ${place}: ${what}`, { query, at })
}

const EXCERPT = 20

function excerpt(query: string, at: number): string {
  const rest = query.slice(at)
  return JSON.stringify(rest.length > EXCERPT ? `${rest.slice(0, EXCERPT)}…` : rest)
}
