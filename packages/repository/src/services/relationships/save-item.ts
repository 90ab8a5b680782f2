import type { Metadata } from '../../domain/metadata/metadata.ts'
import { isVirtual, relationshipOf } from '../../domain/metadata/virtual-values.ts'
import { sameValues, valuesOf } from '../../domain/patch/metadata-map.ts'
import type { Item } from '../../domain/records/record.ts'
import { chainsFrom } from '../../domain/relationships/dependents.ts'
import type { PlaceSequence } from '../../domain/relationships/place-sequence.ts'
import { ENTITY_TYPE_FIELD, type RelationshipEnd } from '../../domain/relationships/relationship.ts'
import { labelsByPlacedField } from '../../domain/relationships/virtual-rules.ts'
import type { Transaction } from '../../domain/unit-of-work.ts'
import { VIRTUAL_RULES } from '../../registries/load-entity-model.ts'
import { endsOf } from './ends-of.ts'
import { lockDependents } from './lock-dependents.ts'
import { arrange } from './place-group.ts'
import { refreshVirtual } from './refresh-virtual.ts'
import { beginChange, type RelationshipChange } from './relationship-change.ts'

/**
 * Saves a changed item, and in the same transaction what that changes elsewhere: the places of its relationships among
 * its own values, and the items that show something of it.
 *
 * @param before the item as it was read in this transaction
 * @returns the item as it is now
 * @throws DomainError `VERSION_CONFLICT` when the stored version is another
 */
export async function saveItem(
  tx: Pick<Transaction, 'entityModel' | 'items' | 'relationships'>,
  before: Item,
  after: Item,
  now: Date,
): Promise<Item> {
  // First, for its lock: from here on nobody can relate the item to another one.
  const saved = await tx.items.update({ ...after, modifiedAt: now })
  const changed = changedFields(before.metadata, after.metadata)
  const chains = chainsFrom(VIRTUAL_RULES, changed)
  const starts = chains.map((chain) => ({ itemId: after.id, chain }))
  const stale = new Set(starts.length === 0 ? [] : await lockDependents(tx, starts, [after.id]))
  if (changed.has(ENTITY_TYPE_FIELD)) stale.add(after.id)
  const shifted: [field: string, labels: readonly string[]][] = []
  for (const [field, labels] of PLACED) {
    if (!changed.has(field)) continue
    if ((await tx.relationships.ofAny([after.id], labels)).length > 0) shifted.push([field, labels])
  }
  if (stale.size > 0 || shifted.length > 0) {
    const change = await beginChange(tx, now)
    for (const [field, labels] of shifted) {
      if (await followOwnValues(change, after, field, labels)) stale.add(after.id)
    }
    await refreshVirtual(change, stale)
  }
  if (!stale.has(after.id) && !showsOthers(after.metadata)) return saved
  return (await tx.items.find(after.id))?.value ?? saved
}

const PLACED = labelsByPlacedField(VIRTUAL_RULES)

function changedFields(before: Metadata, after: Metadata): ReadonlySet<string> {
  const fields = new Set([...Object.keys(before), ...Object.keys(after)])
  return new Set([...fields].filter((field) => !sameValues(valuesOf(before, field), valuesOf(after, field))))
}

function showsOthers(metadata: Metadata): boolean {
  return Object.values(metadata).some((values) => values.some(isVirtual))
}

/** Gives relationships the places that their values have among the item's own. @returns whether any was elsewhere */
async function followOwnValues(
  change: RelationshipChange,
  item: Item,
  field: string,
  labels: readonly string[],
): Promise<boolean> {
  const ends = (await endsOf(change, [item.id], labels)).get(item.id) ?? []
  let moved = false
  for (const ofLabel of Map.groupBy(ends, ({ label }) => label).values()) {
    const sequence = sequenceIn(valuesOf(item.metadata, field), ofLabel)
    moved = (await arrange(change, ofLabel, sequence)) || moved
  }
  return moved
}

function sequenceIn(values: ReturnType<typeof valuesOf>, ends: readonly RelationshipEnd[]): PlaceSequence {
  const known = new Set(ends.map(({ relationshipId }) => relationshipId))
  const sequence = values.flatMap((value): PlaceSequence => {
    if (!isVirtual(value)) return ['own']
    return known.has(relationshipOf(value)) ? [relationshipOf(value)] : []
  })
  // A related item without a name shows no value, but has its place.
  const unseen = ends.filter(({ relationshipId }) => !sequence.includes(relationshipId))
  return unseen
    .toSorted((one, other) => one.place - other.place)
    .reduce((all, { relationshipId, place }) => all.toSpliced(place, 0, relationshipId), sequence)
}
