import { metadataValue, type Metadata, type MetadataValue } from '../metadata/metadata.ts'
import { isVirtual, ownMetadata, withOwn } from '../metadata/virtual-values.ts'
import { DC_ELEMENTS, fieldsOf, isTold, type DublinCoreElement, type DublinCoreValue } from './dublin-core.ts'

/** A value of simple Dublin Core as it is given, with its language where that is said. */
export type GivenValue = DublinCoreValue & { readonly language: string | null }

/** Where values go that take no other's place, if not into the field of the element's name. */
const NEW_FIELDS: Partial<Record<DublinCoreElement, string>> = {
  // DSpace looks for authors and dates there, and has no field for the element alone.
  creator: 'dc.contributor.author',
  date: 'dc.date.issued',
  coverage: 'dc.coverage.spatial',
}

/**
 * An object's metadata after simple Dublin Core was put in the place of what `dublinCoreOf` tells. A value that was told stays
 * in its field, with language and authority. Of an element's other values, the first new one takes the place, and so the
 * field, of the first that is gone, the second that of the second; what is left goes into the element's own field. What is not
 * told stays: other fields, the names that the record has anyway, what it shows of related items.
 *
 * @param names the record's pid and the address of its handle
 * @returns the same object where nothing changes
 * @example
 * const metadata = { 'dc.date.issued': [metadataValue('1843')] }
 * withDublinCore(metadata, [{ element: 'date', value: '1844', language: null }], []) // { 'dc.date.issued': 1844 }
 */
export function withDublinCore(
  metadata: Metadata,
  given: readonly GivenValue[],
  names: readonly string[],
): Metadata {
  const own = ownMetadata(metadata)
  const changed = new Map<string, readonly MetadataValue[]>()
  for (const element of DC_ELEMENTS) {
    const stays = ({ value }: MetadataValue): boolean => !isTold(value) || names.includes(value)
    const slots = slotsOf(own, fieldsOf(own, element))
    const before = slots.filter(({ value }) => !stays(value))
    const after = placed(
      before,
      wantedOf(element, metadata, given, names),
      NEW_FIELDS[element] ?? `dc.${element}`,
    )
    for (const field of new Set([...slots, ...after].map((slot) => slot.field))) {
      const [was, is] = [before, after].map((all) => valuesIn(field, all))
      if (was === undefined || is === undefined || isSameSequence(was, is)) continue
      changed.set(field, [...is, ...(own[field] ?? []).filter(stays)])
    }
  }
  if (changed.size === 0) return metadata
  const fields = Object.entries({ ...own, ...Object.fromEntries(changed) })
  return withOwn(metadata, Object.fromEntries(fields.filter(([, values]) => values.length > 0)))
}

/** A value and the field that it is in. */
interface Slot {
  readonly field: string
  readonly value: MetadataValue
}

function slotsOf(metadata: Metadata, fields: readonly string[]): readonly Slot[] {
  return fields.flatMap((field) => (metadata[field] ?? []).map((value) => ({ field, value })))
}

/** What is given of an element, without what the record tells anyway. */
function wantedOf(
  element: DublinCoreElement,
  metadata: Metadata,
  given: readonly GivenValue[],
  names: readonly string[],
): readonly GivenValue[] {
  const shown = slotsOf(metadata, fieldsOf(metadata, element))
    .filter(({ value }) => isVirtual(value))
    .map(({ value }) => comparable(value.value))
  return given.filter((one) => {
    if (one.element !== element || !isTold(one.value)) return false
    if (element === 'identifier' && names.includes(one.value.trim())) return false
    const at = shown.indexOf(comparable(one.value))
    if (at !== -1) shown.splice(at, 1)
    return at === -1
  })
}

function placed(before: readonly Slot[], wanted: readonly GivenValue[], newField: string): readonly Slot[] {
  const byText = Map.groupBy(before, ({ value }) => comparable(value.value))
  const known = wanted.map(({ value }) => byText.get(comparable(value))?.shift())
  const kept = new Set(known)
  const free = before.filter((slot) => !kept.has(slot)).map(({ field }) => field)
  const fresh = wanted.filter((_one, index) => known[index] === undefined)
  const places = new Map(fresh.map((one, index) => [one, free[index] ?? newField]))
  return wanted.map((one, index) => {
    const slot = known[index]
    if (slot !== undefined) return one.language === null ? slot : inLanguage(slot, one.language)
    return { field: places.get(one) ?? newField, value: metadataValue(one.value, one.language) }
  })
}

function inLanguage(slot: Slot, language: string): Slot {
  return slot.value.language === language ? slot : { ...slot, value: { ...slot.value, language } }
}

/** A value as it comes back out of XML, which has no place for some characters and one end of line only. */
function comparable(text: string): string {
  return text
    .replaceAll(/[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu, '\u{FFFD}')
    .replaceAll(/\r\n?/g, '\n')
    .trim()
}

function valuesIn(field: string, slots: readonly Slot[]): readonly MetadataValue[] {
  return slots.filter((slot) => slot.field === field).map(({ value }) => value)
}

function isSameSequence(one: readonly MetadataValue[], other: readonly MetadataValue[]): boolean {
  return one.length === other.length && one.every((value, index) => value === other[index])
}
