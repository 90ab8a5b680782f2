import type { Metadata, MetadataValue } from './metadata.ts'

/** Something that an item shows of an item it is related to. */
export interface VirtualValue {
  readonly relationshipId: number
  /** Null where the related item has nothing to show: it takes up its place all the same. */
  readonly value: string | null
  /** The place among all values of the field, its own ones included; null behind them. */
  readonly place: number | null
}

/** What an item shows of related items, by field, in place order. */
export type VirtualMetadata = Readonly<Record<string, readonly VirtualValue[]>>

// `Constants.VIRTUAL_AUTHORITY_PREFIX` of the original; its clients know virtual values by it.
const PREFIX = 'virtual::'

/** Whether a value comes from a related item. */
export function isVirtual(value: MetadataValue): boolean {
  return value.authority !== null && value.authority.startsWith(PREFIX)
}

/** The relationship that a virtual value comes from. */
export function relationshipOf(value: MetadataValue): number {
  return Number(value.authority?.slice(PREFIX.length))
}

/** An item's metadata as they are shown: its own values, and those of related items at their places. */
export function withVirtual(own: Metadata, virtual: VirtualMetadata): Metadata {
  const fields = Object.entries(virtual)
  if (fields.length === 0) return own
  const shown: Record<string, readonly MetadataValue[]> = { ...own }
  for (const [field, values] of fields) {
    const merged = inserted(own[field] ?? [], values)
    if (merged.length > 0) shown[field] = merged
  }
  return shown
}

/** An item's own metadata, without what comes from related items. */
export function ownMetadata(metadata: Metadata): Metadata {
  const entries = Object.entries(metadata)
  if (!entries.some(([, values]) => values.some(isVirtual))) return metadata
  return Object.fromEntries(
    entries
      .map(([field, values]) => [field, values.filter((value) => !isVirtual(value))] as const)
      .filter(([, values]) => values.length > 0),
  )
}

/** Other values of an item's own, with the virtual values that it shows left where they are. */
export function withOwn(shown: Metadata, own: Metadata): Metadata {
  const result: Record<string, readonly MetadataValue[]> = { ...ownMetadata(own) }
  for (const [field, values] of Object.entries(shown)) {
    const merged = [...(result[field] ?? [])]
    for (const [place, value] of values.entries()) if (isVirtual(value)) merged.splice(place, 0, value)
    if (merged.length > 0) result[field] = merged
  }
  return result
}

function inserted(own: readonly MetadataValue[], virtual: readonly VirtualValue[]): MetadataValue[] {
  const merged: (MetadataValue | undefined)[] = [...own]
  for (const { relationshipId, value, place } of virtual) {
    merged.splice(place ?? merged.length, 0, value === null ? undefined : shownAs(value, relationshipId))
  }
  return merged.filter((value) => value !== undefined)
}

function shownAs(value: string, relationshipId: number): MetadataValue {
  return { value, language: null, authority: `${PREFIX}${relationshipId}`, confidence: -1 }
}
