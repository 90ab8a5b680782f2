import type { Metadata } from '../metadata/metadata.ts'
import type { VirtualMetadata, VirtualValue } from '../metadata/virtual-values.ts'
import type { RelationshipEnd } from './relationship.ts'
import { rulesOf, type VirtualRule, type VirtualRules } from './virtual-rules.ts'

/** What is known of an item and those around it. */
export interface ItemGraph {
  /** The relationships of an item, as it sees them. */
  endsOf(itemId: string): readonly RelationshipEnd[]
  /** Those of an item's own metadata that rules take values from. */
  metadataOf(itemId: string): Metadata
}

/**
 * What an item shows of the items that it is related to: their uuids as `relation.NAME`, and what the rules say
 * (VirtualMetadataPopulator and RelationshipMetadataServiceImpl of the original).
 *
 * @param item.entityType without one, nothing is shown
 */
export function virtualMetadataOf(
  item: { readonly id: string; readonly entityType: string | null },
  graph: ItemGraph,
  rules: VirtualRules,
): VirtualMetadata {
  const shown: Record<string, VirtualValue[]> = {}
  const show = (field: string, value: VirtualValue) => (shown[field] ??= []).push(value)
  const ends = graph.endsOf(item.id).filter((end) => end.entityType === item.entityType && !end.hidden)
  for (const end of ends.toSorted(inOrder)) {
    const { relationshipId, label, otherId } = end
    show(`relation.${label}`, { relationshipId, value: otherId, place: null })
    // The name under which searches of the original look for related items.
    show(`relation.${label}.latestForDiscovery`, { relationshipId, value: otherId, place: null })
    for (const rule of rulesOf(rules, label)) {
      for (const value of placedOrAll(rule, valuesOf(rule, end, graph))) {
        show(rule.field, { relationshipId, value, place: rule.placed === true ? end.place : null })
      }
    }
  }
  return shown
}

/** One value takes up the place, also when there is none to show. */
function placedOrAll(rule: VirtualRule, values: readonly string[]): readonly (string | null)[] {
  return rule.placed === true ? [values[0] ?? null] : values
}

function valuesOf(rule: VirtualRule, end: RelationshipEnd, graph: ItemGraph): readonly string[] {
  if (rule.nameVariant === true && end.nameVariant !== null) return [end.nameVariant]
  const source = sourceOf(rule, end.otherId, graph)
  if (source === undefined) return []
  if (rule.from === 'uuid') return [source]
  const metadata = graph.metadataOf(source)
  const values = rule.from
    .flatMap((field) => metadata[field] ?? [])
    .map(({ value }) => value)
    .filter((value) => value.trim() !== '')
  if (rule.join === undefined || values.length === 0) return values
  return [values.join(rule.join)]
}

/** The item that the value comes from: the first one on each further step. */
function sourceOf(rule: VirtualRule, related: string, graph: ItemGraph): string | undefined {
  let source: string | undefined = related
  for (const label of rule.via ?? []) {
    if (source === undefined) return undefined
    const ends: readonly RelationshipEnd[] = graph.endsOf(source).filter((end) => end.label === label)
    source = ends.toSorted(inOrder)[0]?.otherId
  }
  return source
}

function inOrder(one: RelationshipEnd, other: RelationshipEnd): number {
  return one.place - other.place || one.relationshipId - other.relationshipId
}
