import type { Actor } from '../../domain/access/actor.ts'
import type { ActorReader } from '../../domain/access/actor-reader.ts'
import { memory } from '../memory.ts'

const DAY = 24 * 60 * 60 * 1000

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
  const visitors = memory<Actor>(isInformed, isSimple)
  const people = memory<Actor | undefined>(isInformed, isSimple)
  return {
    actors: {
      anonymous: () => visitors.get(today(), () => reader.anonymous()),
      person(personId, session) {
        if (session === undefined) return reader.person(personId)
        const { sessionId, specialGroupIds = [] } = session
        const key = [today(), personId, sessionId, ...specialGroupIds].join(' ')
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

/** Policies begin and end with the days of UTC. */
function today(): string {
  return String(Math.floor(Date.now() / DAY))
}

function isSimple(actor: Actor | undefined): boolean {
  return actor?.administers.length === 0
}
