import { once } from 'node:events'
import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as sleep } from 'node:timers/promises'
import { DSpaceSession } from '@hexapla/client'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { writeZip } from '../../repository/test/import/write-zip.ts'
import { ADMINISTRATOR, makePlace, type Place, type ServeProcess } from './hexapla-process.ts'
import { safItem, safItems, writeFiles } from './saf-source.ts'

interface Document {
  readonly uuid: string
  readonly name: string
  readonly handle: string
}

const title = (value: string) => ({ metadata: { 'dc.title': [{ value }] } })

describe('import', { timeout: 180_000 }, () => {
  let place: Place
  let server: ServeProcess
  let session: DSpaceSession
  let community: string
  beforeAll(async () => {
    place = await makePlace()
    server = await place.serve()
    session = new DSpaceSession(`${server.url}/server`, ADMINISTRATOR)
    community = (await create('core/communities', title('A community'))).uuid
  })
  afterAll(() => place.remove())

  const create = async (path: string, json: object): Promise<Document> =>
    (await (await session.post(`/api/${path}`, { json })).json()) as Document
  const addCollection = () => create(`core/collections?parent=${community}`, title('A collection'))
  const list = async <T = Document>(path: string): Promise<T[]> => {
    const found: T[] = []
    for await (const one of session.items<T>(`/api/${path}`, { size: 100 })) found.push(one)
    return found
  }
  const itemsOf = (collection: string) => list(`discover/search/objects?dsoType=item&scope=${collection}`)
  const source = (name: string) => join(place.directory, name)

  it('brings items with bundles, descriptions, permissions, primary files, handles and further collections', async () => {
    const [owner, other] = [await addCollection(), await addCollection()]
    await writeFiles(
      source('rich'),
      safItem('one', 'Rich', {
        contents:
          'a.txt\tdescription:The first\nb.txt\tprimary:true\nhidden.txt\tpermissions:-r Administrator\nlicense.txt\n',
        'a.txt': 'a',
        'b.txt': 'bb',
        'hidden.txt': 'hidden',
        'license.txt': 'A licence',
        handle: '987/654\n',
        collections: `${owner.handle}\n${other.uuid}\n`,
      }),
    )
    const rows = await place.json(['import', 'saf', source('rich')])
    expect(rows).toMatchObject([
      { status: 'imported', key: 'one', handle: '987/654' },
      { summary: { imported: 1 } },
    ])

    const uuid = String(rows[0]?.['uuid'])
    const item = await session.getJson<Record<string, unknown>>(`/api/core/items/${uuid}`)
    expect(item).toMatchObject({
      name: 'Rich',
      metadata: { 'dc.identifier.uri': [{ value: 'https://hdl.handle.net/987/654' }] },
    })
    expect(await itemsOf(owner.uuid)).toHaveLength(1)
    expect(await list(`core/items/${uuid}/mappedCollections`)).toMatchObject([{ uuid: other.uuid }])

    const bundles = await list(`core/items/${uuid}/bundles`)
    expect(bundles.map(({ name }) => name)).toEqual(['ORIGINAL', 'LICENSE'])
    const files = await list<Document & { sequenceId: number; sizeBytes: number; metadata: object }>(
      `core/bundles/${bundles[0]?.uuid}/bitstreams`,
    )
    expect(files).toMatchObject([
      { name: 'a.txt', sequenceId: 1, metadata: { 'dc.description': [{ value: 'The first' }] } },
      { name: 'b.txt', sequenceId: 2, sizeBytes: 2 },
      { name: 'hidden.txt', sequenceId: 3 },
    ])
    const primary = await session.getJson(`/api/core/bundles/${bundles[0]?.uuid}/primaryBitstream`)
    expect(primary).toMatchObject({ name: 'b.txt' })

    const visitor = new DSpaceSession(`${server.url}/server`, { anonymous: true })
    const statuses = await Promise.all(
      files.map(async (file) => {
        const path = `/api/core/bitstreams/${file.uuid}/content`
        return (await visitor.get(path, { accept: () => true })).status
      }),
    )
    expect(statuses).toEqual([200, 200, 401])
  })

  it('leaves faulty items out, names them, and ends with 6', async () => {
    const { uuid, handle } = await addCollection()
    await writeFiles(source('mixed'), {
      ...safItems(5),
      ...safItem('item_2', 'No such file', { contents: 'missing.txt\n' }),
      ...safItem('item_3', 'No such field', {
        'dublin_core.xml': '<dublin_core><dcvalue element="nonsense">x</dcvalue></dublin_core>',
      }),
      ...safItem('item_4', 'No such group', { contents: 'data.txt\tpermissions:-r Nobody\n' }),
    })
    const rows = await place.json(['import', 'saf', source('mixed'), '--collection', handle], 6)
    expect(rows).toMatchObject([
      { key: 'item_1', status: 'imported' },
      { key: 'item_2', status: 'faulty', file: 'item_2/contents', line: 1 },
      { key: 'item_3', status: 'faulty', message: expect.stringContaining('dc.nonsense') as string },
      { key: 'item_4', status: 'faulty', message: expect.stringContaining('Nobody') as string },
      { key: 'item_5', status: 'imported' },
      { summary: { imported: 2, faulty: 3 } },
    ])
    expect(await itemsOf(uuid)).toHaveLength(2)
    expect(await readdir(join(place.directory, 'data/staging'))).toEqual([])
  })

  it('reads archives, and stops at a fault when asked to, with everything before it', async () => {
    const { uuid } = await addCollection()
    const files = { ...safItems(6), 'item_4/contents': 'missing.txt\n' }
    const entries = Object.entries(files).map(([name, content]) => ({ name, content, deflate: true }))
    await writeZip(source('some.zip'), entries)
    const args = ['import', 'saf', source('some.zip'), '--collection', uuid, '--on-fault', 'stop']
    const rows = await place.json(args, 6)
    expect(rows.map((row) => row['status'])).toEqual([
      'imported',
      'imported',
      'imported',
      'faulty',
      undefined,
    ])
    expect(await itemsOf(uuid)).toHaveLength(3)
    expect(await readdir(join(place.directory, 'data/staging'))).toEqual([])

    const again = await place.run(args)
    expect(again).toMatchObject({ code: 2, stdout: '' })
    expect(again.stderr).toContain('--resume')

    await writeZip(
      source('some.zip'),
      Object.entries(safItems(6)).map(([name, content]) => ({ name, content })),
    )
    const resumed = await place.json([...args, '--resume'])
    expect(resumed.at(-1)).toMatchObject({ summary: { imported: 3, skipped: 3, faulty: 0 } })
  })

  it('killed at any moment and resumed, brings every item once', async () => {
    const count = 300
    const { uuid } = await addCollection()
    await writeFiles(source('many'), safItems(count))
    const args = [
      'import',
      'saf',
      source('many'),
      '--collection',
      uuid,
      '--chunk-size',
      '7',
      '--resume',
      '--json',
    ]
    for (let round = 0; round < 4; round += 1) {
      const child = place.begin(args)
      const exited = once(child, 'exit')
      if (child.stdout === null) throw new Error('the import has no output')
      const fresh = /"status":"imported"/
      for await (const line of createInterface({ input: child.stdout })) if (fresh.test(line)) break
      await sleep(Math.random() * 100)
      child.kill('SIGKILL')
      await exited
    }
    const before = await itemsOf(uuid)
    expect(before.length).toBeGreaterThan(0)
    expect(before.length).toBeLessThan(count)

    const rows = (await place.json(args.slice(0, -1))).slice(0, -1)
    expect(rows).toHaveLength(count)
    const items = await itemsOf(uuid)
    expect(new Set(items.map(({ name }) => name)).size).toBe(count)
    expect(items).toHaveLength(count)

    const map = await readFile(source('many.map'), 'utf8')
    const lines = map
      .trimEnd()
      .split('\n')
      .map((line) => line.split('\t'))
    const handles = Object.fromEntries(
      items.map(({ name, handle }) => [name.replace('Item ', 'item_'), handle]),
    )
    expect(lines).toHaveLength(count)
    expect(Object.fromEntries(lines)).toEqual(handles)
  })

  it('resumes also when the map file is lost, and without the repository when it is there', async () => {
    const { uuid } = await addCollection()
    await writeFiles(source('few'), safItems(3))
    const args = ['import', 'saf', source('few'), '--collection', uuid, '--resume']
    await place.json([...args, '--name', 'few'])
    await writeFile(source('few.map'), '')
    expect((await place.json([...args, '--name', 'few'])).at(-1)).toMatchObject({ summary: { skipped: 3 } })
    expect((await place.json([...args, '--name', 'other'])).at(-1)).toMatchObject({ summary: { skipped: 3 } })
    expect(await itemsOf(uuid)).toHaveLength(3)
  })

  it('dry, changes nothing', async () => {
    const { uuid } = await addCollection()
    const staging = join(place.directory, 'data/staging')
    // What the importers that were killed left there, until the next start.
    const before = await readdir(staging)
    await writeFiles(source('dry'), { ...safItems(3), 'item_2/contents': 'missing.txt\n' })
    const rows = await place.json(['import', 'saf', source('dry'), '--collection', uuid, '--dry-run'], 6)
    expect(rows.map((row) => row['status'])).toEqual(['valid', 'faulty', 'valid', undefined])
    expect(await itemsOf(uuid)).toEqual([])
    expect(await readdir(place.directory)).not.toContain('dry.map')
    expect(await readdir(staging)).toEqual(before)
  })

  it('brings a data package, an item a resource, for the person named', async () => {
    const { uuid } = await addCollection()
    const resource = { name: 'rain', path: 'rain.csv', title: 'Rain in May', licenses: [{ name: 'CC0-1.0' }] }
    await writeFiles(source('package'), {
      'datapackage.json': JSON.stringify({ name: 'weather', resources: [resource] }),
      'rain.csv': 'day,mm\n1,3\n',
    })
    const args = ['import', 'datapackage', source('package'), '--collection', uuid]
    const rows = await place.json([...args, '--submitter', ADMINISTRATOR.email])
    expect(rows).toMatchObject([{ key: 'rain', status: 'imported' }, { summary: { imported: 1 } }])
    const item = String(rows[0]?.['uuid'])
    expect(await session.getJson(`/api/core/items/${item}/submitter`)).toMatchObject({
      email: ADMINISTRATOR.email,
    })
    const [found] = await itemsOf(uuid)
    expect(found).toMatchObject({ name: 'Rain in May', metadata: { 'dc.rights': [{ value: 'CC0-1.0' }] } })
  })

  it('says what cannot be', async () => {
    const nowhere = '00000000-0000-4000-8000-0000000000ff'
    const unknown = await place.run([
      'import',
      'saf',
      source('few'),
      '--collection',
      nowhere,
      '--map',
      'x.map',
    ])
    expect(unknown.code).toBe(4)
    const missing = await place.run(['import', 'saf', source('nothing-here')])
    expect(missing.code).toBe(1)
    const usage = await place.run(['import', 'saf', source('few'), '--on-fault', 'panic'])
    expect(usage.code).toBe(2)
  })
})
