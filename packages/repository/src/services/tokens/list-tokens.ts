import type { Actor } from '../../domain/access/actor.ts'
import type { Page, PageRequest } from '../../domain/page.ts'
import type { ApiToken } from '../../domain/tokens/api-token.ts'
import type { Reading } from '../../domain/unit-of-work.ts'
import { refusal } from '../access/require-allowed.ts'
import { requireMayManageTokens } from './require-may-manage-tokens.ts'

/**
 * A person's tokens, expired ones too: one's own unless another person is named, which is for administrators.
 *
 * @throws DomainError `NOT_SIGNED_IN`, `NOT_ALLOWED`, `SORT_UNKNOWN`
 */
export function listTokens(deps: { reading: Pick<Reading, 'tokens'> }) {
  return async (actor: Actor, query: { personId?: string }, page: PageRequest): Promise<Page<ApiToken>> => {
    const what = { kind: 'token', id: null }
    const personId = query.personId ?? actor.personId
    if (personId === null) throw refusal(actor, 'list', what)
    requireMayManageTokens(actor, personId, what)
    return deps.reading.tokens.list(personId, page)
  }
}
