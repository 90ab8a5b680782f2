import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { refuseCostly } from '../../src/postgres/search/refuse-costly.ts'
import { testDatabase } from '../_support/test-database.ts'

let opened: Awaited<ReturnType<typeof testDatabase>>
beforeAll(async () => {
  opened = await testDatabase()
})
afterAll(() => opened.stop())

test('searches have ten seconds, other statements as long as they need', async () => {
  const { search, read, write } = opened.database
  const limits = await Promise.all(
    [search, read, write].map(async (db) => {
      const { rows } = await sql<{ statement_timeout: string }>`show statement_timeout`.execute(db)
      return rows[0]?.statement_timeout
    }),
  )
  expect(limits).toEqual(['10s', '0', '0'])
})

test('a search that takes too long is refused, any other failure is told as it is', async () => {
  await opened.database.write.connection().execute(async (db) => {
    await sql`set statement_timeout = 20`.execute(db)
    const search = refuseCostly(sql`select pg_sleep(10)`.execute(db))
    await expect(search).rejects.toMatchObject({ code: 'SEARCH_TOO_COSTLY' })
    await expect(refuseCostly(sql`select from nothing`.execute(db))).rejects.toMatchObject({ code: '42P01' })
    await sql`set statement_timeout = 0`.execute(db)
  })
})
