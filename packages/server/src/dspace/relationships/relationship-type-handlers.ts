import type { UseCases } from '@hexapla/repository'
import type { SerializedJson } from '@hexapla/rest'
import { HalHandler, type HalDeps } from '../hal/hal-handler.ts'
import { numberOf } from '../hal/path-id.ts'
import { resource, resourcePage } from '../hal/resource.ts'
import { withStatus } from '../http/with-status.ts'
import { queryText } from './query-arguments.ts'

export interface RelationshipTypeDeps extends HalDeps {
  readonly relationshipTypes: UseCases['relationshipTypes']
}

/** `core/relationshiptypes` (RestContract relationshiptypes.md, "Main Endpoint"). */
export class RelationshipTypesHandler extends HalHandler<RelationshipTypeDeps> {
  override async get(): Promise<SerializedJson | undefined> {
    const { relationshipType } = this.deps.types
    const page = await this.deps.relationshipTypes.list(this.actor, this.pageRequest())
    return this.answerPage(resourcePage(relationshipType, page), relationshipType.plural, {
      searchable: true,
    })
  }
}

/** `core/relationshiptypes/:id`. */
export class RelationshipTypeHandler extends HalHandler<RelationshipTypeDeps> {
  override async get(): Promise<SerializedJson | undefined> {
    const type = await this.deps.relationshipTypes.read(this.actor, numberOf(this.request))
    return this.answer(resource(this.deps.types.relationshipType, type))
  }
}

/** "400 Bad Request - if the type parameter is missing or invalid". */
const UNKNOWN_TYPE_STATUS = { NOT_FOUND: 400 } as const

/** `core/relationshiptypes/search/byEntityType` (RestContract relationshiptypes.md, "Search methods"). */
export class TypesByEntityTypeHandler extends HalHandler<RelationshipTypeDeps> {
  override async get(): Promise<SerializedJson | undefined> {
    const { relationshipType } = this.deps.types
    const label = queryText(this.request, 'type')
    const page = await withStatus(UNKNOWN_TYPE_STATUS, () =>
      this.deps.relationshipTypes.listOfEntity(this.actor, label, this.pageRequest()),
    )
    return this.answerPage(resourcePage(relationshipType, page), relationshipType.plural)
  }
}
