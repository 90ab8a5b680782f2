import type { UseCases } from '@hexapla/repository'
import type { SerializedJson } from '@hexapla/rest'
import { HalHandler } from '../hal/hal-handler.ts'
import { uuidOf } from '../hal/path-id.ts'
import { resource, resourcePage } from '../hal/resource.ts'
import type { CollectionDeps } from './collection-handlers.ts'
import { licenseResource } from './license-resource.ts'

/** `core/collections/:id/parentCommunity`. */
export class CommunityOfCollectionHandler extends HalHandler<
  CollectionDeps & { readonly communities: Pick<UseCases['communities'], 'read'> }
> {
  override async get(): Promise<SerializedJson | undefined> {
    const { collections, communities, types } = this.deps
    const { parentId } = await collections.read(this.actor, uuidOf(this.request))
    return this.answer(resource(types.community, await communities.read(this.actor, parentId)))
  }
}

/** `core/collections/:id/mappedItems` (RestContract collections.md, "Mapped items"). */
export class MappedItemsHandler extends HalHandler<CollectionDeps> {
  override async get(): Promise<SerializedJson | undefined> {
    const { item } = this.deps.types
    const id = uuidOf(this.request)
    const page = await this.deps.collections.listMappedItems(this.actor, id, this.pageRequest())
    return this.answerPage(resourcePage(item, page), item.plural)
  }
}

/** `core/collections/:id/license` (RestContract collections.md, "License"). */
export class LicenseHandler extends HalHandler<CollectionDeps> {
  override async get(): Promise<SerializedJson | undefined> {
    const collection = await this.deps.collections.read(this.actor, uuidOf(this.request))
    return this.answer(resource(licenseResource, collection))
  }
}

/** `core/collections/:id/defaultAccessConditions` (RestContract collections.md, "Default Access Conditions"). */
export class DefaultAccessConditionsHandler extends HalHandler<CollectionDeps> {
  override async get(): Promise<SerializedJson | undefined> {
    const { policy } = this.deps.types
    const id = uuidOf(this.request)
    const page = await this.deps.collections.listDefaultAccessConditions(this.actor, id, this.pageRequest())
    return this.answerPage(resourcePage(policy, page), policy.plural)
  }
}
