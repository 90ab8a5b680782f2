import type { Actor } from '../../domain/access/actor.ts'
import { dayOf, type Clock } from '../../domain/clock.ts'
import type { Policy } from '../../domain/access/policy.ts'
import type { Reading } from '../../domain/unit-of-work.ts'
import { readItem } from '../items/read-item.ts'
import { accessStatus, type AccessStatus } from './access-status.ts'
import { readBitstream } from './read-bitstream.ts'

/** What the statuses of many records need: a fixed number of statements, however many they are. */
export interface AccessStatusDeps {
  readonly reading: Pick<Reading, 'bitstreams' | 'bundles' | 'items' | 'policies'>
  readonly clock: Clock
}

/**
 * What everybody may do with a file, told to those who may read its description.
 *
 * @throws DomainError `NOT_FOUND`, `NOT_SIGNED_IN`, `NOT_ALLOWED`
 */
export function readBitstreamAccessStatus(deps: AccessStatusDeps) {
  const read = readBitstream(deps)
  const statusesOf = bitstreamAccessStatuses(deps)
  return async (actor: Actor, id: string): Promise<AccessStatus> => {
    await read(actor, id)
    return (await statusesOf([id])).get(id) ?? UNKNOWN
  }
}

/**
 * What everybody may do with the main file of an item, told to those who may read the item.
 *
 * @throws DomainError `NOT_FOUND`, `NOT_SIGNED_IN`, `NOT_ALLOWED`
 */
export function readItemAccessStatus(deps: AccessStatusDeps) {
  const read = readItem(deps)
  const statusesOf = itemAccessStatuses(deps)
  return async (actor: Actor, id: string): Promise<AccessStatus> => {
    await read(actor, id)
    return (await statusesOf([id])).get(id) ?? UNKNOWN
  }
}

/** The statuses of files that the caller may list, for embedding; one for each identifier. */
export function bitstreamAccessStatuses({ reading, clock }: AccessStatusDeps) {
  return async (ids: readonly string[]): Promise<ReadonlyMap<string, AccessStatus>> => {
    const today = dayOf(clock())
    const policies = new Map<string, Policy[]>(ids.map((id) => [id, []]))
    for (const policy of await reading.policies.ofResources(ids)) {
      policies.get(policy.resourceId)?.push(policy)
    }
    return new Map(ids.map((id) => [id, accessStatus(policies.get(id) ?? [], today)]))
  }
}

/** The statuses of items that the caller may list, for embedding; one for each identifier. */
export function itemAccessStatuses(deps: AccessStatusDeps) {
  const statusesOf = bitstreamAccessStatuses(deps)
  return async (ids: readonly string[]): Promise<ReadonlyMap<string, AccessStatus>> => {
    const mainFiles = await mainFilesOf(deps.reading, ids)
    const statuses = await statusesOf([...new Set(mainFiles.values())])
    return new Map(
      ids.map((id) => {
        const file = mainFiles.get(id)
        return [id, file === undefined ? METADATA_ONLY : (statuses.get(file) ?? UNKNOWN)]
      }),
    )
  }
}

const UNKNOWN: AccessStatus = { status: 'unknown', embargoDate: null }
const METADATA_ONLY: AccessStatus = { status: 'metadata.only', embargoDate: null }

/** More bundles than any item has. */
const ALL_BUNDLES = 1000

/** The primary file of ORIGINAL, else its first one, by the item's identifier. */
async function mainFilesOf(
  reading: AccessStatusDeps['reading'],
  itemIds: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const bundles = await reading.bundles.ofItems(itemIds, { kind: 'everything' }, ALL_BUNDLES)
  const originals = [...bundles.values()]
    .flatMap((page) => page.elements)
    .filter(({ name }) => name === 'ORIGINAL')
  const first = await reading.bitstreams.ofBundles(
    originals.map(({ id }) => id),
    1,
  )
  const files = new Map<string, string>()
  for (const { id, itemId, primaryBitstreamId } of originals) {
    const file = primaryBitstreamId ?? first.get(id)?.elements[0]?.id
    if (file !== undefined) files.set(itemId, file)
  }
  return files
}
