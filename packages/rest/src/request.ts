import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Readable } from 'node:stream'
import type { MIMEType } from 'node:util'
import { parseCookie } from 'cookie'
import { hasBody, type IntakeOptions } from './body/body-intake.ts'
import { BodySource } from './body/body-source.ts'
import { collect } from './body/collect.ts'
import { decodeText } from './body/decode-text.ts'
import { isJsonType, parseMediaType, unsupportedMediaType } from './body/media-type.ts'
import { parseMultipart, type MultipartLimits, type MultipartPart } from './body/multipart.ts'
import { parseJson } from './body/parse-json.ts'
import { parseUriList } from './body/parse-uri-list.ts'
import { HttpError } from './http-error.ts'
import type { RequestLog } from './logging.ts'
import { RequestState } from './request-state.ts'

/** What the server knows of a request before any of it is looked at. */
export interface RequestSource {
  readonly raw: IncomingMessage
  readonly rawResponse: ServerResponse
  readonly id: string
  readonly params: Readonly<Record<string, string>>
  /** The path pattern of the route, `undefined` when none matched. */
  readonly route: string | undefined
  readonly log: RequestLog
  /** Requests whose caller waits for `100 Continue`. */
  readonly awaitingContinue: WeakSet<IncomingMessage>
  readonly bodyLimit: number
  readonly stalledTimeoutMs: number
  /** Bodies are read as they come, whatever `Content-Encoding` says. */
  readonly ignoresCodings: boolean
  /** Address, scheme and host of the caller, as trusted proxies report them. */
  readonly caller: { readonly ip: string; readonly protocol: string; readonly host: string }
}

/** Options of the body readers that hold the body in memory. */
export interface BodyOptions {
  /** Largest body in bytes, in place of that of the route. */
  readonly limit?: number
}

/** One request. Everything beyond the headers is looked at only when asked for. */
export class RestRequest {
  readonly #source: RequestSource
  #query: URLSearchParams | undefined
  #cookies: Readonly<Record<string, string | undefined>> | undefined
  #state: RequestState | undefined
  #abort: AbortController | undefined
  #isRead = false
  #json: Promise<unknown> | undefined

  constructor(source: RequestSource) {
    this.#source = source
  }

  /** Request id: of a trusted proxy's `X-Request-Id`, else made here; in every log line and in the answer. */
  get id(): string {
    return this.#source.id
  }

  /** In capitals, e.g. `GET`. */
  get method(): string {
    return this.#source.raw.method ?? ''
  }

  /** The request target as sent, with query. */
  get url(): string {
    return this.#source.raw.url ?? ''
  }

  /** The path as sent, still percent-encoded, without query. */
  get path(): string {
    const url = this.url
    const end = url.indexOf('?')
    return end === -1 ? url : url.slice(0, end)
  }

  /** The pattern of the route that matched, e.g. `/core/items/:id`. */
  get route(): string | undefined {
    return this.#source.route
  }

  /** Path parameters, decoded; a trailing `*` of the pattern is the parameter `*`. */
  get params(): Readonly<Record<string, string>> {
    return this.#source.params
  }

  /** The path parameter `name`; asking for one that the pattern lacks is a fault of the program. */
  param(name: string): string {
    const value = this.#source.params[name]
    if (value === undefined) throw new Error(`the route ${this.route ?? ''} has no parameter ${name}`)
    return value
  }

  /** Query parameters; a repeated key has all its values in `getAll`. */
  get query(): URLSearchParams {
    if (this.#query === undefined) {
      const url = this.url
      const start = url.indexOf('?')
      this.#query = new URLSearchParams(start === -1 ? '' : url.slice(start + 1))
    }
    return this.#query
  }

  /** A header by its name in any case; repeated ones are joined by `, `. */
  header(name: string): string | undefined {
    const value = this.#source.raw.headers[name.toLowerCase()]
    return Array.isArray(value) ? value.join(', ') : value
  }

  /** Every header, names in lower case. */
  get headers(): Readonly<NodeJS.Dict<string | string[]>> {
    return this.#source.raw.headers
  }

  get cookies(): Readonly<Record<string, string | undefined>> {
    this.#cookies ??= parseCookie(this.#source.raw.headers.cookie ?? '')
    return this.#cookies
  }

  /** The address of the caller: the last one that is not a trusted proxy. */
  get remoteAddress(): string {
    return this.#source.caller.ip
  }

  /** `http` or `https`, as the caller or the trusted proxy sees it. */
  get protocol(): string {
    return this.#source.caller.protocol
  }

  /** Host and port as the caller or the trusted proxy sees it. */
  get host(): string {
    return this.#source.caller.host
  }

  /** The log of this request; its lines carry the request id. */
  get log(): RequestLog {
    return this.#source.log
  }

