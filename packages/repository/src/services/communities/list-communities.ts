import type { Actor } from '../../domain/access/actor.ts'
import { grantsOf } from '../../domain/access/grants.ts'
import { dayOf, type Clock } from '../../domain/clock.ts'
import type { Page, PageRequest } from '../../domain/page.ts'
import type { Community } from '../../domain/records/record.ts'
import type { Reading } from '../../domain/unit-of-work.ts'
import { requireSignedIn } from '../access/require-allowed.ts'
import { readCommunity } from './read-community.ts'

interface ListDeps {
  readonly reading: Pick<Reading, 'communities'>
  readonly clock: Clock
}

/** Which communities are wanted. */
export interface CommunityList {
  /** `all` levels, those at the `top`, or those directly within one. */
  readonly scope: 'all' | 'top' | { readonly within: string }
  readonly words?: string
}

/**
 * The communities that the actor may read, by title unless the page says otherwise.
 *
 * @throws DomainError `SORT_UNKNOWN`; `NOT_FOUND`, `NOT_SIGNED_IN`, `NOT_ALLOWED` for the community within which
 */
export function listCommunities(deps: ListDeps) {
  return async (
    actor: Actor,
    { scope, ...query }: CommunityList,
    page: PageRequest,
  ): Promise<Page<Community>> => {
    if (typeof scope === 'object') await readCommunity(deps)(actor, scope.within)
    const grants = grantsOf(actor, 'READ', dayOf(deps.clock()))
    return deps.reading.communities.list({ ...query, ...parentOf(scope), grants }, page)
  }
}

/**
 * The communities that a person may administer, edit or add to (RestContract communities.md, "Search methods").
 *
 * @throws DomainError `NOT_SIGNED_IN`, `SORT_UNKNOWN`
 */
export function listPermittedCommunities(deps: ListDeps) {
  return async (
    actor: Actor,
    { action, ...query }: { action: 'ADMIN' | 'WRITE' | 'ADD'; words?: string },
    page: PageRequest,
  ): Promise<Page<Community>> => {
    requireSignedIn(actor)
    const grants = grantsOf(actor, action, dayOf(deps.clock()))
    return deps.reading.communities.list({ ...query, grants }, page)
  }
}

function parentOf(scope: CommunityList['scope']): { parentId?: string | null } {
  if (scope === 'all') return {}
  return { parentId: scope === 'top' ? null : scope.within }
}
