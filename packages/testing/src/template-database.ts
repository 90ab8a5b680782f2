import { openRepository } from '@hexapla/repository'
import { parseConfig, repositoryConfig } from '@hexapla/server'
import { Client } from 'pg'

/** The administrator of every test repository. */
export const ADMINISTRATOR = { email: 'admin@example.org', password: 'correct horse battery staple' }

/** The database that test files copy. */
export const TEMPLATE = 'hexapla_template'

/** Makes the database that test files copy: a repository just after its first start. */
export async function createTemplate(serverUrl: string, directory: string): Promise<void> {
  await runStatement(serverUrl, `create database ${TEMPLATE}`)
  const config = parseConfig({
    DATABASE_URL: withDatabase(serverUrl, TEMPLATE),
    HEXAPLA_DATA: directory,
    HEXAPLA_ADMIN_EMAIL: ADMINISTRATOR.email,
    HEXAPLA_ADMIN_PASSWORD: ADMINISTRATOR.password,
  })
  const repository = await openRepository(repositoryConfig(config))
  await repository.close()
}

/** Runs one statement on a connection of its own. */
export async function runStatement(url: string, statement: string): Promise<void> {
  const client = new Client({ connectionString: url })
  await client.connect()
  try {
    await client.query(statement)
  } finally {
    await client.end()
  }
}

/** The same server, another database. Addresses of sockets have no host, which `URL` does not take. */
export function withDatabase(url: string, name: string): string {
  return url.replace(/^(postgresql:\/\/[^/]*\/)[^?]*/, `$1${name}`)
}
