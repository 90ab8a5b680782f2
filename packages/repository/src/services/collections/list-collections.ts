import type { Actor } from '../../domain/access/actor.ts'
import { grantsOf } from '../../domain/access/grants.ts'
import { dayOf, type Clock } from '../../domain/clock.ts'
import type { Page, PageRequest } from '../../domain/page.ts'
import type { Collection } from '../../domain/records/record.ts'
import type { Reading } from '../../domain/unit-of-work.ts'
import { requireSignedIn } from '../access/require-allowed.ts'
import { readCommunity } from '../communities/read-community.ts'

interface ListDeps {
  readonly reading: Pick<Reading, 'collections' | 'communities'>
  readonly clock: Clock
}

/** Which collections are wanted. */
export interface CollectionList {
  /** Only those directly in this community. */
  readonly communityId?: string
  readonly words?: string
}

/**
 * The collections that the actor may read, by title unless the page says otherwise.
 *
 * @throws DomainError `SORT_UNKNOWN`; `NOT_FOUND`, `NOT_SIGNED_IN`, `NOT_ALLOWED` for the community
 */
export function listCollections(deps: ListDeps) {
  return async (actor: Actor, query: CollectionList, page: PageRequest): Promise<Page<Collection>> => {
    if (query.communityId !== undefined) await readCommunity(deps)(actor, query.communityId)
    const grants = grantsOf(actor, 'READ', dayOf(deps.clock()))
    return deps.reading.collections.list({ ...query, grants }, page)
  }
}

/**
 * The collections that a person may administer or edit (RestContract collections.md, "findAdminAuthorized" and
 * "findEditAuthorized").
 *
 * @throws DomainError `NOT_SIGNED_IN`, `SORT_UNKNOWN`
 */
export function listPermittedCollections(deps: ListDeps) {
  return async (
    actor: Actor,
    { action, ...query }: { action: 'ADMIN' | 'WRITE'; words?: string },
    page: PageRequest,
  ): Promise<Page<Collection>> => {
    requireSignedIn(actor)
    const grants = grantsOf(actor, action, dayOf(deps.clock()))
    return deps.reading.collections.list({ ...query, grants }, page)
  }
}

/**
 * The collections that the actor may submit to; visitors too may ask (RestContract collections.md,
 * "findSubmitAuthorized" and the three like it).
 *
 * @param query.entityType only collections for this type of entity
 * @throws DomainError `SORT_UNKNOWN`; `NOT_FOUND`, `NOT_SIGNED_IN`, `NOT_ALLOWED` for the community
 */
export function listSubmittableCollections(deps: ListDeps) {
  return async (
    actor: Actor,
    query: CollectionList & { readonly entityType?: string },
    page: PageRequest,
  ): Promise<Page<Collection>> => {
    if (query.communityId !== undefined) await readCommunity(deps)(actor, query.communityId)
    const grants = grantsOf(actor, 'ADD', dayOf(deps.clock()))
    return deps.reading.collections.list({ ...query, grants }, page)
  }
}
