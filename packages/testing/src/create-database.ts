import { randomUUID } from 'node:crypto'
import { inject } from 'vitest'
import { runStatement, TEMPLATE, withDatabase } from './template-database.ts'

/** A fresh repository's database; `drop` ends what is connected to it. */
export async function createDatabase(): Promise<{ url: string; drop: () => Promise<void> }> {
  const serverUrl = inject('testPostgres')
  const name = `test_${randomUUID().replaceAll('-', '')}`
  await runStatement(serverUrl, `create database ${name} template ${TEMPLATE}`)
  return {
    url: withDatabase(serverUrl, name),
    drop: () => runStatement(serverUrl, `drop database ${name} with (force)`),
  }
}
