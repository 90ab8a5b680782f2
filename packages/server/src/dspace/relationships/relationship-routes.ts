import type { UseCases } from '@hexapla/repository'
import type { RestServer } from '@hexapla/rest'
import type { HalDeps } from '../hal/hal-handler.ts'
import { SearchMethodsHandler } from '../hal/search-methods-handler.ts'
import {
  ENTITY_TYPE_SEARCHES,
  EntityTypeByLabelHandler,
  EntityTypeHandler,
  EntityTypesHandler,
  ImportableEntityTypesHandler,
  SubmittableEntityTypesHandler,
  TypesOfEntityHandler,
} from './entity-type-handlers.ts'
import {
  RelatedItemHandler,
  RelationshipHandler,
  RelationshipsHandler,
  RelationshipsOfItemHandler,
  TypeOfRelationshipHandler,
} from './relationship-handlers.ts'
import {
  RELATIONSHIP_SEARCHES,
  RelationshipsByLabelHandler,
  RelationshipsOfItemsHandler,
} from './relationship-searches.ts'
import {
  RelationshipTypeHandler,
  RelationshipTypesHandler,
  TypesByEntityTypeHandler,
} from './relationship-type-handlers.ts'

/** Every address of entity types, types of relationships and relationships. */
export function addRelationshipRoutes(
  server: RestServer,
  api: string,
  { hal, useCases }: { readonly hal: HalDeps; readonly useCases: UseCases },
): void {
  const { entityTypes, relationships, relationshipTypes } = useCases
  const common = { ...hal, entityTypes, relationships, relationshipTypes }
  const handled = { deps: common }
  const entityTypePath = `${api}/core/entitytypes`
  server.addRoute(entityTypePath, EntityTypesHandler, handled)
  server.addRoute(`${entityTypePath}/search`, SearchMethodsHandler, {
    deps: { ...hal, methods: ENTITY_TYPE_SEARCHES },
  })
  server.addRoute(
    `${entityTypePath}/search/findAllByAuthorizedCollection`,
    SubmittableEntityTypesHandler,
    handled,
  )
  server.addRoute(
    `${entityTypePath}/search/findAllByAuthorizedExternalSource`,
    ImportableEntityTypesHandler,
    handled,
  )
  server.addRoute(`${entityTypePath}/label/:label`, EntityTypeByLabelHandler, handled)
  server.addRoute(`${entityTypePath}/:id`, EntityTypeHandler, handled)
  server.addRoute(`${entityTypePath}/:id/relationshiptypes`, TypesOfEntityHandler, handled)
  const relationshipTypePath = `${api}/core/relationshiptypes`
  server.addRoute(relationshipTypePath, RelationshipTypesHandler, handled)
  server.addRoute(`${relationshipTypePath}/search`, SearchMethodsHandler, {
    deps: { ...hal, methods: ['byEntityType{?type}'] },
  })
  server.addRoute(`${relationshipTypePath}/search/byEntityType`, TypesByEntityTypeHandler, handled)
  server.addRoute(`${relationshipTypePath}/:id`, RelationshipTypeHandler, handled)
  const relationshipPath = `${api}/core/relationships`
  server.addRoute(relationshipPath, RelationshipsHandler, handled)
  server.addRoute(`${relationshipPath}/search`, SearchMethodsHandler, {
    deps: { ...hal, methods: RELATIONSHIP_SEARCHES },
  })
  server.addRoute(`${relationshipPath}/search/byLabel`, RelationshipsByLabelHandler, handled)
  server.addRoute(`${relationshipPath}/search/byItemsAndType`, RelationshipsOfItemsHandler, handled)
  server.addRoute(`${relationshipPath}/:id`, RelationshipHandler, handled)
  for (const side of ['left', 'right'] as const) {
    server.addRoute(`${relationshipPath}/:id/${side}Item`, RelatedItemHandler, {
      deps: { ...common, side },
    })
  }
  server.addRoute(`${relationshipPath}/:id/relationshipType`, TypeOfRelationshipHandler, handled)
  server.addRoute(`${api}/core/items/:id/relationships`, RelationshipsOfItemHandler, handled)
}
