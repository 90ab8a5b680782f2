import type { Actor } from '../../domain/access/actor.ts'
import { allows } from '../../domain/access/allows.ts'
import type { Action } from '../../domain/access/policy.ts'
import { dayOf, type Clock } from '../../domain/clock.ts'
import { notFound } from '../../domain/errors.ts'
import type { Relationship } from '../../domain/relationships/relationship.ts'
import type { GuardedRelationship } from '../../domain/relationships/relationship-store.ts'
import type { Reading } from '../../domain/unit-of-work.ts'
import { refusal } from '../access/require-allowed.ts'

/**
 * Reads a relationship: for whoever may read one of its items, since it is a part of both.
 *
 * @throws DomainError `NOT_FOUND`, `NOT_SIGNED_IN`, `NOT_ALLOWED`
 */
export function readRelationship({
  reading,
  clock,
}: {
  reading: Pick<Reading, 'relationships'>
  clock: Clock
}) {
  return async (actor: Actor, id: number): Promise<Relationship> => {
    const found = await reading.relationships.find(id)
    if (found === undefined) throw notFound('relationship', String(id))
    requireEither(actor, 'READ', found, dayOf(clock()))
    return found.value
  }
}

/**
 * Refuses an action that the actor may do to neither of the items.
 *
 * @param today the current day, `YYYY-MM-DD`
 * @throws DomainError `NOT_SIGNED_IN`, `NOT_ALLOWED`
 */
export function requireEither(
  actor: Actor,
  action: Action,
  { left, right, value }: Pick<GuardedRelationship, 'left' | 'right'> & { readonly value?: Relationship },
  today: string,
): void {
  if (allows(actor, action, left, today) || allows(actor, action, right, today)) return
  throw refusal(actor, action, { kind: 'relationship', id: value === undefined ? null : String(value.id) })
}
