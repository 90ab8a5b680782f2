import { randomUUID } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { buffer } from 'node:stream/consumers'

export const account = { user: 'ada', password: 'analytical engine' }

/** A request as the server saw it. */
interface Seen {
  readonly method: string
  /** Path and query as they came, after `/islandora/rest/v1/`. */
  readonly target: string
  readonly headers: IncomingMessage['headers']
  readonly body: string
}

type Route = (res: ServerResponse, seen: Seen) => void

/** How a site behaves. */
export interface SiteOptions {
  /** By `METHOD path`, for those who are logged in. */
  readonly routes?: Readonly<Record<string, Route>>
  /** The routes are for everybody. */
  readonly isOpen?: boolean
  /** What visitors are told: 401 without it, a page with 403 where Drupal itself refuses them. */
  readonly refusal?: 403
  /** Further attributes of the session cookie. */
  readonly cookie?: string
  /** Answers the login instead. */
  readonly login?: Route
  readonly loginDelayMs?: number
}

/** Drupal 7 with the REST module on real HTTP, as far as its sign-in and its errors go; what it holds is in `routes`. */
export async function startIslandora(options: SiteOptions = {}) {
  const seen: Seen[] = []
  const sessions = new Set<string>()
  let logins = 0

  async function answer(req: IncomingMessage, res: ServerResponse): Promise<void> {
    const { method = 'GET', url = '/', headers } = req
    const body = (await buffer(req)).toString()
    const session = [...sessions].find((one) => headers.cookie?.includes(one) === true)
    const isSignedIn = session !== undefined
    if (url === '/user/login') return logIn(res, { method, target: url, headers, body }, isSignedIn)

    if (url === '/user/logout') {
      if (session === undefined) return page(res, 403)
      sessions.delete(session)
      res.writeHead(302, { location: `${origin}/` }).end()
      return undefined
    }

    const request = { method, target: url.replace('/islandora/rest/v1/', ''), headers, body }
    seen.push(request)
    if (!isSignedIn && options.isOpen !== true) {
      return options.refusal === 403 ? page(res, 403) : empty(res, 401)
    }
    const route = options.routes?.[`${method} ${request.target.split('?')[0]}`]
    return route === undefined ? empty(res, 404) : route(res, request)
  }

  async function logIn(res: ServerResponse, request: Seen, isSignedIn: boolean): Promise<void> {
    logins += 1
    await new Promise((resolve) => setTimeout(resolve, options.loginDelayMs ?? 0))
    if (options.login !== undefined) return options.login(res, request)
    // The form is for visitors only.
    if (isSignedIn) return page(res, 403)
    const form = new URLSearchParams(request.body)
    const granted =
      form.get('name') === account.user &&
      form.get('pass') === account.password &&
      form.get('form_id') === 'user_login'
    if (!granted) return page(res, 200)
    const session = randomUUID()
    sessions.add(session)
    res.setHeader('set-cookie', [
      `SESS49960de5880e8c687434170f6476605b=${session}; path=/; HttpOnly; ${options.cookie ?? 'Max-Age=2000000'}`,
    ])
    res.writeHead(302, { location: `${origin}/users/ada`, 'content-type': 'text/html; charset=UTF-8' }).end()
    return undefined
  }

  const server = createServer((req, res) => {
    answer(req, res).catch((error: unknown) => res.destroy(error instanceof Error ? error : undefined))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`

  return {
    origin,
    seen,
    logins: () => logins,
    sessions: () => sessions.size,
    endSessions: () => sessions.clear(),
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

/** An answer as the module sends it, media type and all. */
export function json(res: ServerResponse, status: number, document: unknown): void {
  res.writeHead(status, { 'content-type': 'application/json; utf-8' }).end(JSON.stringify(document))
}

export function empty(res: ServerResponse, status: number): void {
  res.writeHead(status).end()
}

function page(res: ServerResponse, status: number): void {
  res.writeHead(status, { 'content-type': 'text/html; charset=utf-8' }).end('<form id="user-login"></form>')
}
