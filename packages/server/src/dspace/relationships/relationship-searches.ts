import { HttpError, type SerializedJson } from '@hexapla/rest'
import { HalHandler } from '../hal/hal-handler.ts'
import { isUuid, queryUuid } from '../hal/path-id.ts'
import { resourcePage } from '../hal/resource.ts'
import { queryNumber, queryText } from './query-arguments.ts'
import type { RelationshipDeps } from './relationship-handlers.ts'

/** The search methods of relationships (RestContract relationships.md). */
export const RELATIONSHIP_SEARCHES = [
  'byItemsAndType{?typeId,relationshipLabel,focusItem,relatedItem}',
  'byLabel{?label,dso,relatedEntityType}',
] as const

/** `core/relationships/search/byLabel` (RestContract relationships.md, "Relationships per Relationship type"). */
export class RelationshipsByLabelHandler extends HalHandler<RelationshipDeps> {
  override async get(): Promise<SerializedJson | undefined> {
    const { relationship } = this.deps.types
    const { query } = this.request
    const relatedEntityType = query.get('relatedEntityType') ?? ''
    const page = await this.deps.relationships.findByLabel(
      this.actor,
      {
        label: queryText(this.request, 'label'),
        ...((query.get('dso') ?? '') === '' ? {} : { itemId: queryUuid(this.request, 'dso') }),
        ...(relatedEntityType === '' ? {} : { relatedEntityType }),
      },
      this.pageRequest(),
    )
    return this.answerPage(resourcePage(relationship, page), relationship.plural)
  }
}

/** `core/relationships/search/byItemsAndType` (RestContract relationships.md, "Relationship involving specified items"). */
export class RelationshipsOfItemsHandler extends HalHandler<RelationshipDeps> {
  override async get(): Promise<SerializedJson | undefined> {
    const { relationship } = this.deps.types
    const page = await this.deps.relationships.findOfItems(
      this.actor,
      {
        typeId: queryNumber(this.request, 'typeId'),
        label: queryText(this.request, 'relationshipLabel'),
        itemId: queryUuid(this.request, 'focusItem'),
        relatedIds: this.#relatedItems(),
      },
      this.pageRequest(),
    )
    return this.answerPage(resourcePage(relationship, page), relationship.plural)
  }

  /** Repeated, or with commas between, as Spring takes it. */
  #relatedItems(): readonly string[] {
    const ids = this.request.query.getAll('relatedItem').flatMap((value) => value.split(','))
    if (ids.length > 0 && ids.every(isUuid)) return ids.map((id) => id.toLowerCase())
    throw new HttpError(400, 'argument-invalid', 'The parameter relatedItem names uuids of items', {
      fields: [{ name: 'relatedItem', message: 'must be uuids' }],
    })
  }
}
