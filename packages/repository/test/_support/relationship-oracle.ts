import { sql } from 'kysely'
import { isVirtual, type VirtualValue } from '../../src/domain/metadata/virtual-values.ts'
import type { Metadata } from '../../src/domain/metadata/metadata.ts'
import { VIRTUAL_RULES } from '../../src/registries/load-entity-model.ts'
import type { Database } from '../../src/postgres/database.ts'

interface ItemRow {
  readonly id: string
  readonly metadata: Metadata
  readonly virtual_metadata: Readonly<Record<string, readonly VirtualValue[]>>
}

/** A relationship from one of its ends. */
interface End {
  readonly relationship: number
  readonly here: string
  readonly there: string
  readonly label: string
  readonly type: string
  readonly place: number
  readonly name: string | null
}

/** What is wrong with what items show of others and with the places, worked out anew from all tables at once. */
export async function relationshipFaults(database: Database): Promise<readonly string[]> {
  const items = await sql<ItemRow>`
    select id, metadata, virtual_metadata from record where kind = 'item'
  `.execute(database.write)
  const ends = (
    await sql<End>`
    select s.id as relationship, left_item_id as here, right_item_id as there, leftward_type as label, e.label as type,
      left_place as place, rightward_value as name
    from relationship s join relationship_type t on t.id = type_id join entity_type e on e.id = left_type_id
    union all
    select s.id, right_item_id, left_item_id, rightward_type, e.label, right_place, leftward_value
    from relationship s join relationship_type t on t.id = type_id join entity_type e on e.id = right_type_id
  `.execute(database.write)
  ).rows.toSorted((one, other) => one.place - other.place || one.relationship - other.relationship)
  const byId = new Map(items.rows.map((item) => [item.id, item.metadata]))
  return items.rows.flatMap((item) => [
    ...placeFaults(
      item,
      ends.filter(({ here }) => here === item.id),
    ),
    ...showFaults(item, ends, byId),
  ])
}

function placeFaults(item: ItemRow, ends: readonly End[]): string[] {
  return [...Map.groupBy(ends, ({ label }) => label)].flatMap(([label, ofLabel]) => {
    const field = VIRTUAL_RULES[label]?.find((rule) => rule.placed)?.field
    const all = ofLabel.length + (field === undefined ? 0 : (item.metadata[field] ?? []).length)
    const places = ofLabel.map(({ place }) => place)
    const isFine =
      new Set(places).size === places.length && places.every((place) => place >= 0 && place < all)
    return isFine ? [] : [`${item.id} has ${label} at ${places.join(', ')} of ${all}`]
  })
}

function showFaults(
  item: ItemRow,
  ends: readonly End[],
  metadataOf: ReadonlyMap<string, Metadata>,
): string[] {
  const expected: Record<string, string[]> = {}
  const texts = (id: string, field: string) =>
    (metadataOf.get(id)?.[field] ?? []).map(({ value }) => value).filter((value) => value.trim() !== '')
  const expect = (field: string, { relationship }: End, value: string | null, place: number | null) =>
    (expected[field] ??= []).push(`${relationship} ${value} ${place}`)
  const type = item.metadata['dspace.entity.type']?.[0]?.value
  for (const end of ends.filter(({ here }) => here === item.id)) {
    if (end.type !== type) continue
    expect(`relation.${end.label}`, end, end.there, null)
    expect(`relation.${end.label}.latestForDiscovery`, end, end.there, null)
    for (const rule of VIRTUAL_RULES[end.label] ?? []) {
      let source: string | undefined = end.there
      for (const label of rule.via ?? []) {
        const from: string | undefined = source
        source = ends.find(({ here, label: next }) => here === from && next === label)?.there
      }
      let values =
        source === undefined
          ? []
          : rule.from === 'uuid'
            ? [source]
            : rule.from.flatMap((field) => texts(source, field))
      if (rule.join !== undefined && values.length > 0) values = [values.join(rule.join)]
      if (rule.nameVariant && end.name !== null) values = [end.name]
      if (rule.placed) expect(rule.field, end, values[0] ?? null, end.place)
      else for (const value of values) expect(rule.field, end, value, null)
    }
  }
  const shown = Object.fromEntries(
    Object.entries(item.virtual_metadata).map(([field, values]) => [
      field,
      values.map(({ relationshipId, value, place }) => `${relationshipId} ${value} ${place}`),
    ]),
  )
  const fields = [...new Set([...Object.keys(expected), ...Object.keys(shown)])]
  const stored = Object.values(item.metadata).some((values) => values.some(isVirtual))
  return [
    ...(stored ? [`${item.id} has values of others as its own`] : []),
    ...fields
      .filter((field) => JSON.stringify(expected[field]) !== JSON.stringify(shown[field]))
      .map(
        (field) =>
          `${item.id} ${type} ${field}: ${JSON.stringify(shown[field])}, not ${JSON.stringify(expected[field])}`,
      ),
  ]
}
