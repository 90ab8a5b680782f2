import { randomUUID } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

export const account = { user: 'ada@example.org', password: 'analytical engine' }

/** A request as the server saw it. */
interface Seen {
  readonly method: string
  readonly path: string
  readonly headers: IncomingMessage['headers']
}

type Route = (req: IncomingMessage, res: ServerResponse) => void | Promise<void>

export interface ServerOptions {
  /** 7 gives a CSRF token with every answer, 8 only at /api/security/csrf and where it changes. */
  readonly version: 7 | 8
  /** Claims of the tokens beside `eid` and `sg`. */
  readonly claims?: () => Record<string, unknown>
  /** Makes a whole token instead. */
  readonly token?: () => string
  /** By `METHOD /path`, or `/path` for any method; they are for those who are logged in. */
  readonly routes?: Record<string, Route>
  /** As `routes`, for anybody. */
  readonly open?: Record<string, Route>
  readonly refuseRenewal?: boolean
  readonly loginDelayMs?: number
}

export type DSpaceServer = Awaited<ReturnType<typeof startDSpace>>

/** A server on real HTTP with the login and CSRF behaviour of a DSpace version. */
export async function startDSpace(options: ServerOptions) {
  const seen: Seen[] = []
  const tokens = new Set<string>()
  let logins = 0
  let renewals = 0
  const accepted = (req: IncomingMessage) => tokens.has(bearer(req))

  async function answer(req: IncomingMessage, res: ServerResponse): Promise<void> {
    const url = new URL(req.url ?? '/', 'http://localhost')
    const path = url.pathname.replace(/^\/server/, '')
    const method = req.method ?? 'GET'
    seen.push({ method, path: path + url.search, headers: req.headers })
    if (options.version === 7) tellCsrf(res, csrfCookie(req) ?? randomUUID())

    const modifying = !['GET', 'HEAD'].includes(method)
    if (modifying && (csrfCookie(req) === undefined || csrfCookie(req) !== req.headers['x-xsrf-token'])) {
      tellCsrf(res, randomUUID())
      req.resume()
      return json(res, 403, { status: 403, message: 'Access is denied. Invalid CSRF token.' })
    }
    const open = options.open?.[`${method} ${path}`] ?? options.open?.[path]
    if (open !== undefined) return open(req, res)
    if (options.version === 8 && path === '/api/security/csrf') {
      tellCsrf(res, randomUUID())
      res.writeHead(204).end()
      return undefined
    }
    if (path === '/api/authn/login') return login(req, res)
    if (path === '/api/authn/logout') {
      tokens.clear()
      tellCsrf(res, randomUUID())
      res.writeHead(204).end()
      return undefined
    }
    if (path === '/api/authn/status') return json(res, 200, status(accepted(req)))
    const route = options.routes?.[`${method} ${path}`] ?? options.routes?.[path]
    if (route === undefined) return json(res, 404, { status: 404, message: 'Not found' })
    if (accepted(req)) return route(req, res)
    req.resume()
    return json(res, 401, { status: 401, message: 'Authentication is required' })
  }

  async function login(req: IncomingMessage, res: ServerResponse): Promise<void> {
    const form = new URLSearchParams(await readText(req))
    await new Promise((resolve) => setTimeout(resolve, options.loginDelayMs ?? 0))
    const renewing = form.size === 0
    const granted = renewing
      ? accepted(req) && options.refuseRenewal !== true
      : form.get('user') === account.user && form.get('password') === account.password
    if (!granted) {
      res.setHeader('www-authenticate', 'password realm="DSpace REST API"')
      return json(res, 401, { status: 401, message: 'Authentication failed' })
    }
    if (renewing) renewals += 1
    else logins += 1
    const token =
      options.token?.() ?? jwt(options.claims?.() ?? { exp: Math.floor(Date.now() / 1000) + 1800 })
    tokens.add(token)
    tellCsrf(res, randomUUID())
    res.setHeader('authorization', `Bearer ${token}`)
    return json(res, 200, status(true))
  }

  const server = createServer((req, res) => {
    answer(req, res).catch((error: unknown) => res.destroy(error instanceof Error ? error : undefined))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`

  return {
    origin,
    endpoint: `${origin}/server`,
    seen,
    logins: () => logins,
    renewals: () => renewals,
    count: (method: string, path: string) =>
      seen.filter((request) => request.method === method && request.path === path).length,
    revoke: () => tokens.clear(),
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

export function json(res: ServerResponse, status: number, document: unknown): void {
  res.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(document))
}

async function readText(req: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of req) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks).toString()
}

/** The token that the server tells in header and cookie; the old cookie is dropped first, as DSpace does. */
export function tellCsrf(res: ServerResponse, token: string): void {
  const drop = 'DSPACE-XSRF-COOKIE=; Path=/server; Max-Age=0; HttpOnly'
  const set = `DSPACE-XSRF-COOKIE=${token}; Path=/server; HttpOnly; SameSite=Lax`
  res.setHeader('dspace-xsrf-token', token)
  res.setHeader('set-cookie', [drop, set])
}

function csrfCookie(req: IncomingMessage): string | undefined {
  return /(?:^|;\s*)DSPACE-XSRF-COOKIE=([^;]+)/.exec(req.headers.cookie ?? '')?.[1]
}

function bearer(req: IncomingMessage): string {
  return req.headers.authorization?.replace('Bearer ', '') ?? ''
}

function jwt(claims: Record<string, unknown>): string {
  const encode = (part: unknown) => Buffer.from(JSON.stringify(part)).toString('base64url')
  return `${encode({ alg: 'HS256' })}.${encode({ eid: randomUUID(), sg: [], ...claims })}.${randomUUID()}`
}

function status(authenticated: boolean): unknown {
  const eperson = { uuid: '0b1e6a2c-0001-4000-8000-000000000001', email: account.user, type: 'eperson' }
  return {
    okay: true,
    authenticated,
    type: 'status',
    ...(authenticated ? { _embedded: { eperson } } : {}),
  }
}
