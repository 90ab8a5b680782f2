import { randomUUID } from 'node:crypto'
import { Readable } from 'node:stream'
import { SYSTEM_ACTOR, type Bitstream, type Bundle } from '@hexapla/repository'
import { buildersFor, startTestServer, type TestServer } from '@hexapla/testing'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createPerson } from './raw-session.ts'
import { refused } from './refused.ts'

let server: TestServer
let build: ReturnType<typeof buildersFor>
const reader = { email: 'reader@example.org', password: 'correct horse battery staple' }

beforeAll(async () => {
  server = await startTestServer()
  build = buildersFor(server.repository)
  await createPerson(server.session(), reader)
})
afterAll(() => server.stop())

const newBundle = async (name?: string): Promise<Bundle> => build.bundle((await build.item()).id, name)
const newFile = async (name?: string): Promise<Bitstream> => build.file((await newBundle()).id, name)
/** Takes from everybody the right to read a record. */
const close = (id: string) =>
  server.repository.database.write.deleteFrom('resource_policy').where('resource_id', '=', id).execute()
const path = ({ id }: { id: string }) => `/api/core/bitstreams/${id}`
const uriList = (...uris: string[]) => ({
  body: uris.join('\n'),
  headers: { 'content-type': 'text/uri-list' },
})
const NOT_FOUND = { status: 404, code: 'NOT_FOUND' }
const NOT_SIGNED_IN = { status: 401, code: 'NOT_SIGNED_IN' }
const NOT_ALLOWED = { status: 403, code: 'NOT_ALLOWED' }

describe('a bitstream', () => {
  test('is read with links that lead somewhere, and embeds', async () => {
    const file = await newFile()
    const anonymous = server.anonymous()
    const embeds = 'embed=bundle/primaryBitstream/item&embed=format&embed=thumbnail&embed=accessStatus'
    const document = await anonymous.getJson<{ _links: Record<string, { href: string }> }>(
      `${path(file)}?${embeds}`,
    )
    expect(document).toMatchObject({
      uuid: file.id,
      name: 'a.txt',
      type: 'bitstream',
      bundleName: 'ORIGINAL',
      sizeBytes: 7,
      checkSum: { checkSumAlgorithm: 'MD5', value: file.content.md5 },
      sequenceId: 1,
      _embedded: {
        bundle: { id: file.bundleId, _embedded: { primaryBitstream: null } },
        format: { shortDescription: 'Text' },
        thumbnail: null,
        accessStatus: { status: 'open.access', embargoDate: null, type: 'accessStatus' },
      },
    })
    const links = Object.entries(document._links)
    const answers = links.map(async ([name, { href }]) => [name, (await anonymous.get(href)).status])
    expect(Object.fromEntries(await Promise.all(answers))).toEqual({
      accessStatus: 200,
      bundle: 200,
      content: 200,
      format: 200,
      thumbnail: 204,
      self: 200,
    })
  })

  test('is not sent again to who has it', async () => {
    const file = await newFile()
    const session = server.anonymous()
    const etag = (await session.get(path(file))).headers.get('etag') ?? ''
    expect((await session.get(path(file), { headers: { 'if-none-match': etag } })).status).toBe(304)
  })

  test('whose bytes are closed is still described, while its bundle and item are open', async () => {
    const file = await newFile()
    await close(file.id)
    const anonymous = server.anonymous()
    expect(await anonymous.getJson(path(file))).toMatchObject({ id: file.id })
    expect(await anonymous.getJson(`${path(file)}/accessStatus`)).toEqual({
      status: 'restricted',
      embargoDate: null,
      type: 'accessStatus',
      _links: { self: { href: `${server.api}/core/bitstreams/${file.id}/accessStatus` } },
    })
    await close(file.bundleId ?? '')
    expect(await refused(anonymous.get(path(file)))).toEqual(NOT_SIGNED_IN)
    expect(await refused(server.session(reader).get(path(file)))).toEqual(NOT_ALLOWED)
  })

  test('is not found', async () => {
    const nowhere = path({ id: randomUUID() })
    const session = server.session()
    for (const place of ['', '/content', '/bundle', '/format', '/thumbnail', '/accessStatus']) {
      expect(await refused(session.get(nowhere + place))).toEqual(NOT_FOUND)
    }
    expect(await refused(session.get('/api/core/bitstreams/7'))).toEqual({
      status: 404,
      code: 'path-unknown',
    })
  })

  test('is in no list of all', async () => {
    const session = server.session()
    const notAllowed = { status: 405, code: 'method-not-allowed' }
    expect(await refused(session.get('/api/core/bitstreams'))).toEqual(notAllowed)
    expect(await session.getJson('/api')).toMatchObject({
      _links: { bitstreams: { href: `${server.api}/core/bitstreams` } },
    })
  })

  test('has its metadata changed by those who may, in the version that they know', async () => {
    const file = await newFile()
    const json = [{ op: 'replace', path: '/metadata/dc.title/0/value', value: 'new name.txt' }]
    const patch = (session = server.session(), headers: Record<string, string> = {}) =>
      session.patch(path(file), { json, headers })
    expect(await refused(patch(server.anonymous()))).toEqual(NOT_SIGNED_IN)
    expect(await refused(patch(server.session(reader)))).toEqual(NOT_ALLOWED)
    const response = await patch(server.session(), { 'if-match': '"1"' })
    expect(await response.json()).toMatchObject({ name: 'new name.txt' })
    expect(await refused(patch(server.session(), { 'if-match': '"1"' }))).toEqual({
      status: 412,
      code: 'VERSION_CONFLICT',
    })
    const broken = (operation: unknown) =>
      refused(server.session().patch(path(file), { json: [...json, operation] }))
    const unknownField = { op: 'add', path: '/metadata/no.field', value: [{ value: 'x' }] }
    expect(await broken(unknownField)).toEqual({ status: 422, code: 'FIELD_UNKNOWN' })
    expect(await broken({ op: 'remove', path: '/sizeBytes' })).toEqual({ status: 422, code: 'PATCH_INVALID' })
  })
})

