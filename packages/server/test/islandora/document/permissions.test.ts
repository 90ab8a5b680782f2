import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Answer, IslandoraClient } from '../islandora-client.ts'
import { outcome, startStage, textFile, type Stage } from './stage.ts'

const HAS_MODEL = { uri: 'info:fedora/fedora-system:def/model#', predicate: 'hasModel' }

let stage: Stage
beforeAll(async () => {
  stage = await startStage()
  await change('POST', 'authenticated', 'ISLANDORA_REST_OBJECT_POST_PERM')
})
afterAll(() => stage.server.stop())

async function change(method: 'POST' | 'DELETE', role: string, permission: string): Promise<void> {
  const { status } = await stage.admin.json(method, 'permission', { role, permission })
  expect(status).toBe(method === 'POST' ? 201 : 200)
}

/** An object of the known user with a datastream, who may do everything with it that roles let them. */
async function ownObject(): Promise<string> {
  const { json } = await stage.known.send('POST', 'object')
  const path = `object/${(json as { pid: string }).pid}`
  const form = { dsid: 'OBJ', file: textFile() }
  expect(outcome(await stage.known.form('POST', `${path}/datastream`, form))).toBe(201)
  return path
}

/** Permission, the role that has it at first, and a request that needs it. */
type Row = readonly [
  string,
  'anonymous' | 'authenticated',
  (client: IslandoraClient, object: string) => Promise<Answer>,
]

const ROWS: readonly Row[] = [
  ['OBJECT_GET', 'anonymous', (client, object) => client.send('GET', object)],
  ['OBJECT_PUT', 'authenticated', (client, object) => client.json('PUT', object, { label: 'Changed' })],
  ['OBJECT_POST', 'authenticated', (client) => client.form('POST', 'object', {})],
  ['OBJECT_DELETE', 'authenticated', (client, object) => client.send('DELETE', object)],
  ['DATASTREAM_GET', 'anonymous', (client, object) => client.send('GET', `${object}/datastream/OBJ`)],
  [
    'DATASTREAM_PUT',
    'authenticated',
    (client, object) => client.form('POST', `${object}/datastream/OBJ`, { method: 'PUT', file: textFile() }),
  ],
  [
    'DATASTREAM_POST',
    'authenticated',
    (client, object) => client.form('POST', `${object}/datastream`, { dsid: 'TN', file: textFile() }),
  ],
  [
    'DATASTREAM_DELETE',
    'authenticated',
    (client, object) => client.send('DELETE', `${object}/datastream/OBJ`),
  ],
  [
    'DATASTREAM_TOKEN_GET',
    'anonymous',
    (client, object) => client.send('GET', `${object}/datastream/OBJ/token`),
  ],
  ['RELATIONSHIP_GET', 'anonymous', (client, object) => client.send('GET', `${object}/relationship`)],
  [
    'RELATIONSHIP_POST',
    'authenticated',
    (client, object) =>
      client.form('POST', `${object}/relationship`, { ...HAS_MODEL, object: 'islandora:sp_pdf' }),
  ],
  [
    'RELATIONSHIP_DELETE',
    'authenticated',
    (client, object) => client.json('DELETE', `${object}/relationship`, HAS_MODEL),
  ],
]

describe('Permission Mappings > Islandora Rest and Islandora Core permissions mapping', () => {
  test.each(ROWS)('ISLANDORA_REST_%s_PERM, of %s', async (name, role, request) => {
    const permission = `ISLANDORA_REST_${name}_PERM`
    const granted = await request(stage.known, await ownObject())
    expect({ status: granted.status, told: granted.text }).toMatchObject({
      status: expect.toSatisfy((status: number) => status === 200 || status === 201) as number,
    })
    const object = await ownObject()
    await change('DELETE', role, permission)
    try {
      expect(outcome(await request(stage.known, object))).toBe(403)
      expect(outcome(await request(stage.anonymous, object))).toBe(401)
      expect((await request(stage.admin, object)).status).toBeLessThan(300)
    } finally {
      await change('POST', role, permission)
    }
  })
})

describe('Search For Objects', () => {
  test("The Islandora Solr Search 'Search the Solr index' permission", async () => {
    const search = (client: IslandoraClient) => client.send('GET', 'solr/*:*?rows=0')
    expect(outcome(await search(stage.anonymous))).toBe(200)
    await change('DELETE', 'anonymous', 'ISLANDORA_SOLR_SEARCH_PERM')
    expect(outcome(await search(stage.anonymous))).toBe(401)
    expect(outcome(await search(stage.known))).toBe(403)
    expect(outcome(await search(stage.admin))).toBe(200)
    await change('POST', 'authenticated', 'ISLANDORA_SOLR_SEARCH_PERM')
    expect(outcome(await search(stage.known))).toBe(200)
    expect(outcome(await search(stage.anonymous))).toBe(401)
  })
})

describe('Todo', () => {
  test('Add support for purging previous versions of datastreams', async () => {
    const path = await stage.newDatastream({ file: textFile('one') })
    for (const content of ['two', 'three']) {
      expect(outcome(await stage.admin.form('POST', path, { method: 'PUT', file: textFile(content) }))).toBe(
        200,
      )
    }
    const properties = async () =>
      (await stage.admin.send('GET', `${path}?content=false`)).json as { versions: { created: string }[] }
    const [second, first] = (await properties()).versions
    expect(outcome(await stage.admin.send('DELETE', `${path}?version=${second?.created}`))).toBe(200)
    expect((await properties()).versions).toEqual([first])
    expect(outcome(await stage.admin.send('GET', `${path}?version=${second?.created}`))).toBe(404)
    expect((await stage.anonymous.send('GET', path)).text).toBe('three')
  })

  test('Add describe json end-point for the repository', async () => {
    for (const address of ['/islandora/rest/v1', '/islandora/rest/v1/']) {
      const answer = await stage.anonymous.send('GET', address)
      expect(outcome(answer)).toBe(200)
      expect(answer.json).toMatchObject({ name: expect.any(String) as string, user: { name: null } })
    }
  })

  test('Make PUT requests support multi-part form data', async () => {
    const path = await stage.newDatastream()
    const { status, json } = await stage.admin.form('PUT', path, { file: textFile('by PUT') })
    expect({ status, json }).toMatchObject({ status: 200, json: { size: 6 } })
  })
})
