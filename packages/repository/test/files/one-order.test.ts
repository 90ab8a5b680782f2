import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { replaceDatastream } from '../../src/services/datastreams/change-datastream.ts'
import { createDatastream } from '../../src/services/datastreams/create-datastream.ts'
import { deleteBitstream } from '../../src/services/files/delete-bitstreams.ts'
import { moveBitstream } from '../../src/services/files/move-bitstream.ts'
import { replaceFileContent } from '../../src/services/files/replace-file-content.ts'
import { createBundle } from '../../src/services/files/create-bundle.ts'
import { chunks, fileWorld, freshBytes, type FileWorld } from '../_support/file-world.ts'

let world: FileWorld
beforeAll(async () => {
  world = await fileWorld()
})
afterAll(() => world.stop())

test('whatever is done to the files of one item at once, by both dialects, nobody waits in a circle', async () => {
  const { administrator } = world
  const bundle = await world.addBundle()
  const { itemId } = bundle
  const pid = (await world.reading.items.find(itemId))?.value.pid ?? ''
  const other = await createBundle(world)(administrator, { itemId, name: 'OTHER' })
  const files = await Promise.all(
    ['a', 'b', 'c', 'd'].map((name) => world.upload(bundle.id, name, freshBytes())),
  )
  const [first, second, third, fourth] = files.map(({ id }) => id)
  // Which file is which datastream is luck; the fourth is deleted below.
  const named = (await world.reading.datastreams.ofItem(itemId)).filter(
    ({ value }) => value.file.id !== fourth,
  )
  const source = () => chunks(freshBytes())
  const describe = async () => ({ filename: 'x.txt' })
  const work: (() => Promise<unknown>)[] = [
    ...[1, 2, 3].map((n) => () => world.upload(bundle.id, `upload ${n}`, freshBytes())),
    ...[1, 2, 3].map(
      (n) => () =>
        createDatastream(world)(administrator, {
          pid,
          source: source(),
          describe: async () => ({ dsid: `NEW_${n}`, filename: '' }),
        }),
    ),
    ...named.slice(0, 2).map(
      ({ value: { dsid } }) =>
        () =>
          replaceDatastream(world)(administrator, { pid, dsid, source: source(), describe }),
    ),
    () => replaceFileContent(world)(administrator, { id: first ?? '', expected: 'any', source: source() }),
    () => replaceFileContent(world)(administrator, { id: second ?? '', expected: 'any', source: source() }),
    () => moveBitstream(world)(administrator, { id: third ?? '', expected: 'any', bundleId: other.id }),
    () => deleteBitstream(world)(administrator, { id: fourth ?? '', expected: 'any' }),
  ]
  const outcomes = await Promise.allSettled(work.map((one) => one()))
  expect(outcomes.filter(({ status }) => status === 'rejected')).toEqual([])
  expect(await deadlocks()).toBe(0)
})

/** How many there were in this database; a connection tells when a second has passed since it last did. */
async function deadlocks(): Promise<number> {
  await new Promise((resolve) => setTimeout(resolve, 1500))
  await Promise.all(Array.from({ length: 10 }, () => world.unitOfWork((tx) => tx.settings.find('none'))))
  const { rows } = await sql<{ deadlocks: number }>`
    select deadlocks from pg_stat_database where datname = current_database()
  `.execute(world.database.read)
  return rows[0]?.deadlocks ?? Number.NaN
}
