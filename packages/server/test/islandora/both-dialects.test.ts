import type { DSpaceSession } from '@hexapla/client'
import { SYSTEM_ACTOR } from '@hexapla/repository'
import { ADMINISTRATOR, buildersFor, startTestServer, type TestServer } from '@hexapla/testing'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createPerson } from '../dspace/raw-session.ts'
import { administratorClient, islandoraClient, type IslandoraClient } from './islandora-client.ts'

const JANE = { email: 'jane@example.org', password: 'a long enough passphrase' }
const MEMBER = {
  uri: 'info:fedora/fedora-system:def/relations-external#',
  predicate: 'isMemberOfCollection',
}

interface DSpaceItem {
  readonly uuid: string
  readonly handle: string
  readonly name: string
  readonly inArchive: boolean
  readonly withdrawn: boolean
  readonly discoverable: boolean
}

let server: TestServer
let islandora: IslandoraClient
let dspace: DSpaceSession
let build: ReturnType<typeof buildersFor>
beforeAll(async () => {
  server = await startTestServer()
  build = buildersFor(server.repository)
  islandora = await administratorClient(server)
  dspace = server.session()
  await createPerson(dspace, JANE)
})
afterAll(() => server.stop())

const newObject = async (fields: Record<string, string> = {}): Promise<{ pid: string; path: string }> => {
  const { json } = await islandora.form('POST', 'object', fields)
  const { pid } = json as { pid: string }
  const { record } = await server.repository.useCases.objects.read(SYSTEM_ACTOR, pid)
  return { pid, path: `/api/core/items/${record.id}` }
}
const itemAt = (path: string): Promise<DSpaceItem> => dspace.getJson<DSpaceItem>(path)
const objectOf = async (pid: string, client = islandora) => (await client.send('GET', `object/${pid}`)).json
const replace = (path: string, field: string, value: unknown) =>
  dspace.patch(path, { json: [{ op: 'replace', path: field, value }] })
const member = (method: 'POST' | 'DELETE', pid: string, object: string) =>
  islandora.json(method, `object/${pid}/relationship`, { ...MEMBER, object })
const collectionsOf = async (pid: string): Promise<string[]> => {
  const query = new URLSearchParams(MEMBER).toString()
  const { json } = await islandora.send('GET', `object/${pid}/relationship?${query}`)
  return (json as { object: { value: string } }[]).map(({ object }) => object.value)
}
const uuidAt = async (path: string): Promise<string | undefined> => {
  const response = await dspace.get(path)
  return response.status === 204 ? undefined : ((await response.json()) as { uuid: string }).uuid
}
/** The elements of a list, whatever it calls them. */
const elementsAt = async <T>(path: string): Promise<T[]> =>
  Object.values((await dspace.getJson<{ _embedded?: Record<string, T[]> }>(path))._embedded ?? {}).flat()
const mappedAt = async (path: string): Promise<string[]> =>
  (await elementsAt<{ uuid: string }>(path)).map(({ uuid }) => uuid)

describe('label and title, state and flags, owner and submitter are the same facts', () => {
  test('an object is an item with uuid and handle; an item is an object with a pid', async () => {
    const { path } = await newObject({ label: 'A label' })
    expect(await itemAt(path)).toMatchObject({
      name: 'A label',
      handle: expect.stringMatching(/^123456789\/\d+$/),
      inArchive: true,
      withdrawn: false,
      discoverable: true,
    })
    expect((await dspace.get(`${path}/owningCollection`)).status).toBe(204)
    const item = await build.item('A title')
    expect(await objectOf(item.pid)).toMatchObject({ pid: item.pid, label: 'A title', state: 'A' })
  })

  test('a pid that is given is kept, and refused when a record of DSpace has it', async () => {
    const item = await build.item()
    expect((await islandora.form('POST', 'object', { pid: item.pid })).status).toBe(409)
    const { path } = await newObject({ pid: 'given:1' })
    expect(await objectOf('given:1')).toMatchObject({ pid: 'given:1' })
    expect((await itemAt(path)).handle).toMatch(/^123456789\/\d+$/)
  })

  test('label and dc.title', async () => {
    const { pid, path } = await newObject({ label: 'One' })
    await replace(path, '/metadata/dc.title/0/value', 'Two')
    expect(await objectOf(pid)).toMatchObject({ label: 'Two' })
    await islandora.json('PUT', `object/${pid}`, { label: 'Three' })
    expect((await itemAt(path)).name).toBe('Three')
  })

  test('state and withdrawn, discoverable', async () => {
    const { pid, path } = await newObject()
    for (const [state, withdrawn, discoverable] of [
      ['D', true, true],
      ['I', false, false],
      ['A', false, true],
    ] as const) {
      await islandora.json('PUT', `object/${pid}`, { state })
      expect(await itemAt(path)).toMatchObject({ withdrawn, discoverable, inArchive: !withdrawn })
    }
    await replace(path, '/discoverable', false)
    expect(await objectOf(pid)).toMatchObject({ state: 'I' })
    await replace(path, '/withdrawn', true)
    expect(await objectOf(pid)).toMatchObject({ state: 'D' })
    await replace(path, '/withdrawn', false)
    expect(await objectOf(pid)).toMatchObject({ state: 'I' })
  })

  test('owner and submitter, where the owner is somebody known', async () => {
    const { pid, path } = await newObject()
    const submitter = async () => {
      const response = await dspace.get(`${path}/submitter`)
      return response.status === 204 ? null : ((await response.json()) as { email: string }).email
    }
    expect(await submitter()).toBe(ADMINISTRATOR.email)
    await islandora.json('PUT', `object/${pid}`, { owner: 'JANE@example.org' })
    expect(await submitter()).toBe(JANE.email)
    expect(await objectOf(pid)).toMatchObject({ owner: JANE.email })
    await islandora.json('PUT', `object/${pid}`, { owner: 'fedoraAdmin' })
    expect(await submitter()).toBeNull()
    expect(await objectOf(pid)).toMatchObject({ owner: 'fedoraAdmin' })
  })

  test('what is deleted in one is not there in the other', async () => {
    const [one, other] = [await newObject(), await newObject()]
    await islandora.send('DELETE', `object/${one.pid}`)
    await expect(dspace.get(one.path)).rejects.toMatchObject({ status: 404 })
    await dspace.delete(other.path)
    expect((await islandora.send('GET', `object/${other.pid}`)).status).toBe(404)
  })
})

