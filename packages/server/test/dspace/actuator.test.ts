import { rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { ADMINISTRATOR, startTestServer, type TestServer } from '@hexapla/testing'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createPerson, RawSession } from './raw-session.ts'

let server: TestServer
let admin: RawSession
beforeAll(async () => {
  server = await startTestServer()
  admin = new RawSession(`${server.url}/server`, '/api')
  await admin.logIn(ADMINISTRATOR)
})
afterAll(() => server.stop())

test('the root links to the actuator, which links to what can be observed', async () => {
  const root = (await (await fetch(server.api)).json()) as { _links: { actuator: { href: string } } }
  expect(root._links.actuator.href).toBe(`${server.url}/server/actuator`)
  const response = await fetch(root._links.actuator.href)
  expect(response.headers.get('content-type')).toContain('application/vnd.spring-boot.actuator.v3+json')
  expect(await response.json()).toMatchObject({
    _links: {
      health: { href: `${server.url}/server/actuator/health` },
      info: { href: `${server.url}/server/actuator/info` },
    },
  })
})

test('everybody sees whether it is up, administrators see the parts', async () => {
  expect(await (await fetch(`${server.url}/server/actuator/health`)).json()).toEqual({ status: 'UP' })
  const part = { status: 'UP', details: { milliseconds: expect.any(Number) } }
  expect(await admin.json('/actuator/health')).toEqual({
    status: 'UP',
    components: { db: part, contentStore: part },
  })
  expect(await admin.json('/actuator/health/db')).toEqual(part)
  expect((await admin.send('GET', '/actuator/health/nothing')).status).toBe(404)
  expect((await fetch(`${server.url}/server/actuator/health/db`)).status).toBe(404)
})

test('what is running is for administrators', async () => {
  expect(await admin.json('/actuator/info')).toMatchObject({
    app: { name: 'Hexapla', version: expect.stringMatching(/^Hexapla \d/) },
    process: { uptimeSeconds: expect.any(Number) },
    runtime: { name: 'Node.js', version: process.versions.node },
  })
  expect((await fetch(`${server.url}/server/actuator/info`)).status).toBe(401)
  const account = { email: 'somebody@example.org', password: 'a long enough passphrase' }
  await createPerson(server.session(), account)
  const person = new RawSession(`${server.url}/server`, '/api')
  await person.logIn(account)
  expect((await person.send('GET', '/actuator/info')).status).toBe(403)
})

test('without its content store the repository is down, and says which part', async () => {
  const broken = await startTestServer()
  try {
    const session = new RawSession(`${broken.url}/server`, '/api')
    await session.logIn(ADMINISTRATOR)
    await rm(broken.dataDirectory, { recursive: true })
    await writeFile(join(broken.dataDirectory), 'in the way')
    const response = await session.send('GET', '/actuator/health')
    expect(response.status).toBe(503)
    expect(await response.json()).toMatchObject({
      status: 'DOWN',
      components: {
        db: { status: 'UP' },
        contentStore: { status: 'DOWN', details: { error: expect.any(String) } },
      },
    })
  } finally {
    await broken.stop()
  }
})

test('without its database the repository is down, even to who cannot be recognised any more', async () => {
  const broken = await startTestServer()
  const session = new RawSession(`${broken.url}/server`, '/api')
  await session.logIn(ADMINISTRATOR)
  await broken.repository.database.close()
  const response = await session.send('GET', '/actuator/health')
  expect(response.status).toBe(503)
  expect(await response.json()).toEqual({ status: 'DOWN' })
  await broken.stop()
})
