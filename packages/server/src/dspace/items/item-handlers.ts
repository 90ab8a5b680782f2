import type { UseCases } from '@hexapla/repository'
import type { SerializedJson } from '@hexapla/rest'
import { entryOfUri } from '../external/entry-of-uri.ts'
import { expectedVersion } from '../hal/etag.ts'
import { HalHandler, type HalDeps } from '../hal/hal-handler.ts'
import { readPatch } from '../hal/read-patch.ts'
import { queryUuid, uuidOf } from '../hal/path-id.ts'
import { resource, resourcePage } from '../hal/resource.ts'
import { single } from '../hal/uri-list.ts'
import { parseKeepChoice } from '../relationships/copy-choice.ts'
import { parseItemDocument, parseItemReplacement } from './item-document.ts'

export interface ItemDeps extends HalDeps {
  readonly items: UseCases['items']
}

/**
 * `core/items` (RestContract items.md, "Main Endpoint", "Creating an archived item", "… from an external source").
 */
export class ItemsHandler extends HalHandler<
  ItemDeps & { readonly externalSources: Pick<UseCases['externalSources'], 'import'> }
> {
  override async get(): Promise<SerializedJson | undefined> {
    const { item } = this.deps.types
    return this.answerPage(
      resourcePage(item, await this.deps.items.list(this.actor, this.pageRequest())),
      item.plural,
      { searchable: true },
    )
  }

  override async post(): Promise<SerializedJson | undefined> {
    const owningCollectionId = queryUuid(this.request, 'owningCollection')
    if (this.request.contentType?.toLowerCase().startsWith('text/uri-list') === true) {
      const entry = entryOfUri(single(await this.request.uriList()))
      const { signal } = this.request
      const made = await this.deps.externalSources.import(this.actor, {
        ...entry,
        owningCollectionId,
        signal,
      })
      return this.answerCreated(resource(this.deps.types.item, made))
    }
    const input = parseItemDocument(await this.request.json())
    const item = await this.deps.items.create(this.actor, { ...input, owningCollectionId })
    return this.answerCreated(resource(this.deps.types.item, item))
  }
}

/** `core/items/:id` (RestContract items.md, "Single Item", "Updating item metadata", "Patch operations"). */
export class ItemHandler extends HalHandler<ItemDeps> {
  override get(): Promise<SerializedJson | undefined> {
    const id = uuidOf(this.request)
    return this.answerKept(this.deps.types.item, id, async (known) => {
      const { item, ...seen } = await this.deps.items.readChanged(this.actor, id, known)
      return { ...seen, value: item }
    })
  }

  override async put(): Promise<SerializedJson | undefined> {
    const id = uuidOf(this.request)
    const expected = expectedVersion(this.request)
    const { metadata } = parseItemReplacement(await this.request.json(), id)
    const item = await this.deps.items.replace(this.actor, { id, metadata, expected })
    return this.answer(resource(this.deps.types.item, item))
  }

  override async patch(): Promise<SerializedJson | undefined> {
    const id = uuidOf(this.request)
    const expected = expectedVersion(this.request)
    const item = await this.deps.items.patch(this.actor, {
      id,
      patch: await readPatch(this.request),
      expected,
    })
    return this.answer(resource(this.deps.types.item, item))
  }

  override async delete(): Promise<void> {
    await this.deps.items.delete(this.actor, {
      id: uuidOf(this.request),
      expected: expectedVersion(this.request),
      keep: parseKeepChoice(this.request),
    })
  }
}

/** `core/items/search/findEditAuthorized`. */
export class EditableItemsHandler extends HalHandler<ItemDeps> {
  override async get(): Promise<SerializedJson | undefined> {
    const { item } = this.deps.types
    const words = this.request.query.get('query') ?? ''
    const page = await this.deps.items.listEditable(this.actor, { words }, this.pageRequest())
    return this.answerPage(resourcePage(item, page), item.plural)
  }
}
