import type { Actor } from '../../domain/access/actor.ts'
import { grantsOf } from '../../domain/access/grants.ts'
import { dayOf, type Clock } from '../../domain/clock.ts'
import type { Page, PageRequest } from '../../domain/page.ts'
import type { Item } from '../../domain/records/record.ts'
import type { Reading } from '../../domain/unit-of-work.ts'
import { requireAdministrator, requireSignedIn } from '../access/require-allowed.ts'

/**
 * Every archived item that is not withdrawn; for administrators (RestContract items.md, "Main Endpoint").
 *
 * @throws DomainError `NOT_SIGNED_IN`, `NOT_ALLOWED`, `SORT_UNKNOWN`
 */
export function listItems(deps: { reading: Pick<Reading, 'items'>; clock: Clock }) {
  return async (actor: Actor, page: PageRequest): Promise<Page<Item>> => {
    requireAdministrator(actor, { kind: 'item', id: null }, 'read')
    return deps.reading.items.list(
      { grants: grantsOf(actor, 'READ', dayOf(deps.clock())), archived: true },
      page,
    )
  }
}

/**
 * The items that a person may edit, by words of their metadata.
 *
 * @throws DomainError `NOT_SIGNED_IN`, `SORT_UNKNOWN`
 */
export function listEditableItems(deps: { reading: Pick<Reading, 'items'>; clock: Clock }) {
  return async (actor: Actor, query: { words?: string }, page: PageRequest): Promise<Page<Item>> => {
    requireSignedIn(actor)
    const grants = grantsOf(actor, 'WRITE', dayOf(deps.clock()))
    return deps.reading.items.list({ ...query, grants, archived: true }, page)
  }
}
