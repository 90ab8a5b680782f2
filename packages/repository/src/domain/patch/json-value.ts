/** What `JSON.parse` can yield. */
export type JsonValue =
  | null
  | boolean
  | number
  | string
  | readonly JsonValue[]
  | { readonly [member: string]: JsonValue }

/** An object of JSON, neither null nor an array. */
export type JsonObject = { readonly [member: string]: JsonValue }

/** Tells an object of JSON from every other value. */
export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** Tells an array of JSON from every other value. */
export function isJsonArray(value: JsonValue): value is readonly JsonValue[] {
  return Array.isArray(value)
}

/** Equality as RFC 6902 section 4.6 defines it: members in any order, elements in theirs. */
export function jsonEquals(left: JsonValue, right: JsonValue): boolean {
  if (left === right) return true
  if (isJsonArray(left)) {
    return (
      isJsonArray(right) &&
      left.length === right.length &&
      left.every((element, index) => {
        const other = right[index]
        return other !== undefined && jsonEquals(element, other)
      })
    )
  }
  if (!isJsonObject(left) || !isJsonObject(right)) return false
  const names = Object.keys(left)
  return (
    names.length === Object.keys(right).length &&
    names.every((name) => {
      const mine = left[name]
      const other = Object.hasOwn(right, name) ? right[name] : undefined
      return mine !== undefined && other !== undefined && jsonEquals(mine, other)
    })
  )
}
