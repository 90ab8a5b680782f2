import { randomUUID } from 'node:crypto'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import type { ContentStore } from '../../src/domain/files/content-store.ts'
import type { Bitstream } from '../../src/domain/records/record.ts'
import { CONTENT_RELEASED, contentJobs } from '../../src/jobs/content-jobs.ts'
import { deleteBitstream } from '../../src/services/files/delete-bitstreams.ts'
import { keepContents } from '../../src/services/files/keep-content.ts'
import { recoverStagedContent } from '../../src/services/files/recover-staged-content.ts'
import { stageFile } from '../../src/services/files/stage-file.ts'
import { addFileIn } from '../../src/services/files/add-file.ts'
import { verifyFixity } from '../../src/services/files/verify-fixity.ts'
import { chunks, fileWorld, freshBytes, type FileWorld } from '../_support/file-world.ts'

let world: FileWorld
beforeAll(async () => {
  world = await fileWorld()
})
afterAll(() => world.stop())

// Staging is empty and everything committed is permanent between tests.
afterEach(async () => {
  await world.workOff()
  await recover(0)
})

/** An upload whose process dies between its commit and making the bytes permanent. */
async function uploadUntilCommit(bytes: string): Promise<Bitstream> {
  const bundle = await world.addBundle()
  const { head, ...content } = await stageFile(world.contents, { source: chunks(bytes) })
  return world.unitOfWork(async (tx) => {
    await tx.contents.register(content)
    const file = { place: { bundleId: bundle.id }, name: 'a.txt', content, head }
    return (await addFileIn(tx, { actor: world.administrator, file }, world)).bitstream
  })
}

const recover = (minimumAge?: number) =>
  recoverStagedContent({ ...world, clock: () => new Date() })(minimumAge === undefined ? {} : { minimumAge })
const remove = (id: string) => deleteBitstream(world)(world.administrator, { id, expected: 'any' })

test('committed but not yet permanent: read from staging, and made permanent at the next start', async () => {
  const bytes = freshBytes()
  const { id, content } = await uploadUntilCommit(bytes)
  expect(await world.permanent()).not.toContain(content.sha256)
  expect(await world.download(world.anonymous, id)).toBe(bytes)

  expect(await recover()).toEqual({ kept: 1, removed: 0, missing: [] })
  expect(await world.staging()).toEqual([])
  expect(await world.permanent()).toContain(content.sha256)
  expect((await world.reading.bitstreams.find(id))?.value.content.stagingName).toBeNull()
  expect(await world.download(world.anonymous, id)).toBe(bytes)
  expect(await recover()).toEqual({ kept: 0, removed: 0, missing: [] })
})

test('permanent but not yet marked: marked at the next start', async () => {
  const bytes = freshBytes()
  const { id, content } = await uploadUntilCommit(bytes)
  await world.contents.keep(content.stagingName ?? '', content.sha256)
  expect(await recover()).toEqual({ kept: 1, removed: 0, missing: [] })
  expect((await world.reading.bitstreams.find(id))?.value.content.stagingName).toBeNull()
  expect(await world.download(world.anonymous, id)).toBe(bytes)
})

test('staged but not committed: removed at the start of the only process, left alone by another while fresh', async () => {
  const { stagingName } = await stageFile(world.contents, { source: chunks(freshBytes()) })
  expect(await recover()).toEqual({ kept: 0, removed: 0, missing: [] })
  expect((await world.staging()).map((name) => stagingName.startsWith(name))).toEqual([true])
  expect(await recover(0)).toEqual({ kept: 0, removed: 1, missing: [] })
  expect(await world.staging()).toEqual([])
})

test('committed and not committed in one file: what was committed is permanent before the file is removed', async () => {
  const bytes = freshBytes()
  const [{ id, content }] = await Promise.all([
    uploadUntilCommit(bytes),
    stageFile(world.contents, { source: chunks(freshBytes()) }),
  ])
  expect(await world.staging()).toHaveLength(1)
  expect(await recover(0)).toEqual({ kept: 1, removed: 1, missing: [] })
  expect(await world.staging()).toEqual([])
  expect(await world.permanent()).toContain(content.sha256)
  expect(await world.download(world.anonymous, id)).toBe(bytes)
})

test('bytes that are nowhere are told, and hinder nothing else', async () => {
  const lost = await uploadUntilCommit(freshBytes())
  await world.contents.discard(lost.content.stagingName ?? '')
  const other = await uploadUntilCommit(freshBytes())
  expect(await recover()).toEqual({ kept: 1, removed: 0, missing: [lost.content] })
  await remove(lost.id)
  await world.workOff()
  expect(await recover()).toEqual({ kept: 0, removed: 0, missing: [] })
  expect(await world.download(world.anonymous, other.id)).toContain('bytes of')
})

