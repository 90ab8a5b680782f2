import { sql, type Kysely } from 'kysely'
import type { TripleStore } from '../../domain/triples/triple-store.ts'
import type { Schema } from '../schema.ts'

/** Triples in PostgreSQL. */
export function postgresTripleStore(db: Kysely<Schema>): TripleStore {
  return {
    async insert(recordId, triples) {
      if (triples.length === 0) return
      await sql`
        insert into triple (record_id, place, namespace, predicate, object, literal, datatype, language)
        select ${recordId}::uuid,
          (select coalesce(max(known.place), 0) from triple known where known.record_id = ${recordId}) + n.place,
          t.namespace, t.predicate, t.object, t.literal, t.datatype, t.language
        from jsonb_array_elements(${JSON.stringify(triples)}::jsonb) with ordinality n (value, place)
          cross join lateral jsonb_to_record(n.value) t (
            namespace text, predicate text, object text, literal boolean, datatype text, language text)
      `.execute(db)
    },
    async delete(recordId, triples) {
      if (triples.length === 0) return
      await sql`
        delete from triple t using jsonb_to_recordset(${JSON.stringify(triples)}::jsonb) gone (
          namespace text, predicate text, object text, literal boolean, datatype text, language text)
        where t.record_id = ${recordId}
          and (t.namespace, t.predicate, t.object, t.literal) = (gone.namespace, gone.predicate, gone.object, gone.literal)
          and (t.datatype, t.language) is not distinct from (gone.datatype, gone.language)
      `.execute(db)
    },
  }
}
