import { createHash, randomBytes } from 'node:crypto'
import type { Actor } from '../../domain/access/actor.ts'
import { dayOf, type Clock } from '../../domain/clock.ts'
import { isVirtualDsid } from '../../domain/datastreams/virtual-dsids.ts'
import { DomainError, invalid, notFound } from '../../domain/errors.ts'
import type { Reading, UnitOfWork } from '../../domain/unit-of-work.ts'
import { requireAllowed } from '../access/require-allowed.ts'
import { findObject } from '../objects/find-object.ts'
import { readObject, type SeenObject } from '../objects/read-object.ts'
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
 * who may READ its file, or, where it is none, its object.
 *
 * @param input.uses from 1 to 1000
 * @throws DomainError `NOT_FOUND`, `NOT_SIGNED_IN`, `NOT_ALLOWED`, `INVALID` with `field: 'uses'`
 */
export function issueDatastreamToken(deps: TokenDeps) {
  return async (
    actor: Actor,
    input: DatastreamName & { readonly uses: number },
  ): Promise<IssuedDatastreamToken> => {
    const { uses, dsid } = input
    const now = deps.clock()
    const recordId = await readableRecord(deps.reading, actor, input, dayOf(now))
    if (!Number.isInteger(uses) || uses < 1 || uses > MOST_USES) {
      throw invalid(`uses must be a whole number from 1 to ${MOST_USES}`, 'uses')
    }
    const token = randomBytes(32).toString('base64url')
    const expiresAt = new Date(now.getTime() + LIFETIME_MS)
    const kept = { recordId, dsid, personId: actor.personId, uses, expiresAt }
    await deps.unitOfWork((tx) => tx.datastreamTokens.insert(kept, digestOf(token), now))
    return { token, uses, expiresAt }
  }
}

/** @returns the id of the record that has a datastream which the actor may read */
async function readableRecord(
  reading: TokenDeps['reading'],
  actor: Actor,
  { pid, dsid }: DatastreamName,
  today: string,
): Promise<string> {
  if (isVirtualDsid(dsid)) {
    return (await findObject(reading, actor, { pid, action: 'READ', today })).value.record.id
  }
  const { item, access } = await findDatastream(reading, { pid, dsid })
  requireAllowed(actor, 'READ', access, today, { kind: 'datastream', id: `${pid}/${dsid}` })
  return item.id
}

/** A datastream, and the token that somebody brings to read it. */
export type BroughtToken = DatastreamName & { readonly token: string }

/**
 * Reads a datastream in the name of whoever made the token, which counts as a use. What that person may not read any more is
 * refused, and so is a token whose uses or time have ended.
 *
 * @throws DomainError `NOT_FOUND`, `LOGIN_REFUSED`, `NOT_SIGNED_IN`, `NOT_ALLOWED`
 */
export function readByToken(deps: UseDeps & ReadDatastreamDeps) {
  const read = readDatastream(deps)
  return async (input: BroughtToken & { readonly datedAt?: Date }): Promise<DatastreamContent> => {
    const { item } = await findDatastream(deps.reading, input)
    return read(await bearer(deps, item.id, input), input)
  }
}

/**
 * The same for the object that a virtual datastream is written from.
 *
 * @throws as {@link readByToken}
 */
export function readObjectByToken(deps: UseDeps) {
  const read = readObject(deps)
  return async (input: BroughtToken): Promise<SeenObject> => {
    const found = await deps.reading.objects.find(input.pid)
    if (found === undefined) throw notFound('object', input.pid)
    return read(await bearer(deps, found.value.record.id, input), input.pid)
  }
}

interface UseDeps extends TokenDeps {
  readonly reading: Pick<Reading, 'objects' | 'datastreams' | 'actors'>
}

/** Counts a use. @returns in whose name it is */
async function bearer(deps: UseDeps, recordId: string, { dsid, token }: BroughtToken): Promise<Actor> {
  const { actors } = deps.reading
  const use = await deps.unitOfWork((tx) =>
    tx.datastreamTokens.use({ recordId, dsid }, digestOf(token), deps.clock()),
  )
  if (use === undefined) throw refused()
  const actor = use.personId === null ? await actors.anonymous() : await actors.person(use.personId)
  if (actor === undefined) throw refused()
  return actor
}

function digestOf(token: string): Uint8Array {
  return createHash('sha256').update(token).digest()
}

function refused(): DomainError {
  return new DomainError('LOGIN_REFUSED', 'The token is none of this datastream, or has ended')
}
