import type { Actor } from '../../domain/access/actor.ts'
import type { ActorReader } from '../../domain/access/actor-reader.ts'

const DAY = 24 * 60 * 60 * 1000
/** Actors that are remembered, the most. */
const MOST_KNOWN = 1000

/**
 * An actor reader that remembers visitors and people with a session, whose rights hang on few things: the session, the groups they
 * are in, permissions, and the day. Of whoever administers something the hierarchy of records matters too, so nothing is kept.
 *
 * @param isInformed whether every change of rights is told by calling `forget`; until then nothing is remembered
 */
export function rememberedActors(
  reader: ActorReader,
  isInformed: () => boolean,
): { readonly actors: ActorReader; readonly forget: () => void } {
  const visitors = memory<Actor>(isInformed)
  const people = memory<Actor | undefined>(isInformed)
  return {
    actors: {
      anonymous: () => visitors.get('', () => reader.anonymous()),
      person(personId, session) {
        if (session === undefined) return reader.person(personId)
        const { sessionId, specialGroupIds = [] } = session
        const key = [personId, sessionId, ...specialGroupIds].join(' ')
        return people.get(key, () => reader.person(personId, session))
      },
      bearer: (digest, now) => reader.bearer(digest, now),
      identified: (identity) => reader.identified(identity),
    },
    forget() {
      visitors.forget()
      people.forget()
    },
  }
}

interface Kept<Value> {
  /** Policies begin and end with the days of UTC. */
  readonly day: number
  readonly value: Promise<Value>
}

/** Values of a day by key; those who ask while one is read wait for the same statement. */
function memory<Value extends Actor | undefined>(isInformed: () => boolean) {
  const known = new Map<string, Kept<Value>>()

  function load(key: string, day: number, read: () => Promise<Value>): Promise<Value> {
    const drop = (): void => {
      if (known.get(key) === entry) known.delete(key)
    }
    const value = read().then(
      (actor) => {
        if (actor === undefined || actor.administers.length > 0) drop()
        return actor
      },
      (error: unknown) => {
        drop()
        throw error
      },
    )
    const entry = { day, value }
    const [oldest] = known.keys()
    if (known.size >= MOST_KNOWN && oldest !== undefined) known.delete(oldest)
    known.set(key, entry)
    return value
  }

  return {
    get(key: string, read: () => Promise<Value>): Promise<Value> {
      const day = Math.floor(Date.now() / DAY)
      const kept = known.get(key)
      return kept !== undefined && kept.day === day && isInformed() ? kept.value : load(key, day, read)
    },
    // What is being read just now may be older than the change: it is forgotten with what was read before.
    forget: () => known.clear(),
  }
}
