import type { Actor } from '../../domain/access/actor.ts'
import { grantsOf } from '../../domain/access/grants.ts'
import { dayOf, type Clock } from '../../domain/clock.ts'
import type { Page, PageRequest } from '../../domain/page.ts'
import type { EntityType } from '../../domain/relationships/relationship.ts'
import type { Reading } from '../../domain/unit-of-work.ts'

interface Deps {
  readonly reading: Pick<Reading, 'entityModel'>
  readonly clock: Clock
}

/**
 * All entity types. Open to everybody.
 *
 * @throws DomainError `SORT_UNKNOWN`
 */
export function listEntityTypes({ reading }: Pick<Deps, 'reading'>) {
  return (_actor: Actor, page: PageRequest): Promise<Page<EntityType>> =>
    reading.entityModel.listEntityTypes({}, page)
}

/**
 * The entity types for which there is a collection that the actor may submit to; visitors too may ask (RestContract
 * entitytypes.md, "findAllByAuthorizedCollection").
 *
 * @throws DomainError `SORT_UNKNOWN`
 */
export function listSubmittableEntityTypes({ reading, clock }: Deps) {
  return (actor: Actor, page: PageRequest): Promise<Page<EntityType>> =>
    reading.entityModel.listEntityTypes({ submitTo: grantsOf(actor, 'ADD', dayOf(clock())) }, page)
}
