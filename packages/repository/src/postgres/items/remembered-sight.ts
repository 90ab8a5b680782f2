import type { Kysely } from 'kysely'
import type { ItemReader, ItemSighting } from '../../domain/items/item-store.ts'
import { gatherReads } from '../gather-reads.ts'
import type { Schema } from '../schema.ts'
import { itemSightings, type SoughtItem } from './sight-items.ts'

/** More items than this are not remembered. */
const MOST_REMEMBERED = 10_000

/** Items as they were seen in one snapshot of the database, by uuid. */
interface Memory {
  readonly snapshot: string
  readonly items: Map<string, ItemSighting>
}

/**
 * `ItemReader.sight` for many readers at once, outside of transactions: one statement for all who ask at the same time,
 * and while nobody has written anything, PostgreSQL tells no more than that its snapshot is the same.
 */
export function rememberedSight(db: Kysely<Schema>): ItemReader['sight'] {
  const look = itemSightings(db)
  let memory: Memory | undefined

  const sight = gatherReads(async (sought: readonly SoughtItem[]) => {
    const remembered = memory && recall(memory, sought)
    const { snapshot, found } = await look(sought, remembered?.snapshot ?? null)
    if (found === undefined) return remembered?.found ?? []
    memory = remember(memory, snapshot, sought, found)
    return found
  })
  return (id, known) => sight({ id, known })
}

/** Undefined unless all of them are remembered at the versions that their readers know. */
function recall({ snapshot, items }: Memory, sought: readonly SoughtItem[]) {
  const found: ItemSighting[] = []
  for (const { id, known } of sought) {
    const sighting = items.get(id)
    if (sighting === undefined || sighting.version !== known) return undefined
    found.push(sighting)
  }
  return { snapshot, found }
}

function remember(
  memory: Memory | undefined,
  snapshot: string,
  sought: readonly SoughtItem[],
  found: readonly (ItemSighting | undefined)[],
): Memory {
  const isSame = memory?.snapshot === snapshot && memory.items.size < MOST_REMEMBERED
  const items = isSame ? memory.items : new Map<string, ItemSighting>()
  for (const [index, { id }] of sought.entries()) {
    const sighting = found[index]
    if (sighting !== undefined) items.set(id, { ...sighting, item: undefined })
  }
  return { snapshot, items }
}
