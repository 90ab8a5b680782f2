import { AnswerError } from '../errors.ts'
import { sendAccepted } from '../pipeline/send-accepted.ts'
import { buildRequest, type RequestOptions } from '../session/request-options.ts'
import { createPeleParts, type PeleParts } from './create-pele-parts.ts'
import type { PeleOptions } from './pele-options.ts'
import { itemsOf, type PelePage, type PelePagesOptions, readPelePages } from './pele-pages.ts'

/**
 * Requests to a Pele API that stay logged in: the token is fetched with the account of `.netrc`, sent as `X-API-KEY`,
 * and renewed when it ends or is refused, once however many requests wait. Where there were too many requests, the time
 * that the server tells is waited.
 *
 * Paths are relative to the address of the API, with or without a slash before; absolute URLs must be below it, so that no
 * other server gets the token. Every method rejects with a `ClientError`; after an abort, with the signal's reason.
 *
 * @example
 * const pele = new PeleRequests('https://pele.example.org/pele/api/v0.1')
 * const response = await pele.get('test/echo', { query: { echo_str: 'hello world' } })
 * for await (const id of pele.items('pele/dataset/L2_L_GSLC/dataset_ids', { json: { polygon } })) console.log(id)
 */
export class PeleRequests {
  readonly #parts: PeleParts

  /**
   * @param baseUrl the address of the API, such as `https://pele.example.org/pele/api/v0.1`
   * @throws {EndpointError} `endpoint_invalid`
   * @throws {LoginError} `credentials_missing` when a part of the account is missing or blank
   * @throws {ClientError} `options_invalid`
   */
  constructor(baseUrl: string, options: PeleOptions = {}) {
    this.#parts = createPeleParts(baseUrl, options)
  }

  /** The address of the API, without a slash at its end. */
  get baseUrl(): string {
    return this.#parts.endpoint.href
  }

  /**
   * Gets a token, unless there is one.
   *
   * @returns the token; undefined where none is wanted
   * @throws {LoginError} `credentials_missing`, `login_refused`, `login_failed`
   */
  async login(signal?: AbortSignal): Promise<string | undefined> {
    return this.#parts.auth.authorization({ certain: false, signal })
  }

  /**
   * Sends any request and resolves with the answer, its body unread.
   *
   * @throws {HttpError} `http_error` for a status outside of 2xx and 304, or as `options.accept` says
   * @throws {LoginError} as {@link PeleRequests.login}
   */
  async request(method: string, url: string, options: RequestOptions = {}): Promise<Response> {
    const path = /^(?:\/|https?:\/\/)/i.test(url) ? url : `/${url}`
    const request = buildRequest(this.#parts, method, path, options)
    return sendAccepted(this.#parts.send, request, options.accept)
  }

  /** Sends a GET; see {@link PeleRequests.request}. */
  async get(url: string, options?: RequestOptions): Promise<Response> {
    return this.request('GET', url, options)
  }

  /** Sends a HEAD; see {@link PeleRequests.request}. */
  async head(url: string, options?: RequestOptions): Promise<Response> {
    return this.request('HEAD', url, options)
  }

  /** Sends a POST; see {@link PeleRequests.request}. */
  async post(url: string, options?: RequestOptions): Promise<Response> {
    return this.request('POST', url, options)
  }

  /** Sends a PUT; see {@link PeleRequests.request}. */
  async put(url: string, options?: RequestOptions): Promise<Response> {
    return this.request('PUT', url, options)
  }

  /** Sends a PATCH; see {@link PeleRequests.request}. */
  async patch(url: string, options?: RequestOptions): Promise<Response> {
    return this.request('PATCH', url, options)
  }

  /** Sends a DELETE; see {@link PeleRequests.request}. */
  async delete(url: string, options?: RequestOptions): Promise<Response> {
    return this.request('DELETE', url, options)
  }

  /**
   * The pages of a list, from the first on: by GET, or by POST with `json`.
   *
   * @throws {ClientError} `page_invalid` when the server gives no such page
   */
  pages(url: string, options: PelePagesOptions = {}): AsyncGenerator<PelePage, void, undefined> {
    return readPelePages((how) => this.#ask(url, how), options)
  }

  /** What is in the list on all its pages; see {@link PeleRequests.pages}. */
  async *items<T = unknown>(url: string, options: PelePagesOptions = {}): AsyncGenerator<T, void, undefined> {
    for await (const page of this.pages(url, options)) yield* itemsOf(page) as T[]
  }

  async #ask(url: string, options: RequestOptions): Promise<unknown> {
    const method = options.json === undefined ? 'GET' : 'POST'
    const response = await this.request(method, url, { retry: true, ...options })
    const text = await response.text()
    try {
      return JSON.parse(text) as unknown
    } catch (cause) {
      throw new AnswerError({ method, url: response.url }, { text: text.slice(0, 1000) }, cause)
    }
  }
}
