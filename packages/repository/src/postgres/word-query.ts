import { sql, type RawBuilder } from 'kysely'

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

/**
 * Condition that every word of `words` begins some word of `vector`, or that `words` is the uuid `id`. No words at all
 * are no condition.
 */
export function wordsOrUuid(
  words: string | undefined,
  columns: { vector: RawBuilder<unknown>; id: RawBuilder<string> },
): RawBuilder<boolean> {
  const text = (words ?? '').trim()
  if (UUID.test(text)) return sql<boolean>`${columns.id} = ${text}::uuid`
  const parts = text.match(/[\p{L}\p{N}\p{M}]+/gu) ?? []
  if (parts.length === 0) return text === '' ? sql<boolean>`true` : sql<boolean>`false`
  return sql<boolean>`${columns.vector} @@ to_tsquery('simple', ${parts.map((part) => `${part}:*`).join(' & ')})`
}