describe('isMemberOfCollection, and owning and mapped collections', () => {
  test('the first one owns, further ones are mapped', async () => {
    const { pid, path } = await newObject()
    const [one, other] = [await build.collection(), await build.collection()]
    await member('POST', pid, one.pid)
    await member('POST', pid, other.pid)
    expect(await uuidAt(`${path}/owningCollection`)).toBe(one.id)
    expect(await mappedAt(`${path}/mappedCollections`)).toEqual([other.id])
    await member('DELETE', pid, one.pid)
    expect(await uuidAt(`${path}/owningCollection`)).toBe(other.id)
    expect(await mappedAt(`${path}/mappedCollections`)).toEqual([])
    await member('DELETE', pid, other.pid)
    expect(await uuidAt(`${path}/owningCollection`)).toBeUndefined()
  })

  test('mapping and moving are seen as triples', async () => {
    const [owner, mapped, target] = [
      await build.collection(),
      await build.collection(),
      await build.collection(),
    ]
    const item = await build.item('An item', owner.id)
    const path = `/api/core/items/${item.id}`
    const list = (uuid: string) => ({
      headers: { 'content-type': 'text/uri-list' },
      body: `${server.api}/core/collections/${uuid}`,
    })
    await dspace.post(`${path}/mappedCollections`, list(mapped.id))
    expect(await collectionsOf(item.pid)).toEqual([owner.pid, mapped.pid])
    await dspace.put(`${path}/owningCollection`, list(target.id))
    expect(await collectionsOf(item.pid)).toEqual([target.pid, mapped.pid])
    await dspace.delete(`${path}/mappedCollections/${mapped.id}`)
    expect(await collectionsOf(item.pid)).toEqual([target.pid])
  })
})

