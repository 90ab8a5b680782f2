import type { JsonValue } from './json-value.ts'

/** A truth value as clients send it: `true` as well as `"true"`, in any case of letters. */
export function booleanOf(value: JsonValue): boolean | undefined {
  if (typeof value === 'boolean') return value
  const text = typeof value === 'string' ? value.toLowerCase() : undefined
  if (text === 'true') return true
  return text === 'false' ? false : undefined
}
