import type { Actor } from '../../domain/access/actor.ts'
import { notFound } from '../../domain/errors.ts'
import type { ApiToken } from '../../domain/tokens/api-token.ts'
import type { Reading } from '../../domain/unit-of-work.ts'
import { requireSignedIn } from '../access/require-allowed.ts'
import { requireMayManageTokens } from './require-may-manage-tokens.ts'

/**
 * Reads a token: one's own; for administrators, anybody's.
 *
 * @throws DomainError `NOT_FOUND`, `NOT_SIGNED_IN`, `NOT_ALLOWED`
 */
export function readToken(deps: { reading: Pick<Reading, 'tokens'> }) {
  return (actor: Actor, id: string): Promise<ApiToken> => findManagedToken(deps.reading, actor, id)
}

/** The same within another use case. */
export async function findManagedToken(
  { tokens }: Pick<Reading, 'tokens'>,
  actor: Actor,
  id: string,
): Promise<ApiToken> {
  const what = { kind: 'token', id }
  requireSignedIn(actor, what)
  const token = await tokens.find(id)
  if (token === undefined) throw notFound('token', id)
  requireMayManageTokens(actor, token.personId, what)
  return token
}
