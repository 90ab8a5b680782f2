import type { JsonPointer } from './json-pointer.ts'
import { parsePointer } from './json-pointer.ts'
import type { JsonObject, JsonValue } from './json-value.ts'
import { isJsonObject } from './json-value.ts'
import { PatchError } from './patch-error.ts'

/** An operation that brings its value. */
interface ValueOperation {
  readonly op: 'add' | 'replace' | 'test'
  readonly path: JsonPointer
  readonly value: JsonValue
}

/** An operation that needs a place alone. */
interface RemoveOperation {
  readonly op: 'remove'
  readonly path: JsonPointer
}

/** An operation that takes its value from another place of the same document. */
export interface FromOperation {
  readonly op: 'move' | 'copy'
  readonly from: JsonPointer
  readonly path: JsonPointer
}

/** One operation of RFC 6902 section 4, its pointers already read. */
export type PatchOperation = ValueOperation | RemoveOperation | FromOperation

/**
 * Reads a JSON Patch document (RFC 6902 sections 3 and 4). Members that an operation does not define are ignored.
 *
 * @param document what `JSON.parse` made of the body
 * @throws PatchError `PATCH_MALFORMED`, with the position of the operation at fault
 */
export function parsePatch(document: unknown): readonly PatchOperation[] {
  if (!Array.isArray(document)) {
    throw new PatchError('PATCH_MALFORMED', 'A JSON Patch is an array of operations', null)
  }
  return document.map((candidate: unknown, index) => parseOperation(candidate, index))
}

function parseOperation(candidate: unknown, index: number): PatchOperation {
  if (!isJsonObject(candidate)) throw new PatchError('PATCH_MALFORMED', 'an operation is an object', index)
  const op = Object.hasOwn(candidate, 'op') ? candidate['op'] : undefined
  if (op === 'add' || op === 'replace' || op === 'test') {
    return { op, path: pointerOf(candidate, 'path', index), value: valueOf(candidate, op, index) }
  }
  if (op === 'remove') return { op, path: pointerOf(candidate, 'path', index) }
  if (op !== 'copy' && op !== 'move') {
    throw new PatchError(
      'PATCH_MALFORMED',
      '"op" must be one of add, remove, replace, move, copy, test',
      index,
    )
  }
  const from = pointerOf(candidate, 'from', index)
  const path = pointerOf(candidate, 'path', index)
  if (op === 'move' && isProperPrefix(from, path)) {
    // RFC 6902 section 4.4: a location cannot be moved into one of its children.
    throw new PatchError('PATCH_MALFORMED', '"from" must not contain "path"', index)
  }
  return { op, from, path }
}

function pointerOf(operation: JsonObject, member: 'path' | 'from', index: number): JsonPointer {
  const text = Object.hasOwn(operation, member) ? operation[member] : undefined
  const pointer = typeof text === 'string' ? parsePointer(text) : null
  if (pointer === null) throw new PatchError('PATCH_MALFORMED', `"${member}" must be a JSON Pointer`, index)
  return pointer
}

function valueOf(operation: JsonObject, op: string, index: number): JsonValue {
  const value = Object.hasOwn(operation, 'value') ? operation['value'] : undefined
  if (value === undefined) throw new PatchError('PATCH_MALFORMED', `${op} needs a "value"`, index)
  return value
}

function isProperPrefix(prefix: JsonPointer, pointer: JsonPointer): boolean {
  return prefix.length < pointer.length && prefix.every((token, depth) => token === pointer[depth])
}
