import type { Actor } from '../../domain/access/actor.ts'
import {
  copiesTo,
  itemOn,
  SIDES,
  type Relationship,
  type RelationshipType,
  type Side,
} from '../../domain/relationships/relationship.ts'
import type { Transaction } from '../../domain/unit-of-work.ts'
import { endRelationships } from './end-relationships.ts'
import { beginChange, typeOf } from './relationship-change.ts'

/**
 * Which items keep as their own what they showed of one that is deleted: those related to it by one of some types,
 * all, or those that the type says (`configured`).
 */
export type KeepChoice = 'none' | 'all' | 'configured' | readonly number[]

/**
 * Ends all relationships of items that are about to be deleted: an item, or all that a community or collection holds.
 * To be called before; one that comes up between this and the deletion lets the deletion fail, to be tried again.
 *
 * @throws DomainError `NOT_SIGNED_IN`, `NOT_ALLOWED` to copy to an item that the actor may not edit
 */
export async function detachItems(
  tx: Pick<Transaction, 'entityModel' | 'items' | 'relationships'>,
  actor: Actor,
  input: { readonly recordId: string; readonly keep: KeepChoice; readonly now: Date },
): Promise<void> {
  const found = await lockWithin(tx, input.recordId)
  if (found.length === 0) return
  const change = { ...(await beginChange(tx, input.now)), tx }
  const endings = found.map(({ goes, ...relationship }) => ({
    relationship,
    goes,
    copyTo: SIDES.filter(
      (side) => !goes.includes(side) && keeps(input.keep, side, typeOf(change, relationship.typeId)),
    ),
  }))
  await endRelationships(change, actor, endings)
}

/** The relationships of items at or below a record, once all of their items are locked. */
async function lockWithin(
  { relationships }: Pick<Transaction, 'relationships'>,
  recordId: string,
): Promise<readonly (Relationship & { readonly goes: readonly Side[] })[]> {
  const locked = new Set<string>()
  for (;;) {
    const found = await relationships.within(recordId)
    const items = new Set(found.flatMap((relationship) => SIDES.map((side) => itemOn(relationship, side))))
    const more = [...items].filter((id) => !locked.has(id))
    if (more.length === 0) return found
    await relationships.lockItems(more)
    for (const id of more) locked.add(id)
  }
}

function keeps(choice: KeepChoice, side: Side, type: RelationshipType): boolean {
  if (choice === 'configured') return copiesTo(type, side)
  if (typeof choice === 'string') return choice === 'all'
  return choice.includes(type.id)
}
