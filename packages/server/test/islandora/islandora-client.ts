import { ADMINISTRATOR, type TestServer } from '@hexapla/testing'

/** An answer, read. */
export interface Answer {
  readonly status: number
  readonly headers: Headers
  readonly text: string
  /** The body, where it is JSON. */
  readonly json: unknown
}

/** Requests to the Islandora dialect as scripts make them: with a name and a token, or as nobody. */
export interface IslandoraClient {
  readonly send: (method: string, path: string, init?: RequestInit) => Promise<Answer>
  readonly json: (method: string, path: string, body: unknown) => Promise<Answer>
  readonly form: (method: string, path: string, fields: FormFields) => Promise<Answer>
}

/** Values of a multipart form; blobs are files. */
export type FormFields = Readonly<Record<string, string | File>>

/** @param path what follows `/islandora/rest/v1/`, or an absolute path */
export function islandoraClient(server: TestServer, headers: Record<string, string> = {}): IslandoraClient {
  const send = async (method: string, path: string, init: RequestInit = {}): Promise<Answer> => {
    const address = path.startsWith('/') ? path : `/islandora/rest/v1/${path}`
    const response = await fetch(server.url + address, {
      redirect: 'manual',
      ...init,
      method,
      headers: { ...headers, ...(init.headers as Record<string, string> | undefined) },
    })
    const text = await response.text()
    const isJson = response.headers.get('content-type')?.startsWith('application/json') === true
    return {
      status: response.status,
      headers: response.headers,
      text,
      json: isJson && text !== '' ? JSON.parse(text) : undefined,
    }
  }
  return {
    send,
    json: (method, path, body) =>
      send(method, path, { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
    form: (method, path, fields) => {
      const form = new FormData()
      for (const [name, value] of Object.entries(fields)) form.append(name, value)
      return send(method, path, { body: form })
    },
  }
}

/** A token of a person. */
export async function tokenOf(
  server: TestServer,
  scope: 'read' | 'write' | 'admin' = 'admin',
  account: { email: string; password: string } = ADMINISTRATOR,
): Promise<string> {
  const name = `Islandora ${Math.random()}`
  const response = await server.session(account).post('/api/authn/tokens', { json: { name, scope } })
  return ((await response.json()) as { token: string }).token
}

/** The `Authorization` of a name and a token, or a password. */
export function basic(name: string, secret: string): Record<string, string> {
  return { authorization: `Basic ${Buffer.from(`${name}:${secret}`).toString('base64')}` }
}

/** The client of an administrator. */
export async function administratorClient(server: TestServer): Promise<IslandoraClient> {
  return islandoraClient(server, basic(ADMINISTRATOR.email, await tokenOf(server)))
}
