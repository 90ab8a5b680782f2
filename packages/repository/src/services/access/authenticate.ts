import type { Actor } from '../../domain/access/actor.ts'
import type { Reading } from '../../domain/unit-of-work.ts'

/** What a token says, its signature and dates already checked. */
export interface SessionClaim {
  /** uuid */
  readonly personId: string
  /** uuid */
  readonly sessionId: string
  /** Groups given by the way of signing in. */
  readonly specialGroupIds?: readonly string[]
}

/**
 * Who bears a token, with every right as of now: one statement.
 *
 * @returns undefined when the session has ended, or the person is gone or may no longer log in
 */
export function authenticate(deps: { reading: Pick<Reading, 'actors'> }) {
  return ({ personId, ...session }: SessionClaim): Promise<Actor | undefined> =>
    deps.reading.actors.person(personId, session)
}
