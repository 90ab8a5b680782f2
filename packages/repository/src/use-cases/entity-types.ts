import { listImportableEntityTypes } from '../services/external/find-external-sources.ts'
import { listEntityTypes, listSubmittableEntityTypes } from '../services/relationships/list-entity-types.ts'
import { findEntityType, readEntityType } from '../services/relationships/read-entity-type.ts'
import type { UseCaseDeps } from './deps.ts'

/** What can be done with entity types. */
export function entityTypesUseCases(deps: UseCaseDeps) {
  return {
    find: findEntityType(deps),
    list: listEntityTypes(deps),
    listImportable: listImportableEntityTypes(deps),
    listSubmittable: listSubmittableEntityTypes(deps),
    read: readEntityType(deps),
  }
}
