import { sql, type RawBuilder } from 'kysely'

/**
 * The groups that a provider gives to somebody by their names. Permanent ones are not given: a provider's group named
 * like the administrators' would make administrators.
 */
export function givenByName(names: readonly string[]): RawBuilder<{ id: string }> {
  return sql`select g.id from person_group g where g.name = any(${names}::text[]) and not g.permanent`
}
