import { sql, type RawBuilder } from 'kysely'

/**
 * Texts as an array whose length the planner does not know. It would plan each statement anew for the array at hand, which costs
 * more than looking up a few.
 */
export function textArray(texts: readonly string[]): RawBuilder<unknown> {
  return sql`array(select jsonb_array_elements_text(${JSON.stringify(texts)}::jsonb))`
}
