import { readdir, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { ADMINISTRATOR } from '@hexapla/testing'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { islandoraClient } from '../islandora-client.ts'
import { emptyOutcome, outcome, MESSAGE, startStage, textFile, type Stage } from './stage.ts'

let stage: Stage
beforeAll(async () => {
  stage = await startStage()
})
afterAll(() => stage.server.stop())

describe('Documentation', () => {
  test('GET requests for a datastream return either the content or properties', async () => {
    const path = await stage.newDatastream({ file: textFile('the content') })
    expect((await stage.anonymous.send('GET', path)).text).toBe('the content')
    expect((await stage.anonymous.send('GET', `${path}?content=false`)).json).toMatchObject({ size: 11 })
  })

  test('PUT / DELETE requests mocked as POST requests by an additional form-data field method', async () => {
    const { admin } = stage
    const path = await stage.newDatastream()
    const object = path.split('/datastream')[0] ?? ''
    const changed = await admin.form('POST', object, { method: 'PUT', label: 'Mocked' })
    expect(changed).toMatchObject({ status: 200, json: { label: 'Mocked' } })
    const file = textFile('mocked')
    expect(await admin.form('POST', path, { method: 'PUT', label: 'Mocked', file })).toMatchObject({
      status: 200,
      json: { label: 'Mocked', size: 6 },
    })
    expect(await admin.form('POST', path, { method: 'PUT', label: 'Without a file' })).toMatchObject({
      status: 200,
      json: { label: 'Without a file', size: 6 },
    })
    expect(emptyOutcome(await admin.form('POST', `${object}/relationship`, { method: 'DELETE' }))).toBe(200)
    expect(emptyOutcome(await admin.form('POST', path, { method: 'DELETE' }))).toBe(200)
    expect(emptyOutcome(await admin.form('POST', object, { method: 'DELETE' }))).toBe(200)
    expect(outcome(await admin.send('GET', object))).toBe(404)
  })

  test('multi-part PUT requests, not implemented there', async () => {
    const path = await stage.newDatastream()
    const answer = await stage.admin.form('PUT', path, { label: 'By PUT', file: textFile('by PUT') })
    expect(answer).toMatchObject({ status: 200, json: { label: 'By PUT', size: 6 } })
  })

  test('PUT requests with raw application/json content as the request body', async () => {
    const pid = await stage.newObject()
    const body = JSON.stringify({ label: 'Raw' })
    for (const type of [
      'application/json',
      'application/json; charset=utf-8',
      'application/x-www-form-urlencoded',
    ]) {
      const answer = await stage.admin.send('PUT', `object/${pid}`, {
        body,
        headers: { 'content-type': type },
      })
      expect(answer).toMatchObject({ status: 200, json: { label: 'Raw' } })
    }
  })

  test('405 for methods that an address does not have', async () => {
    const pid = await stage.newObject()
    expect(outcome(await stage.admin.send('PATCH', `object/${pid}`))).toBe(405)
    expect(outcome(await stage.admin.send('DELETE', 'object'))).toBe(405)
    expect(outcome(await stage.admin.form('POST', `object/${pid}`, { method: 'PATCH' }))).toBe(405)
    expect(outcome(await stage.admin.send('PUT', `object/${pid}/relationship`))).toBe(405)
  })
})

describe('Authorization', () => {
  const logIn = (fields: Readonly<Record<string, string>>) =>
    stage.anonymous.form('POST', '/user/login', {
      name: ADMINISTRATOR.email,
      pass: ADMINISTRATOR.password,
      form_id: 'user_login',
      op: 'Log in',
      ...fields,
    })

  test('a POST request to the site login page, and cookies in future requests', async () => {
    const { status, headers } = await logIn({})
    expect(status).toBeLessThan(400)
    const cookie = headers
      .getSetCookie()
      .map((one) => one.split(';')[0])
      .join('; ')
    expect(cookie).toMatch(/^S?SESS/)
    const client = islandoraClient(stage.server, { cookie })
    expect(await client.form('POST', 'object', { label: 'By cookie' })).toMatchObject({
      status: 201,
      json: { owner: ADMINISTRATOR.email },
    })
  })

  test.each([{ pass: 'wrong' }, { name: 'nobody' }, { form_id: 'user_register' }])(
    'no cookie for %j',
    async (fault) => {
      const answer = await logIn(fault)
      expect(answer.status).toBeGreaterThanOrEqual(400)
      expect(answer.json).toEqual(expect.objectContaining(MESSAGE))
      expect(answer.headers.getSetCookie()).toEqual([])
    },
  )
})

describe('Common Responses', () => {
  test('400 Bad Request: application/json with a message', async () => {
    const pid = await stage.newObject()
    const answer = await stage.admin.json('PUT', `object/${pid}`, { state: 'X' })
    expect(outcome(answer)).toBe(400)
    expect(answer.headers.get('content-type')).toMatch(/^application\/json/)
    expect(answer.json).toEqual(MESSAGE)
  })

  test('401 Unauthorized: an anonymous user attempted some action and was denied', async () => {
    expect(outcome(await stage.anonymous.form('POST', 'object', {}))).toBe(401)
  })

  test('403 Forbidden: an authenticated user attempted some action and was denied', async () => {
    const pid = await stage.newObject()
    expect(outcome(await stage.known.send('DELETE', `object/${pid}`))).toBe(403)
  })

  test('404 Not Found: an object or datastream that does not exist, before any permission is determined', async () => {
    const pid = await stage.newObject()
    for (const client of [stage.admin, stage.known]) {
      expect(outcome(await client.send('DELETE', 'object/islandora:nothing'))).toBe(404)
      expect(outcome(await client.send('DELETE', `object/${pid}/datastream/OBJ`))).toBe(404)
    }
    expect(outcome(await stage.anonymous.send('GET', 'object/islandora:nothing'))).toBe(404)
    expect(outcome(await stage.anonymous.send('GET', 'nothing/here'))).toBe(404)
  })

  test('500 Internal Server Error: application/json with a message', async () => {
    // Larger than what shares a file with others while it is staged.
    const content = 'lost '.repeat(20_000)
    const path = await stage.newDatastream({ file: textFile(content) })
    await removeFiles(stage.server.dataDirectory, content.length)
    const answer = await stage.anonymous.send('GET', path)
    expect(answer).toMatchObject({ status: 500, json: MESSAGE })
    expect(answer.headers.get('content-type')).toMatch(/^application\/json/)
    expect(answer.text).not.toContain(stage.server.dataDirectory)
  })
})

/** As where a disk has failed: contents of this size are gone, the database still knows of them. */
async function removeFiles(directory: string, size: number): Promise<void> {
  for (const entry of await readdir(directory, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name)
    if (entry.isFile() && (await stat(path)).size === size) await rm(path)
  }
}
