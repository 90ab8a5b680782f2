import type { Readable } from 'node:stream'

/** Bytes that were received completely and are on disk, but belong to no record yet. */
export interface StagedContent {
  /** Names them until they are permanent. */
  readonly stagingName: string
  /** In bytes. */
  readonly size: number
  /** Hexadecimal, lower case. */
  readonly sha256: string
  /** Hexadecimal, lower case. */
  readonly md5: string
  /** The first bytes, at most {@link HEAD_BYTES}: enough to recognise a file type. */
  readonly head: Buffer
}

/** Bytes that were received completely, and may still be on their way to the disk. */
export interface ReceivedContent {
  readonly content: StagedContent
  /**
   * Resolves when they are on disk. Before that no record is to say that they are there.
   *
   * @throws ContentStoreError `CONTENT_STORE_FULL`; then nothing is left behind
   */
  readonly durable: Promise<void>
}

/** How many bytes of its beginning staged content carries along. */
export const HEAD_BYTES = 4100

/** Content as a record refers to it. */
export interface ContentReference {
  readonly sha256: string
  /** Set while the content may still lie in staging. */
  readonly stagingName?: string | null
}

/** First and last byte wanted, both counted from 0 and included; a last byte beyond the end means the end. */
export interface ByteRange {
  readonly start: number
  readonly end: number
}

/**
 * Where files' bytes lie. An upload is staged, its record committed, and then the bytes are kept under their digest: a
 * crash in between loses nothing, since until then they are read from staging.
 *
 * Every method may throw {@link ContentStoreError} and the system's errors, which are nobody's fault.
 */
export interface ContentStore {
  /**
   * Streams to staging and makes it durable. Chunks must not be changed after they were handed over. On any failure
   * nothing is left behind, and the source is closed.
   *
   * @throws DomainError `TOO_LARGE` with `data.maxBytes`, as soon as there are more
   * @throws ContentStoreError `CONTENT_STORE_FULL`
   * @throws the signal's reason, when it is aborted
   */
  stage(
    source: AsyncIterable<Uint8Array>,
    options?: { readonly maxBytes?: number; readonly signal?: AbortSignal },
  ): Promise<StagedContent>

  /**
   * The same, for those who have something to do until it is durable.
   *
   * @throws as {@link ContentStore.stage}
   */
  receive(
    source: AsyncIterable<Uint8Array>,
    options?: { readonly maxBytes?: number; readonly signal?: AbortSignal },
  ): Promise<ReceivedContent>

  /**
   * Makes staged content permanent under its digest. May be repeated.
   *
   * @throws ContentStoreError `CONTENT_MISSING`, when it is neither staged nor permanent
   */
  keep(stagingName: string, sha256: string): Promise<void>

  /**
   * The same for several, which costs less than one by one. When it fails some may be permanent.
   *
   * @throws ContentStoreError as {@link ContentStore.keep}
   */
  keepAll(staged: readonly Pick<StagedContent, 'stagingName' | 'sha256'>[]): Promise<void>

  /**
   * Opens content, from staging while it is not yet permanent. The stream must be read to its end or destroyed.
   *
   * @throws ContentStoreError `CONTENT_MISSING`, `CONTENT_RANGE_INVALID`
   */
  open(reference: ContentReference, range?: ByteRange): Promise<Readable>

  /** Size in bytes, or `undefined` when there is no such content. */
  size(reference: ContentReference): Promise<number | undefined>

  /** Removes staged content whose transaction failed. May be repeated. */
  discard(stagingName: string): Promise<void>

  /** Removes permanent content that no record refers to any more. May be repeated. */
  remove(sha256: string): Promise<void>

  /**
   * What lies in staging, with the time of its last change, for the sweep at start. Several contents may be listed as one: by what
   * their names begin with, and are discarded by.
   */
  listStaged(): AsyncIterable<{ readonly stagingName: string; readonly modifiedAt: Date }>

  /** Reads permanent content and compares its digest with its name. */
  verify(sha256: string): Promise<'intact' | 'changed' | 'missing'>

  /** Gives back what the store holds on to between calls. What is under way is waited for. */
  close(): Promise<void>
}

/** What can go wrong in a content store, as stable codes. */
export type ContentStoreErrorCode =
  /** No space (or quota) is left. */
  | 'CONTENT_STORE_FULL'
  /** A record refers to content that is not there: `data.sha256`. */
  | 'CONTENT_MISSING'
  /** What was given is no staging name or no SHA-256 digest: `data.name`. */
  | 'CONTENT_NAME_INVALID'
  /** A range ends before it begins, or is not in whole bytes: `data.start`, `data.end`. */
  | 'CONTENT_RANGE_INVALID'

/** A failure of the content store, with a stable code and data; never the fault of whoever sent a request. */
export class ContentStoreError extends Error {
  override readonly name = 'ContentStoreError'
  readonly code: ContentStoreErrorCode
  readonly data: Readonly<Record<string, unknown>>

  constructor(
    code: ContentStoreErrorCode,
    message: string,
    data: Readonly<Record<string, unknown>> = {},
    options?: ErrorOptions,
  ) {
    super(message, options)
    this.code = code
    this.data = data
  }
}
