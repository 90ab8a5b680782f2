import { readdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { makePlace, type Place } from './hexapla-process.ts'

describe('fixity', { timeout: 120_000 }, () => {
  let place: Place
  beforeAll(async () => {
    place = await makePlace()
    const server = await place.serve({ HEXAPLA_SAMPLE: 'on' })
    await server.saying(/^sample: \d+ items/)
    await server.stop()
  })
  afterAll(() => place.remove())

  it('finds what was changed and what is missing', async () => {
    const sound = await place.json(['fixity'])
    expect(sound).toMatchObject([{ summary: { faults: 0 } }])
    const content = join(place.directory, 'data/content')
    const files = await readdir(content, { recursive: true, withFileTypes: true })
    const [changed, missing] = files.filter((file) => file.isFile())
    if (changed === undefined || missing === undefined) throw new Error('the sample has no files')
    await writeFile(join(changed.parentPath, changed.name), 'other bytes')
    await rm(join(missing.parentPath, missing.name))

    const found = await place.json(['fixity'], 1)
    expect(found.slice(0, -1)).toHaveLength(2)
    expect(found).toContainEqual({ sha256: changed.name, fault: 'changed' })
    expect(found).toContainEqual({ sha256: missing.name, fault: 'missing' })
    expect(found.at(-1)).toMatchObject({ summary: { faults: 2 } })
    expect((await place.run(['fixity'])).stdout).toContain(`changed\t${changed.name}`)
  })
})
