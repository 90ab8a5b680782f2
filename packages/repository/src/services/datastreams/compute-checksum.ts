import { createHash } from 'node:crypto'
import type { Checksum, ChecksumType } from '../../domain/datastreams/datastream.ts'
import type { ContentReference, ContentStore } from '../../domain/files/content-store.ts'

const ALGORITHMS: Partial<Record<ChecksumType, string>> = {
  'SHA-1': 'sha1',
  'SHA-384': 'sha384',
  'SHA-512': 'sha512',
}

/**
 * Reads a content anew for a checksum that is not computed of every one.
 *
 * @returns undefined for `DISABLED`, MD5 and SHA-256
 * @throws ContentStoreError
 */
export async function computeChecksum(
  contents: Pick<ContentStore, 'open'>,
  content: ContentReference,
  type: ChecksumType | undefined,
): Promise<Checksum | undefined> {
  const algorithm = type === undefined ? undefined : ALGORITHMS[type]
  if (type === undefined || algorithm === undefined) return undefined
  const hash = createHash(algorithm)
  for await (const chunk of await contents.open(content)) hash.update(chunk as Buffer)
  return { sha256: content.sha256, type, value: hash.digest('hex') }
}
