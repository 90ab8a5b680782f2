import type { Metadata } from '../../domain/metadata/metadata.ts'
import { ENTITY_TYPE_FIELD, type RelationshipEnd } from '../../domain/relationships/relationship.ts'
import type { ItemGraph } from '../../domain/relationships/virtual-metadata.ts'
import { rulesOf } from '../../domain/relationships/virtual-rules.ts'
import { VIRTUAL_RULES } from '../../registries/load-entity-model.ts'
import { endsOf } from './ends-of.ts'
import type { RelationshipChange } from './relationship-change.ts'

/** A related item on the way to one that a value comes from. */
interface Step {
  readonly itemId: string
  readonly via: readonly string[]
}

const SOURCE_FIELDS = [
  ...new Set([
    ENTITY_TYPE_FIELD,
    ...Object.values(VIRTUAL_RULES).flatMap((rules) =>
      rules.flatMap(({ from }) => (from === 'uuid' ? [] : from)),
    ),
  ]),
]

/**
 * Reads all that must be known to tell what items show of others: level by level, so that the number of statements does
 * not depend on how many items there are.
 */
export async function loadGraph(
  change: Pick<RelationshipChange, 'tx' | 'types'>,
  itemIds: readonly string[],
): Promise<ItemGraph> {
  const known = new Map<string, Map<string, RelationshipEnd>>()
  const ends = (itemId: string) => [...(known.get(itemId)?.values() ?? [])]
  const learn = (found: ReadonlyMap<string, readonly RelationshipEnd[]>) => {
    for (const [itemId, of] of found) {
      const before = known.get(itemId) ?? new Map<string, RelationshipEnd>()
      for (const end of of) before.set(`${end.side} ${end.relationshipId}`, end)
      known.set(itemId, before)
    }
  }
  learn(await endsOf(change, itemIds))
  const needed = new Set(itemIds)
  let steps: readonly Step[] = itemIds.flatMap((id) => ends(id).flatMap(firstSteps))
  while (steps.length > 0) {
    for (const { itemId } of steps) needed.add(itemId)
    const further = steps.filter(({ via }) => via.length > 0)
    if (further.length === 0) break
    const [through, labels] = [
      new Set(further.map(({ itemId }) => itemId)),
      new Set(further.flatMap(({ via }) => via[0] ?? [])),
    ]
    learn(await endsOf(change, [...through], [...labels]))
    steps = further.flatMap(({ itemId, via: [label, ...via] }) =>
      ends(itemId).flatMap((end) => (end.label === label ? [{ itemId: end.otherId, via }] : [])),
    )
  }
  const metadata = await change.tx.relationships.ownMetadata([...needed], SOURCE_FIELDS)
  return { endsOf: ends, metadataOf: (id): Metadata => metadata.get(id) ?? {} }
}

/** Only rules need more of a related item than its uuid. */
function firstSteps({ label, otherId }: RelationshipEnd): Step[] {
  return rulesOf(VIRTUAL_RULES, label).map(({ via = [] }) => ({ itemId: otherId, via }))
}
