import type { Actor } from '../../domain/access/actor.ts'
import { invalid } from '../../domain/errors.ts'
import { requireTriple } from '../../domain/triples/require-triple.ts'
import { freshAmong, isMeant, type Triple, type TripleFilter } from '../../domain/triples/triple.ts'
import { applyTripleChange } from '../triples/apply-triple-change.ts'
import { changeTriples, type TripleDeps } from '../triples/triple-work.ts'
import { seenTriples } from './read-triples.ts'

/**
 * Says something of an object, for those who may WRITE it. Two predicates mean something here: `isMemberOfCollection`
 * files an item in a collection (the first becomes the owning one, further ones show the item, with the rights of moving and
 * mapping it) and a collection or community in a community; `hasModel` is a content model, and the models of collections
 * and communities make the object one.
 *
 * @throws DomainError `NOT_FOUND`, `NOT_SIGNED_IN`, `NOT_ALLOWED`, `INVALID` for what cannot be said,
 * `REFERENCE_INVALID` when there is no such collection, `CONFLICT` for what the object cannot be
 */
export function addTriple(deps: TripleDeps) {
  return async (
    actor: Actor,
    { pid, triple }: { readonly pid: string; readonly triple: Triple },
  ): Promise<void> => {
    requireTriple(triple)
    await changeTriples(deps, actor, pid, (work) => applyTripleChange(work, { added: [triple], removed: [] }))
  }
}

/**
 * Takes back what {@link addTriple} says, for every triple that is meant and that the actor sees. When the owning
 * collection goes, the first of those that show the item takes its place; without one the item is unfiled, and who may read
 * it stays as it is. A collection whose community goes comes to lie in the default one.
 *
 * @throws DomainError as {@link addTriple}
 */
export function removeTriples(deps: TripleDeps) {
  return (
    actor: Actor,
    { pid, filter }: { readonly pid: string; readonly filter: TripleFilter },
  ): Promise<void> =>
    changeTriples(deps, actor, pid, async (work) => {
      const seen = seenTriples(actor, work.object, work.today)
      const removed = seen.filter((triple) => isMeant(triple, filter))
      await applyTripleChange(work, { added: [], removed })
    })
}

/** More than any object has. */
const MOST_TRIPLES = 5000

/**
 * Says of an object what is given and nothing else. What the actor does not see of it stays: it cannot have been meant.
 * The first collection that is given becomes the owning one.
 *
 * @returns the object's name
 * @throws DomainError as {@link addTriple}
 */
export function replaceTriples(deps: TripleDeps) {
  return async (
    actor: Actor,
    { pid, triples }: { readonly pid: string; readonly triples: readonly Triple[] },
  ): Promise<{ readonly pid: string }> => {
    if (triples.length > MOST_TRIPLES) throw invalid(`An object has at most ${MOST_TRIPLES} relationships`)
    for (const triple of triples) requireTriple(triple)
    await changeTriples(deps, actor, pid, async (work) => {
      const seen = seenTriples(actor, work.object, work.today)
      const added = freshAmong(triples, seen)
      const removed = freshAmong(seen, triples)
      await applyTripleChange(work, { added, removed, inOrder: triples })
    })
    return { pid }
  }
}
