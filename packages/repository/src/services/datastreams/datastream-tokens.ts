import { createHash, randomBytes } from 'node:crypto'
import type { Actor } from '../../domain/access/actor.ts'
import { dayOf, type Clock } from '../../domain/clock.ts'
import { DomainError, invalid } from '../../domain/errors.ts'
import type { Reading, UnitOfWork } from '../../domain/unit-of-work.ts'
import { requireAllowed } from '../access/require-allowed.ts'
import { findDatastream, type DatastreamName } from './find-datastream.ts'
import { readDatastream, type DatastreamContent, type ReadDatastreamDeps } from './read-datastream.ts'

/** As long as Islandora 7 keeps them by default. */
const LIFETIME_MS = 5 * 60 * 1000
const MOST_USES = 1000

interface TokenDeps {
  readonly reading: Pick<Reading, 'objects' | 'datastreams'>
  readonly unitOfWork: UnitOfWork
  readonly clock: Clock
}

/** A token with its secret text, which its maker alone ever sees. */
export interface IssuedDatastreamToken {
  readonly token: string
  readonly uses: number
  readonly expiresAt: Date
}

/**
 * Makes a token that lets its bearer read one datastream in the actor's name, so many times within five minutes; for those
 * who may READ its file.
 *
 * @param input.uses from 1 to 1000
 * @throws DomainError `NOT_FOUND`, `NOT_SIGNED_IN`, `NOT_ALLOWED`, `INVALID` with `field: 'uses'`
 */
export function issueDatastreamToken(deps: TokenDeps) {
  return async (
    actor: Actor,
    input: DatastreamName & { readonly uses: number },
  ): Promise<IssuedDatastreamToken> => {
    const { uses } = input
    const now = deps.clock()
    const { value, access } = await findDatastream(deps.reading, input)
    const what = { kind: 'datastream', id: `${input.pid}/${input.dsid}` }
    requireAllowed(actor, 'READ', access, dayOf(now), what)
    if (!Number.isInteger(uses) || uses < 1 || uses > MOST_USES) {
      throw invalid(`uses must be a whole number from 1 to ${MOST_USES}`, 'uses')
    }
    const token = randomBytes(32).toString('base64url')
    const expiresAt = new Date(now.getTime() + LIFETIME_MS)
    const kept = { bitstreamId: value.file.id, personId: actor.personId, uses, expiresAt }
    await deps.unitOfWork((tx) => tx.datastreamTokens.insert(kept, digestOf(token), now))
    return { token, uses, expiresAt }
  }
}

/**
 * Reads a datastream in the name of whoever made the token, which counts as a use. What that person may not read any more is
 * refused, and so is a token whose uses or time have ended.
 *
 * @throws DomainError `NOT_FOUND`, `LOGIN_REFUSED`, `NOT_SIGNED_IN`, `NOT_ALLOWED`
 */
export function readByToken(
  deps: TokenDeps & ReadDatastreamDeps & { readonly reading: Pick<Reading, 'actors'> },
) {
  const read = readDatastream(deps)
  return async (
    input: DatastreamName & { readonly datedAt?: Date; readonly token: string },
  ): Promise<DatastreamContent> => {
    const { value } = await findDatastream(deps.reading, input)
    const digest = digestOf(input.token)
    const use = await deps.unitOfWork((tx) => tx.datastreamTokens.use(value.file.id, digest, deps.clock()))
    if (use === undefined) throw refused()
    const { actors } = deps.reading
    const actor = use.personId === null ? await actors.anonymous() : await actors.person(use.personId)
    if (actor === undefined) throw refused()
    return read(actor, input)
  }
}

function digestOf(token: string): Uint8Array {
  return createHash('sha256').update(token).digest()
}

function refused(): DomainError {
  return new DomainError('LOGIN_REFUSED', 'The token is none of this datastream, or has ended')
}
