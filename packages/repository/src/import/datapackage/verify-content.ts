import { createHash, getHashes } from 'node:crypto'
import type { Hash } from 'node:crypto'
import { ImportError } from '../import-error.ts'
import { inspectStream } from '../tree/inspect-stream.ts'
import type { TreeFile } from '../tree/file-tree.ts'

/** What a resource promises of its content. */
export interface ExpectedContent {
  /** bytes */
  readonly bytes: number | null
  /** `ALGORITHM:HEX`, or the hex digits of an MD5 digest. */
  readonly hash: string | null
}

/**
 * The same file, but its stream fails with `IMPORT_CONTENT_MISMATCH` at its end when the digest is another one. The
 * size is compared at once.
 *
 * A `sha1` may also be the one that git gives to the content, as `git hash-object` prints it: packages are published
 * with such digests (vega-datasets 3).
 *
 * @throws ImportError `IMPORT_CONTENT_MISMATCH` for another size, `IMPORT_ITEM_FAULTY` for a hash that cannot be checked
 */
export function verifyContent(file: TreeFile, path: string, { bytes, hash }: ExpectedContent): TreeFile {
  if (bytes !== null && bytes !== file.size) {
    throw new ImportError('IMPORT_CONTENT_MISMATCH', `${path} has ${file.size} bytes, not ${bytes}`, {
      file: path,
    })
  }
  if (hash === null) return file
  const [, algorithm = 'md5', digest = ''] = /^(?:([^:]+):)?([0-9a-f]+)$/i.exec(hash) ?? []
  const known = getHashes()
  const name = [algorithm.toLowerCase(), algorithm.toLowerCase().replace('-', '')].find((one) =>
    known.includes(one),
  )
  if (digest === '' || name === undefined) {
    throw new ImportError('IMPORT_ITEM_FAULTY', `${hash} is no digest that can be checked`, { file: path })
  }
  return {
    size: file.size,
    open: async () => {
      const content = await file.open()
      const candidates = hashesFor(name, file.size)
      return inspectStream(content, {
        update: (chunk) => {
          for (const candidate of candidates) candidate.update(chunk)
        },
        finish: () =>
          candidates.some((candidate) => candidate.digest('hex') === digest.toLowerCase())
            ? null
            : new ImportError('IMPORT_CONTENT_MISMATCH', `${path} is not the file of ${hash}`, {
                file: path,
              }),
      })
    },
  }
}

function hashesFor(name: string, size: number): readonly Hash[] {
  const plain = createHash(name)
  // A git blob is hashed behind the header `blob SIZE\0`.
  return name === 'sha1' ? [plain, createHash(name).update(`blob ${size}\0`)] : [plain]
}
