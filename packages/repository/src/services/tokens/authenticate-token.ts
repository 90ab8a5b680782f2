import type { Actor } from '../../domain/access/actor.ts'
import type { Clock } from '../../domain/clock.ts'
import type { TokenUses } from '../../domain/tokens/token-uses.ts'
import type { Reading } from '../../domain/unit-of-work.ts'
import { digestOfToken } from './token-text.ts'

/**
 * Who bears an API token, with every right that it reaches to as of now: one statement. That it was used is noted
 * meanwhile.
 *
 * @returns undefined when the token is unknown, revoked or expired, or its person may no longer log in
 */
export function authenticateToken(deps: {
  reading: Pick<Reading, 'actors'>
  tokenUses: TokenUses
  clock: Clock
}) {
  return async (text: string): Promise<Actor | undefined> => {
    const digest = digestOfToken(text)
    if (digest === undefined) return undefined
    const now = deps.clock()
    const bearer = await deps.reading.actors.bearer(digest, now)
    if (bearer === undefined) return undefined
    deps.tokenUses.note(bearer, now)
    return bearer.actor
  }
}
