import { HttpError, type SerializedJson } from '@hexapla/rest'
import { HalHandler } from '../hal/hal-handler.ts'
import { isUuid } from '../hal/path-id.ts'
import { resource } from '../hal/resource.ts'
import type { ItemDeps } from './item-handlers.ts'

/** The search methods of items (RestContract items.md, "Search methods"). */
export const ITEM_SEARCHES = ['findEditAuthorized', 'findByCustomURL{?q}'] as const

/** `core/items/search/findByCustomURL?q=`: one item, by its uuid or its custom URL. */
export class ItemByCustomUrlHandler extends HalHandler<ItemDeps> {
  override async get(): Promise<SerializedJson | undefined> {
    const { items, types } = this.deps
    const wanted = this.request.query.get('q')?.trim() ?? ''
    if (wanted === '') {
      throw new HttpError(400, 'argument-invalid', 'The parameter q is missing', {
        fields: [{ name: 'q', message: 'is missing' }],
      })
    }
    const item = isUuid(wanted)
      ? await items.read(this.actor, wanted.toLowerCase())
      : await items.findByCustomUrl(this.actor, wanted)
    return this.answer(resource(types.item, item))
  }
}
