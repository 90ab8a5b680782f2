import { createHash, randomUUID } from 'node:crypto'
import { open } from 'node:fs/promises'
import { join } from 'node:path'
import { Client } from 'pg'
import { filesOf } from './ingest-objects.ts'

/** Creates the tables of the floor. */
export async function createIngestTables(databaseUrl: string): Promise<void> {
  const client = new Client({ connectionString: databaseUrl })
  await client.connect()
  await client.query(`
    create schema if not exists bench;
    create table bench.object (id uuid primary key, label text not null);
    create table bench.datastream (object_id uuid not null, dsid text not null, sha256 text not null, md5 text not null,
      size bigint not null, staging_name uuid not null, primary key (object_id, dsid))`)
  await client.end()
}

/** The same objects and files by bare code: each file written, hashed and synced, each row in a transaction of its own. */
export async function ingestByFloor(options: {
  readonly databaseUrl: string
  readonly directory: string
  readonly objects: number
  readonly clients: number
}): Promise<void> {
  let next = 0
  const work = async (): Promise<void> => {
    const client = new Client({ connectionString: options.databaseUrl })
    await client.connect()
    const insert = async (name: string, text: string, values: readonly unknown[]): Promise<void> => {
      await client.query('begin')
      await client.query({ name, text, values: [...values] })
      await client.query('commit')
    }
    while (next < options.objects) {
      const index = next++
      const id = randomUUID()
      await insert('object', 'insert into bench.object values ($1, $2)', [id, `Object ${index}`])
      for (const { dsid, content } of filesOf(index)) {
        const row = [id, dsid, ...(await writeSynced(options.directory, content))]
        await insert('datastream', 'insert into bench.datastream values ($1, $2, $3, $4, $5, $6)', row)
      }
    }
    await client.end()
  }
  await Promise.all(Array.from({ length: options.clients }, work))
}

async function writeSynced(directory: string, content: Buffer): Promise<readonly unknown[]> {
  const name = randomUUID()
  const file = await open(join(directory, name), 'wx')
  try {
    await file.write(content)
    const [sha256, md5] = ['sha256', 'md5'].map((algorithm) =>
      createHash(algorithm).update(content).digest('hex'),
    )
    await file.sync()
    return [sha256, md5, content.length, name]
  } finally {
    await file.close()
  }
}
