import type { Metadata, MetadataValue } from '../metadata/metadata.ts'
import { formatPointer } from './json-pointer.ts'
import type { JsonValue } from './json-value.ts'
import { isJsonArray, isJsonObject } from './json-value.ts'
import { isMetadataPath, readLocation } from './metadata-location.ts'
import type { MetadataLocation } from './metadata-location.ts'
import { readMap, sameMap, sameValues, valuesOf, withField } from './metadata-map.ts'
import { readValue, readValues, withProperty } from './metadata-values.ts'
import type { PatchOperation } from './parse-patch.ts'
import { PatchError } from './patch-error.ts'

/** Where an operation stands in its patch, 0-based, for errors. */
export interface OperationPlace {
  readonly index: number
}

/**
 * Applies one operation of a patch to the metadata of a record, by the rules of DSpace's metadata-patch.md. The given
 * metadata is never changed. Whether the fields exist in the registry is the caller's to check, with
 * {@link fieldsTouched}.
 *
 * Where the document is silent, or existing clients count on more than it promises, `docs/deviations.md` says what
 * is done.
 *
 * @throws PatchError `PATCH_INVALID` when the place or value is none that metadata can have, `PATCH_TEST_FAILED` when
 * a test found another value
 */
export function applyMetadataPatch(
  metadata: Metadata,
  operation: PatchOperation,
  at: OperationPlace,
): Metadata {
  const location = readLocation(operation.path, at.index)
  const refuse = (reason: string): never => {
    const place = formatPointer(operation.path)
    throw new PatchError('PATCH_INVALID', `${operation.op} "${place}": ${reason}`, at.index)
  }
  if ('from' in operation) {
    const from = isMetadataPath(operation.from) ? readLocation(operation.from, at.index) : undefined
    return transfer(metadata, operation.op, from, location, refuse)
  }
  if (operation.op === 'add') return add(metadata, location, operation.value, refuse)
  if (operation.op === 'replace') return replace(metadata, location, operation.value, refuse)
  if (operation.op === 'remove') return remove(metadata, location, refuse)
  if (holds(metadata, location, operation.value, refuse)) return metadata
  throw new PatchError('PATCH_TEST_FAILED', `"${formatPointer(operation.path)}" is another value`, at.index)
}

/**
 * The fields that an operation on metadata names, in its paths or, for the whole map, in its value. They must be in
 * the registry, or the operation is refused.
 *
 * @throws PatchError `PATCH_INVALID` when a path is no place in metadata
 */
export function fieldsTouched(operation: PatchOperation, at: OperationPlace): readonly string[] {
  const pointers = 'from' in operation ? [operation.from, operation.path] : [operation.path]
  const fields = pointers.filter(isMetadataPath).flatMap((pointer) => {
    const location = readLocation(pointer, at.index)
    if (location.level !== 'all') return [location.field]
    return 'value' in operation && isJsonObject(operation.value) ? Object.keys(operation.value) : []
  })
  return [...new Set(fields)]
}

/** Ends the operation with `PATCH_INVALID`. */
type Refuse = (reason: string) => never

function add(metadata: Metadata, location: MetadataLocation, value: JsonValue, refuse: Refuse): Metadata {
  if (location.level === 'value') {
    return insert(metadata, location, readValue(value) ?? refuse('a value is an object or a text'), refuse)
  }
  // A single value for a field that has values already is put before them, as DSpace does; only an array replaces.
  if (location.level === 'field' && !isJsonArray(value)) {
    const values = readValues(value) ?? refuse('a value is an object or a text')
    return withField(metadata, location.field, [...values, ...valuesOf(metadata, location.field)])
  }
  // RFC 6902 section 4.1: adding a member that exists replaces it.
  return replace(metadata, location, value, refuse)
}

function replace(metadata: Metadata, location: MetadataLocation, value: JsonValue, refuse: Refuse): Metadata {
  if (location.level === 'all') {
    return readMap(value) ?? refuse('all metadata is an object of fields with arrays of values')
  }
  const { field } = location
  if (location.level === 'field') {
    // Also a field without values: the web client's community and collection forms replace what was never set.
    const values = readValues(value) ?? refuse('the values of a field are an array, an object or a text')
    return withField(metadata, field, values)
  }
  const { value: before, position } = located(metadata, location, refuse)
  const after = location.level === 'value' ? readValue(value) : withProperty(before, location.property, value)
  const values = valuesOf(metadata, field).with(position, after ?? refuse('it cannot be that value'))
  return withField(metadata, field, values)
}

function remove(metadata: Metadata, location: MetadataLocation, refuse: Refuse): Metadata {
  if (location.level === 'all') return refuse('a record cannot be without metadata; name a field')
  if (location.level === 'field') return withField(metadata, location.field, [])
  if (location.level === 'property') return replace(metadata, location, null, refuse)
  const { position } = located(metadata, location, refuse)
  return withField(metadata, location.field, valuesOf(metadata, location.field).toSpliced(position, 1))
}

function transfer(
  metadata: Metadata,
  op: 'move' | 'copy',
  from: MetadataLocation | undefined,
  to: MetadataLocation,
  refuse: Refuse,
): Metadata {
  if (from?.level !== 'value' || to.level !== 'value')
    return refuse('only single values can be moved or copied')
  const { value } = located(metadata, from, refuse)
  if (op === 'copy') return insert(metadata, to, value, refuse)
  if (from.field !== to.field) return refuse('a value can be moved within its field only')
  return insert(remove(metadata, from, refuse), to, value, refuse)
}

function holds(metadata: Metadata, location: MetadataLocation, value: JsonValue, refuse: Refuse): boolean {
  if (location.level === 'all') {
    const expected = readMap(value)
    return expected !== null && sameMap(metadata, expected)
  }
  if (location.level === 'field') {
    const expected = readValues(value)
    return expected !== null && sameValues(valuesOf(metadata, location.field), expected)
  }
  const { value: found } = located(metadata, location, refuse)
  if (location.level === 'property') return found[location.property] === value
  const expected = readValue(value)
  return expected !== null && sameValues([found], [expected])
}

function insert(
  metadata: Metadata,
  { field, position }: MetadataLocation & { level: 'value' },
  value: MetadataValue,
  refuse: Refuse,
): Metadata {
  const values = valuesOf(metadata, field)
  const index = position === 'end' ? values.length : position
  // RFC 6902 section 4.1: the position must not be beyond the end.
  if (index > values.length) return refuse(`${field} has ${values.length} values`)
  return withField(metadata, field, values.toSpliced(index, 0, value))
}

function located(
  metadata: Metadata,
  { field, position }: MetadataLocation & { level: 'value' | 'property' },
  refuse: Refuse,
): { readonly value: MetadataValue; readonly position: number } {
  const value = position === 'end' ? undefined : valuesOf(metadata, field)[position]
  return value === undefined || position === 'end'
    ? refuse(`${field} has no value there`)
    : { value, position }
}
