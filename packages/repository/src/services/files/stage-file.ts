import { DomainError } from '../../domain/errors.ts'
import type { ContentStore, StagedContent } from '../../domain/files/content-store.ts'

/** Bytes on their way in, and what their sender says of them. */
export interface IncomingFile {
  readonly source: AsyncIterable<Uint8Array>
  /** The media type declared; the format is guessed from it first. */
  readonly mimetype?: string
  /** What the bytes must turn out to be: size in bytes, MD5 in hexadecimal. */
  readonly declared?: { readonly size?: number; readonly md5?: string }
  /** More bytes than this are refused. */
  readonly maxBytes?: number
  readonly signal?: AbortSignal
}

/**
 * Receives bytes into staging and compares them with what was declared. Nothing is left behind on failure.
 *
 * @throws DomainError `CHECKSUM_MISMATCH` with `field` (`size` or `md5`), `declared` and `received`; `TOO_LARGE`
 * @throws ContentStoreError
 */
export async function stageFile(contents: ContentStore, incoming: IncomingFile): Promise<StagedContent> {
  const { maxBytes, signal, declared } = incoming
  const staged = await contents.stage(incoming.source, {
    ...(maxBytes === undefined ? {} : { maxBytes }),
    ...(signal === undefined ? {} : { signal }),
  })
  const fault =
    mismatch('size', declared?.size, staged.size) ?? mismatch('md5', declared?.md5?.toLowerCase(), staged.md5)
  if (fault === undefined) return staged
  await contents.discard(staged.stagingName)
  throw fault
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
