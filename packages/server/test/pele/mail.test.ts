import {
  ADMINISTRATOR,
  startSmtpSink,
  startTestServer,
  type SmtpSink,
  type TestServer,
} from '@hexapla/testing'
import { listKeptMail } from '@hexapla/repository'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { logIn, post } from './pele-client.ts'

const PASSWORD = 'a long enough passphrase'

let sink: SmtpSink
let server: TestServer
beforeAll(async () => {
  sink = await startSmtpSink()
  server = await startTestServer({
    HEXAPLA_SMTP_URL: sink.url,
    HEXAPLA_MAIL_FROM: 'Pele <pele@example.org>',
    HEXAPLA_PELE_RATE_LIMITS: 'off',
  })
})
afterAll(async () => {
  await server.stop()
  await sink.stop()
})

const register = (email: string) => post(server, '/register', { email, password: PASSWORD })
/** Long lines are broken by `=` (RFC 2045 section 6.7). */
const codeIn = (message = '') =>
  /\r\n\r\n([0-9a-f-]{36})\s*$/.exec(message.replaceAll('=\r\n', ''))?.[1] ?? ''

test('a registration mails its code by SMTP', async () => {
  const before = sink.received.length
  await register('koa@test.com')
  await expect.poll(() => sink.received.length).toBe(before + 1)
  const mail = sink.received.at(-1)
  expect(mail).toMatchObject({ from: 'pele@example.org', to: ['koa@test.com'] })
  expect(mail?.message).toMatch(/^From: Pele <pele@example\.org>$/m)
  expect(mail?.message).toMatch(/^Subject: Verify your Pele API account\r$/m)
  expect(mail?.message).toMatch(/^Auto-Submitted: auto-generated\r$/m)
  const form = { email: 'koa@test.com', verification_code: codeIn(mail?.message) }
  expect((await post(server, '/verify', form)).status).toBe(200)
  expect((await logIn(server, { email: 'koa@test.com', password: PASSWORD })).status).toBe(200)
  expect(await listKeptMail(server.dataDirectory)).toEqual([])
})

test('a mail that is refused for the time being goes out later, with a code that works', async () => {
  const before = sink.received.length
  sink.refuse(1)
  await register('later@test.com')
  await expect.poll(() => sink.received.length).toBe(before + 1)
  const form = { email: 'later@test.com', verification_code: codeIn(sink.received.at(-1)?.message) }
  expect((await post(server, '/verify', form)).status).toBe(200)
})

test('a registration that fails mails nothing', async () => {
  const before = sink.received.length
  expect((await register(ADMINISTRATOR.email)).status).toBe(400)
  expect((await register('nobody')).status).toBe(400)
  const { write } = server.repository.database
  const left = write.selectFrom('outbox').selectAll().where('topic', '=', 'verification-code-wanted')
  expect(await left.execute()).toEqual([])
  expect(sink.received.length).toBe(before)
})

test('while a mail server does not answer, registrations and other work go on', async () => {
  const silent = await startTestServer({ HEXAPLA_SMTP_URL: 'smtp://127.0.0.1:9' })
  try {
    expect((await post(silent, '/register', { email: 'a@test.com', password: PASSWORD })).status).toBe(201)
  } finally {
    await silent.stop()
  }
})
