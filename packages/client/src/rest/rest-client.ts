import { ClientError } from '../errors.ts'
import type { ClientRequest, Send } from '../pipeline/layer.ts'
import { readError } from '../pipeline/read-error.ts'
import { buildRestRequest } from './build-rest-request.ts'
import { createRestClientParts, type RestClientParts } from './create-rest-client.ts'
import { parseAnswer } from './parse-answer.ts'
import { readLines } from './read-lines.ts'
import type {
  Parsing,
  RestClientOptions,
  RestRequestOptions,
  RestStreamOptions,
} from './rest-client-options.ts'

/**
 * A client of any REST server that speaks JSON, as `RestClient` of the Python package wipac-rest-tools: it sends a token,
 * waits and tries again when a failure may pass, and gives documents.
 *
 * Paths go after the address, with or without `/` in front; URLs must lie below it. Whatever asks the server rejects with
 * a `ClientError`, with what the token function or `parse` throws, or, after an abort, with the signal's reason.
 *
 * @example
 * const api = new RestClient('https://api.example.org/v1', { token: async () => readToken() })
 * const apple = await api.request<Fruit>('GET', '/fruits/apple')
 * await api.request('POST', '/fruits', { name: 'banana' })
 */
export class RestClient {
  readonly #parts: RestClientParts
  readonly #closing = new AbortController()

  /**
   * @param address such as `https://api.example.org/v1`
   * @throws {EndpointError} `endpoint_invalid`
   * @throws {LoginError} `credentials_missing` for an empty token, or a name without password
   * @throws {ClientError} `options_invalid`, such as more than 30 retries
   */
  constructor(address: string, options: RestClientOptions = {}) {
    this.#parts = createRestClientParts(address, options, this.#closing.signal)
  }

  /** The server's address, without a slash at its end. */
  get address(): string {
    return this.#parts.endpoint.href
  }

  /** How often a request is tried again at most. */
  get retries(): number {
    return this.#parts.retries
  }

  /**
   * Sends a request and resolves with the document of its answer; `undefined` when that is empty. GET, HEAD, PUT, DELETE
   * and OPTIONS are repeated after failures that pass: broken connections, time-outs, 408, 429, 500, 502, 503, 504. POST
   * and PATCH are with an `Idempotency-Key`, or where `retryUnsafe` says so.
   *
   * @param args the query of GET and HEAD, where `undefined` and `null` are left out and a list repeats its name; the
   *   JSON body of others
   * @param options with `parse`, its result is that of the request; without it the document is not checked against `T`
   * @throws {HttpError} `http_error` for a status outside of 2xx
   * @throws {NetworkError} `network_error`
   * @throws {TimeoutError} `timeout`
   * @throws {AnswerError} `answer_invalid` when the answer is no JSON
   * @throws {ClientError} `arguments_invalid` for a query value that has no form; `client_closed`
   * @throws {EndpointError} `url_foreign` for a URL that is not below the address
   * @throws {LoginError} `credentials_missing` when the token function gave an empty token
   *
   * @example
   * const headers = { 'idempotency-key': crypto.randomUUID() }
   * const made = await api.request('POST', '/fruits', { name: 'banana' }, { headers, parse: Fruit.parse })
   */
  request<T>(
    method: string,
    path: string,
    args: object | undefined,
    options: RestRequestOptions & Parsing<T>,
  ): Promise<T>
  request<T = unknown>(method: string, path: string, args?: object, options?: RestRequestOptions): Promise<T>
  async request(
    method: string,
    path: string,
    args?: object,
    options: RestRequestOptions & Partial<Parsing<unknown>> = {},
  ): Promise<unknown> {
    const target = { method, path, accept: 'application/json, */*;q=0.1' }
    const request = buildRestRequest(this.#parts, target, args, options)
    const response = await accepted(this.#parts.send, request)
    const document = parseAnswer(request, await response.text())
    return options.parse === undefined ? document : options.parse(document)
  }

  /**
   * Sends a request when the first document is asked for, and gives the documents of its answer, one a line (NDJSON),
   * each as soon as it is there; blank lines are passed over. No more is read than is taken: a slow reader slows the
   * server. The request is repeated as with {@link RestClient.request} until its answer begins, not after.
   *
   * @throws {AnswerError} `answer_invalid` for a line that is no JSON, with its number
   * @throws {NetworkError} `network_error`, also for an answer that is cut off
   * @throws {TimeoutError} `timeout` when the server is silent; a slow reader's own time does not count
   *
   * @example
   * for await (const event of api.requestStream<Event>('GET', '/events', { since: 12 })) show(event)
   */
  requestStream<T>(
    method: string,
    path: string,
    args: object | undefined,
    options: RestStreamOptions & Parsing<T>,
  ): AsyncGenerator<T, void, undefined>
  requestStream<T = unknown>(
    method: string,
    path: string,
    args?: object,
    options?: RestStreamOptions,
  ): AsyncGenerator<T, void, undefined>
  async *requestStream(
    method: string,
    path: string,
    args?: object,
    options: RestStreamOptions & Partial<Parsing<unknown>> = {},
  ): AsyncGenerator<unknown, void, undefined> {
    const target = { method, path, accept: 'application/x-ndjson, application/json;q=0.9, */*;q=0.1' }
    const request = buildRestRequest(this.#parts, target, args, options)
    const { body } = await accepted(this.#parts.open, request)
    if (body === null) return
    let number = 0
    for await (const line of readLines(body, options.chunkSize ?? 0)) {
      number += 1
      const document = parseAnswer(request, line, number)
      if (document !== undefined) yield options.parse === undefined ? document : options.parse(document)
    }
  }

  /** Ends what is running and refuses what comes later, both with `client_closed`. */
  close(): void {
    this.#closing.abort(new ClientError('client_closed', `The client of ${this.address} is closed`))
  }

  /** {@link RestClient.close}, for `using`. */
  [Symbol.dispose](): void {
    this.close()
  }
}

async function accepted(send: Send, request: ClientRequest): Promise<Response> {
  const response = await send(request)
  if (response.ok) return response
  throw await readError(request, response)
}
