import { startTestServer, type TestServer } from '@hexapla/testing'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { administratorClient, type IslandoraClient } from './islandora-client.ts'

/** One server that is restricted, and one beside it on the same records. */
let restricted: TestServer
let open: TestServer
let admin: IslandoraClient
let outside: IslandoraClient

beforeAll(async () => {
  open = await startTestServer()
  outside = await administratorClient(open)
  restricted = await startTestServer({
    ...open.environment,
    HEXAPLA_ISLANDORA_NAMESPACES: 'letters, maps',
  })
  admin = await administratorClient(restricted)
})
afterAll(async () => {
  await restricted.stop()
  await open.stop()
})

const message = { message: expect.any(String) }

describe('objects of other namespaces', () => {
  test('are not found at any address', async () => {
    expect((await outside.json('POST', 'object', { pid: 'other:1' })).status).toBe(201)
    expect((await outside.send('GET', 'object/other:1')).status).toBe(200)
    const found = await admin.send('GET', 'object/other:1')
    expect(found).toMatchObject({ status: 404, json: message })
    // Told in the words that are there for any other.
    const none = await admin.send('GET', 'object/letters:1')
    expect(found.text).toBe(none.text.replace('letters:1', 'other:1'))
    for (const path of ['relationship', 'datastream/DC', 'datastream/DC/', '']) {
      expect((await admin.send('GET', `object/other:1/${path}`)).status).toBe(404)
    }
    expect((await admin.send('GET', 'object/other%3A1')).status).toBe(404)
    expect((await admin.json('PUT', 'object/other:1', { label: 'New' })).status).toBe(404)
    expect((await admin.send('DELETE', 'object/other:1')).status).toBe(404)
    expect((await outside.send('GET', 'object/other:1')).status).toBe(200)
  })

  test('are not made', async () => {
    for (const body of [{ pid: 'other:2' }, { namespace: 'other' }, { pid: 'other:2', namespace: 'maps' }]) {
      expect(await admin.json('POST', 'object', body)).toMatchObject({ status: 403, json: message })
    }
    expect((await outside.send('GET', 'object/other:2')).status).toBe(404)
  })

  test('are not counted', async () => {
    const { json } = await admin.send('GET', '')
    expect((await admin.json('POST', 'object', { namespace: 'maps' })).status).toBe(201)
    const items = (told: unknown) => (told as { objects: { items: { count: number } } }).objects.items.count
    expect(items((await admin.send('GET', '')).json)).toBe(items(json) + 1)
    expect((await outside.json('POST', 'object', { namespace: 'other' })).status).toBe(201)
    expect(items((await admin.send('GET', '')).json)).toBe(items(json) + 1)
    expect((await admin.send('GET', '')).json).toMatchObject({
      namespaces: { restrictedTo: ['letters', 'maps'] },
    })
  })

  test('are not found by searching', async () => {
    const label = 'Sought in all namespaces'
    for (const [client, namespace] of [
      [admin, 'maps'],
      [outside, 'other'],
    ] as const) {
      expect((await client.json('POST', 'object', { namespace, label })).status).toBe(201)
    }
    const pids = async (client: IslandoraClient, query: string) => {
      const { json } = await client.send('GET', `solr/${query}?fl=PID`)
      return (json as { response: { docs: { PID: string }[] } }).response.docs.map(
        ({ PID }) => PID.split(':')[0],
      )
    }
    const query = 'fgs_label_s:"Sought in all namespaces"'
    expect((await pids(outside, query)).toSorted()).toEqual(['maps', 'other'])
    expect(await pids(admin, query)).toEqual(['maps'])
    expect(await pids(admin, `${query} OR PID:other*`)).toEqual(['maps'])
  })

  test('may be named by relationships', async () => {
    const { pid } = (await admin.json('POST', 'object', { namespace: 'maps' })).json as { pid: string }
    const model = { uri: 'info:fedora/fedora-system:def/model#', predicate: 'hasModel' }
    const made = await admin.json('POST', `object/${pid}/relationship`, {
      ...model,
      object: 'islandora:sp_basic_image',
      type: 'uri',
    })
    expect(made.status).toBe(201)
  })
})

test('an object that no namespace was asked for is of the first', async () => {
  expect((await admin.send('POST', 'object')).json).toMatchObject({
    pid: expect.stringMatching(/^letters:\d+$/),
  })
  expect((await admin.json('POST', 'object', { pid: 'maps:of-all' })).status).toBe(201)
})
