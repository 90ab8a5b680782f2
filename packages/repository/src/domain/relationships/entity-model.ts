import type { Grants } from '../access/grants.ts'
import type { Page, PageRequest } from '../page.ts'
import type { EntityType, RelationshipType } from './relationship.ts'

/** The entity types, and the relationships that are possible between them. */
export interface EntityModelReader {
  /** Every type of relationship, by its id: there are few. */
  types(): Promise<ReadonlyMap<number, RelationshipType>>
  entityType(id: number): Promise<EntityType | undefined>
  entityTypeOf(label: string): Promise<EntityType | undefined>
  /**
   * Sorts by `label`, `id`.
   *
   * @param query.submitTo only those for which these grants allow a collection; `none` is the type of a collection
   * that names none
   * @param query.labels only these
   */
  listEntityTypes(
    query: { readonly submitTo?: Grants; readonly labels?: readonly string[] },
    page: PageRequest,
  ): Promise<Page<EntityType>>
  /**
   * Sorts by `id`, `leftwardType`, `rightwardType`.
   *
   * @param query.entityTypeId only those with this entity type on either side
   */
  listTypes(query: { readonly entityTypeId?: number }, page: PageRequest): Promise<Page<RelationshipType>>
}

export interface EntityModelStore extends EntityModelReader {
  /** Adds rows with the ids that they have, to an empty model. */
  seed(entityTypes: readonly EntityType[], types: readonly RelationshipType[]): Promise<void>
}
