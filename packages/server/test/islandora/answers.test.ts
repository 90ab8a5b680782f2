import { startTestServer, type TestServer } from '@hexapla/testing'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  administratorClient,
  islandoraClient,
  type Answer,
  type IslandoraClient,
} from './islandora-client.ts'

/** The form of every answer (document 004, "Common Responses"). */

let server: TestServer
let admin: IslandoraClient
let pid: string
beforeAll(async () => {
  server = await startTestServer()
  admin = await administratorClient(server)
  pid = ((await admin.send('POST', 'object')).json as { pid: string }).pid
})
afterAll(() => server.stop())

const file = () => new File(['words'], 'words.txt', { type: 'text/plain' })

/** What a failure looks like. */
const failing = (status: number) => ({
  status,
  type: 'application/json',
  json: { message: expect.stringMatching(/\S/) },
})
const seen = ({ status, json, headers }: Answer) => ({ status, json, type: headers.get('content-type') })

describe('Common Responses', () => {
  test('400 Bad Request has a message', async () => {
    expect(seen(await admin.json('POST', 'object', { pid: 'no pid' }))).toMatchObject(failing(400))
    expect(seen(await admin.json('POST', 'object', { pid: 'a:\0' }))).toMatchObject(failing(400))
    expect(seen(await admin.json('POST', 'object', { label: ['a list'] }))).toMatchObject(failing(400))
    expect(seen(await admin.send('POST', 'object', { body: '{' }))).toMatchObject(failing(400))
    expect(seen(await admin.send('GET', 'object/no%00:1'))).toMatchObject(failing(400))
    expect(seen(await admin.send('GET', 'solr/a:['))).toMatchObject(failing(400))
  })

  test('401 Unauthorized has a message, and says how to sign in', async () => {
    const answer = await islandoraClient(server).send('POST', 'object')
    expect(seen(answer)).toMatchObject(failing(401))
    expect(answer.headers.get('www-authenticate')).toMatch(/^Basic /)
  })

  test('404 Not Found has a message, also where there is no address', async () => {
    for (const path of ['object/no:1', `object/${pid}/datastream/NO`, 'nothing', `object/${pid}/no`]) {
      expect(seen(await admin.send('GET', path))).toMatchObject(failing(404))
    }
  })

  test('405 has a message, and the verbs that there are', async () => {
    for (const [method, path] of [
      ['GET', 'object'],
      ['PATCH', `object/${pid}`],
      ['PUT', `object/${pid}/relationship/`],
      ['DELETE', 'solr/*:*'],
    ] as const) {
      const answer = await admin.send(method, path)
      expect(seen(answer)).toMatchObject(failing(405))
      expect(answer.headers.get('allow')).toMatch(/OPTIONS/)
    }
    const tunnelled = await admin.form('POST', `object/${pid}`, { method: 'PATCH' })
    expect(seen(tunnelled)).toMatchObject(failing(405))
  })

  test('500 Internal Server Error has a message and a reference, and nothing of the failure', async () => {
    const { schema } = server.repository.database.write
    await schema.alterTable('object_fact').renameTo('lost').execute()
    try {
      const answer = await admin.send('GET', `object/${pid}`)
      expect(seen(answer)).toMatchObject(failing(500))
      expect(answer.json).toMatchObject({ reference: expect.any(String) })
      expect(answer.text).not.toContain('object_fact')
    } finally {
      await schema.alterTable('lost').renameTo('object_fact').execute()
    }
    expect((await admin.send('GET', `object/${pid}`)).status).toBe(200)
  })
})

test('documents are application/json, as the document says', async () => {
  for (const path of ['', `object/${pid}`, `object/${pid}/relationship`, 'solr/*:*', 'permission']) {
    const { status, headers } = await admin.send('GET', path)
    expect([path, status, headers.get('content-type')]).toEqual([path, 200, 'application/json'])
  }
})

test('a slash at the end of an address means nothing', async () => {
  const made = await admin.json('POST', 'object/', { label: 'With a slash' })
  expect(made.status).toBe(201)
  const at = `object/${(made.json as { pid: string }).pid}`
  const stream = await admin.form('POST', `${at}/datastream/`, { dsid: 'OBJ', file: file() })
  expect(stream.status).toBe(201)
  expect((await admin.json('PUT', `${at}/`, { label: 'Changed' })).status).toBe(200)
  for (const path of [
    at,
    `${at}/relationship`,
    `${at}/datastream/OBJ`,
    `${at}/datastream/DC`,
    'permission',
  ]) {
    const [without, behind] = [await admin.send('GET', path), await admin.send('GET', `${path}/`)]
    expect([path, behind.status, behind.text]).toEqual([path, 200, without.text])
  }
  // Nobody gets in by another spelling.
  expect((await islandoraClient(server).send('POST', 'object/')).status).toBe(401)
  expect((await islandoraClient(server).send('POST', '/user/login/')).status).toBe(400)
  expect((await admin.send('DELETE', `${at}/`)).status).toBe(200)
})
