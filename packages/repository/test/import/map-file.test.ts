import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { openMapFile } from '../../src/import/map-file.ts'
import { temporaryDirectory } from './source-files.ts'

describe('a map file', () => {
  it('keeps a line an item, once', async () => {
    const path = join(await temporaryDirectory(), 'a.map')
    const first = await openMapFile(path)
    await first.append([{ key: 'one', handle: '1/2' }])
    await first.append([
      { key: 'one', handle: '1/2' },
      { key: 'an item', handle: null },
    ])
    await first.close()
    expect(await readFile(path, 'utf8')).toBe('one\t1/2\nan item\t-\n')
    const second = await openMapFile(path)
    expect([second.has('one'), second.has('an item'), second.has('two'), second.size]).toEqual([
      true,
      true,
      false,
      2,
    ])
    await second.close()
  })

  it('takes a line away that a crash cut, and reads those of DSpace', async () => {
    const path = join(await temporaryDirectory(), 'a.map')
    await writeFile(path, 'ümlaut 1/2\nitem 2 1/3\nitem_3\t1/')
    const map = await openMapFile(path)
    expect([map.has('ümlaut'), map.has('item 2'), map.has('item_3')]).toEqual([true, true, false])
    await map.append([{ key: 'item_3', handle: '1/4' }])
    await map.close()
    expect(await readFile(path, 'utf8')).toBe('ümlaut 1/2\nitem 2 1/3\nitem_3\t1/4\n')
  })
})
