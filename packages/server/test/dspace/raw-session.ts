import type { DSpaceSession } from '@hexapla/client'

interface Account {
  readonly email: string
  readonly password: string
}

interface SendOptions {
  readonly body?: string | URLSearchParams
  readonly headers?: Record<string, string>
}

/** A session without any cleverness, for tests of the protocol itself: what it holds may be read and replaced. */
export class RawSession {
  readonly #base: string
  readonly #api: string
  /** What goes into `X-XSRF-TOKEN`. */
  csrf: string | undefined
  /** The CSRF token in the cookie. */
  cookie: string | undefined
  token: string | undefined

  /**
   * @param base what stands before every path, e.g. `URL/server/api`
   * @param api where the API is below it
   */
  constructor(base: string, api = '') {
    this.#base = base
    this.#api = api
  }

  /** Gets the first CSRF token. */
  start(): Promise<Response> {
    return this.send('GET', `${this.#api}/security/csrf`)
  }

  async logIn({ email, password }: Account): Promise<Response> {
    if (this.cookie === undefined) await this.start()
    return this.send('POST', `${this.#api}/authn/login`, {
      body: new URLSearchParams({ user: email, password }),
    })
  }

  /** Sends a request and follows the tokens of the answer. */
  async send(method: string, path: string, { body, headers }: SendOptions = {}): Promise<Response> {
    const response = await fetch(this.#base + path, {
      method,
      redirect: 'manual',
      headers: {
        ...(this.cookie === undefined ? {} : { cookie: `DSPACE-XSRF-COOKIE=${this.cookie}` }),
        ...(this.csrf === undefined ? {} : { 'x-xsrf-token': this.csrf }),
        ...(this.token === undefined ? {} : { authorization: `Bearer ${this.token}` }),
        ...headers,
      },
      ...(body === undefined ? {} : { body }),
    })
    const csrf = response.headers.get('dspace-xsrf-token')
    if (csrf !== null) {
      this.csrf = csrf
      this.cookie = csrf
    }
    const authorization = response.headers.get('authorization')
    if (authorization !== null) this.token = authorization.slice('Bearer '.length)
    return response
  }

  async json(path: string, options?: SendOptions): Promise<unknown> {
    return (await this.send('GET', path, options)).json()
  }
}

/** Makes an account, as an administrator. @returns its uuid */
export async function createPerson(
  admin: DSpaceSession,
  { email, password }: Account,
  properties: Readonly<Record<string, unknown>> = {},
): Promise<string> {
  const response = await admin.post('/api/eperson/epersons', {
    json: { email, password, metadata: {}, ...properties },
  })
  return ((await response.json()) as { uuid: string }).uuid
}
