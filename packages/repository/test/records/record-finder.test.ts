import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ANONYMOUS_GROUP } from '../../src/domain/access/actor.ts'
import { testRepository, type TestRepository } from '../_support/test-repository.ts'

let repository: TestRepository

beforeAll(async () => {
  repository = await testRepository()
})

afterAll(() => repository.stop())

async function addFile(itemParentId: string): Promise<{ item: string; bundle: string; bitstream: string }> {
  const [item, bundle, bitstream] = [crypto.randomUUID(), crypto.randomUUID(), crypto.randomUUID()]
  await repository.database.write.transaction().execute(async (trx) => {
    const names = { handle: '1/2', pid: 'test:file' }
    const place = { parent_id: itemParentId, template_of_id: null, submitter_id: null, logo_id: null }
    await trx
      .insertInto('record')
      .values({ id: item, kind: 'item', ...names, ...place, metadata: '{}' })
      .execute()
    const bundleRow = { id: bundle, item_id: item, name: 'ORIGINAL', position: 0, primary_bitstream_id: null }
    await trx
      .insertInto('bundle')
      .values({ ...bundleRow, metadata: '{}' })
      .execute()
    const sha256 = 'f'.repeat(64)
    await trx.insertInto('content').values({ sha256, md5: 'e', size: 1, staging_name: null }).execute()
    const row = { id: bitstream, bundle_id: bundle, position: 0, sequence_id: 1, format_id: 1, sha256 }
    await trx
      .insertInto('bitstream')
      .values({ ...row, metadata: '{}' })
      .execute()
  })
  return { item, bundle, bitstream }
}

describe('finding by identifier', () => {
  test('tells the kind of whatever has the uuid, in one statement', async () => {
    const community = await repository.addCommunity()
    const collection = await repository.addCollection(community.id)
    const site = await repository.reading.site.find()
    const expected = {
      ...(await addFile(collection.id)),
      site: site?.value.id ?? '',
      community: community.id,
      collection: collection.id,
      person: repository.administrator.personId ?? '',
      group: ANONYMOUS_GROUP,
    }
    let count = 0
    const stop = repository.database.onStatement(() => count++)
    for (const [kind, id] of Object.entries(expected)) {
      expect(await repository.reading.finder.byUuid(id)).toEqual({ id, kind })
    }
    expect(await repository.reading.finder.byUuid(crypto.randomUUID())).toBeUndefined()
    stop()
    expect(count).toBe(Object.keys(expected).length + 1)
  })

  test('tells what a handle leads to', async () => {
    const community = await repository.addCommunity()
    const found = { id: community.id, kind: 'community' }
    expect(await repository.reading.finder.byHandle(community.handle)).toEqual(found)
    expect(await repository.reading.finder.byHandle('no/handle')).toBeUndefined()
  })
})

describe('the site', () => {
  test('is changed at the version read alone', async () => {
    const found = await repository.reading.site.find()
    if (found === undefined) throw new Error('There is no site')
    const change = () => repository.unitOfWork((tx) => tx.site.update(found.value))
    expect(await change()).toMatchObject({ id: found.value.id, version: 2 })
    await expect(change()).rejects.toMatchObject({ code: 'VERSION_CONFLICT' })
  })
})
