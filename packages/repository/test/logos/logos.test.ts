import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { createDiskContentStore } from '../../src/content/disk-content-store.ts'
import { SYSTEM_ACTOR, type Actor } from '../../src/domain/access/actor.ts'
import type { ContentStore } from '../../src/domain/files/content-store.ts'
import type { Collection, Community } from '../../src/domain/records/record.ts'
import { createCollection } from '../../src/services/collections/create-collection.ts'
import { createCommunity } from '../../src/services/communities/create-community.ts'
import { deleteCommunity } from '../../src/services/communities/delete-community.ts'
import { readBitstream } from '../../src/services/files/read-bitstream.ts'
import { deleteLogo, deleteLogoFile } from '../../src/services/logos/delete-logo.ts'
import { setLogo } from '../../src/services/logos/set-logo.ts'
import { keepContentsBeside, type ContentKeeping } from '../../src/jobs/keep-contents.ts'
import { testRepository, type TestRepository } from '../_support/test-repository.ts'

let repository: TestRepository & { contents: ContentStore; keeper: ContentKeeping }
let directory: string
const failures: unknown[] = []
let visitor: Actor
let member: Actor
let community: Community
let collection: Collection

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'logos-'))
  const contents = await createDiskContentStore({ directory })
  const opened = await testRepository()
  const keeper = keepContentsBeside({ ...opened, contents, report: (error) => failures.push(error) })
  repository = { ...opened, contents, keeper }
  visitor = await repository.reading.actors.anonymous()
  member = await repository.actor(await repository.addPerson('member@example.org'))
})

beforeEach(async () => {
  community = await createCommunity(repository)(SYSTEM_ACTOR, { parentId: null, metadata: {} })
  collection = await createCollection(repository)(SYSTEM_ACTOR, { parentId: community.id, metadata: {} })
})

afterAll(async () => {
  await repository.keeper.settled()
  await repository.stop()
  await rm(directory, { recursive: true, force: true })
  if (failures.length > 0) throw new AggregateError(failures)
})

const refusal = (code: string) => expect.objectContaining({ code })

/** A picture; counts whether anybody began to read it. */
function picture(content: string) {
  const file = { name: 'logo.png', mimetype: 'image/png', begun: 0, source: bytes() }
  async function* bytes() {
    file.begun += 1
    yield Buffer.from(content)
  }
  return file
}

async function staged(): Promise<string[]> {
  await repository.keeper.settled()
  const names: string[] = []
  for await (const { stagingName } of repository.contents.listStaged()) names.push(stagingName)
  return names
}

test('a logo is stored, read by whoever reads its collection, and deleted by its file', async () => {
  const logo = await setLogo(repository)(SYSTEM_ACTOR, { of: collection, as: 'new', ...picture('red') })
  expect(logo).toMatchObject({ bundleId: null, sequenceId: null, content: { size: 3 } })
  expect((await repository.reading.formats.find(logo.formatId))?.mimetype).toBe('image/png')
  expect(await text(await repository.contents.open(logo.content))).toBe('red')
  expect(await readBitstream(repository)(visitor, logo.id)).toEqual(logo)
  expect((await repository.reading.collections.find(collection.id))?.value).toMatchObject({
    logoId: logo.id,
    version: 2,
  })

  const input = { bitstreamId: logo.id, expected: 1 }
  await expect(deleteLogoFile(repository)(visitor, input)).rejects.toEqual(refusal('NOT_SIGNED_IN'))
  await expect(deleteLogoFile(repository)(member, input)).rejects.toEqual(refusal('NOT_ALLOWED'))
  await expect(deleteLogoFile(repository)(SYSTEM_ACTOR, { ...input, expected: 9 })).rejects.toEqual(
    refusal('VERSION_CONFLICT'),
  )
  await deleteLogoFile(repository)(SYSTEM_ACTOR, input)
  expect(await repository.reading.bitstreams.find(logo.id)).toBeUndefined()
  expect((await repository.reading.collections.find(collection.id))?.value).toMatchObject({
    logoId: null,
    version: 3,
  })
  await expect(deleteLogoFile(repository)(SYSTEM_ACTOR, input)).rejects.toEqual(refusal('NOT_FOUND'))
})

test('a replaced logo goes, and there is one to replace or none to add to', async () => {
  const set = setLogo(repository)
  const first = { of: community, as: 'new' } as const
  const second = { of: community, as: 'replacement' } as const
  await expect(set(SYSTEM_ACTOR, { ...second, ...picture('blue') })).rejects.toEqual(refusal('INVALID'))
  const before = await set(SYSTEM_ACTOR, { ...first, ...picture('red') })
  await expect(set(SYSTEM_ACTOR, { ...first, ...picture('blue') })).rejects.toEqual(refusal('INVALID'))
  const after = await set(SYSTEM_ACTOR, { ...second, ...picture('blue') })
  expect(await repository.reading.bitstreams.find(before.id)).toBeUndefined()
  expect((await repository.reading.communities.find(community.id))?.value.logoId).toBe(after.id)

  await deleteLogo(repository)(SYSTEM_ACTOR, community)
  expect(await repository.reading.bitstreams.find(after.id)).toBeUndefined()
  await expect(deleteLogo(repository)(SYSTEM_ACTOR, community)).rejects.toEqual(refusal('INVALID'))
})

test('a logo goes with its community', async () => {
  const logo = await setLogo(repository)(SYSTEM_ACTOR, { of: community, as: 'new', ...picture('red') })
  await deleteCommunity(repository)(SYSTEM_ACTOR, { id: community.id, expected: 'any' })
  expect(await repository.reading.bitstreams.find(logo.id)).toBeUndefined()
})

test('nothing is read from whoever may not set it, and nothing stays of what does not arrive whole', async () => {
  const file = picture('red')
  const input = { of: community, as: 'new', ...file } as const
  await expect(setLogo(repository)(visitor, input)).rejects.toEqual(refusal('NOT_SIGNED_IN'))
  await expect(setLogo(repository)(member, input)).rejects.toEqual(refusal('NOT_ALLOWED'))
  expect(file.begun).toBe(0)
  await expect(setLogo(repository)(SYSTEM_ACTOR, { ...input, declared: { size: 4 } })).rejects.toEqual(
    refusal('CHECKSUM_MISMATCH'),
  )
  expect((await repository.reading.communities.find(community.id))?.value.logoId).toBeNull()
  expect(await staged()).toEqual([])
})
