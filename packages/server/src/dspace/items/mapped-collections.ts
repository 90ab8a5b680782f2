import { HttpError, type SerializedJson } from '@hexapla/rest'
import { HalHandler } from '../hal/hal-handler.ts'
import { uuidOf } from '../hal/path-id.ts'
import { resourcePage } from '../hal/resource.ts'
import { uuidsOf } from '../hal/uri-list.ts'
import { withStatus } from '../http/with-status.ts'
import type { ItemDeps } from './item-handlers.ts'

/** A template is mapped nowhere ("405: if the item is a template item"). */
const TEMPLATE_STATUS = { CONFLICT: 405 } as const

/** `core/items/:id/mappedCollections` (RestContract items.md, "Mapped Collections"). */
export class MappedCollectionsHandler extends HalHandler<ItemDeps> {
  override async get(): Promise<SerializedJson | undefined> {
    const { collection } = this.deps.types
    const id = uuidOf(this.request)
    const page = await this.deps.items.listMappedCollections(this.actor, id, this.pageRequest())
    return this.answerPage(resourcePage(collection, page), collection.plural)
  }

  override async post(): Promise<void> {
    const itemId = uuidOf(this.request)
    const collectionIds = uuidsOf(await this.request.uriList(), 'core/collections')
    if (collectionIds.length === 0) {
      throw new HttpError(422, 'uri-expected', 'At least one URI of a collection is expected')
    }
    await withStatus(TEMPLATE_STATUS, () => this.deps.items.map(this.actor, { itemId, collectionIds }))
  }
}

/** `core/items/:id/mappedCollections/:collectionId`. */
export class MappedCollectionHandler extends HalHandler<ItemDeps> {
  override async delete(): Promise<void> {
    const itemId = uuidOf(this.request)
    const collectionIds = [uuidOf(this.request, 'collectionId')]
    await withStatus(TEMPLATE_STATUS, () => this.deps.items.unmap(this.actor, { itemId, collectionIds }))
  }
}
