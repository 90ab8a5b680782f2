import {
  listRelationshipTypes,
  listTypesOfEntity,
} from '../services/relationships/list-relationship-types.ts'
import { readRelationshipType } from '../services/relationships/read-relationship-type.ts'
import type { UseCaseDeps } from './deps.ts'

/** What can be done with relationship types. */
export function relationshipTypesUseCases(deps: UseCaseDeps) {
  return {
    list: listRelationshipTypes(deps),
    listOfEntity: listTypesOfEntity(deps),
    read: readRelationshipType(deps),
  }
}
