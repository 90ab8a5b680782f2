import { DomainError } from '../../domain/errors.ts'
import type { ContentStore, ReceivedContent, StagedContent } from '../../domain/files/content-store.ts'

/** What bytes must turn out to be: size in bytes, MD5 in hexadecimal. */
export interface DeclaredContent {
  readonly size?: number
  readonly md5?: string
}

/** Bytes on their way in, and what their sender says of them. */
export interface IncomingFile {
  readonly source: AsyncIterable<Uint8Array>
  /** The media type declared; the format is guessed from it first. */
  readonly mimetype?: string
  readonly declared?: DeclaredContent
  /** More bytes than this are refused. */
  readonly maxBytes?: number
  readonly signal?: AbortSignal
  /**
   * Asked once all bytes have arrived, before anything is recorded: some senders describe a file only behind it. When
   * it fails nothing remains. It is given the bytes as they can be read meanwhile.
   */
  readonly trailer?: (staged: StagedContent) => Promise<{ readonly declared?: DeclaredContent }>
}

/**
 * Receives bytes into staging and compares them with what was declared. Nothing is left behind on failure, be it the
 * trailer's.
 *
 * @throws DomainError `CHECKSUM_MISMATCH` with `field` (`size` or `md5`), `declared` and `received`; `TOO_LARGE`
 * @throws ContentStoreError
 */
export async function stageFile(contents: ContentStore, incoming: IncomingFile): Promise<StagedContent> {
  const { content, durable } = await receiveFile(contents, incoming)
  await durable
  return content
}

/**
 * The same, for those who have something to do until the bytes are on disk.
 *
 * @throws as {@link stageFile}
 */
export async function receiveFile(contents: ContentStore, incoming: IncomingFile): Promise<ReceivedContent> {
  const { maxBytes, signal, declared, trailer } = incoming
  const received = await contents.receive(incoming.source, {
    ...(maxBytes === undefined ? {} : { maxBytes }),
    ...(signal === undefined ? {} : { signal }),
  })
  const { content } = received
  try {
    requireDeclared(declared, content)
    requireDeclared((await trailer?.(content))?.declared, content)
    return received
  } catch (error) {
    await contents.discard(content.stagingName)
    // Where the bytes did not reach the disk, that is why.
    await received.durable
    throw error
  }
}

function requireDeclared(declared: DeclaredContent | undefined, { size, md5 }: StagedContent): void {
  const fault = mismatch('size', declared?.size, size) ?? mismatch('md5', declared?.md5?.toLowerCase(), md5)
  if (fault !== undefined) throw fault
}

function mismatch<T extends string | number>(
  field: string,
  declared: T | undefined,
  received: T,
): DomainError | undefined {
  if (declared === undefined || declared === received) return undefined
  return new DomainError(
    'CHECKSUM_MISMATCH',
    `The ${field} declared is ${declared}, received was ${received}`,
    {
      field,
      declared,
      received,
    },
  )
}
