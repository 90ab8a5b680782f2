import type { UseCases } from '@hexapla/repository'
import type { SerializedJson } from '@hexapla/rest'
import { HalHandler } from '../hal/hal-handler.ts'
import { uuidOf } from '../hal/path-id.ts'
import { resource, resourcePage } from '../hal/resource.ts'
import type { CommunityDeps } from './community-handlers.ts'

/** `core/communities/:id/subcommunities`. */
export class SubcommunitiesHandler extends HalHandler<CommunityDeps> {
  override async get(): Promise<SerializedJson | undefined> {
    const { community } = this.deps.types
    const scope = { within: uuidOf(this.request) }
    const page = await this.deps.communities.list(this.actor, { scope }, this.pageRequest())
    return this.answerPage(resourcePage(community, page), community.plural)
  }
}

/** `core/communities/:id/collections`. */
export class CommunityCollectionsHandler extends HalHandler<
  CommunityDeps & { readonly collections: Pick<UseCases['collections'], 'list'> }
> {
  override async get(): Promise<SerializedJson | undefined> {
    const { collection } = this.deps.types
    const communityId = uuidOf(this.request)
    const page = await this.deps.collections.list(this.actor, { communityId }, this.pageRequest())
    return this.answerPage(resourcePage(collection, page), collection.plural)
  }
}

/** `core/communities/:id/parentCommunity`: 204 at the top. */
export class ParentCommunityHandler extends HalHandler<CommunityDeps> {
  override async get(): Promise<SerializedJson | undefined> {
    const { communities, types } = this.deps
    const { parentId } = await communities.read(this.actor, uuidOf(this.request))
    if (parentId === null) return undefined
    return this.answer(resource(types.community, await communities.read(this.actor, parentId)))
  }
}
