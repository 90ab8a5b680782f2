import type { Actor } from '../../domain/access/actor.ts'
import { dayOf } from '../../domain/clock.ts'
import type { Metadata } from '../../domain/metadata/metadata.ts'
import { isVirtual, relationshipOf } from '../../domain/metadata/virtual-values.ts'
import type { Item } from '../../domain/records/record.ts'
import { replacedByOwn, without, type PlaceSequence } from '../../domain/relationships/place-sequence.ts'
import {
  itemOn,
  labelOn,
  SIDES,
  type Relationship,
  type Side,
} from '../../domain/relationships/relationship.ts'
import { placedField } from '../../domain/relationships/virtual-rules.ts'
import type { Transaction } from '../../domain/unit-of-work.ts'
import { VIRTUAL_RULES } from '../../registries/load-entity-model.ts'
import { requireAllowed } from '../access/require-allowed.ts'
import { findRelated } from './find-ends.ts'
import { arrange, placeGroup, type PlaceGroup } from './place-group.ts'
import { refreshAround } from './refresh-virtual.ts'
import { typeOf, type RelationshipChange } from './relationship-change.ts'
import { saveItem } from './save-item.ts'

/** A relationship that ends. */
export interface Ending {
  readonly relationship: Relationship
  /** The sides whose items keep as their own what they showed of the other. */
  readonly copyTo: readonly Side[]
  /** The sides whose items are about to be deleted. */
  readonly goes: readonly Side[]
}

/**
 * Ends relationships: closes the gaps that they leave, and keeps what is to be kept. Their items must be locked.
 *
 * @throws DomainError `NOT_SIGNED_IN`, `NOT_ALLOWED` to copy to an item that the actor may not edit
 */
export async function endRelationships(
  change: RelationshipChange & { readonly tx: Pick<Transaction, 'entityModel'> },
  actor: Actor,
  endings: readonly Ending[],
): Promise<void> {
  const left = await leftBehind(change, actor, endings)
  await change.tx.relationships.delete(endings.map(({ relationship }) => relationship.id))
  for (const { item, groups, metadata } of left) {
    for (const { ends, sequence } of groups) await arrange(change, ends, sequence)
    if (metadata === item.metadata) continue
    // Saving the one before may have changed what this one shows.
    const { version } = (await findRelated(change, item.id)).value
    await saveItem(change.tx, item, { ...item, metadata, version }, change.now)
  }
  const staying = endings.filter(({ goes }) => goes.length < SIDES.length)
  await refreshAround(
    change,
    staying.map(({ relationship }) => relationship),
  )
}

/** An item that stays, as it is to be without the relationships. */
interface LeftBehind {
  readonly item: Item
  readonly groups: readonly PlaceGroup[]
  readonly metadata: Metadata
}

async function leftBehind(
  change: RelationshipChange,
  actor: Actor,
  endings: readonly Ending[],
): Promise<readonly LeftBehind[]> {
  const losses = endings.flatMap((ending) =>
    SIDES.filter((side) => !ending.goes.includes(side)).map((side) => ({
      id: ending.relationship.id,
      itemId: itemOn(ending.relationship, side),
      label: labelOn(typeOf(change, ending.relationship.typeId), side),
      kept: ending.copyTo.includes(side),
    })),
  )
  const left: LeftBehind[] = []
  for (const [itemId, ofItem] of Map.groupBy(losses, (loss) => loss.itemId)) {
    const { value: item, access } = await findRelated(change, itemId)
    const kept = new Set(ofItem.flatMap((loss) => (loss.kept ? [loss.id] : [])))
    if (kept.size > 0) requireAllowed(actor, 'WRITE', access, dayOf(change.now), { kind: 'item', id: itemId })
    const groups: PlaceGroup[] = []
    for (const [label, ofLabel] of Map.groupBy(ofItem, (loss) => loss.label)) {
      const group = await placeGroup(change, item, label)
      const shown = shownIn(item, placedField(VIRTUAL_RULES, label))
      const sequence = ofLabel.reduce<PlaceSequence>(
        (rest, { id }) => (kept.has(id) && shown.has(id) ? replacedByOwn(rest, id) : without(rest, id)),
        group.sequence,
      )
      groups.push({ ...group, sequence })
    }
    const ended = new Set(ofItem.map((loss) => loss.id))
    left.push({
      item,
      groups,
      metadata: kept.size === 0 ? item.metadata : keeping(item.metadata, kept, ended),
    })
  }
  return left
}

/** The relationships whose values an item shows in a field. */
function shownIn({ metadata }: Item, field: string | undefined): ReadonlySet<number> {
  const values = field === undefined ? [] : (metadata[field] ?? [])
  return new Set(values.filter(isVirtual).map(relationshipOf))
}

/** What comes from the relationships kept becomes the item's own, what comes from others that end is gone. */
function keeping(metadata: Metadata, kept: ReadonlySet<number>, ended: ReadonlySet<number>): Metadata {
  const entries = Object.entries(metadata).map(([field, values]) => {
    // Searches look there for what is related, not for what once was: the original copies all but these.
    const isForSearches = field.startsWith('relation.') && field.endsWith('.latestForDiscovery')
    const rest = values.flatMap((value) => {
      if (!isVirtual(value) || !ended.has(relationshipOf(value))) return [value]
      return kept.has(relationshipOf(value)) && !isForSearches ? [{ ...value, authority: null }] : []
    })
    return [field, rest] as const
  })
  return Object.fromEntries(entries.filter(([, values]) => values.length > 0))
}
