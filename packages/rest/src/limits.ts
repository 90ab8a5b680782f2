/** Limits of a {@link RestServer}; sizes in bytes, times in milliseconds. */
export interface ServerLimits {
  /** Largest JSON, form or text body held in memory. Streams and multipart files are not bound by it. Default 1 MiB. */
  readonly bodyBytes: number
  /** Largest request line and headers together. Default 16 KiB. */
  readonly headerBytes: number
  /** Time for the headers of a request to arrive. Default 20 s. */
  readonly headersTimeoutMs: number
  /** Time for a whole request to arrive, body included; 0 is no limit (uploads may take hours). Default 0. */
  readonly requestTimeoutMs: number
  /** Time without a byte while a body is being read, or a response being written. Default 60 s. */
  readonly stalledTimeoutMs: number
  /** Time an idle connection is kept. Default 65 s, above the 60 s of common proxies. */
  readonly keepAliveTimeoutMs: number
  /** Time during which the rest of a refused body is read and thrown away, so that the caller sees the answer. Default 10 s. */
  readonly drainTimeoutMs: number
  /** How much of a refused body is read and thrown away at most. Default 64 MiB. */
  readonly drainBytes: number
}

/** The limits that hold where an option names none. */
export const defaultLimits: ServerLimits = {
  bodyBytes: 1024 * 1024,
  headerBytes: 16 * 1024,
  headersTimeoutMs: 20_000,
  requestTimeoutMs: 0,
  stalledTimeoutMs: 60_000,
  keepAliveTimeoutMs: 65_000,
  drainTimeoutMs: 10_000,
  drainBytes: 64 * 1024 * 1024,
}
