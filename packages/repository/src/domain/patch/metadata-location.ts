import { arrayPosition, formatPointer } from './json-pointer.ts'
import type { JsonPointer } from './json-pointer.ts'
import { isValueProperty } from './metadata-values.ts'
import type { ValueProperty } from './metadata-values.ts'
import { PatchError } from './patch-error.ts'

/** What a pointer into a record's metadata addresses (metadata-patch.md, "Introduction"). */
export type MetadataLocation =
  | { readonly level: 'all' }
  | { readonly level: 'field'; readonly field: string }
  | { readonly level: 'value'; readonly field: string; readonly position: number | 'end' }
  | {
      readonly level: 'property'
      readonly field: string
      readonly position: number
      readonly property: ValueProperty
    }

/** Tells whether a pointer leads into the metadata of a record, so that {@link readLocation} can be asked. */
export function isMetadataPath(path: JsonPointer): boolean {
  return path[0] === 'metadata'
}

/**
 * Reads a pointer that begins with `/metadata`. A trailing slash means nothing: the Python client
 * dspace-rest-client sends `/metadata/FIELD/` when no place is given.
 *
 * @param index position of the operation, for the error
 * @throws PatchError `PATCH_INVALID` when there is no such place in any metadata
 */
export function readLocation(path: JsonPointer, index: number): MetadataLocation {
  const tokens = path.at(-1) === '' ? path.slice(1, -1) : path.slice(1)
  const [field, place, property, ...rest] = tokens
  if (field === undefined) return { level: 'all' }
  if (place === undefined && field !== '') return { level: 'field', field }
  const position = place === '-' ? 'end' : arrayPosition(place ?? '')
  if (field !== '' && position !== null && rest.length === 0) {
    if (property === undefined) return { level: 'value', field, position }
    if (position !== 'end' && isValueProperty(property))
      return { level: 'property', field, position, property }
  }
  throw new PatchError('PATCH_INVALID', `"${formatPointer(path)}" is no place in metadata`, index)
}
