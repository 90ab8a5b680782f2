/** What an item may be, e.g. `Publication`: an item is of the type whose label is its `dspace.entity.type`. */
export interface EntityType {
  readonly id: number
  readonly label: string
}

/** An end of a relationship. */
export type Side = 'left' | 'right'

/** How many relationships of a type an item has: null for any number. */
export interface Cardinality {
  readonly min: number | null
  readonly max: number | null
}

/** A kind of relationship between items of two entity types. */
export interface RelationshipType {
  readonly id: number
  readonly leftType: EntityType
  readonly rightType: EntityType
  /** What the right item is to the left one, e.g. `isAuthorOfPublication`. */
  readonly leftwardType: string
  /** What the left item is to the right one, e.g. `isPublicationOfAuthor`. */
  readonly rightwardType: string
  readonly leftCardinality: Cardinality
  readonly rightCardinality: Cardinality
  /** Whether the left item keeps what it showed of the right one when the relationship ends, if it is left to the model. */
  readonly copyToLeft: boolean
  readonly copyToRight: boolean
  /** The side whose items are so many that items of the other side do not show them. */
  readonly tilted: Side | null
}

/** Two items that have to do with each other. */
export interface Relationship {
  readonly id: number
  readonly typeId: number
  readonly leftItemId: string
  readonly rightItemId: string
  /** The place among what the left item shows under the same name, 0-based and without gaps. */
  readonly leftPlace: number
  readonly rightPlace: number
  /** What the left item is called in the right one, in place of its own name. */
  readonly leftwardValue: string | null
  /** What the right item is called in the left one, in place of its own name. */
  readonly rightwardValue: string | null
  /** Counts the changes. */
  readonly version: number
}

/** The field of an item that names its entity type. */
export const ENTITY_TYPE_FIELD = 'dspace.entity.type'

/** A relationship as one of its items sees it. */
export interface RelationshipEnd {
  readonly relationshipId: number
  readonly typeId: number
  readonly side: Side
  /** What the other item is to this one: the name that this one shows it under. */
  readonly label: string
  readonly otherId: string
  readonly place: number
  /** What the other item is called here, in place of its own name. */
  readonly nameVariant: string | null
  /** The entity type that this item must be of, or it shows nothing of the other one. */
  readonly entityType: string
  /** This item does not show the other one, since there are too many such. */
  readonly hidden: boolean
}

/** The relationship as the item on a side sees it. */
export function endOf(relationship: Relationship, type: RelationshipType, side: Side): RelationshipEnd {
  const common = { relationshipId: relationship.id, typeId: type.id, side }
  return side === 'left'
    ? {
        ...common,
        label: type.leftwardType,
        otherId: relationship.rightItemId,
        place: relationship.leftPlace,
        nameVariant: relationship.rightwardValue,
        entityType: type.leftType.label,
        hidden: type.tilted === 'right',
      }
    : {
        ...common,
        label: type.rightwardType,
        otherId: relationship.leftItemId,
        place: relationship.rightPlace,
        nameVariant: relationship.leftwardValue,
        entityType: type.rightType.label,
        hidden: type.tilted === 'left',
      }
}

/** The item on a side. */
export function itemOn(relationship: Relationship, side: Side): string {
  return side === 'left' ? relationship.leftItemId : relationship.rightItemId
}

/** Whether the item on a side keeps what it showed of the other, when that is left to the model. */
export function copiesTo(type: RelationshipType, side: Side): boolean {
  return side === 'left' ? type.copyToLeft : type.copyToRight
}

/** A name for an item in place of its own; one without a letter is none. */
export function nameVariant(text: string | null): string | null {
  return text === null || text.trim() === '' ? null : text
}

/** Both sides, in order. */
export const SIDES: readonly Side[] = ['left', 'right']

/** What the other item is to the one on a side. */
export function labelOn(type: RelationshipType, side: Side): string {
  return side === 'left' ? type.leftwardType : type.rightwardType
}
