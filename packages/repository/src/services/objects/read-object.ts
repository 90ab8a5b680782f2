import type { Actor } from '../../domain/access/actor.ts'
import { allows } from '../../domain/access/allows.ts'
import type { Guarded } from '../../domain/access/guarded.ts'
import { dayOf, type Clock } from '../../domain/clock.ts'
import type { Datastream, ObjectState } from '../../domain/datastreams/datastream.ts'
import { stateOf } from '../../domain/objects/object-state.ts'
import { modelsOf, type RepositoryObject } from '../../domain/objects/repository-object.ts'
import type { Triple } from '../../domain/triples/triple.ts'
import type { Reading } from '../../domain/unit-of-work.ts'
import { mayReadPerson } from '../people/may-read-person.ts'
import { findObject } from './find-object.ts'
import { seenTriples } from './read-triples.ts'

/** An object as somebody may see it. */
export interface SeenObject {
  readonly record: RepositoryObject['record']
  readonly state: ObjectState
  readonly models: readonly string[]
  /** Whoever owns it, by name; empty where nobody is known. */
  readonly owner: string
  /** What is said of it, without those of its collections that may not be read. */
  readonly triples: readonly Triple[]
  /** Those of its files that may be read. */
  readonly datastreams: readonly Datastream[]
}

/**
 * Reads an object with those of its datastreams that the actor may read.
 *
 * @throws DomainError `NOT_FOUND`, `NOT_SIGNED_IN`, `NOT_ALLOWED`
 */
export function readObject(deps: {
  readonly reading: Pick<Reading, 'objects' | 'datastreams'>
  readonly clock: Clock
}) {
  return async (actor: Actor, pid: string): Promise<SeenObject> => {
    const today = dayOf(deps.clock())
    const { value: object } = await findObject(deps.reading, actor, { pid, action: 'READ', today })
    const { record } = object
    const files = record.kind === 'item' ? await deps.reading.datastreams.ofItem(record.id) : []
    return seenObject(actor, object, files, today)
  }
}

/**
 * What somebody who may read an object sees of it.
 *
 * @param files all of its files
 * @param today the current day, `YYYY-MM-DD`
 */
export function seenObject(
  actor: Actor,
  object: RepositoryObject,
  files: readonly Guarded<Datastream>[],
  today: string,
): SeenObject {
  const { record } = object
  return {
    record,
    state: stateOf(record),
    models: modelsOf(object),
    owner: ownerFor(actor, object),
    triples: seenTriples(actor, object, today),
    datastreams: files.filter(({ access }) => allows(actor, 'READ', access, today)).map(({ value }) => value),
  }
}

/** Names to sign in with, which may be e-mail addresses, are shown to those who may see the person. */
function ownerFor(actor: Actor, { ownerName, submitter }: RepositoryObject): string {
  if (ownerName !== null) return ownerName
  if (submitter === null) return ''
  return mayReadPerson(actor, submitter.id) ? submitter.login : submitter.fullName
}
