import { buildersFor, startTestServer, type TestServer } from '@hexapla/testing'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { sql } from 'kysely'
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
const fill = (isFilled: boolean) =>
  sql`
    insert into search_engine (is_filled, day) values (${isFilled}, current_date)
    on conflict (is_only) do update set is_filled = excluded.is_filled
  `.execute(server.repository.database.write)

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
