import { setTimeout as delay } from 'node:timers/promises'
import { listKeptMail, type KeptMail } from '@hexapla/repository'
import { ADMINISTRATOR, type TestServer } from '@hexapla/testing'

/** An answer, read. */
export interface Answer {
  readonly status: number
  readonly headers: Headers
  readonly text: string
  /** The body, where it is JSON. */
  readonly json: Readonly<Record<string, unknown>> | undefined
}

/** @param path what follows `/pele/api/v0.1`, or the whole of it with `/pele` */
export async function call(
  server: Pick<TestServer, 'url'>,
  path: string,
  init: RequestInit = {},
): Promise<Answer> {
  const address = path.startsWith('/pele') ? path : `/pele/api/v0.1${path}`
  const response = await fetch(server.url + address, { redirect: 'manual', ...init })
  const text = await response.text()
  const isJson = response.headers.get('content-type')?.startsWith('application/json') === true
  const json = isJson && text !== '' ? (JSON.parse(text) as Record<string, unknown>) : undefined
  return { status: response.status, headers: response.headers, text, json }
}

/** Posts a form, urlencoded as `requests` does. */
export function post(
  server: Pick<TestServer, 'url'>,
  path: string,
  fields: Readonly<Record<string, string>>,
): Promise<Answer> {
  return call(server, path, { method: 'POST', body: new URLSearchParams(fields) })
}

/** Logs in with HTTP Basic. */
export function logIn(
  server: Pick<TestServer, 'url'>,
  { email, password }: { email: string; password: string } = ADMINISTRATOR,
): Promise<Answer> {
  const authorization = `Basic ${Buffer.from(`${email}:${password}`).toString('base64')}`
  return call(server, '/login', { method: 'POST', headers: { authorization } })
}

/** A token of `/login`. */
export async function tokenOf(
  server: Pick<TestServer, 'url'>,
  account?: { email: string; password: string },
): Promise<string> {
  const { json, status } = await logIn(server, account)
  if (typeof json?.['token'] !== 'string') throw new Error(`The login was answered ${status}`)
  return json['token']
}

/** Echoes with a token, or without. */
export function echo(
  server: Pick<TestServer, 'url'>,
  token?: string,
  words = 'hello world',
): Promise<Answer> {
  const headers = token === undefined ? {} : { 'x-api-key': token }
  return call(server, `/test/echo?echo_str=${encodeURIComponent(words)}`, { headers })
}

/** The newest message to an address, once it is there. */
export async function mailTo(server: TestServer, email: string): Promise<KeptMail> {
  for (let tries = 0; tries < 200; tries += 1) {
    const mail = (await listKeptMail(server.dataDirectory)).findLast(({ to }) => to === email)
    if (mail !== undefined) return mail
    await delay(25)
  }
  throw new Error(`There is no mail to ${email}`)
}

/** The code in a message. */
export function codeIn({ text }: Pick<KeptMail, 'text'>): string {
  return /\n\n(\S+)\n$/.exec(text)?.[1] ?? ''
}
