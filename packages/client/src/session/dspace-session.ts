import type { RequestBody } from '../body/request-body.ts'
import { sendAccepted } from '../pipeline/send-accepted.ts'
import { createSessionParts, type SessionParts } from './create-pipeline.ts'
import { type Download, download, type DownloadOptions } from './download.ts'
import { pageItems, type PagesOptions, readPages } from './pages.ts'
import { buildRequest, type RequestOptions } from './request-options.ts'
import type { DSpaceSessionOptions } from './session-options.ts'
import type { SessionState } from './session-state.ts'
import { uploadBody, type UploadOptions } from './upload.ts'
import { type Person, readPerson } from './who-am-i.ts'

/**
 * A session with a DSpace server, version 7 to 10, that stays logged in: it follows the CSRF token, renews its own token
 * and logs in again when that was revoked. It logs in with its first request, or with {@link DSpaceSession.login}.
 *
 * Every method takes paths after the endpoint, beginning with `/`, and absolute URLs below it, as found in links.
 * Every method that asks the server rejects with a `ClientError`; after an abort, with the signal's reason.
 *
 * @example
 * const session = new DSpaceSession('https://repository.example.org/server', { email, password })
 * const communities = await session.getJson('/api/core/communities')
 */
export class DSpaceSession {
  readonly #parts: SessionParts

  /**
   * @param endpoint the server's address, such as `https://repository.example.org/server`
   * @throws {EndpointError} `endpoint_invalid`
   * @throws {LoginError} `credentials_missing` when a part of the account is missing or blank
   * @throws {ClientError} `state_invalid`
   */
  constructor(endpoint: string, options: DSpaceSessionOptions) {
    this.#parts = createSessionParts(endpoint, options)
  }

  /** Makes a session and logs in at once. @throws {LoginError} `login_refused`, `login_failed` */
  static async login(endpoint: string, options: DSpaceSessionOptions): Promise<DSpaceSession> {
    const session = new DSpaceSession(endpoint, options)
    await session.login(options.signal)
    return session
  }

  /** The server's address, without a slash at its end. */
  get endpoint(): string {
    return this.#parts.endpoint.href
  }

  /** The account's name as given; `undefined` in an anonymous session. */
  get user(): string | undefined {
    return this.#parts.user
  }

  /** Logs in, or makes sure that the token which is there is accepted. */
  async login(signal?: AbortSignal): Promise<void> {
    await this.#parts.auth.authorization({ certain: true, signal })
  }

  /**
   * Sends a request and resolves with the answer, its body unread. Idempotent methods are repeated after failures that
   * pass; `retry: true` repeats others too.
   *
   * @throws {HttpError} `http_error` for a status outside of 2xx and 304, or as `accept` says
   * @throws {NetworkError} `network_error`
   * @throws {TimeoutError} `timeout`
   * @throws {EndpointError} `url_foreign` for a URL that is not below the endpoint
   * @throws {LoginError} when no login was possible
   */
  async request(method: string, path: string, options: RequestOptions = {}): Promise<Response> {
    return this.#send(method, path, options)
  }

  async get(path: string, options?: RequestOptions): Promise<Response> {
    return this.request('GET', path, options)
  }

  async head(path: string, options?: RequestOptions): Promise<Response> {
    return this.request('HEAD', path, options)
  }

  async post(path: string, options?: RequestOptions): Promise<Response> {
    return this.request('POST', path, options)
  }

  async put(path: string, options?: RequestOptions): Promise<Response> {
    return this.request('PUT', path, options)
  }

  async patch(path: string, options?: RequestOptions): Promise<Response> {
    return this.request('PATCH', path, options)
  }

  async delete(path: string, options?: RequestOptions): Promise<Response> {
    return this.request('DELETE', path, options)
  }

  /** A JSON document, not checked against `T`. @throws {SyntaxError} when the answer is no JSON */
  async getJson<T = unknown>(path: string, options: RequestOptions = {}): Promise<T> {
    const headers = new Headers(options.headers)
    if (!headers.has('accept'))
      headers.set('accept', 'application/hal+json, application/json;q=0.9, */*;q=0.1')
    const response = await this.get(path, { ...options, headers })
    return (await response.json()) as T
  }

  /**
   * Sends a file as `multipart/form-data` in constant memory, whatever its size, and resolves with the answer. The token
   * is made sure of before, because a stream cannot be sent twice.
   *
   * @example
   * await session.upload(`/api/core/bundles/${uuid}/bitstreams`, { file: await fileSource('data.zip') })
   * @throws {ClientError} `size_mismatch` when the file has another size than told, and as {@link DSpaceSession.request}
   */
  async upload(path: string, options: UploadOptions): Promise<Response> {
    const { method = 'POST', headers, signal, timeoutMs } = options
    const sent = {
      ...(headers && { headers }),
      ...(signal && { signal }),
      ...(timeoutMs !== undefined && { timeoutMs }),
    }
    return this.#send(method, path, sent, uploadBody(options))
  }

  /** Opens a file, or a range of it, for reading; resolves when its first bytes may come. */
  async download(path: string, options: DownloadOptions = {}): Promise<Download> {
    return download((file, how) => this.get(file, how), path, options)
  }

  /** The pages of a list, one document each, along their `next` links. */
  pages(path: string, options: PagesOptions = {}): AsyncGenerator<Record<string, unknown>, void, undefined> {
    const getJson = (page: string, signal: AbortSignal | undefined) =>
      this.getJson(page, { ...(signal && { signal }) })
    return readPages(getJson, this.#parts.endpoint.resolve(path), options)
  }

  /** The records of a list or search, over all pages; not checked against `T`. */
  async *items<T = unknown>(path: string, options: PagesOptions = {}): AsyncGenerator<T, void, undefined> {
    for await (const page of this.pages(path, options)) yield* pageItems(page) as T[]
  }

  /** The person that the session is, or `undefined` when the server knows none. */
  async whoAmI(signal?: AbortSignal): Promise<Person | undefined> {
    return readPerson((path) => this.getJson(path, { ...(signal && { signal }) }))
  }

  /** Token, CSRF token and cookies for the option `state` of a later session. A secret. */
  state(): SessionState {
    return this.#parts.state()
  }

  /**
   * Ends the token at the server, if there is one. DSpace ends every session of the person with it, on all devices
   * (RestContract authentication.md, "Logout"). A later request logs in again.
   */
  async logout(signal?: AbortSignal): Promise<void> {
    await this.#parts.account?.logout(signal)
  }

  /** {@link DSpaceSession.logout}, for `await using`. */
  async [Symbol.asyncDispose](): Promise<void> {
    await this.logout()
  }

  async #send(
    method: string,
    path: string,
    options: RequestOptions,
    streamed?: RequestBody,
  ): Promise<Response> {
    const request = buildRequest(this.#parts, method, path, options, streamed)
    return sendAccepted(this.#parts.send, request, options.accept)
  }
}
