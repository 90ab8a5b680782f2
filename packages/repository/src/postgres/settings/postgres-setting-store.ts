import type { Kysely } from 'kysely'
import type { SettingStore } from '../../domain/settings/setting-store.ts'
import type { Schema } from '../schema.ts'

/** Settings in PostgreSQL. */
export function postgresSettingStore(db: Kysely<Schema>): SettingStore {
  return {
    async find(name) {
      const row = await db.selectFrom('setting').select('value').where('name', '=', name).executeTakeFirst()
      return row?.value
    },
    async save(name, value) {
      const json = JSON.stringify(value)
      await db
        .insertInto('setting')
        .values({ name, value: json })
        .onConflict((conflict) => conflict.column('name').doUpdateSet({ value: json }))
        .execute()
    },
  }
}