describe('datastreams and bitstreams', () => {
  const file = (content: string, name: string) => new File([content], name, { type: 'text/plain' })
  const bitstreams = async (path: string) => {
    const bundles = await elementsAt<{ uuid: string; name: string }>(`${path}/bundles`)
    const found = await Promise.all(
      bundles.map(async ({ uuid, name: bundle }) => {
        const files = await elementsAt<{ uuid: string; name: string }>(`/api/core/bundles/${uuid}/bitstreams`)
        return files.map((one) => ({ ...one, bundle }))
      }),
    )
    return found.flat()
  }

  test('a datastream is a file in the bundle that its dsid tells', async () => {
    const { pid, path } = await newObject()
    for (const dsid of ['OBJ', 'TN', 'FULL_TEXT', 'MODS']) {
      await islandora.form('POST', `object/${pid}/datastream`, { dsid, file: file(dsid, `${dsid}.txt`) })
    }
    const found = (await bitstreams(path)).map(({ bundle, name }) => `${bundle} ${name}`)
    expect(found).toEqual(['ORIGINAL OBJ.txt', 'ORIGINAL MODS.txt', 'THUMBNAIL TN.txt', 'TEXT FULL_TEXT.txt'])
  })

  test('a file of DSpace has the dsid that its bundle tells', async () => {
    const item = await build.item()
    for (const name of ['ORIGINAL', 'THUMBNAIL', 'TEXT', 'LICENSE']) {
      await build.file((await build.bundle(item.id, name)).id, `${name}.txt`, name)
    }
    const { datastreams } = (await objectOf(item.pid)) as { datastreams: { dsid: string }[] }
    expect(datastreams.map(({ dsid }) => dsid)).toEqual([
      'DC',
      'RELS-EXT',
      'OBJ',
      'TN',
      'FULL_TEXT',
      'LICENSE',
    ])
    expect((await islandora.send('GET', `object/${item.pid}/datastream/FULL_TEXT`)).text).toBe('TEXT')
  })

  test('the checksum of a content is the same in both', async () => {
    const { pid, path } = await newObject()
    const datastream = `object/${pid}/datastream`
    await islandora.form('POST', datastream, { dsid: 'OBJ', checksumType: 'MD5', file: file('one', 'a.txt') })
    const seen = async () => {
      const [bitstream] = await bitstreams(path)
      const { checkSum } = await dspace.getJson<{ checkSum: { value: string } }>(
        `/api/core/bitstreams/${bitstream?.uuid}`,
      )
      return [
        ((await islandora.send('GET', `${datastream}/OBJ?content=false`)).json as { checksum: string })
          .checksum,
        checkSum.value,
      ]
    }
    const [before, same] = await seen()
    expect(before).toBe(same)
    await islandora.form('PUT', `${datastream}/OBJ`, { file: file('two', 'a.txt') })
    const [after, alike] = await seen()
    expect([after === alike, after === before]).toEqual([true, false])
  })

  test('a content that is replaced is that of the same bitstream', async () => {
    const { pid, path } = await newObject()
    await islandora.form('POST', `object/${pid}/datastream`, { dsid: 'OBJ', file: file('one', 'a.txt') })
    const [before] = await bitstreams(path)
    await islandora.form('PUT', `object/${pid}/datastream/OBJ`, { file: file('two', 'b.txt'), label: 'L' })
    const [after] = await bitstreams(path)
    expect(after).toMatchObject({ uuid: before?.uuid, name: 'b.txt' })
    expect(await (await dspace.get(`/api/core/bitstreams/${after?.uuid}/content`)).text()).toBe('two')
    await islandora.send('DELETE', `object/${pid}/datastream/OBJ`)
    expect(await bitstreams(path)).toEqual([])
  })

  test('a bitstream is a datastream with a dsid of its own; name and description are its label', async () => {
    const item = await build.item()
    const bundle = await build.bundle(item.id)
    const [one, other] = [await build.file(bundle.id, 'one.txt'), await build.file(bundle.id, 'other.txt')]
    const label = async (dsid: string) =>
      (
        (await islandora.send('GET', `object/${item.pid}/datastream/${dsid}?content=false`)).json as {
          label: string
        }
      ).label
    expect([await label('OBJ'), await label('OBJ_2')]).toEqual(['one.txt', 'other.txt'])
    await dspace.patch(`/api/core/bitstreams/${one.id}`, {
      json: [
        {
          op: 'add',
          path: '/metadata/dc.description',
          value: [{ value: 'Described' }, { value: 'Once more' }],
        },
      ],
    })
    expect(await label('OBJ')).toBe('Described')
    await islandora.json('PUT', `object/${item.pid}/datastream/OBJ`, { label: 'Anew' })
    expect(await dspace.getJson(`/api/core/bitstreams/${one.id}`)).toMatchObject({
      metadata: { 'dc.description': [{ value: 'Anew' }, { value: 'Once more' }] },
    })
    await islandora.json('PUT', `object/${item.pid}/datastream/OBJ_2`, { label: 'Labelled' })
    expect(await dspace.getJson(`/api/core/bitstreams/${other.id}`)).toMatchObject({
      name: 'other.txt',
      metadata: { 'dc.description': [{ value: 'Labelled' }] },
    })
    await dspace.delete(`/api/core/bitstreams/${one.id}`)
    expect((await islandora.send('GET', `object/${item.pid}/datastream/OBJ`)).status).toBe(404)
  })

  test('a file that is moved to another bundle keeps its dsid', async () => {
    const item = await build.item()
    const moved = await build.file((await build.bundle(item.id)).id)
    const target = await build.bundle(item.id, 'OTHER')
    await dspace.put(`/api/core/bitstreams/${moved.id}/bundle`, {
      headers: { 'content-type': 'text/uri-list' },
      body: `${server.api}/core/bundles/${target.id}`,
    })
    expect((await islandora.send('GET', `object/${item.pid}/datastream/OBJ`)).text).toBe('content')
  })

  test('who may read is one set of policies', async () => {
    const anonymous = islandoraClient(server)
    const item = await build.item()
    const { id } = await build.file((await build.bundle(item.id)).id)
    const path = `object/${item.pid}/datastream/OBJ`
    expect((await anonymous.send('GET', path)).status).toBe(200)
    const policies = `/api/authz/resourcepolicies`
    const found = await elementsAt<{ id: number }>(`${policies}/search/resource?uuid=${id}`)
    for (const policy of found) await dspace.delete(`${policies}/${policy.id}`)
    expect((await anonymous.send('GET', path)).status).toBe(401)
    expect(await objectOf(item.pid, anonymous)).toMatchObject({
      datastreams: [{ dsid: 'DC' }, { dsid: 'RELS-EXT' }],
    })
  })
})
