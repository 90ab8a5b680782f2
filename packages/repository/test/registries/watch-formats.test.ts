import { randomUUID } from 'node:crypto'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import type { BitstreamFormat } from '../../src/domain/records/record.ts'
import type { Reading } from '../../src/domain/unit-of-work.ts'
import { hearAnnouncements, type Announcements } from '../../src/postgres/announcements.ts'
import { watchFormats } from '../../src/postgres/registries/watch-formats.ts'
import { createDatastream } from '../../src/services/datastreams/create-datastream.ts'
import { createObject } from '../../src/services/objects/create-object.ts'
import { chunks, fileWorld, freshBytes, type FileWorld } from '../_support/file-world.ts'

let world: FileWorld
let announcements: Announcements
let formats: Pick<Reading['formats'], 'guess'>

beforeAll(async () => {
  world = await fileWorld()
})

afterAll(() => world.stop())

beforeEach(() => watch({ onAnnounced: () => () => undefined }))

afterEach(() => announcements.stop())

/** Remembers guesses; as another process does, where nothing is heard of connections of the own. */
async function watch(own: Pick<FileWorld['database'], 'onAnnounced'>): Promise<void> {
  announcements = hearAnnouncements({ url: world.databaseUrl }, own)
  formats = watchFormats(announcements, world.reading.formats)
  const remembers = async () => {
    await formats.guess('text/plain', undefined)
    return (await statements('text/plain')) === 0
  }
  await expect.poll(remembers).toBe(true)
}

/** How many statements a guess costs. */
async function statements(mimetype: string): Promise<number> {
  let count = 0
  const stop = world.database.onStatement(() => count++)
  await formats.guess(mimetype, undefined)
  stop()
  return count
}

const add = (mimetype: string): Promise<BitstreamFormat> =>
  world.unitOfWork((tx) =>
    tx.formats.insert({
      shortDescription: randomUUID(),
      description: '',
      mimetype,
      supportLevel: 'KNOWN',
      internal: false,
      extensions: [],
    }),
  )

const remove = (id: number) => world.unitOfWork((tx) => tx.formats.delete(id))

const idOf = async (mimetype: string) => (await formats.guess(mimetype, undefined))?.id

test('a guess costs a statement once, until another process adds, changes or deletes a format', async () => {
  expect(await idOf('application/x-watched')).toBeUndefined()
  expect(await statements('application/x-watched')).toBe(0)
  const format = await add('application/x-watched')
  const id = () => idOf('application/x-watched')
  await expect.poll(id).toBe(format.id)
  expect(await statements('application/x-watched')).toBe(0)
  await world.unitOfWork((tx) => tx.formats.update({ ...format, mimetype: 'application/x-other' }))
  await expect.poll(id).toBeUndefined()
  await world.unitOfWork((tx) => tx.formats.update(format))
  await expect.poll(id).toBe(format.id)
  await remove(format.id)
  await expect.poll(id).toBeUndefined()
})

test('what this process changes itself counts at once', async () => {
  await announcements.stop()
  await watch(world.database)
  for (let round = 0; round < 20; round += 1) {
    expect(await idOf('application/x-own')).toBeUndefined()
    const { id } = await add('application/x-own')
    expect(await idOf('application/x-own')).toBe(id)
    await remove(id)
  }
})

test('clues that are longer than any in use are not remembered', async () => {
  const made = `application/${'x'.repeat(200)}`
  expect([await statements(made), await statements(made)]).toEqual([1, 1])
})

test('a file whose remembered format is gone gets one that is there', async () => {
  const [gone, left] = [await add('application/x-gone'), await add('application/x-gone')]
  const deaf = { ...announcements, on: () => undefined }
  formats = watchFormats(deaf, world.reading.formats)
  expect(await idOf('application/x-gone')).toBe(gone.id)
  await remove(gone.id)
  expect(await idOf('application/x-gone')).toBe(gone.id)
  const deps = { ...world, reading: { ...world.reading, formats: { ...world.reading.formats, ...formats } } }
  const create = createDatastream(deps)
  const { record } = await createObject(world)(world.administrator, {})
  const { file } = await create(world.administrator, {
    pid: record.pid,
    source: chunks(freshBytes()),
    describe: async () => ({ dsid: 'OBJ', filename: 'a', mimetype: 'application/x-gone' }),
  })
  expect(file.formatId).toBe(left.id)
  expect(await world.staging()).toEqual([])
})
