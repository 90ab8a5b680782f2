import type { Actor } from '../../domain/access/actor.ts'
import { grantsOf } from '../../domain/access/grants.ts'
import { dayOf, type Clock } from '../../domain/clock.ts'
import type { Page, PageRequest } from '../../domain/page.ts'
import type { SearchableRecord, SearchQuery } from '../../domain/search/record-search.ts'
import type { Reading } from '../../domain/unit-of-work.ts'

/**
 * Searches communities, collections and items that the actor may read.
 *
 * @throws DomainError `SORT_UNKNOWN`
 */
export function searchRecords(deps: { reading: Pick<Reading, 'search'>; clock: Clock }) {
  return async (
    actor: Actor,
    query: Omit<SearchQuery, 'grants'>,
    page: PageRequest,
  ): Promise<Page<SearchableRecord>> =>
    deps.reading.search.search({ ...query, grants: grantsOf(actor, 'READ', dayOf(deps.clock())) }, page)
}
