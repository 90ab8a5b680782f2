import { endOf, itemOn, SIDES, type RelationshipEnd } from '../../domain/relationships/relationship.ts'
import { typeOf, type RelationshipChange } from './relationship-change.ts'

/**
 * The relationships of items as they see them, by item.
 *
 * @param labels only those under one of these names
 */
export async function endsOf(
  change: Pick<RelationshipChange, 'tx' | 'types'>,
  itemIds: readonly string[],
  labels?: readonly string[],
): Promise<ReadonlyMap<string, readonly RelationshipEnd[]>> {
  const ends = new Map<string, RelationshipEnd[]>(itemIds.map((id) => [id, []]))
  for (const relationship of await change.tx.relationships.ofAny([...ends.keys()], labels)) {
    for (const side of SIDES) {
      const end = endOf(relationship, typeOf(change, relationship.typeId), side)
      if (labels === undefined || labels.includes(end.label)) ends.get(itemOn(relationship, side))?.push(end)
    }
  }
  return ends
}
