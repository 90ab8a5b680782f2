import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createDiskContentStore } from '../../src/content/disk-content-store.ts'
import { createDatastream } from '../../src/services/datastreams/create-datastream.ts'
import { createObject } from '../../src/services/objects/create-object.ts'
import { uploadBitstream } from '../../src/services/files/upload-bitstream.ts'
import { chunks, fileWorld, freshBytes, type FileWorld } from '../_support/file-world.ts'
import { MAY_MOUNT, smallDisk } from '../_support/small-disk.ts'

let world: FileWorld
beforeAll(async () => {
  world = await fileWorld()
})
afterAll(() => world.stop())

/** The statements sent that have these words. */
async function statements(words: string, work: () => Promise<unknown>): Promise<number> {
  let sent = 0
  const stop = world.database.onStatement((statement) => {
    if (statement.sql.includes(words)) sent += 1
  })
  await work()
  stop()
  return sent
}

const transactions = (work: () => Promise<unknown>) => statements('begin', work)

const objects = async (count: number) => {
  const create = createObject(world)
  const created = await Promise.all(
    Array.from({ length: count }, (_, index) => create(world.administrator, { label: `Object ${index}` })),
  )
  return created.map(({ record }) => record)
}

function datastreams() {
  const create = createDatastream(world)
  return (pid: string, dsid: string, bytes = freshBytes()) =>
    create(world.administrator, {
      pid,
      source: chunks(bytes),
      describe: async () => ({ dsid, filename: `${dsid}.txt` }),
    })
}

test('objects and files that arrive in the same moment share transactions', async () => {
  expect(await transactions(() => objects(8))).toBeLessThanOrEqual(3)
  expect(await statements('object_fact', () => objects(8))).toBeLessThanOrEqual(3)
  const made = await objects(8)
  expect(new Set(made.map(({ pid }) => pid)).size).toBe(8)
  const add = datastreams()
  const bytes = made.map(() => freshBytes())
  const begun = await transactions(() =>
    Promise.all(made.map(({ pid }, index) => add(pid, 'OBJ', bytes[index]))),
  )
  expect(begun).toBeLessThan(8)
  for (const [index, { id }] of made.entries()) {
    const [found] = await world.reading.datastreams.ofItem(id, 'OBJ')
    expect(found?.value.file).toMatchObject({ sequenceId: 1, bundleName: 'ORIGINAL' })
    expect(await world.download(world.administrator, found?.value.file.id ?? '')).toBe(bytes[index])
  }
  expect(await world.staging()).toEqual([])
})

test('files of one item, and the same bytes twice, take turns', async () => {
  const [item] = await objects(1)
  const add = datastreams()
  const same = freshBytes()
  const names = ['A', 'B', 'C', 'D', 'E']
  await Promise.all(names.map((dsid) => add(item?.pid ?? '', dsid, dsid > 'C' ? same : freshBytes())))
  const found = await world.reading.datastreams.ofItem(item?.id ?? '')
  expect(found.map(({ value }) => value.dsid).toSorted()).toEqual(names)
  expect(new Set(found.map(({ value }) => value.file.sequenceId))).toEqual(new Set([1, 2, 3, 4, 5]))
})

test('one that is refused fails by itself', async () => {
  const made = await objects(4)
  const add = datastreams()
  await add(made[2]?.pid ?? '', 'OBJ')
  const outcomes = await Promise.allSettled(made.map(({ pid }) => add(pid, 'OBJ')))
  expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'rejected', 'fulfilled'])
  expect(outcomes[2]).toMatchObject({ reason: { code: 'CONFLICT', data: { field: 'dsid' } } })
  expect(await world.staging()).toEqual([])
  const create = createObject(world)
  const pids = ['test:taken', 'test:free', 'test:taken', 'test:own']
  const created = await Promise.allSettled(pids.map((pid) => create(world.administrator, { pid })))
  expect(created.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'rejected', 'fulfilled'])
  expect(created[2]).toMatchObject({ reason: { code: 'CONFLICT', data: { field: 'pid' } } })
})

test.runIf(MAY_MOUNT)('what does not reach the disk is not recorded, and can be sent again', async () => {
  await using disk = await smallDisk()
  const contents = await createDiskContentStore({ directory: disk.path })
  const made = await objects(3)
  const create = createDatastream({ ...world, contents })
  const add = () =>
    Promise.allSettled(
      made.map(({ pid }, index) =>
        create(world.administrator, {
          pid,
          source: chunks(freshBytes().repeat(100)),
          // The digest of the last one is computed of what is staged.
          describe: async () => ({
            dsid: 'OBJ',
            filename: 'obj.txt',
            ...(index === 2 && { checksumType: 'SHA-1' as const }),
          }),
        }),
      ),
    )
  const filling = await contents.stage(chunks('x'.repeat(4_190_000)))
  for (const outcome of await add()) {
    expect(outcome).toMatchObject({ status: 'rejected', reason: { code: 'CONTENT_STORE_FULL' } })
  }
  const found = () => Promise.all(made.map(({ id }) => world.reading.datastreams.ofItem(id)))
  expect(await found()).toEqual([[], [], []])
  await contents.discard(filling.stagingName)
  for (const outcome of await add()) expect(outcome).toMatchObject({ status: 'fulfilled' })
  expect((await found()).flat()).toHaveLength(3)
  await contents.close()
})

test('nobody waits for an item that somebody else holds but who wants it', async () => {
  const bundles = [await world.addBundle(), await world.addBundle(), await world.addBundle()]
  const [held, ...free] = bundles
  const upload = uploadBitstream(world)
  const send = (bundleId: string) =>
    upload(world.administrator, { bundleId, name: 'a.txt', source: chunks(freshBytes()) })
  let isSent = false
  let sent: Promise<unknown> = Promise.resolve()
  await world.unitOfWork(async (tx) => {
    await tx.homes.lock([held?.id ?? ''])
    sent = send(held?.id ?? '').then(() => (isSent = true))
    await Promise.all(free.map(({ id }) => send(id)))
    expect(isSent).toBe(false)
  })
  await sent
  const { rows } = await sql<{ files: number }>`
    select count(*) as files from bitstream where bundle_id = any(${bundles.map(({ id }) => id)}::uuid[])
  `.execute(world.database.write)
  expect(rows).toEqual([{ files: 3 }])
})
