import { stringifySetCookie, type SetCookie } from 'cookie'
import { formatEntityTag } from './conditional/entity-tag.ts'

/** Attributes of a cookie, see the `cookie` package: `path`, `httpOnly`, `secure`, `sameSite`, `maxAge` (seconds) … */
export type CookieOptions = Omit<SetCookie, 'name' | 'value'>

/** Clients bound the length of lines; this is far below all of them. */
const longestReason = 500

/** What will be answered, besides the body that the verb method returns. All setters return the response. */
export class RestResponse {
  /** Header names in lower case; `set-cookie` is a list. */
  readonly headers: Record<string, string | string[]> = {}
  #status: number | undefined
  #reason: string | undefined
  #ended = false
  #body: unknown

  /**
   * Sets the status of the answer; without it 200, or 204 when there is no body. `reason` replaces the usual reason
   * phrase, which some clients show; what ASCII lacks is a question mark in it.
   */
  status(code: number, reason?: string): this {
    this.#status = code
    this.#reason = reason?.slice(0, longestReason).replaceAll(/[^ -~]/g, '?')
    return this
  }

  /** The status that was set, if any. */
  get statusCode(): number | undefined {
    return this.#status
  }

  /** The reason phrase that was set, if any. */
  get reason(): string | undefined {
    return this.#reason
  }

  /** Sets a header in place of earlier values. */
  header(name: string, value: string | number | readonly string[]): this {
    this.headers[name.toLowerCase()] = typeof value === 'object' ? [...value] : String(value)
    return this
  }

  /** Adds to a list header such as `Vary` or `Link`; a value that is there already is not repeated. */
  append(name: string, value: string): this {
    const key = name.toLowerCase()
    const before = this.headers[key]
    if (before === undefined) this.headers[key] = value
    else if (Array.isArray(before)) before.push(value)
    else if (!before.split(', ').includes(value)) this.headers[key] = `${before}, ${value}`
    return this
  }

  removeHeader(name: string): this {
    delete this.headers[name.toLowerCase()]
    return this
  }

  /** Sets `Content-Type`. */
  type(value: string): this {
    this.headers['content-type'] = value
    return this
  }

  /**
   * Adds a cookie (RFC 6265 section 4.1).
   *
   * @throws TypeError when name or attributes cannot be written in a header.
   */
  cookie(name: string, value: string, options: CookieOptions = {}): this {
    const before = this.headers['set-cookie']
    const cookie = stringifySetCookie({ ...options, name, value })
    if (Array.isArray(before)) before.push(cookie)
    else this.headers['set-cookie'] = before === undefined ? [cookie] : [before, cookie]
    return this
  }

  /** Sets `ETag`; `tag` is opaque text, or an entity tag with its quotes. */
  etag(tag: string, options: { weak?: boolean } = {}): this {
    this.headers['etag'] = formatEntityTag(tag, options.weak ?? false)
    return this
  }

  lastModified(date: Date): this {
    this.headers['last-modified'] = date.toUTCString()
    return this
  }

  /** Says 304: the verb method returns the result of this call, and nothing is serialised. */
  notModified(): undefined {
    this.#status = 304
    return undefined
  }

  /** Ends the answer from a hook or `prepare`: `body` is as a verb method returns it, and no handler runs. */
  end(body?: unknown): void {
    this.#ended = true
    this.#body = body
  }

  /** True once {@link end} was called. */
  get ended(): boolean {
    return this.#ended
  }

  /** What {@link end} was given. */
  get endedBody(): unknown {
    return this.#body
  }
}
