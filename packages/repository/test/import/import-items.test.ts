import { Readable } from 'node:stream'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { metadataValue } from '../../src/domain/metadata/metadata.ts'
import { ImportError } from '../../src/import/import-error.ts'
import type { ImportFault, ImportFile, ImportItem } from '../../src/import/import-item.ts'
import { importItems } from '../../src/services/import/import-items.ts'
import type { ImportOptions } from '../../src/services/import/import-chunk.ts'
import type { ImportRow } from '../../src/services/import/import-row.ts'
import { fileWorld, type FileWorld } from '../_support/file-world.ts'

function file(name: string, content: string, more: Partial<ImportFile> = {}): ImportFile {
  const open = () => Promise.resolve(Readable.from([Buffer.from(content)]))
  const rest = { description: null, mimetype: null, metadata: {}, permissions: [], primary: false }
  return { name, bundle: 'ORIGINAL', ...rest, size: content.length, open, ...more }
}

function item(key: string, more: Partial<ImportItem> = {}): ImportItem {
  const metadata = { 'dc.title': [metadataValue(key)] }
  return { kind: 'item', key, metadata, handle: null, collections: [], files: [file('a.txt', key)], ...more }
}

const broken = (): Promise<Readable> =>
  Promise.reject(new ImportError('IMPORT_FILE_UNREADABLE', 'a.txt is damaged', { file: 'a.txt' }))

describe('importItems', () => {
  let world: FileWorld
  let round = 0
  beforeAll(async () => {
    world = await fileWorld()
  })
  afterAll(() => world.stop())
  beforeEach(() => {
    round += 1
  })

  const run = async (
    found: readonly (ImportItem | ImportFault)[],
    options: Partial<ImportOptions> = {},
  ): Promise<ImportRow[]> => {
    const naming = { ...world.naming, handleResolver: 'https://hdl.handle.net/' }
    const wanted = { importId: `import ${round}`, collection: world.collectionId, ...options }
    const rows: ImportRow[] = []
    const source = Readable.from(found)
    const chunks = importItems({ ...world, naming })(world.administrator, source, wanted)
    for await (const chunk of chunks) rows.push(...chunk)
    return rows
  }
  const statuses = (rows: readonly ImportRow[]) => rows.map(({ key, status }) => `${key} ${status}`)
  const filesOf = async (row: ImportRow | undefined) => {
    const id = row?.status === 'imported' ? row.itemId : ''
    const bundle = await world.reading.bundles.named(id, 'ORIGINAL')
    const page = await world.reading.bitstreams.list({ bundleId: bundle?.id ?? '' }, { number: 0, size: 100 })
    return page.elements
  }

  it('keeps content once that several files have, also in one chunk', async () => {
    const same = [file('a.txt', 'the same'), file('b.txt', 'the same')]
    const rows = await run([item('one', { files: same }), item('two', { files: same })])
    expect(statuses(rows)).toEqual(['one imported', 'two imported'])
    for (const row of rows) {
      const files = await filesOf(row)
      expect(files.map(({ sequenceId, content }) => [sequenceId, content.stagingName])).toEqual([
        [1, null],
        [2, null],
      ])
      expect(await world.download(world.anonymous, files[1]?.id ?? '')).toBe('the same')
    }
    expect(await world.staging()).toEqual([])
  })

  it('counts the sequence ids given, for files that come later', async () => {
    const [row] = await run([item('one', { files: [file('a.txt', 'a'), file('b.txt', 'b')] })])
    const [first] = await filesOf(row)
    const added = await world.upload(first?.bundleId ?? '', 'c.txt', 'c')
    expect(added.sequenceId).toBe(3)
    expect((await filesOf(row)).map(({ sequenceId }) => sequenceId)).toEqual([1, 2, 3])
  })

  it('takes no key and no handle twice', async () => {
    const rows = await run([
      item('one', { handle: `5/${round}` }),
      item('two', { handle: `5/${round}` }),
      item('one'),
    ])
    expect(statuses(rows)).toEqual(['one imported', 'two faulty', 'one faulty'])
    const later = await run([item('three', { handle: `5/${round}` })])
    expect(statuses(later)).toEqual(['three faulty'])
  })

  it('skips numbers that brought handles hold', async () => {
    const [first] = await run([item('one')])
    const number = Number(first?.status === 'imported' ? first.handle.split('/')[1] : 0)
    const brought = Array.from({ length: 3 }, (_, index) => `123456789/${number + 2 + index}`)
    const rows = await run([...brought.map((handle) => item(handle, { handle })), item('a'), item('b')])
    const handles = rows.map((row) => (row.status === 'imported' ? row.handle : row.status))
    expect(handles.slice(0, 3)).toEqual(brought)
    expect(new Set(handles).size).toBe(5)
    expect(statuses(rows).filter((text) => !text.endsWith(' imported'))).toEqual([])
  })

  it('leaves nothing of an item with a damaged file, and stops there when asked to', async () => {
    const damaged = item('two', { files: [file('b.txt', 'b'), file('a.txt', 'a', { open: broken })] })
    const rows = await run([item('one'), damaged, item('three')], { onFault: 'stop' })
    expect(rows).toMatchObject([
      { key: 'one', status: 'imported' },
      { key: 'two', status: 'faulty', file: 'a.txt' },
    ])
    expect(await world.staging()).toEqual([])
    expect(statuses(await run([item('one'), damaged, item('three')]))).toEqual([
      'one skipped',
      'two faulty',
      'three imported',
    ])
  })

  it('keeps what was committed before an abort, and nothing in staging', async () => {
    const controller = new AbortController()
    const stopping = item('three', {
      files: [
        file('a.txt', 'a', {
          open: () => {
            controller.abort(new Error('enough'))
            return Promise.resolve(Readable.from([Buffer.from('a')]))
          },
        }),
      ],
    })
    const all = [item('one'), item('two'), stopping, item('four')]
    await expect(run(all, { chunkSize: 1, signal: controller.signal })).rejects.toThrow('enough')
    expect(await world.staging()).toEqual([])
    const rows = await run([item('one'), item('two'), item('three'), item('four')])
    const skipped = statuses(rows).filter((text) => text.endsWith('skipped'))
    expect(skipped.length).toBeGreaterThan(0)
    expect(statuses(rows).filter((text) => text.endsWith('imported'))).toHaveLength(4 - skipped.length)
  })

  it('passes on failures that are none of the source', async () => {
    const failing = item('one', {
      files: [file('a.txt', 'a', { open: () => Promise.reject(new Error('out of handles')) })],
    })
    await expect(run([item('zero'), failing])).rejects.toThrow('out of handles')
    expect(await world.staging()).toEqual([])
  })

  it('refuses whoever does not administer the collection', async () => {
    const person = await world.actor(await world.addPerson(`p${round}@example.org`))
    const chunks = importItems(world)(person, Readable.from([item('one')]), {
      importId: 'x',
      collection: world.collectionId,
    })
    await expect(chunks.next()).rejects.toMatchObject({ code: 'NOT_ALLOWED' })
  })

  it('takes about as many statements for many items as for one', async () => {
    const count = async (size: number): Promise<number> => {
      let sent = 0
      const stop = world.database.onStatement(() => (sent += 1))
      const keys = Array.from({ length: size }, (_, index) => `${size} ${index}`)
      await run(keys.map((key) => item(key)))
      stop()
      return sent
    }
    expect(await count(40)).toBe(await count(4))
  })
})
