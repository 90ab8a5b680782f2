import type { UseCases } from '@hexapla/repository'
import type { SerializedJson } from '@hexapla/rest'
import { expectedVersion } from '../hal/etag.ts'
import { HalHandler } from '../hal/hal-handler.ts'
import { uuidOf } from '../hal/path-id.ts'
import { resource } from '../hal/resource.ts'
import { single, uuidsOf } from '../hal/uri-list.ts'
import { accessStatusResource } from './access-status-resource.ts'
import { identifiersResource } from './identifiers-resource.ts'
import type { ItemDeps } from './item-handlers.ts'

export interface ItemAssociationDeps extends ItemDeps {
  readonly collections: Pick<UseCases['collections'], 'read'>
}

/** `core/items/:id/owningCollection` (RestContract items.md, "Owning Collection"); 204 for a template. */
export class OwningCollectionHandler extends HalHandler<ItemAssociationDeps> {
  override async get(): Promise<SerializedJson | undefined> {
    const { collections, items, types } = this.deps
    const { owningCollectionId } = await items.read(this.actor, uuidOf(this.request))
    if (owningCollectionId === null) return undefined
    return this.answer(resource(types.collection, await collections.read(this.actor, owningCollectionId)))
  }

  /** Moves the item; `If-Match` names a version of it. */
  override async put(): Promise<void> {
    await this.deps.items.move(this.actor, {
      id: uuidOf(this.request),
      expected: expectedVersion(this.request),
      collectionId: single(uuidsOf(await this.request.uriList(), 'core/collections')),
      inheritPolicies: this.request.query.get('inheritPolicies') === 'true',
    })
  }
}

/** `core/items/:id/templateItemOf` (RestContract items.md, "Template Item"): 204 unless the item is a template. */
export class TemplateItemOfHandler extends HalHandler<ItemAssociationDeps> {
  override async get(): Promise<SerializedJson | undefined> {
    const { collections, items, types } = this.deps
    const { templateOfId } = await items.read(this.actor, uuidOf(this.request))
    if (templateOfId === null) return undefined
    return this.answer(resource(types.collection, await collections.read(this.actor, templateOfId)))
  }
}

/** `core/items/:id/thumbnail` (RestContract items.md, "Main Thumbnail"). */
export class ItemThumbnailHandler extends HalHandler<ItemDeps> {
  override async get(): Promise<SerializedJson | undefined> {
    const thumbnail = await this.deps.items.thumbnail(this.actor, uuidOf(this.request))
    return thumbnail === null ? undefined : this.answer(resource(this.deps.types.bitstream, thumbnail))
  }
}

/** `core/items/:id/submitter`: 204 for whoever may not see the person (RestContract items.md, "Get Item Submitter"). */
export class SubmitterHandler extends HalHandler<ItemDeps> {
  override async get(): Promise<SerializedJson | undefined> {
    const { submitterId } = await this.deps.items.read(this.actor, uuidOf(this.request))
    if (submitterId === null) return undefined
    const person = (await this.view.related.people([submitterId])).get(submitterId)
    return person === undefined ? undefined : this.answer(resource(this.deps.types.person, person))
  }
}

/** `core/items/:id/identifiers` (RestContract items.md, "Get item identifiers"). */
export class IdentifiersHandler extends HalHandler<ItemDeps> {
  override async get(): Promise<SerializedJson | undefined> {
    const item = await this.deps.items.read(this.actor, uuidOf(this.request))
    return this.answer(resource(identifiersResource, item))
  }
}

/** `core/items/:id/accessStatus` (RestContract items.md, "Access Status"). */
export class ItemAccessStatusHandler extends HalHandler<ItemDeps> {
  override async get(): Promise<SerializedJson | undefined> {
    const id = uuidOf(this.request)
    const status = await this.deps.items.accessStatus(this.actor, id)
    return this.answer(resource(accessStatusResource, { place: `core/items/${id}`, status }))
  }
}

/** `core/items/:id/version` (RestContract items.md, "Get single version for item"): no item is versioned yet. */
export class ItemVersionHandler extends HalHandler<ItemDeps> {
  override async get(): Promise<void> {
    await this.deps.items.read(this.actor, uuidOf(this.request))
  }
}
