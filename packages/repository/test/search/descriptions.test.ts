import { afterAll, beforeAll, expect, test } from 'vitest'
import { entryJobs } from '../../src/jobs/entry-jobs.ts'
import { handleJob } from '../../src/jobs/outbox-worker.ts'
import { postgresOutbox } from '../../src/postgres/outbox/postgres-outbox.ts'
import { createDatastream } from '../../src/services/datastreams/create-datastream.ts'
import { catchUpIndex } from '../../src/services/search/catch-up-index.ts'
import { queryRecords } from '../../src/services/search/query-records.ts'
import { chunks, fileWorld, type FileWorld } from '../_support/file-world.ts'
import { NO_FILES } from '../_support/test-repository.ts'

let world: FileWorld
beforeAll(async () => {
  world = await fileWorld()
})
afterAll(() => world.stop())

async function describedItem(title: string): Promise<string> {
  const { pid } = await world.addItem()
  const mods = `<mods xmlns="http://www.loc.gov/mods/v3"><titleInfo><title>${title}</title></titleInfo></mods>`
  await createDatastream(world)(world.administrator, {
    pid,
    source: chunks(mods),
    describe: async () => ({ dsid: 'MODS', filename: 'mods.xml' }),
  })
  return pid
}

async function pidsWith(title: string): Promise<readonly unknown[]> {
  const { records } = await queryRecords(world)(world.administrator, {
    q: `mods_titleInfo_title_ms:"${title}"`,
  })
  return records.map(({ fields }) => fields['PID']?.[0])
}

test('an object is found by what its MODS says', async () => {
  const pid = await describedItem('Map of Delft')
  await catchUpIndex(world)(() => true)
  expect(await pidsWith('Map of Delft')).toEqual([pid])
})

test('one whose MODS cannot be read is found by the rest, and by it when it can be', async () => {
  const pid = await describedItem('Map of Leiden')
  await catchUpIndex({ ...world, contents: NO_FILES })(() => true)
  expect(await pidsWith('Map of Leiden')).toEqual([])
  expect((await queryRecords(world)(world.administrator, { q: `PID:"${pid}"` })).total).toBe(1)
  const handlers = entryJobs(world)
  const outcome = await postgresOutbox(world.database.write).next((job) => handleJob(handlers, job), {
    topics: Object.keys(handlers),
    delay: () => 0,
  })
  expect(outcome).toMatchObject({ kind: 'done', job: { topic: 'description-missing' } })
  expect(await pidsWith('Map of Leiden')).toEqual([pid])
})
