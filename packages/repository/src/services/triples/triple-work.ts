import type { Actor } from '../../domain/access/actor.ts'
import type { AccessFacts } from '../../domain/access/allows.ts'
import { dayOf } from '../../domain/clock.ts'
import type { RepositoryObject } from '../../domain/objects/repository-object.ts'
import type { NamingConfig } from '../../domain/records/identifiers.ts'
import type { Transaction } from '../../domain/unit-of-work.ts'
import type { ItemChangeDeps } from '../items/change-item.ts'
import { findObject } from '../objects/find-object.ts'
import { within } from '../within.ts'

/** What changes of triples need. */
export interface TripleDeps extends ItemChangeDeps {
  readonly naming: NamingConfig
}

/** A change under way: all of it happens in one transaction. */
export interface TripleWork<O extends RepositoryObject = RepositoryObject> {
  readonly tx: Transaction
  /** Use cases that are given these take part in the transaction. */
  readonly deps: TripleDeps
  readonly actor: Actor
  readonly object: O
  /** What decides on the object. */
  readonly access: AccessFacts
  /** `YYYY-MM-DD` */
  readonly today: string
}

/**
 * The frame of every change of an object's triples: find it, let changes of one object take turns, change.
 *
 * @throws DomainError `NOT_FOUND`, `NOT_SIGNED_IN`, `NOT_ALLOWED` where the actor may not READ the object
 */
export function changeTriples(
  deps: TripleDeps,
  actor: Actor,
  pid: string,
  change: (work: TripleWork) => Promise<void>,
): Promise<void> {
  return deps.unitOfWork(async (tx) => {
    const today = dayOf(deps.clock())
    const wanted = { pid, action: 'READ', today } as const
    const before = await findObject(tx, actor, wanted)
    // Which collection is the first is asked and answered by one at a time.
    await tx.lock(`collections of ${before.value.record.id}`)
    const { value: object, access } = await findObject(tx, actor, wanted)
    await change({ tx, deps: within(deps, tx), actor, object, access, today })
  })
}