describe('the thumbnail of a bitstream', () => {
  test('is the picture of the same name in THUMBNAIL', async () => {
    const original = await newBundle()
    const file = await build.file(original.id, 'map.tiff')
    const thumbnails = await build.bundle(original.itemId, 'THUMBNAIL')
    const picture = await build.file(thumbnails.id, 'map.tiff.jpg')
    const session = server.anonymous()
    expect(await session.getJson(`${path(file)}/thumbnail`)).toMatchObject({ id: picture.id })
    expect(await session.getJson(`${path(file)}?embed=thumbnail`)).toMatchObject({
      _embedded: { thumbnail: { id: picture.id } },
    })
    expect((await session.get(`${path(picture)}/thumbnail`)).status).toBe(204)
  })
})

describe('the bundle of a bitstream', () => {
  test('is read, and changed within the item', async () => {
    const source = await newBundle()
    const target = await build.bundle(source.itemId, 'TEXT')
    const file = await build.file(source.id)
    const session = server.session()
    const home = `${path(file)}/bundle`
    expect(await session.getJson(home)).toMatchObject({ id: source.id })
    const moved = await session.put(home, uriList(`${server.api}/core/bundles/${target.id}`))
    expect(await moved.json()).toMatchObject({ id: target.id, name: 'TEXT', type: 'bundle' })
    expect(await session.getJson(path(file))).toMatchObject({ bundleName: 'TEXT' })
  })

  test('is one other bundle of the item', async () => {
    const file = await newFile()
    const elsewhere = await newBundle()
    const address = (id: string) => `${server.api}/core/bundles/${id}`
    const move = (uris: string[], session = server.session()) =>
      refused(session.put(`${path(file)}/bundle`, uriList(...uris)))
    const badReference = { status: 422, code: 'REFERENCE_INVALID' }
    const oneExpected = { status: 422, code: 'one-uri-expected' }
    expect(await move([address(elsewhere.id)])).toEqual(badReference)
    expect(await move([address(randomUUID())])).toEqual(badReference)
    expect(await move([`${server.api}/core/items/${elsewhere.itemId}`])).toEqual(badReference)
    expect(await move([])).toEqual(oneExpected)
    expect(await move([address(elsewhere.id), address(elsewhere.id)])).toEqual(oneExpected)
    expect(await move([address(file.bundleId ?? '')])).toEqual({ status: 400, code: 'CONFLICT' })
    expect(await move([address(elsewhere.id)], server.anonymous())).toEqual(NOT_SIGNED_IN)
    expect(await move([address(elsewhere.id)], server.session(reader))).toEqual(NOT_ALLOWED)
    const nowhere = server
      .session()
      .put(`${path({ id: randomUUID() })}/bundle`, uriList(address(elsewhere.id)))
    expect(await refused(nowhere)).toEqual(NOT_FOUND)
  })
})

