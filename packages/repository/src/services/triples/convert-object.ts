import type { Collection, Community, Item } from '../../domain/records/record.ts'
import { membershipTriple } from '../../domain/triples/triples-of.ts'
import type { Transaction } from '../../domain/unit-of-work.ts'
import { requireAllowed } from '../access/require-allowed.ts'
import type { PidChange, Stated } from './triple-change.ts'
import { communityFor, namedCommunity } from './community-for.ts'
import { requireConvertible } from './require-convertible.ts'
import { statedMemberships } from './stated-memberships.ts'
import type { TripleWork } from './triple-work.ts'

/**
 * Makes an item a collection or community, or a collection a community, by its model: in the community that its membership
 * names, or else in the default one; a community at the top. Uuid, handle, pid, metadata and rights stay, and who may read an
 * item may by default read what comes to lie in the collection that it becomes. For those who administer it and may ADD to
 * the community.
 *
 * @returns the memberships that were said of it before and are told by its place now
 * @throws DomainError `CONFLICT` for what cannot become another kind, `REFERENCE_INVALID`, `NOT_SIGNED_IN`, `NOT_ALLOWED`
 */
export async function convertObject(
  work: TripleWork,
  kind: 'collection' | 'community',
  change: PidChange,
): Promise<Stated> {
  const { tx, deps, actor, object, access, today } = work
  const { record } = object
  requireAllowed(actor, 'ADMIN', access, today, { kind: record.kind, id: record.id })
  await requireConvertible(tx, object)
  const stated = statedMemberships(object)
  const places = record.kind === 'item' ? stated : object.parents.map(({ value }) => value.pid)
  const community = await communityFor(work, kind, namedCommunity(places, change))
  await tx.objects.convert(record, converted(record, kind, community, deps.clock()))
  await convertPolicies(tx, record, kind)
  return { added: [], removed: stated.map(membershipTriple) }
}

function converted(
  record: Collection | Community | Item,
  kind: 'collection' | 'community',
  community: Community | undefined,
  modifiedAt: Date,
): Collection | Community {
  const { id, handle, pid, metadata, version, createdAt } = record
  const logoId = record.kind === 'item' ? null : record.logoId
  const common = { id, handle, pid, metadata, version, createdAt, modifiedAt, logoId }
  if (kind === 'community') return { kind, ...common, parentId: community?.id ?? null }
  if (community === undefined) throw new Error(`No community was found for the collection ${pid}`)
  return { kind, ...common, parentId: community.id }
}

const DEFAULTS = ['DEFAULT_ITEM_READ', 'DEFAULT_BITSTREAM_READ'] as const

async function convertPolicies(
  { policies }: Pick<Transaction, 'policies'>,
  { id }: { readonly id: string },
  kind: 'collection' | 'community',
): Promise<void> {
  for (const action of DEFAULTS) await policies.remove([id], { action })
  if (kind === 'community') return
  const readers = await policies.ofResources([id], 'READ')
  await policies.insert(DEFAULTS.flatMap((action) => readers.map((policy) => ({ ...policy, action }))))
}
