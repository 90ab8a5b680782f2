import type { JsonPointer } from './json-pointer.ts'
import { arrayPosition, formatPointer } from './json-pointer.ts'
import type { JsonValue } from './json-value.ts'
import { isJsonArray, isJsonObject, jsonEquals } from './json-value.ts'
import type { FromOperation, PatchOperation } from './parse-patch.ts'
import { PatchError } from './patch-error.ts'

/**
 * Applies a JSON Patch (RFC 6902) and returns the new document. The given one is never changed, so that a failure
 * leaves nothing half done; unchanged parts are shared between both.
 *
 * @throws PatchError `PATCH_PATH_MISSING` when a location does not exist, `PATCH_TEST_FAILED` when a test fails
 * @example
 * applyPatch({ a: 1 }, parsePatch([{ op: 'add', path: '/b', value: 2 }])) // { a: 1, b: 2 }
 */
export function applyPatch(document: JsonValue, operations: readonly PatchOperation[]): JsonValue {
  return operations.reduce<JsonValue>(
    (current, operation, index) => applyOne(current, operation, index),
    document,
  )
}

function applyOne(document: JsonValue, operation: PatchOperation, index: number): JsonValue {
  const { op, path } = operation
  if ('from' in operation) return transfer(document, operation, index)
  if (op === 'add') return addAt(document, path, operation.value, index)
  if (op === 'replace') return edit(document, path, index, () => operation.value)
  if (op === 'remove') return removeAt(document, path, index)
  if (jsonEquals(valueAt(document, path, index), operation.value)) return document
  throw new PatchError('PATCH_TEST_FAILED', `the value at "${formatPointer(path)}" is another one`, index)
}

function transfer(document: JsonValue, { op, from, path }: FromOperation, index: number): JsonValue {
  const value = valueAt(document, from, index)
  if (op === 'copy') return addAt(document, path, value, index)
  // Moving a place onto itself changes nothing; removing the whole document first would leave no place to add to.
  if (formatPointer(from) === formatPointer(path)) return document
  return addAt(removeAt(document, from, index), path, value, index)
}

function valueAt(document: JsonValue, path: JsonPointer, index: number): JsonValue {
  return path.reduce<JsonValue>((value, token) => {
    const found = child(value, token)
    // Not `??`: null is a value that exists.
    return found === undefined ? missing(path, index) : found
  }, document)
}

function child(value: JsonValue, token: string): JsonValue | undefined {
  if (isJsonArray(value)) {
    const position = arrayPosition(token)
    return position === null ? undefined : value[position]
  }
  return isJsonObject(value) && Object.hasOwn(value, token) ? value[token] : undefined
}

/** Copies the containers along `path` and puts at its end what `change` makes of the value there. */
function edit(
  value: JsonValue,
  path: JsonPointer,
  index: number,
  change: (value: JsonValue) => JsonValue,
  depth = 0,
): JsonValue {
  const token = path[depth]
  if (token === undefined) return change(value)
  const before = child(value, token)
  if (before === undefined) return missing(path, index)
  const after = edit(before, path, index, change, depth + 1)
  // A computed key creates a member, also where the token is `__proto__`.
  return isJsonArray(value) ? value.with(Number(token), after) : { ...(value as object), [token]: after }
}

function addAt(document: JsonValue, path: JsonPointer, value: JsonValue, index: number): JsonValue {
  const token = path.at(-1)
  if (token === undefined) return value
  return edit(document, path.slice(0, -1), index, (parent) => {
    if (isJsonObject(parent)) return { ...parent, [token]: value }
    if (!isJsonArray(parent)) return missing(path, index)
    const position = token === '-' ? parent.length : arrayPosition(token)
    if (position === null || position > parent.length) return missing(path, index)
    return parent.toSpliced(position, 0, value)
  })
}

function removeAt(document: JsonValue, path: JsonPointer, index: number): JsonValue {
  const token = path.at(-1)
  // RFC 6902 leaves open what remains without a document: refused rather than guessed.
  if (token === undefined) return missing(path, index)
  return edit(document, path.slice(0, -1), index, (parent) => {
    if (child(parent, token) === undefined) return missing(path, index)
    if (isJsonArray(parent)) return parent.toSpliced(Number(token), 1)
    return Object.fromEntries(Object.entries(parent as object).filter(([name]) => name !== token))
  })
}

function missing(path: JsonPointer, index: number): never {
  throw new PatchError('PATCH_PATH_MISSING', `there is no place "${formatPointer(path)}"`, index)
}
