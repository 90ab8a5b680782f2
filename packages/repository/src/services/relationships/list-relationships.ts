import type { Actor } from '../../domain/access/actor.ts'
import { grantsOf } from '../../domain/access/grants.ts'
import { dayOf, type Clock } from '../../domain/clock.ts'
import type { Page, PageRequest } from '../../domain/page.ts'
import type { Relationship } from '../../domain/relationships/relationship.ts'
import type { Reading } from '../../domain/unit-of-work.ts'
import { requireAdministrator } from '../access/require-allowed.ts'
import { readItem } from '../items/read-item.ts'

/**
 * Every relationship, for administrators.
 *
 * @throws DomainError `NOT_SIGNED_IN`, `NOT_ALLOWED`, `SORT_UNKNOWN`
 */
export function listRelationships({ reading }: { reading: Pick<Reading, 'relationships'> }) {
  return async (actor: Actor, page: PageRequest): Promise<Page<Relationship>> => {
    requireAdministrator(actor, { kind: 'relationship', id: null }, 'read')
    return reading.relationships.list({ grants: { kind: 'everything' } }, page)
  }
}

/**
 * The relationships that an item shows, by the name of their type and their places (RestContract items.md,
 * "Relationships per item").
 *
 * @throws DomainError `NOT_FOUND`, `NOT_SIGNED_IN`, `NOT_ALLOWED` for the item, `SORT_UNKNOWN`
 */
export function listRelationshipsOfItem(deps: {
  reading: Pick<Reading, 'items' | 'relationships'>
  clock: Clock
}) {
  return async (actor: Actor, itemId: string, page: PageRequest): Promise<Page<Relationship>> => {
    await readItem(deps)(actor, itemId)
    const grants = grantsOf(actor, 'READ', dayOf(deps.clock()))
    return deps.reading.relationships.list({ grants, ofItem: itemId }, page)
  }
}
