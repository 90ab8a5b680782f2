import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { FormFields } from '../islandora-client.ts'
import { MESSAGE, outcome, startStage, textFile, type Stage } from './stage.ts'

let stage: Stage
/** Another web server, with contents that stay there. */
const elsewhere = createServer((_request, response) => {
  response.writeHead(200, { 'content-type': 'text/plain' }).end('from elsewhere')
})
const addressOf = (path: string) => `http://127.0.0.1:${(elsewhere.address() as AddressInfo).port}/${path}`
beforeAll(async () => {
  await new Promise<void>((resolve) => elsewhere.listen(0, '127.0.0.1', resolve))
  stage = await startStage({ HEXAPLA_EXTERNAL_HOSTS: new URL(addressOf('')).host })
})
afterAll(async () => {
  await stage.server.stop()
  elsewhere.close()
})

describe('Create A New Datastream > POST (form-data)', () => {
  const add = (pid: string, fields: FormFields) =>
    stage.admin.form('POST', `object/${pid}/datastream`, fields)

  test('controlGroup R: readers are sent to the address', async () => {
    const pid = await stage.newObject()
    const url = 'https://films.example.org/coast?part=1'
    const answer = await add(pid, { dsid: 'FILM', controlGroup: 'R', url })
    expect(outcome(answer)).toBe(201)
    expect(answer.json).toMatchObject({ dsid: 'FILM', controlGroup: 'R' })
    const { status, headers } = await stage.anonymous.send('GET', `object/${pid}/datastream/FILM`)
    expect({ status, location: headers.get('location') }).toEqual({ status: 302, location: url })
  })

  test('controlGroup E: fetched from hosts that the administrator has listed, alone', async () => {
    const pid = await stage.newObject()
    const listed = await add(pid, { dsid: 'NEAR', controlGroup: 'E', url: addressOf('note') })
    expect(outcome(listed)).toBe(201)
    const near = await stage.anonymous.send('GET', `object/${pid}/datastream/NEAR`)
    expect(near).toMatchObject({ status: 200, text: 'from elsewhere' })
    await add(pid, { dsid: 'FAR', controlGroup: 'E', url: 'http://localhost:9/note' })
    const far = await stage.anonymous.send('GET', `object/${pid}/datastream/FAR`)
    expect(far.status).toBeGreaterThanOrEqual(400)
    expect(far.json).toEqual(expect.objectContaining(MESSAGE))
  })
})

describe('Permission Mappings > the token of a datastream', () => {
  test('lets anybody fetch the content, as often as uses says', async () => {
    const path = await stage.newDatastream({ file: textFile('for few') })
    expect(outcome(await stage.admin.json('PUT', path.split('/datastream')[0] ?? '', { state: 'I' }))).toBe(
      200,
    )
    const answer = await stage.admin.send('GET', `${path}/token?uses=2`)
    expect(outcome(answer)).toBe(200)
    const { token } = answer.json as { token: string }
    for (const expected of [200, 200, 403]) {
      const { status } = await stage.anonymous.send('GET', `${path}?token=${token}`)
      expect([expected, ...(expected === 403 ? [401, 404] : [])]).toContain(status)
    }
    expect(outcome(await stage.admin.send('GET', `${path}/token?uses=none`))).toBe(400)
    expect(outcome(await stage.admin.send('GET', `${path.replace('OBJ', 'TN')}/token`))).toBe(404)
  })
})
