import { readItemAccessStatus } from '../services/files/read-access-status.ts'
import { readItemThumbnail } from '../services/files/read-thumbnail.ts'
import { createItem } from '../services/items/create-item.ts'
import { deleteItem } from '../services/items/delete-item.ts'
import { findItemByCustomUrl } from '../services/items/find-item-by-custom-url.ts'
import { listEditableItems, listItems } from '../services/items/list-items.ts'
import { listMappedCollections } from '../services/items/list-mapped-collections.ts'
import { mapItem, unmapItem } from '../services/items/map-item.ts'
import { moveItem } from '../services/items/move-item.ts'
import { patchItem } from '../services/items/patch-item.ts'
import { readChangedItem, readItem } from '../services/items/read-item.ts'
import { replaceItem } from '../services/items/replace-item.ts'
import type { UseCaseDeps } from './deps.ts'

/** What can be done with items. */
export function itemsUseCases(deps: UseCaseDeps) {
  return {
    accessStatus: readItemAccessStatus(deps),
    create: createItem(deps),
    delete: deleteItem(deps),
    findByCustomUrl: findItemByCustomUrl(deps),
    list: listItems(deps),
    listEditable: listEditableItems(deps),
    listMappedCollections: listMappedCollections(deps),
    map: mapItem(deps),
    move: moveItem(deps),
    patch: patchItem(deps),
    read: readItem(deps),
    readChanged: readChangedItem(deps),
    replace: replaceItem(deps),
    thumbnail: readItemThumbnail(deps),
    unmap: unmapItem(deps),
  }
}
