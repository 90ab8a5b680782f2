import type { EntityType, RelationshipType } from '../domain/relationships/relationship.ts'
import type { VirtualRule, VirtualRules } from '../domain/relationships/virtual-rules.ts'
import typeRows from './relationship-types.json' with { type: 'json' }
import ruleRows from './virtual-metadata.json' with { type: 'json' }

/**
 * The entity types of a DSpace whose shipped model was loaded (`initialize-entities` with
 * `config/entities/relationship-types.xml`), in the order in which it makes them. `none` is what a collection without a
 * type is for. Ids are positions.
 */
export const ENTITY_TYPES: readonly EntityType[] = [
  ...new Set(['none', ...typeRows.flatMap(([left = '', , , right = '']) => [left, right])]),
].map((label, index) => ({ id: index + 1, label }))

/** The types of relationships of the same model; an item may have any number of each. */
export const RELATIONSHIP_TYPES: readonly RelationshipType[] = typeRows.map(readType)

/** What items show of related items (`config/spring/api/virtual-metadata.xml` of the original). */
export const VIRTUAL_RULES: VirtualRules = Object.fromEntries(
  Object.entries(ruleRows).map(([label, rules]) => [label, rules.map(readRule)]),
)

function readType(row: readonly string[], index: number): RelationshipType {
  const [left, leftwardType, rightwardType, right, copy] = row
  const [leftType, rightType] = [left, right].map((label) =>
    ENTITY_TYPES.find((type) => type.label === label),
  )
  if (
    leftType === undefined ||
    rightType === undefined ||
    leftwardType === undefined ||
    rightwardType === undefined
  ) {
    throw new TypeError(`relationship-types.json, row ${index}: needs two entity types and two names`)
  }
  const anyNumber = { min: 0, max: null }
  return {
    id: index + 1,
    leftType,
    rightType,
    leftwardType,
    rightwardType,
    leftCardinality: anyNumber,
    rightCardinality: anyNumber,
    copyToLeft: copy === 'left' || copy === 'both',
    copyToRight: copy === 'right' || copy === 'both',
    tilted: null,
  }
}

function readRule(
  row: Omit<VirtualRule, 'from'> & { readonly from: string | readonly string[] },
): VirtualRule {
  if (typeof row.from !== 'string') return { ...row, from: row.from }
  if (row.from !== 'uuid') throw new TypeError(`virtual-metadata.json: ${row.field} comes from ${row.from}`)
  return { ...row, from: 'uuid' }
}
