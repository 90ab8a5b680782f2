import { randomUUID } from 'node:crypto'
import { Client } from 'pg'
import { inject } from 'vitest'
import { openDatabase, type Database } from '../../src/postgres/database.ts'
import { migrate } from '../../src/postgres/migrate.ts'

/** An empty, migrated database for one test file, on the PostgreSQL of the test run. */
export async function testDatabase(): Promise<{
  readonly database: Database
  readonly url: string
  readonly stop: () => Promise<void>
}> {
  const server = inject('testPostgres')
  const name = `test_${randomUUID().replaceAll('-', '')}`
  await run(server, `create database ${name}`)
  // Addresses of sockets have no host, which `URL` does not take.
  const url = server.replace(/^(postgresql:\/\/[^/]*\/)[^?]*/, `$1${name}`)
  const database = openDatabase({ url })
  await migrate(database.write)
  return {
    database,
    url,
    async stop() {
      await database.close()
      await run(server, `drop database ${name} with (force)`)
    },
  }
}

async function run(url: string, statement: string): Promise<void> {
  const client = new Client({ connectionString: url })
  await client.connect()
  try {
    await client.query(statement)
  } finally {
    await client.end()
  }
}
