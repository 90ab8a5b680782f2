import type { SerializedJson } from '@hexapla/rest'
import { HalHandler } from '../hal/hal-handler.ts'
import { resourcePage } from '../hal/resource.ts'
import type { CommunityDeps } from './community-handlers.ts'

/** The search methods of communities (RestContract communities.md, "Search methods"). */
export const COMMUNITY_SEARCHES = [
  'top',
  'findAdminAuthorized',
  'findEditAuthorized',
  'findAddAuthorized',
] as const

/** `core/communities/search/top`. */
export class TopCommunitiesHandler extends HalHandler<CommunityDeps> {
  override async get(): Promise<SerializedJson | undefined> {
    const { community } = this.deps.types
    const page = await this.deps.communities.list(this.actor, { scope: 'top' }, this.pageRequest())
    return this.answerPage(resourcePage(community, page), community.plural)
  }
}

/** What the caller must be permitted to do to the communities that are listed. */
export interface PermittedCommunitiesDeps extends CommunityDeps {
  readonly action: 'ADMIN' | 'WRITE' | 'ADD'
}

/** `core/communities/search/find…Authorized`. */
export class PermittedCommunitiesHandler extends HalHandler<PermittedCommunitiesDeps> {
  override async get(): Promise<SerializedJson | undefined> {
    const { action, communities, types } = this.deps
    const words = this.request.query.get('query') ?? ''
    const page = await communities.listPermitted(this.actor, { action, words }, this.pageRequest())
    return this.answerPage(resourcePage(types.community, page), types.community.plural)
  }
}
