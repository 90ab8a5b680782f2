import { randomUUID } from 'node:crypto'
import { ANONYMOUS_GROUP, type Actor } from '../../domain/access/actor.ts'
import { groupPolicy } from '../../domain/access/policy.ts'
import { dayOf, type Clock } from '../../domain/clock.ts'
import { badReference } from '../../domain/errors.ts'
import type { Metadata } from '../../domain/metadata/metadata.ts'
import type { Identifiers, NamingConfig } from '../../domain/records/identifiers.ts'
import type { Community } from '../../domain/records/record.ts'
import type { Transaction, UnitOfWork } from '../../domain/unit-of-work.ts'
import { requireAdministrator, requireAllowed } from '../access/require-allowed.ts'
import { requireKnownMetadata } from '../metadata/require-known-fields.ts'
import { withIdentifierUri } from '../metadata/with-identifier-uri.ts'

export interface NewCommunity {
  /** The community to create it in, or null for one at the top. */
  readonly parentId: string | null
  readonly metadata: Metadata
  /** Names that the community brings along; kept, or refused when taken. */
  readonly identifiers?: Partial<Identifiers>
}

/**
 * Creates a community that everybody may read: at the top for administrators, within another one for whoever may
 * ADD to that (RestContract communities.md, "Creating communities"). No field is required, `dc.title` included.
 *
 * @throws DomainError `REFERENCE_INVALID` without such a parent, `FIELD_UNKNOWN`, `CONFLICT` for a taken handle or
 * pid, `NOT_SIGNED_IN`, `NOT_ALLOWED`
 */
export function createCommunity(deps: { unitOfWork: UnitOfWork; clock: Clock; naming: NamingConfig }) {
  return (actor: Actor, input: NewCommunity): Promise<Community> =>
    deps.unitOfWork((tx) => createCommunityIn(tx, actor, input, deps))
}

/** The same within a transaction that does more. */
export async function createCommunityIn(
  tx: Transaction,
  actor: Actor,
  input: NewCommunity,
  { clock, naming }: { clock: Clock; naming: NamingConfig },
): Promise<Community> {
  const now = clock()
  await requireMayAdd(tx, actor, input.parentId, dayOf(now))
  await requireKnownMetadata(tx.fields, input.metadata)

  const names = await tx.identifiers.assign(input.identifiers)
  const community: Community = {
    kind: 'community',
    id: randomUUID(),
    ...names,
    metadata: withIdentifierUri(input.metadata, names.handle, naming),
    version: 1,
    createdAt: now,
    modifiedAt: now,
    parentId: input.parentId,
    logoId: null,
  }
  await tx.communities.insert(community)
  await tx.policies.insert([groupPolicy(community.id, 'READ', ANONYMOUS_GROUP)])
  return community
}

async function requireMayAdd(
  tx: Transaction,
  actor: Actor,
  parentId: string | null,
  today: string,
): Promise<void> {
  const parent = parentId === null ? undefined : await tx.communities.find(parentId)
  if (parent !== undefined) {
    requireAllowed(actor, 'ADD', parent.access, today, { kind: 'community', id: parent.value.id })
    return
  }
  // Also where the parent does not exist: nobody else learns that.
  requireAdministrator(actor, { kind: 'community', id: parentId }, 'write')
  if (parentId !== null) throw badReference(`No community has the identifier ${parentId}`, parentId)
}
