import type { DownloadToFileOptions } from '@hexapla/client/node'

const ALGORITHMS = {
  MD5: 'md5',
  'SHA-1': 'sha1',
  'SHA-256': 'sha256',
  'SHA-384': 'sha384',
  'SHA-512': 'sha512',
} as const

/** A checksum by the name that servers have for its kind; undefined for one that cannot be checked. */
export function checksumOf(
  kind: string | undefined,
  value: string | undefined,
): DownloadToFileOptions['checksum'] | undefined {
  const algorithm = Object.entries(ALGORITHMS).find(([name]) => name === kind)?.[1]
  return algorithm === undefined || value === undefined ? undefined : { algorithm, value }
}
