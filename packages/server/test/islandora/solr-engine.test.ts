import { buildersFor, startTestServer, type TestServer } from '@hexapla/testing'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { administratorClient, islandoraClient, type IslandoraClient } from './islandora-client.ts'

/** Nothing listens there: what real answers are like is shown by interop/solr. */
const NOWHERE = 'http://127.0.0.1:9/solr/hexapla'

let server: TestServer
let visitor: IslandoraClient
beforeAll(async () => {
  server = await startTestServer({ HEXAPLA_SOLR_URL: NOWHERE })
  await buildersFor(server.repository).item('Harbour')
  visitor = islandoraClient(server)
})
afterAll(() => server.stop())

const find = () => visitor.send('GET', 'solr/harbour?fl=fgs_label_s')
async function fill(isFilled: boolean): Promise<void> {
  const { write } = server.repository.database
  await write.deleteFrom('search_engine').execute()
  await write.insertInto('search_engine').values({ is_filled: isFilled, day: '2026-11-22' }).execute()
}

test('PostgreSQL answers until Solr has every record', async () => {
  expect(await find()).toMatchObject({
    status: 200,
    json: { response: { docs: [{ fgs_label_s: 'Harbour' }] } },
  })
  await fill(false)
  expect((await find()).status).toBe(200)
})

test('Solr down is 503 with a message', async () => {
  await fill(true)
  expect(await find()).toMatchObject({ status: 503, json: { message: 'Solr does not answer' } })
  const searchOfDSpace = await fetch(`${server.api}/discover/search/objects?query=harbour`)
  expect(searchOfDSpace.status).not.toBe(503)
})

test('writes go on meanwhile', async () => {
  const admin = await administratorClient(server)
  expect((await admin.form('POST', 'object', { label: 'Pier' })).status).toBe(201)
})
