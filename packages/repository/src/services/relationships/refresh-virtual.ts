import { firstValue } from '../../domain/metadata/metadata.ts'
import { chainsBefore } from '../../domain/relationships/dependents.ts'
import {
  ENTITY_TYPE_FIELD,
  itemOn,
  labelOn,
  SIDES,
  type Relationship,
} from '../../domain/relationships/relationship.ts'
import { virtualMetadataOf } from '../../domain/relationships/virtual-metadata.ts'
import { VIRTUAL_RULES } from '../../registries/load-entity-model.ts'
import { loadGraph } from './load-graph.ts'
import { lockDependents } from './lock-dependents.ts'
import { typeOf, type RelationshipChange } from './relationship-change.ts'

/** So many items are worked out at once: an organisation may have a hundred thousand publications. */
const AT_ONCE = 500

/** Works out anew what items show of others; where that changes, their version counts on. They must be locked. */
export async function refreshVirtual(change: RelationshipChange, itemIds: Iterable<string>): Promise<void> {
  const ids = [...new Set(itemIds)]
  for (let start = 0; start < ids.length; start += AT_ONCE) {
    const portion = ids.slice(start, start + AT_ONCE)
    const graph = await loadGraph(change, portion)
    const items = portion.map((id) => {
      const entityType = firstValue(graph.metadataOf(id), ENTITY_TYPE_FIELD)
      return { id, virtual: virtualMetadataOf({ id, entityType }, graph, VIRTUAL_RULES) }
    })
    await change.tx.relationships.saveVirtual(items, change.now)
  }
}

/** The same for all items that show something because of relationships: their own, and those further away. */
export async function refreshAround(
  change: RelationshipChange,
  relationships: readonly Relationship[],
): Promise<void> {
  const items = new Set(relationships.flatMap(({ leftItemId, rightItemId }) => [leftItemId, rightItemId]))
  const starts = relationships.flatMap((relationship) =>
    SIDES.flatMap((side) => {
      const label = labelOn(typeOf(change, relationship.typeId), side)
      const itemId = itemOn(relationship, side)
      return chainsBefore(VIRTUAL_RULES, label).map((chain) => ({ itemId, chain }))
    }),
  )
  const dependents = await lockDependents(change.tx, starts, items)
  await refreshVirtual(change, [...items, ...dependents])
}
