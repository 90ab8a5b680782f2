import type { AccessFacts } from '../access/allows.ts'
import type { Grants } from '../access/grants.ts'
import type { Metadata } from '../metadata/metadata.ts'
import type { VirtualMetadata } from '../metadata/virtual-values.ts'
import type { Page, PageRequest } from '../page.ts'
import type { Placed } from './place-sequence.ts'
import type { Relationship, Side } from './relationship.ts'

/** A relationship with what decides on who may do what to its items. */
export interface GuardedRelationship {
  readonly value: Relationship
  readonly left: AccessFacts
  readonly right: AccessFacts
}

/** Which relationships a list is about. */
export interface RelationshipQuery {
  /** Only those of which these allow an item. */
  readonly grants: Grants
  /** Only those of these types. */
  readonly typeIds?: readonly number[]
  /** Only those that this item shows, in the order of the names that it shows them under. */
  readonly ofItem?: string
  /** Only those with the item on the left in one of some types, or on the right, in the order of its places. */
  readonly focus?: {
    readonly itemId: string
    readonly leftOf: readonly number[]
    readonly rightOf: readonly number[]
    /** Only with one of these items at the other end. */
    readonly relatedIds?: readonly string[]
  }
}

/** An item, and the name under which other items show it. */
export interface LabelledItem {
  readonly itemId: string
  readonly label: string
}

export interface RelationshipReader {
  find(id: number): Promise<GuardedRelationship | undefined>
  /** Sorts by `id`, `leftPlace`, `rightPlace`. */
  list(query: RelationshipQuery, page: PageRequest): Promise<Page<Relationship>>
  /** The first `size` relationships that each item shows. */
  ofItems(
    itemIds: readonly string[],
    grants: Grants,
    size: number,
  ): Promise<ReadonlyMap<string, Page<Relationship>>>
}

export interface RelationshipStore extends RelationshipReader {
  /**
   * Keeps others from changing the items or their relationships until the transaction ends. Whoever changes what an
   * item shows of others holds it.
   */
  lockItems(ids: Iterable<string>): Promise<void>
  /** All relationships of the items, or only those that one of them has under one of the names. */
  ofAny(itemIds: readonly string[], labels?: readonly string[]): Promise<readonly Relationship[]>
  /** The items that show an item under a name. */
  showing(wanted: readonly LabelledItem[]): Promise<readonly (LabelledItem & { readonly shownIn: string })[]>
  /** Those of the relationships of items at or below a record. */
  within(recordId: string): Promise<readonly (Relationship & { readonly goes: readonly Side[] })[]>
  /** Own metadata of the items, of these fields only. */
  ownMetadata(itemIds: readonly string[], fields: readonly string[]): Promise<ReadonlyMap<string, Metadata>>
  insert(relationship: Omit<Relationship, 'id' | 'version'>): Promise<Relationship>
  /**
   * Saves a relationship over the version it was read with.
   *
   * @throws DomainError `VERSION_CONFLICT`
   */
  update(relationship: Relationship): Promise<Relationship>
  delete(ids: readonly number[]): Promise<void>
  /** Gives relationships other places on a side; those that stand there already are left alone. */
  savePlaces(side: Side, places: readonly Placed[]): Promise<void>
  /** Writes what items show of others; the version of an item counts on when that has changed. */
  saveVirtual(
    items: readonly { readonly id: string; readonly virtual: VirtualMetadata }[],
    now: Date,
  ): Promise<void>
}
