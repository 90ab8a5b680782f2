import type { IncomingMessage, ServerResponse } from 'node:http'
import { HttpError } from '../http-error.ts'

/** What reading a body needs to know of its request. */
export interface IntakeOptions {
  readonly raw: IncomingMessage
  readonly rawResponse: ServerResponse
  /** Requests whose caller waits for `100 Continue` (RFC 9110 section 10.1.1); reading takes this one out. */
  readonly awaitingContinue: WeakSet<IncomingMessage>
  readonly stalledTimeoutMs: number
  /** Largest number of bytes, `Infinity` for none; more is 413. */
  readonly limit: number
}

/** Who takes a body in. */
export interface BodyTaker {
  /** The next chunk; false when no more are wanted until {@link BodyIntake.resume}. */
  take(chunk: Buffer): boolean
  /** All of the body was taken. */
  end(): void
  /** Nothing more comes; see {@link BodyIntake}. */
  fail(error: HttpError): void
  /** Whether chunks that were taken still wait for a reader. */
  isBehind(): boolean
}

/** The body ends before the request does. */
function clientAborted(): HttpError {
  return new HttpError(400, 'client-aborted', 'the connection ended before the body was complete')
}

/** The refusal of a body above its limit (RFC 9110 section 15.5.14). */
function bodyTooLarge(limit: number): HttpError {
  return new HttpError(413, 'body-too-large', `the body is larger than ${limit} bytes`)
}

/** The announced length of a body in bytes, `undefined` when it is chunked or there is none. */
export function announcedLength(raw: IncomingMessage): number | undefined {
  const header = raw.headers['content-length']
  return header === undefined ? undefined : Number(header)
}

/** True when the request has a body, be it empty (RFC 9112 section 6). */
export function hasBody(raw: IncomingMessage): boolean {
  return raw.headers['transfer-encoding'] !== undefined || raw.headers['content-length'] !== undefined
}

/**
 * The body of a request on its way to whoever takes it, up to its end or its first failure. Stopping it leaves the
 * connection alone, so that an answer can still be sent; the raw message would tear down its socket.
 *
 * Failures: `body-too-large` (413), `client-aborted` (400), `body-stalled` (408).
 */
export class BodyIntake {
  readonly #options: IntakeOptions
  readonly #taker: BodyTaker
  #started = false
  #stopped = false
  #received = 0
  #timer: NodeJS.Timeout | undefined

  constructor(options: IntakeOptions, taker: BodyTaker) {
    this.#options = options
    this.#taker = taker
  }

  /** Asks for chunks, at first and after `take` has said that no more are wanted. */
  resume(): void {
    if (this.#stopped) return
    if (!this.#started) {
      this.#start()
      return
    }
    this.#options.raw.resume()
    this.#timer?.refresh()
  }

  /** Takes no more. */
  stop(): void {
    const { raw } = this.#options
    this.#stopped = true
    clearTimeout(this.#timer)
    if (!this.#started) return
    raw.off('data', this.#onData)
    raw.off('end', this.#onEnd)
    raw.off('close', this.#onClose)
    // The listener for errors stays: an aborted message emits one, and nobody else may be there to hear it.
    raw.pause()
  }

  #start(): void {
    const { raw, limit } = this.#options
    this.#started = true
    const announced = announcedLength(raw)
    if (announced !== undefined && announced > limit) {
      this.#fail(bodyTooLarge(limit))
      return
    }
    if (raw.destroyed && !raw.complete) {
      this.#fail(clientAborted())
      return
    }
    if (this.#options.awaitingContinue.delete(raw)) this.#options.rawResponse.writeContinue()
    if (raw.complete || raw.readableLength === announced) {
      this.#takeWhole()
      return
    }
    if (this.#options.stalledTimeoutMs > 0) {
      this.#timer = setTimeout(this.#onStalled, this.#options.stalledTimeoutMs)
    }
    raw.on('data', this.#onData)
    raw.on('end', this.#onEnd)
    raw.on('error', this.#onClose)
    raw.on('close', this.#onClose)
  }

  /** Takes a body of which nothing is missing: small ones mostly come with their headers, and can fail no more. */
  #takeWhole(): void {
    const { raw } = this.#options
    const chunk = raw.read() as Buffer | null
    if (chunk !== null) this.#onData(chunk)
    if (!this.#stopped) this.#taker.end()
    // Somebody may wait for the end of the message, which comes only when it is read on.
    raw.resume()
  }

  #fail(error: HttpError): void {
    this.stop()
    this.#taker.fail(error)
  }

  readonly #onData = (chunk: Buffer): void => {
    this.#timer?.refresh()
    this.#received += chunk.length
    if (this.#received > this.#options.limit) this.#fail(bodyTooLarge(this.#options.limit))
    else if (!this.#taker.take(chunk)) this.#options.raw.pause()
  }

  readonly #onEnd = (): void => {
    clearTimeout(this.#timer)
    this.#taker.end()
  }

  readonly #onClose = (): void => {
    if (!this.#stopped && !this.#options.raw.complete) this.#fail(clientAborted())
  }

  readonly #onStalled = (): void => {
    // A reader that is slow is not the caller's fault: only one that waits means that the caller sends nothing.
    if (this.#taker.isBehind() || this.#options.raw.isPaused()) this.#timer?.refresh()
    else this.#fail(new HttpError(408, 'body-stalled', 'no more of the body arrived in time'))
  }
}