describe('the format of a bitstream', () => {
  const format = (id: number | string) => `${server.api}/core/bitstreamformats/${id}`

  test('is set to another of the registry', async () => {
    const file = await newFile()
    const session = server.session()
    const place = `${path(file)}/format`
    const pdf = await server.repository.database.read
      .selectFrom('bitstream_format')
      .select('id')
      .where('mimetype', '=', 'application/pdf')
      .executeTakeFirstOrThrow()
    const answer = await session.put(place, uriList(format(pdf.id)))
    expect(await answer.json()).toMatchObject({ id: file.id, type: 'bitstream' })
    expect(await session.getJson(place)).toMatchObject({ id: pdf.id, mimetype: 'application/pdf' })
  })

  test('is exactly one that there is', async () => {
    const file = await newFile()
    const set = (uris: string[], session = server.session()) =>
      refused(session.put(`${path(file)}/format`, uriList(...uris)))
    const badReference = { status: 400, code: 'REFERENCE_INVALID' }
    expect(await set([format(99_999)])).toEqual(badReference)
    expect(await set([format('none')])).toEqual(badReference)
    expect(await set([format(1), format(2)])).toEqual({ status: 400, code: 'one-uri-expected' })
    expect(await set([])).toEqual({ status: 400, code: 'one-uri-expected' })
    expect(await set([format(1)], server.anonymous())).toEqual(NOT_SIGNED_IN)
    expect(await set([format(1)], server.session(reader))).toEqual(NOT_ALLOWED)
    const nowhere = server.session().put(`${path({ id: randomUUID() })}/format`, uriList(format(1)))
    expect(await refused(nowhere)).toEqual(NOT_FOUND)
  })
})

describe('a search by the handle of the item', () => {
  test('finds a file by its sequence id or name', async () => {
    const item = await build.item()
    const bundle = await build.bundle(item.id)
    const [first, second] = [await build.file(bundle.id, 'a b.txt'), await build.file(bundle.id, 'c')]
    const search = '/api/core/bitstreams/search/byItemHandle'
    const session = server.anonymous()
    const find = (query: Record<string, string | number>) => session.get(search, { query })
    const { handle } = item
    expect(await (await find({ handle, sequence: 2 })).json()).toMatchObject({ id: second.id })
    expect(await (await find({ handle, filename: 'a b.txt' })).json()).toMatchObject({ id: first.id })
    expect(await (await find({ handle, sequence: 9, filename: 'c' })).json()).toMatchObject({ id: second.id })
    expect((await find({ handle, sequence: 9 })).status).toBe(204)
    expect(await refused(find({ handle }))).toEqual({ status: 400, code: 'INVALID' })
    const badArgument = { status: 400, code: 'argument-invalid' }
    expect(await refused(find({ sequence: 1 }))).toEqual(badArgument)
    expect(await refused(find({ handle, sequence: 'one' }))).toEqual(badArgument)
    const nowhere = find({ handle: '1/nothing', sequence: 1 })
    expect(await refused(nowhere)).toEqual({ status: 422, code: 'REFERENCE_INVALID' })
    for (const id of [first.id, bundle.id]) await close(id)
    expect(await refused(find({ handle, sequence: 1 }))).toEqual(NOT_SIGNED_IN)
    expect(await session.getJson('/api/core/bitstreams/search')).toMatchObject({
      _links: { byItemHandle: { href: `${server.api}/core/bitstreams/search/byItemHandle` } },
    })
  })
})

