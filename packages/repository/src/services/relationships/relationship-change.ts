import type { RelationshipType } from '../../domain/relationships/relationship.ts'
import type { Transaction } from '../../domain/unit-of-work.ts'

/** A transaction that changes relationships, and what it does so with. */
export interface RelationshipChange {
  readonly tx: Pick<Transaction, 'items' | 'relationships'>
  /** All types of relationships, by id. */
  readonly types: ReadonlyMap<number, RelationshipType>
  readonly now: Date
}

/** Begins a change of relationships. */
export async function beginChange(
  tx: Pick<Transaction, 'entityModel' | 'items' | 'relationships'>,
  now: Date,
): Promise<RelationshipChange> {
  return { tx, types: await tx.entityModel.types(), now }
}

/** The type of a relationship. */
export function typeOf({ types }: Pick<RelationshipChange, 'types'>, typeId: number): RelationshipType {
  const type = types.get(typeId)
  if (type === undefined) throw new Error(`No relationship type has the identifier ${typeId}`)
  return type
}
