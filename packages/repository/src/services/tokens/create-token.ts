import { randomUUID } from 'node:crypto'
import type { Actor } from '../../domain/access/actor.ts'
import type { Scope } from '../../domain/access/scope.ts'
import type { Clock } from '../../domain/clock.ts'
import { invalid } from '../../domain/errors.ts'
import type { ApiToken } from '../../domain/tokens/api-token.ts'
import type { UnitOfWork } from '../../domain/unit-of-work.ts'
import { refusal, requireAdminScope, requireSignedIn } from '../access/require-allowed.ts'
import { createTokenText, digestOfToken } from './token-text.ts'

export interface NewToken {
  readonly name: string
  readonly scope: Scope
  /** In 90 days unless said otherwise; null for never. */
  readonly expiresAt?: Date | null
}

/** A token just made, with its text: shown this once. */
export interface CreatedToken extends ApiToken {
  readonly text: string
}

const DAY_MS = 24 * 60 * 60 * 1000
const LIFETIME_DAYS = 90
const LONGEST_NAME = 100

/**
 * Makes a token for oneself. Neither a token of a lesser scope than `admin` can make one, nor an administrator who acts
 * on somebody's behalf: it would outlive their right to.
 *
 * @throws DomainError `NOT_SIGNED_IN`, `NOT_ALLOWED`, `INVALID` with `field` `name` or `expiresAt`, `CONFLICT` with `field`
 * `name` when the person has a token of that name
 */
export function createToken(deps: { unitOfWork: UnitOfWork; clock: Clock }) {
  return async (actor: Actor, input: NewToken): Promise<CreatedToken> => {
    const what = { kind: 'token', id: null }
    requireSignedIn(actor, what)
    requireAdminScope(actor, what)
    if (actor.personId === null || actor.actedBy !== undefined) throw refusal(actor, 'create', what)
    const now = deps.clock()
    const { expiresAt = new Date(now.getTime() + LIFETIME_DAYS * DAY_MS) } = input
    if (expiresAt !== null && expiresAt <= now) throw invalid('A token ends in the future', 'expiresAt')
    const text = createTokenText()
    const token: ApiToken = {
      id: randomUUID(),
      personId: actor.personId,
      name: readName(input.name),
      scope: input.scope,
      createdAt: now,
      expiresAt,
      lastUsedAt: null,
    }
    const digest = digestOfToken(text)
    if (digest === undefined) throw new Error('A new token is none')
    await deps.unitOfWork((tx) => tx.tokens.insert(token, digest))
    return { ...token, text }
  }
}

function readName(text: string): string {
  const name = text.trim()
  if (name === '' || name.length > LONGEST_NAME) {
    throw invalid(`The name of a token has 1 to ${LONGEST_NAME} characters`, 'name')
  }
  return name
}