describe('deleting', () => {
  test('takes one file away, from those who may', async () => {
    const file = await newFile()
    const remove = (session = server.session(), headers: Record<string, string> = {}) =>
      session.delete(path(file), { headers })
    expect(await refused(remove(server.anonymous()))).toEqual(NOT_SIGNED_IN)
    expect(await refused(remove(server.session(reader)))).toEqual(NOT_ALLOWED)
    expect(await refused(remove(server.session(), { 'if-match': '"2"' }))).toEqual({
      status: 412,
      code: 'VERSION_CONFLICT',
    })
    expect((await remove()).status).toBe(204)
    expect(await refused(remove())).toEqual(NOT_FOUND)
  })

  test('takes a logo from its collection', async () => {
    const logo = await newLogo()
    expect(await refused(server.anonymous().delete(path(logo.file)))).toEqual(NOT_SIGNED_IN)
    expect(await refused(server.session(reader).delete(path(logo.file)))).toEqual(NOT_ALLOWED)
    expect((await server.session().delete(path(logo.file))).status).toBe(204)
    const { logoId } = await server.repository.useCases.collections.read(SYSTEM_ACTOR, logo.collectionId)
    expect(logoId).toBeNull()
  })

  test('takes many files away at once, or none', async () => {
    const bundle = await newBundle()
    const files = [await build.file(bundle.id, 'a'), await build.file(bundle.id, 'b')]
    const logo = await newLogo()
    const removals = (ids: readonly string[]) =>
      ids.map((id) => ({ op: 'remove', path: `/bitstreams/${id}` }))
    const patch = (json: unknown, session = server.session()) =>
      session.patch('/api/core/bitstreams', { json })
    const ids = files.map(({ id }) => id)
    expect(await refused(patch(removals([...ids, randomUUID()])))).toEqual(NOT_FOUND)
    expect(await refused(patch(removals([...ids, logo.file.id])))).toEqual({ status: 422, code: 'INVALID' })
    expect(await refused(patch(removals(ids), server.anonymous()))).toEqual(NOT_SIGNED_IN)
    expect(await refused(patch(removals(ids), server.session(reader)))).toEqual(NOT_ALLOWED)
    const invalid = { status: 422, code: 'PATCH_INVALID' }
    expect(await refused(patch(removals([...ids, 'none'])))).toEqual(invalid)
    expect(await refused(patch([{ op: 'add', path: `/bitstreams/${ids[0]}`, value: 1 }]))).toEqual(invalid)
    const tooMany = removals(Array.from({ length: 1001 }, () => randomUUID()))
    expect(await refused(patch(tooMany))).toEqual({ status: 400, code: 'patch-too-long' })

    expect((await patch(removals(ids))).status).toBe(204)
    expect(await refused(patch(removals(ids)))).toEqual(NOT_FOUND)
    const left = await server.session().getJson(`/api/core/bundles/${bundle.id}/bitstreams`)
    expect(left).toMatchObject({ page: { totalElements: 0 } })
  })
})

async function newLogo(): Promise<{ file: Bitstream; collectionId: string }> {
  const { id } = await build.collection()
  const file = await server.repository.useCases.logos.set(SYSTEM_ACTOR, {
    of: { kind: 'collection', id },
    as: 'new',
    name: 'logo.png',
    source: Readable.from([Buffer.from(randomUUID())]),
  })
  return { file, collectionId: id }
}

test('a logo is in no bundle', async () => {
  const { file } = await newLogo()
  expect((await server.anonymous().get(`${path(file)}/bundle`)).status).toBe(204)
})
