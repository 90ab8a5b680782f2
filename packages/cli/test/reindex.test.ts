import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { makePlace, type Place } from './hexapla-process.ts'

describe('reindex', { timeout: 120_000 }, () => {
  let place: Place
  beforeAll(async () => {
    place = await makePlace()
  })
  afterAll(() => place.remove())

  it('writes the index anew beside a running server', async () => {
    const server = await place.serve({ HEXAPLA_SAMPLE: 'on' })
    await server.saying(/^sample: \d+ items/)
    const [{ summary }] = (await place.json(['reindex'])) as [{ summary: { records: number } }]
    expect(summary.records).toBeGreaterThan(10)
    expect((await place.run(['reindex'])).stderr).toContain(`${summary.records} records indexed`)
    await server.stop()
  })
})
