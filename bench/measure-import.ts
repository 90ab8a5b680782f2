import { createHash, randomUUID } from 'node:crypto'
import { open } from 'node:fs/promises'
import { join } from 'node:path'
import { Client } from 'pg'
import { runHexapla } from '../interop/process/run-hexapla.ts'
import { withTemporaryDirectory } from '../interop/process/temporary-directory.ts'
import type { Comparison, Figures } from './compare.ts'
import type { Row } from './report.ts'
import { itemMetadata } from './seed.ts'
import type { Stage } from './stage.ts'
import { smallFile, writeArchive } from './write-archive.ts'

/** Items that are committed together, as `hexapla import` does it. */
const CHUNK = 50
/** Items a second, whatever the floor. */
const WANTED = 300

/** `hexapla import saf` from its start to its end, beside writing the same files and a row for each. */
export async function measureImport(
  stage: Stage,
  { items }: { readonly items: number },
  wanted: (name: string) => boolean,
): Promise<Row[]> {
  const name = `import of ${items} items`
  if (!wanted(name)) return []
  return withTemporaryDirectory('archive', async (archive) => {
    await writeArchive(join(archive, 'saf'), items)
    const floor = await timed(items, () => writeRowsAndFiles(stage, items))
    const ours = await timed(items, async () => {
      const args = ['import', 'saf', join(archive, 'saf'), '--collection', stage.seeded.collectionId]
      const settings = { DATABASE_URL: stage.databaseUrl, HEXAPLA_DATA: stage.directory }
      await runHexapla(stage.server.endpoint, args, archive, settings)
    })
    const comparison: Comparison = { ours, floor, ratio: ours.perSecond / floor.perSecond }
    return [
      {
        name,
        floorName: 'files synced, rows inserted by 50',
        unit: 'items/s',
        wantedRate: WANTED,
        comparison,
      },
    ]
  })
}

async function timed(items: number, work: () => Promise<void>): Promise<Figures> {
  const started = performance.now()
  await work()
  const milliseconds = performance.now() - started
  return { perSecond: items / (milliseconds / 1000), p50: milliseconds, p99: milliseconds, cost: Number.NaN }
}

async function writeRowsAndFiles(stage: Stage, items: number): Promise<void> {
  const client = new Client({ connectionString: stage.databaseUrl })
  await client.connect()
  try {
    for (let start = 0; start < items; start += CHUNK) {
      const indexes = Array.from({ length: Math.min(CHUNK, items - start) }, (_, place) => start + place)
      await Promise.all(
        indexes.map((index) => writeSynced(join(stage.directory, randomUUID()), smallFile(index))),
      )
      await client.query('begin')
      for (const index of indexes) {
        const values = [randomUUID(), JSON.stringify(itemMetadata(index))]
        const text = 'insert into bench.record (id, metadata) values ($1, $2)'
        await client.query({ name: 'insert', text, values })
      }
      await client.query('commit')
    }
  } finally {
    await client.end()
  }
}

async function writeSynced(path: string, content: string): Promise<void> {
  const file = await open(path, 'wx')
  try {
    await file.write(content)
    for (const algorithm of ['sha256', 'md5']) createHash(algorithm).update(content).digest('hex')
    await file.datasync()
  } finally {
    await file.close()
  }
}
