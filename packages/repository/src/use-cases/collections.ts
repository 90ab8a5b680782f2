import { deleteItemTemplate, patchItemTemplate } from '../services/collections/change-item-template.ts'
import { createCollection } from '../services/collections/create-collection.ts'
import { createItemTemplate } from '../services/collections/create-item-template.ts'
import { deleteCollection } from '../services/collections/delete-collection.ts'
import {
  listCollections,
  listPermittedCollections,
  listSubmittableCollections,
} from '../services/collections/list-collections.ts'
import { listDefaultAccessConditions } from '../services/collections/list-default-access-conditions.ts'
import { listMappedItems } from '../services/collections/list-mapped-items.ts'
import { patchCollection } from '../services/collections/patch-collection.ts'
import { readCollection } from '../services/collections/read-collection.ts'
import { readItemTemplate, readTemplateOfCollection } from '../services/collections/read-item-template.ts'
import { readLicense } from '../services/collections/read-license.ts'
import { replaceCollection } from '../services/collections/replace-collection.ts'
import type { UseCaseDeps } from './deps.ts'

/** What can be done with collections. */
export function collectionsUseCases(deps: UseCaseDeps) {
  return {
    create: createCollection(deps),
    createTemplate: createItemTemplate(deps),
    delete: deleteCollection(deps),
    deleteTemplate: deleteItemTemplate(deps),
    list: listCollections(deps),
    listDefaultAccessConditions: listDefaultAccessConditions(deps),
    listMappedItems: listMappedItems(deps),
    listPermitted: listPermittedCollections(deps),
    listSubmittable: listSubmittableCollections(deps),
    patch: patchCollection(deps),
    patchTemplate: patchItemTemplate(deps),
    read: readCollection(deps),
    readLicense: readLicense(deps),
    readTemplate: readItemTemplate(deps),
    readTemplateOf: readTemplateOfCollection(deps),
    replace: replaceCollection(deps),
  }
}
