import { createToken } from '../services/tokens/create-token.ts'
import { listTokens } from '../services/tokens/list-tokens.ts'
import { readToken } from '../services/tokens/read-token.ts'
import { revokeToken } from '../services/tokens/revoke-token.ts'
import type { UseCaseDeps } from './deps.ts'

/** What can be done with tokens. */
export function tokensUseCases(deps: UseCaseDeps) {
  return {
    create: createToken(deps),
    list: listTokens(deps),
    read: readToken(deps),
    revoke: revokeToken(deps),
  }
}