  /** Aborted when the caller goes away before the answer is complete. */
  get signal(): AbortSignal {
    if (this.#abort === undefined) {
      const abort = new AbortController()
      const response = this.#source.rawResponse
      const gone = (): void => {
        if (!response.writableFinished) abort.abort()
      }
      if (response.destroyed) gone()
      else response.once('close', gone)
      this.#abort = abort
    }
    return this.#abort.signal
  }

  /** Where hooks leave what handlers need. */
  get state(): RequestState {
    this.#state ??= new RequestState()
    return this.#state
  }

  /** The raw `Content-Type`. */
  get contentType(): string | undefined {
    return this.#source.raw.headers['content-type']
  }

  /** True when the request has a body, be it an empty one. */
  get hasBody(): boolean {
    return hasBody(this.#source.raw)
  }

  /**
   * The body as JSON, read once, however often it is asked for. `types` are the media types accepted; by default
   * `application/json`, `text/json` and `*+json`.
   *
   * @throws HttpError 415 `unsupported-media-type`, 413 `body-too-large`, 400 `malformed-json` with the position.
   */
  async json(options: BodyOptions & { readonly types?: readonly string[] } = {}): Promise<unknown> {
    const { types } = options
    this.#requireType(types ?? ['application/json'], (essence) =>
      types === undefined ? isJsonType(essence) : types.includes(essence),
    )
    this.#json ??= this.bytes(options).then((bytes) => parseJson(decodeText(bytes, 'utf-8')))
    return await this.#json
  }

  /**
   * The body as `application/x-www-form-urlencoded`.
   *
   * @throws HttpError 415 `unsupported-media-type`, 413 `body-too-large`.
   */
  async form(options: BodyOptions = {}): Promise<URLSearchParams> {
    const type = 'application/x-www-form-urlencoded'
    return new URLSearchParams(await this.#readText([type], (essence) => essence === type, options))
  }

  /**
   * The body as text of one of `types`.
   *
   * @throws HttpError 415 `unsupported-media-type` or `unsupported-charset`, 413 `body-too-large`, 400 `malformed-text`.
   */
  async text(types: readonly string[] = ['text/plain'], options: BodyOptions = {}): Promise<string> {
    return await this.#readText(types, (essence) => types.includes(essence), options)
  }

  /**
   * The body as `text/uri-list` (RFC 2483 section 5).
   *
   * @throws HttpError 415 `unsupported-media-type`, 413 `body-too-large`.
   */
  async uriList(options: BodyOptions = {}): Promise<string[]> {
    return parseUriList(await this.text(['text/uri-list'], options))
  }

  /**
   * The parts of a `multipart/form-data` body, streamed in their order.
   *
   * @throws HttpError 415 `unsupported-media-type`, 400 `malformed-multipart`, 413 `multipart-too-large`.
   * @example
   * for await (const part of this.request.multipart()) {
   *   if (part.kind === 'file') await pipeline(part.stream, createWriteStream(path))
   * }
   */
  multipart(limits: MultipartLimits = {}): AsyncGenerator<MultipartPart, void, undefined> {
    const wanted = 'multipart/form-data'
    const type = parseMediaType(this.contentType)
    if (type?.essence !== wanted) throw unsupportedMediaType(type?.essence ?? this.contentType, [wanted])
    return parseMultipart(this.#open(Infinity), String(type), limits)
  }

  /** The raw body as a stream with back-pressure, up to `limit` bytes; the default is no limit. */
  stream(options: BodyOptions = {}): Readable {
    return new BodySource(this.#open(options.limit ?? Infinity))
  }

  /** The whole raw body in memory, whatever its type. */
  async bytes(options: BodyOptions = {}): Promise<Buffer> {
    return await collect(this.#open(options.limit ?? this.#source.bodyLimit))
  }

  async #readText(
    wanted: readonly string[],
    accepts: (essence: string) => boolean,
    options: BodyOptions,
  ): Promise<string> {
    const type = this.#requireType(wanted, accepts)
    const bytes = await this.bytes(options)
    return decodeText(bytes, type.params.get('charset'))
  }

  #requireType(wanted: readonly string[], accepts: (essence: string) => boolean): MIMEType {
    const type = parseMediaType(this.contentType)
    if (type === undefined || !accepts(type.essence)) {
      throw unsupportedMediaType(type?.essence ?? this.contentType, wanted)
    }
    return type
  }

  /** The body can be read once. */
  #open(limit: number): IntakeOptions {
    if (this.#isRead) throw new Error('the body of this request is being read already')
    const { raw, rawResponse, awaitingContinue, stalledTimeoutMs, ignoresCodings } = this.#source
    // RFC 9110 section 8.4: content codings of requests are not understood here.
    const coding = raw.headers['content-encoding']
    if (coding !== undefined && coding !== 'identity' && !ignoresCodings) {
      throw new HttpError(
        415,
        'unsupported-content-coding',
        `bodies with the coding ${coding} are not accepted`,
        {
          headers: { 'accept-encoding': 'identity' },
        },
      )
    }
    this.#isRead = true
    return { raw, rawResponse, awaitingContinue, stalledTimeoutMs, limit }
  }
}
