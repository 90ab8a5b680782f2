import { startTestServer, type TestServer } from '@hexapla/testing'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { administratorClient, type IslandoraClient } from './islandora-client.ts'

let server: TestServer
let admin: IslandoraClient
beforeAll(async () => {
  server = await startTestServer()
  admin = await administratorClient(server)
})
afterAll(() => server.stop())

async function newObject(): Promise<string> {
  const fields = { namespace: 'budget', label: 'An object' }
  const { status, json } = await admin.form('POST', 'object', fields)
  expect(status).toBe(201)
  return (json as { pid: string }).pid
}

async function add(pid: string, dsid: string): Promise<void> {
  const file = new File([`${dsid} of ${pid}`], 'a.csv', { type: 'text/csv' })
  const fields = { dsid, label: 'A file', checksumType: 'SHA-256', file }
  expect((await admin.form('POST', `object/${pid}/datastream`, fields)).status).toBe(201)
}

/** What a request costs at least: background work may fall among its statements, on a busy machine. */
async function fewestStatements(work: () => Promise<unknown>): Promise<readonly string[]> {
  const runs: string[][] = []
  for (let run = 0; run < 8; run += 1) runs.push(await server.statements(work))
  return runs.toSorted((one, other) => one.length - other.length)[0] ?? []
}

// Two statements of each find out who asks: the token's bearer, and whether the name is the bearer's. Sessions cost none.

test('an object: one transaction, at most 9 statements', async () => {
  await newObject()
  const statements = await fewestStatements(newObject)
  expect(statements.filter((sql) => sql === 'begin')).toHaveLength(1)
  expect(statements.length).toBeLessThanOrEqual(9)
})

test('a datastream, the first one of its bundle or a further one: one transaction, at most 9 statements', async () => {
  const pids = await Promise.all(Array.from({ length: 8 }, newObject))
  for (const dsid of ['OBJ', 'MODS']) {
    const left = [...pids]
    const statements = await fewestStatements(() => add(left.pop() ?? '', dsid))
    expect(statements.filter((sql) => sql === 'begin')).toHaveLength(1)
    expect(statements.length).toBeLessThanOrEqual(9)
  }
})
