import { once } from 'node:events'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { DSpaceSession } from '@hexapla/client'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ADMINISTRATOR, makePlace, type Place } from './hexapla-process.ts'
import { safItems, writeFiles } from './saf-source.ts'

const COUNT = 200

describe('import into a repository whose server is started anew', { timeout: 120_000 }, () => {
  let place: Place
  beforeAll(async () => {
    place = await makePlace()
    await writeFiles(join(place.directory, 'many'), safItems(COUNT))
  })
  afterAll(() => place.remove())

  it('ends, and resumed loses nothing', async () => {
    const first = await place.serve()
    const session = new DSpaceSession(`${first.url}/server`, ADMINISTRATOR)
    const make = async (path: string): Promise<string> => {
      const json = { metadata: { 'dc.title': [{ value: 'Home' }] } }
      return ((await (await session.post(`/api/core/${path}`, { json })).json()) as { uuid: string }).uuid
    }
    const collection = await make(`collections?parent=${await make('communities')}`)
    const args = ['import', 'saf', 'many', '--collection', collection, '--chunk-size', '5', '--json']
    const child = place.begin(args)
    const exited = once(child, 'exit')
    if (child.stdout === null) throw new Error('the import has no output')
    for await (const line of createInterface({ input: child.stdout })) if (line !== '') break
    child.stdout.resume()
    await first.stop('SIGINT')
    const second = await place.serve()
    const [code] = (await exited) as [number | null]
    expect(code).toBe(1)

    const rows = await place.json([...args.slice(0, -1), '--resume'])
    const { summary } = rows.at(-1) as { summary: { imported: number; skipped: number } }
    expect(summary.imported).toBeGreaterThan(0)
    expect(summary.imported + summary.skipped).toBe(COUNT)
    const later = new DSpaceSession(`${second.url}/server`, ADMINISTRATOR)
    const names: string[] = []
    for await (const { name } of later.items<{ name: string }>('/api/core/items', { size: 100 }))
      names.push(name)
    expect(names).toHaveLength(COUNT)
    expect(new Set(names).size).toBe(COUNT)
    expect(await place.json(['fixity'])).toMatchObject([{ summary: { faults: 0 } }])
  })
})
