import { invalid } from '../../errors.ts'
import type { SearchSort } from '../record-query.ts'

/**
 * Reads `FIELD asc, FIELD desc`.
 *
 * @throws DomainError `INVALID` with `field: 'sort'`
 */
export function parseSort(text: string): readonly SearchSort[] {
  return text.split(',').map((part) => {
    const [, by, direction] = /^\s*(\S+)\s+(asc|desc)\s*$/i.exec(part) ?? []
    if (by === undefined || direction === undefined) {
      throw invalid(`sort is FIELD asc or FIELD desc, not ${JSON.stringify(part.trim())}`, 'sort')
    }
    return { by, direction: direction.toLowerCase() === 'asc' ? 'asc' : 'desc' }
  })
}
