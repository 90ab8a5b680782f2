import { randomUUID } from 'node:crypto'
import { ANONYMOUS_GROUP, type Actor } from '../../domain/access/actor.ts'
import { groupPolicy } from '../../domain/access/policy.ts'
import { dayOf, type Clock } from '../../domain/clock.ts'
import { badReference } from '../../domain/errors.ts'
import type { Metadata } from '../../domain/metadata/metadata.ts'
import type { Identifiers, NamingConfig } from '../../domain/records/identifiers.ts'
import type { Collection } from '../../domain/records/record.ts'
import type { Transaction, UnitOfWork } from '../../domain/unit-of-work.ts'
import { requireAdministrator, requireAllowed } from '../access/require-allowed.ts'
import { requireKnownMetadata } from '../metadata/require-known-fields.ts'
import { withIdentifierUri } from '../metadata/with-identifier-uri.ts'

export interface NewCollection {
  /** The community to create it in. */
  readonly parentId: string
  readonly metadata: Metadata
  /** Names that the collection brings along; kept, or refused when taken. */
  readonly identifiers?: Partial<Identifiers>
}

/**
 * Creates a collection in a community, for whoever may ADD to that (RestContract collections.md, "Creating a
 * collection"). Everybody may read it, and by default its items and their files. No field is required, `dc.title`
 * included.
 *
 * @throws DomainError `REFERENCE_INVALID` without such a community, `FIELD_UNKNOWN`, `CONFLICT` for a taken handle or
 * pid, `NOT_SIGNED_IN`, `NOT_ALLOWED`
 */
export function createCollection(deps: { unitOfWork: UnitOfWork; clock: Clock; naming: NamingConfig }) {
  return (actor: Actor, input: NewCollection): Promise<Collection> =>
    deps.unitOfWork((tx) => createCollectionIn(tx, actor, input, deps))
}

/** The same within a transaction that does more. */
export async function createCollectionIn(
  tx: Transaction,
  actor: Actor,
  input: NewCollection,
  { clock, naming }: { clock: Clock; naming: NamingConfig },
): Promise<Collection> {
  const now = clock()
  const parent = await tx.communities.find(input.parentId)
  if (parent === undefined) {
    // Nobody else learns that it does not exist.
    requireAdministrator(actor, { kind: 'community', id: input.parentId }, 'write')
    throw badReference(`No community has the identifier ${input.parentId}`, input.parentId)
  }
  requireAllowed(actor, 'ADD', parent.access, dayOf(now), { kind: 'community', id: input.parentId })
  await requireKnownMetadata(tx.fields, input.metadata)

  const names = await tx.identifiers.assign(input.identifiers)
  const collection: Collection = {
    kind: 'collection',
    id: randomUUID(),
    ...names,
    metadata: withIdentifierUri(input.metadata, names.handle, naming),
    version: 1,
    createdAt: now,
    modifiedAt: now,
    parentId: input.parentId,
    logoId: null,
  }
  await tx.collections.insert(collection)
  await tx.policies.insert(
    DEFAULT_ACTIONS.map((action) => groupPolicy(collection.id, action, ANONYMOUS_GROUP)),
  )
  return collection
}

/** What everybody may do in a new collection, as in the original. */
const DEFAULT_ACTIONS = ['READ', 'DEFAULT_ITEM_READ', 'DEFAULT_BITSTREAM_READ'] as const
