import type { Actor } from '../../domain/access/actor.ts'
import { badReference } from '../../domain/errors.ts'
import type { Reading } from '../../domain/unit-of-work.ts'
import { refusal, requireAdministrator } from './require-allowed.ts'

/**
 * Lets an administrator act as somebody else, who must not be an administrator too (RestContract authentication.md,
 * "Log in as").
 *
 * @throws DomainError `NOT_SIGNED_IN`, `NOT_ALLOWED`, `REFERENCE_INVALID` when nobody who may log in has the uuid
 */
export function actOnBehalf(deps: { reading: Pick<Reading, 'actors'> }) {
  return async (actor: Actor, personId: string): Promise<Actor> => {
    const what = { kind: 'person', id: personId }
    requireAdministrator(actor, what)
    const other = await deps.reading.actors.person(personId)
    if (other === undefined) throw badReference(`Nobody who may log in has the uuid ${personId}`, personId)
    if (other.isAdministrator) throw refusal(actor, 'act on behalf of', what)
    return { ...other, ...(actor.personId !== null && { actedBy: actor.personId }) }
  }
}