test('a failure to make bytes permanent is left to the outbox', async () => {
  const bytes = freshBytes()
  const bitstream = await uploadUntilCommit(bytes)
  const misnamed = {
    ...bitstream,
    content: { ...bitstream.content, stagingName: 'no name of staged content' },
  }
  await keepContents(world, [misnamed.content])
  expect(await world.download(world.anonymous, bitstream.id)).toBe(bytes)
  // The job finds nothing staged under that name, which is no failure: another has kept it.
  await world.workOff()
  await keepContents(world, [bitstream.content])
  expect(await world.permanent()).toContain(bitstream.content.sha256)
})

test('deleted between its commit and becoming permanent: nothing remains', async () => {
  const bitstream = await uploadUntilCommit(freshBytes())
  await remove(bitstream.id)
  await world.workOff()
  await keepContents(world, [bitstream.content])
  expect(await world.staging()).toEqual([])
  expect(await world.permanent()).not.toContain(bitstream.content.sha256)
})

test('the same bytes in two files are stored once, and go with the last', async () => {
  const bytes = freshBytes()
  const bundle = await world.addBundle()
  const first = await world.upload(bundle.id, 'a.txt', bytes)
  const second = await world.upload(bundle.id, 'b.txt', bytes)
  expect(second.content.sha256).toBe(first.content.sha256)
  const copies = async () => (await world.permanent()).filter((name) => name === first.content.sha256).length
  expect(await copies()).toBe(1)

  await remove(first.id)
  await world.workOff()
  expect(await world.download(world.anonymous, second.id)).toBe(bytes)
  await remove(second.id)
  await world.workOff()
  expect(await copies()).toBe(0)
  const { items } = world.reading
  expect((await items.find(bundle.itemId))?.value.version).toBe(5)
})

test('deleting an item releases the bytes of its files', async () => {
  const bundle = await world.addBundle()
  const { content } = await world.upload(bundle.id, 'a.txt', freshBytes())
  await world.unitOfWork((tx) => tx.items.delete(bundle.itemId))
  await world.workOff()
  expect(await world.permanent()).not.toContain(content.sha256)
})

test('whoever sends bytes while they are being removed waits, and stores them anew', async () => {
  const bytes = freshBytes()
  const bundle = await world.addBundle()
  const first = await world.upload(bundle.id, 'first', bytes)
  await remove(first.id)
  const entered = Promise.withResolvers<void>()
  const gate = Promise.withResolvers<void>()
  const slow: ContentStore = {
    ...world.contents,
    async remove(sha256) {
      entered.resolve()
      await gate.promise
      await world.contents.remove(sha256)
    },
  }
  const released = contentJobs({ ...world, contents: slow })[CONTENT_RELEASED]?.(first.content)
  await entered.promise
  const sending = world.upload(bundle.id, 'second', bytes)
  await new Promise((resolve) => setTimeout(resolve, 200))
  expect(await world.reading.bitstreams.orderOf(bundle.id)).toEqual([])
  gate.resolve()
  await released
  const second = await sending
  expect(await world.download(world.anonymous, second.id)).toBe(bytes)
  expect(await world.permanent()).toContain(second.content.sha256)
})

test('deleting and sending the same bytes at the same time never loses them', async () => {
  const bytes = freshBytes()
  const bundle = await world.addBundle()
  const rounds = Array.from({ length: 20 }, () => randomUUID())
  const work = { goesOn: true }
  const worker = (async () => {
    while (work.goesOn) await world.workOff()
  })()
  let previous = await world.upload(bundle.id, 'first', bytes)
  for (const name of rounds) {
    const [sent] = await Promise.all([world.upload(bundle.id, name, bytes), remove(previous.id)])
    expect(await world.download(world.administrator, sent.id)).toBe(bytes)
    previous = sent
  }
  work.goesOn = false
  await worker
  expect(await world.download(world.administrator, previous.id)).toBe(bytes)
  await remove(previous.id)
  await world.workOff()
  expect(await world.permanent()).not.toContain(previous.content.sha256)
  expect(await world.staging()).toEqual([])
})

test('fixity: every content is read, changed and lost ones are named', async () => {
  const bundle = await world.addBundle()
  const intact = await world.upload(bundle.id, 'a', freshBytes())
  const lost = await world.upload(bundle.id, 'b', freshBytes())
  const staged = await uploadUntilCommit(freshBytes())
  await world.keeper.settled()
  await world.contents.remove(lost.content.sha256)

  const check = verifyFixity(world)
  let last = { checked: 0, bytes: 0, faults: [] as readonly unknown[] }
  let steps = 0
  for await (const progress of check(world.administrator)) {
    steps += 1
    last = progress
  }
  const known = await world.reading.contents.digestsAfter('', 1000)
  expect(known.map(({ sha256 }) => sha256)).toEqual(
    expect.arrayContaining([intact, lost, staged].map(({ content }) => content.sha256)),
  )
  expect(steps).toBe(known.length)
  expect(last).toEqual({
    checked: known.length,
    bytes: known.reduce((sum, { size }) => sum + size, 0),
    faults: [{ sha256: lost.content.sha256, fault: 'missing' }],
  })
  await expect(check(world.anonymous).next()).rejects.toMatchObject({ code: 'NOT_SIGNED_IN' })
})
