import type { UseCases } from '@hexapla/repository'
import type { SerializedJson } from '@hexapla/rest'
import { HalHandler, type HalDeps } from '../hal/hal-handler.ts'
import { numberOf } from '../hal/path-id.ts'
import { resource, resourcePage } from '../hal/resource.ts'

export interface EntityTypeDeps extends HalDeps {
  readonly entityTypes: UseCases['entityTypes']
  readonly relationshipTypes: UseCases['relationshipTypes']
}

/** The search methods of entity types (RestContract entitytypes.md, "Search methods"). */
export const ENTITY_TYPE_SEARCHES = [
  'findAllByAuthorizedCollection',
  'findAllByAuthorizedExternalSource',
] as const

/** `core/entitytypes` (RestContract entitytypes.md, "Main Endpoint"). */
export class EntityTypesHandler extends HalHandler<EntityTypeDeps> {
  override async get(): Promise<SerializedJson | undefined> {
    const { entityType } = this.deps.types
    const page = await this.deps.entityTypes.list(this.actor, this.pageRequest())
    return this.answerPage(resourcePage(entityType, page), entityType.plural, { searchable: true })
  }
}

/** `core/entitytypes/:id`. */
export class EntityTypeHandler extends HalHandler<EntityTypeDeps> {
  override async get(): Promise<SerializedJson | undefined> {
    const type = await this.deps.entityTypes.read(this.actor, numberOf(this.request))
    return this.answer(resource(this.deps.types.entityType, type))
  }
}

/** `core/entitytypes/label/:label` (RestContract entitytypes.md, "Get Entity type from label"). */
export class EntityTypeByLabelHandler extends HalHandler<EntityTypeDeps> {
  override async get(): Promise<SerializedJson | undefined> {
    const type = await this.deps.entityTypes.find(this.actor, this.request.param('label'))
    return this.answer(resource(this.deps.types.entityType, type))
  }
}

/** `core/entitytypes/:id/relationshiptypes`. */
export class TypesOfEntityHandler extends HalHandler<EntityTypeDeps> {
  override async get(): Promise<SerializedJson | undefined> {
    const { relationshipType } = this.deps.types
    const id = numberOf(this.request)
    const page = await this.deps.relationshipTypes.listOfEntity(this.actor, id, this.pageRequest())
    return this.answerPage(resourcePage(relationshipType, page), relationshipType.plural)
  }
}

/** `core/entitytypes/search/findAllByAuthorizedCollection`. */
export class SubmittableEntityTypesHandler extends HalHandler<EntityTypeDeps> {
  override async get(): Promise<SerializedJson | undefined> {
    const { entityType } = this.deps.types
    const page = await this.deps.entityTypes.listSubmittable(this.actor, this.pageRequest())
    return this.answerPage(resourcePage(entityType, page), entityType.plural)
  }
}

/** `core/entitytypes/search/findAllByAuthorizedExternalSource`. */
export class ImportableEntityTypesHandler extends HalHandler<EntityTypeDeps> {
  override async get(): Promise<SerializedJson | undefined> {
    const { entityType } = this.deps.types
    const page = await this.deps.entityTypes.listImportable(this.actor, this.pageRequest())
    return this.answerPage(resourcePage(entityType, page), entityType.plural)
  }
}
