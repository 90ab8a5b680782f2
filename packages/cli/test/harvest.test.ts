import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { DSpaceSession } from '@hexapla/client'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  dcRecord,
  startOaiProvider,
  type OaiProvider,
} from '../../server/test/dspace/harvest/oai-provider.ts'
import { ADMINISTRATOR, makePlace, type Place } from './hexapla-process.ts'

const COUNT = 200

describe('harvest', { timeout: 180_000 }, () => {
  let place: Place
  let provider: OaiProvider
  let session: DSpaceSession
  let collections: { uuid: string; handle: string }[]
  beforeAll(async () => {
    provider = await startOaiProvider()
    for (let count = 0; count < 3; count += 1) {
      const record = dcRecord(`oai:x:${count}`, `Paper ${count}`)
      provider.records.set(record.id, record)
    }
    place = await makePlace()
    place.environment['HEXAPLA_HARVEST_HOSTS'] = provider.host
    const server = await place.serve()
    session = new DSpaceSession(`${server.url}/server`, ADMINISTRATOR)
    const make = async (path: string) => {
      const json = { metadata: { 'dc.title': [{ value: 'Home' }] } }
      const made = await session.post(`/api/core/${path}`, { json })
      return (await made.json()) as { uuid: string; handle: string }
    }
    const { uuid: community } = await make('communities')
    const parent = `collections?parent=${community}`
    collections = [await make(parent), await make(parent), await make(parent)]
    for (const { uuid } of collections.slice(0, 2)) {
      const json = { harvest_type: 'METADATA_ONLY', oai_source: provider.url, metadata_config_id: 'dc' }
      await session.put(`/api/core/collections/${uuid}/harvester`, { json })
    }
  })
  afterAll(async () => {
    await place.remove()
    await provider.stop()
  })

  it('prints a row for each record, and a summary', async () => {
    const [one] = collections
    const rows = await place.json(['harvest', one?.handle ?? ''])
    expect(rows).toHaveLength(4)
    expect(rows[0]).toMatchObject({ collection: one?.uuid, status: 'created', oaiId: 'oai:x:0' })
    expect(rows.at(-1)).toMatchObject({ summary: { created: 3, updated: 0, faulty: 0, failed: 0 } })
  })

  it('harvests every collection that is set up; what has not changed is no row', async () => {
    const rows = await place.json(['harvest', '--full'])
    expect(rows).toHaveLength(4)
    expect(rows.at(-1)).toMatchObject({ summary: { created: 3, unchanged: 3 } })
    const { stdout, stderr } = await place.run(['harvest'])
    expect(stdout).toBe('')
    expect(stderr).toMatch(/^0 created in/m)
  })

  it('ends with 6 when something was left out, 4 without such a collection, 1 or 8 when the provider fails', async () => {
    const [one, , unset] = collections
    const faulty = dcRecord('oai:x:9', '', { metadata: {}, datestamp: '2026-12-01T00:00:00Z' })
    provider.records.set(faulty.id, faulty)
    const { code, stdout } = await place.run(['harvest', one?.uuid ?? ''])
    expect([code, stdout]).toEqual([6, 'faulty\toai:x:9\tit has no metadata\n'])
    provider.records.delete(faulty.id)
    expect((await place.run(['harvest', unset?.uuid ?? ''])).code).toBe(4)
    expect((await place.run(['harvest', '123456789/999999'])).code).toBe(4)
    provider.faults.push({ status: 404 })
    expect((await place.run(['harvest', one?.uuid ?? ''])).code).toBe(1)
    provider.faults.push({ status: 500 })
    expect((await place.run(['harvest', one?.uuid ?? ''])).code).toBe(8)
    provider.faults.push({ status: 500 })
    expect((await place.run(['harvest'])).code).toBe(6)
  })

  it('goes on after a kill, and brings nothing twice', async () => {
    const [, other] = collections
    provider.records.clear()
    provider.pageSize = 5
    for (let count = 0; count < COUNT; count += 1) {
      const record = dcRecord(`oai:y:${count}`, `Paper ${count}`)
      provider.records.set(record.id, record)
    }
    const args = ['harvest', other?.uuid ?? '', '--full', '--json']
    const child = place.begin(args)
    const exited = once(child, 'exit')
    if (child.stdout === null) throw new Error('the harvest has no output')
    for await (const line of createInterface({ input: child.stdout })) if (line !== '') break
    child.kill('SIGKILL')
    await exited
    const path = `/api/core/collections/${other?.uuid}/harvester`
    expect(await session.getJson(path)).toMatchObject({ harvest_status: 'BUSY' })
    const rows = await place.json(['harvest', other?.uuid ?? ''])
    const { summary } = rows.at(-1) as { summary: { created: number } }
    expect(summary.created).toBeGreaterThan(0)
    expect(summary.created).toBeLessThan(COUNT)
    const names: string[] = []
    const found = `/api/discover/search/objects?dsoType=item&scope=${other?.uuid}`
    for await (const { name } of session.items<{ name: string }>(found, { size: 100 })) names.push(name)
    const papers = names.filter((name) => name.startsWith('Paper '))
    expect(new Set(papers).size).toBe(COUNT)
    expect(await session.getJson(path)).toMatchObject({ harvest_status: 'READY' })
  })
})
