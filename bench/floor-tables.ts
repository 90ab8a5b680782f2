import { Client } from 'pg'
import { authorization } from './authorization.ts'
import { itemUrl, listUrl } from './addresses.ts'
import type { Stage } from './stage.ts'

/** The floor's key for the list. */
export const LIST_ID = '00000000-0000-4000-8000-000000000000'

/** Gives the floor the very bytes that the server answers with, and a table to insert into. */
export async function createFloorTables(stage: Stage): Promise<void> {
  const client = new Client({ connectionString: stage.databaseUrl })
  await client.connect()
  try {
    await client.query(`
      create schema bench;
      create table bench.answer (id uuid primary key, etag text not null, body text not null);
      create table bench.record (id uuid primary key, metadata jsonb not null)`)
    const keep = async (id: string, url: string, headers: Record<string, string> = {}) => {
      const answer = await fetch(url, { headers })
      if (answer.status !== 200) throw new Error(`${url} was answered with ${answer.status}`)
      await client.query('insert into bench.answer (id, etag, body) values ($1, $2, $3)', [
        id,
        answer.headers.get('etag'),
        await answer.text(),
      ])
    }
    for (const id of stage.seeded.itemIds) await keep(id, itemUrl(stage, id))
    await keep(LIST_ID, listUrl(stage), { authorization: await authorization(stage) })
    await client.query('vacuum analyze')
  } finally {
    await client.end()
  }
}
