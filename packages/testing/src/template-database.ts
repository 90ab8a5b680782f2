import { randomUUID } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { openRepository } from '@hexapla/repository'
import { parseConfig, repositoryConfig } from '@hexapla/server'
import pg from 'pg'

/** The administrator of every test repository. */
export const ADMINISTRATOR = { email: 'admin@example.org', password: 'correct horse battery staple' }

const TEMPLATE = 'hexapla_template'

/** Makes the database that {@link createDatabase} copies: a repository just after its first start. */
export async function createTemplate(serverUrl: string, directory: string): Promise<void> {
  await run(serverUrl, `create database ${TEMPLATE}`)
  const config = parseConfig({
    DATABASE_URL: withDatabase(serverUrl, TEMPLATE),
    HEXAPLA_DATA: directory,
    HEXAPLA_ADMIN_EMAIL: ADMINISTRATOR.email,
    HEXAPLA_ADMIN_PASSWORD: ADMINISTRATOR.password,
  })
  const repository = await openRepository(repositoryConfig(config))
  await repository.close()
}

/** A fresh repository's database; `drop` ends what is connected to it. */
export async function createDatabase(): Promise<{ url: string; drop: () => Promise<void> }> {
  const serverUrl = await readFile(postgresFile(), 'utf8')
  const name = `test_${randomUUID().replaceAll('-', '')}`
  await run(serverUrl, `create database ${name} template ${TEMPLATE}`)
  return {
    url: withDatabase(serverUrl, name),
    drop: () => run(serverUrl, `drop database ${name} with (force)`),
  }
}

/** Where the test run keeps the address of its PostgreSQL (see `vitest.config.ts`). */
export function postgresFile(): string {
  const file = process.env['TEST_POSTGRES_FILE']
  if (file === undefined) throw new Error('No PostgreSQL runs for the tests: is the configuration used?')
  return file
}

async function run(url: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    await client.query(statement)
  } finally {
    await client.end()
  }
}

/** The same server, another database. Addresses of sockets have no host, which `URL` does not take. */
function withDatabase(url: string, name: string): string {
  return url.replace(/^(postgresql:\/\/[^/]*\/)[^?]*/, `$1${name}`)
}
