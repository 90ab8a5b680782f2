import { changeRelationship } from '../services/relationships/change-relationship.ts'
import { createRelationship } from '../services/relationships/create-relationship.ts'
import { deleteRelationship } from '../services/relationships/delete-relationship.ts'
import {
  findRelationshipsByLabel,
  findRelationshipsOfItems,
} from '../services/relationships/find-relationships.ts'
import { listRelationships, listRelationshipsOfItem } from '../services/relationships/list-relationships.ts'
import { readRelationship } from '../services/relationships/read-relationship.ts'
import { replaceRelatedItem } from '../services/relationships/replace-related-item.ts'
import type { UseCaseDeps } from './deps.ts'

/** What can be done with relationships. */
export function relationshipsUseCases(deps: UseCaseDeps) {
  return {
    change: changeRelationship(deps),
    create: createRelationship(deps),
    delete: deleteRelationship(deps),
    findByLabel: findRelationshipsByLabel(deps),
    findOfItems: findRelationshipsOfItems(deps),
    list: listRelationships(deps),
    listOfItem: listRelationshipsOfItem(deps),
    read: readRelationship(deps),
    replaceItem: replaceRelatedItem(deps),
  }
}
