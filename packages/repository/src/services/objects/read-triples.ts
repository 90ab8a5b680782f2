import type { Actor } from '../../domain/access/actor.ts'
import { allows } from '../../domain/access/allows.ts'
import { dayOf, type Clock } from '../../domain/clock.ts'
import type { RepositoryObject } from '../../domain/objects/repository-object.ts'
import { isMeant, type Triple, type TripleFilter } from '../../domain/triples/triple.ts'
import { triplesOf } from '../../domain/triples/triples-of.ts'
import type { Reading } from '../../domain/unit-of-work.ts'
import { findObject } from './find-object.ts'

/**
 * What is said of an object, as triples; those of its collections that the actor may not read are left out.
 *
 * @throws DomainError `NOT_FOUND`, `NOT_SIGNED_IN`, `NOT_ALLOWED`
 */
export function readTriples(deps: { readonly reading: Pick<Reading, 'objects'>; readonly clock: Clock }) {
  return async (
    actor: Actor,
    { pid, filter }: { readonly pid: string; readonly filter: TripleFilter },
  ): Promise<readonly Triple[]> => {
    const today = dayOf(deps.clock())
    const { value: object } = await findObject(deps.reading, actor, { pid, action: 'READ', today })
    return seenTriples(actor, object, today).filter((triple) => isMeant(triple, filter))
  }
}

/** The triples of an object without those that name what the actor may not read. */
export function seenTriples(actor: Actor, object: RepositoryObject, today: string): readonly Triple[] {
  const seen = object.parents.filter(({ access }) => allows(actor, 'READ', access, today))
  return triplesOf(
    object,
    seen.map(({ value }) => value),
  )
}
