import type { Actor } from '../../domain/access/actor.ts'
import type { ActorReader } from '../../domain/access/actor-reader.ts'

const DAY = 24 * 60 * 60 * 1000

/**
 * An actor reader that remembers the anonymous visitor, whose rights hang on few things: the groups that Anonymous lies
 * in, and the day. When these groups administer something, the hierarchy of records matters too, so nothing is kept.
 *
 * @param isInformed whether every change of rights is told by calling `forget`; until then nothing is remembered
 */
export function cachedAnonymous(
  reader: ActorReader,
  isInformed: () => boolean,
): { readonly actors: ActorReader; readonly forget: () => void } {
  let kept: { readonly day: number; readonly actor: Promise<Actor> } | undefined

  const load = (day: number): Promise<Actor> => {
    const drop = (): void => {
      if (kept === entry) kept = undefined
    }
    const actor = reader.anonymous().then(
      (read) => {
        if (read.administers.length > 0) drop()
        return read
      },
      (error: unknown) => {
        drop()
        throw error
      },
    )
    const entry = { day, actor }
    kept = entry
    return actor
  }
  return {
    actors: {
      person: (personId, session) => reader.person(personId, session),
      bearer: (digest, now) => reader.bearer(digest, now),
      identified: (identity) => reader.identified(identity),
      anonymous() {
        // Policies begin and end with the days of UTC.
        const day = Math.floor(Date.now() / DAY)
        return kept !== undefined && kept.day === day && isInformed() ? kept.actor : load(day)
      },
    },
    // What is being read just now may be older than the change: it is forgotten with what was read before.
    forget() {
      kept = undefined
    },
  }
}
