import { createReadStream } from 'node:fs'
import { open } from 'node:fs/promises'
import type { Readable } from 'node:stream'
import { callbackify } from 'node:util'
import { crc32 } from 'node:zlib'
import { fromRandomAccessReaderPromise, openPromise, RandomAccessReader } from 'yauzl'
import type { Entry, ZipFile } from 'yauzl'
import { ImportError } from '../import-error.ts'
import { isVisibleFolder, requireInnerPath } from './file-tree.ts'
import type { FileTree, TreeFile } from './file-tree.ts'
import { inspectStream } from './inspect-stream.ts'

/**
 * Reads from a ZIP archive (also ZIP64) by its central directory: every file can be read at any time, without
 * unpacking the others. Names with backslashes, as some programs on Windows write them, are read as folders.
 *
 * @throws ImportError `IMPORT_SOURCE_UNREADABLE` when it is no archive, is damaged, or has an entry whose name is
 * absolute or leads upwards: such an archive was made to do harm, and none of it is taken
 */
export async function openZipTree(path: string): Promise<FileTree> {
  const { entries, size } = await readDirectory(path)
  const archive = await fromRandomAccessReaderPromise(new ReopeningReader(path), size, { autoClose: false })
  const folders = new Map<string, Set<string>>()
  const files = new Map<string, Set<string>>()
  for (const name of entries.keys()) {
    const parts = name.split('/')
    const leaf = parts.pop() ?? ''
    if (leaf !== '') put(files, parts.join('/'), leaf)
    for (let part = parts.pop(); part !== undefined; part = parts.pop()) put(folders, parts.join('/'), part)
  }
  return {
    folders: (folder) => Promise.resolve([...(folders.get(folder) ?? [])].filter(isVisibleFolder)),
    files: (folder) => Promise.resolve([...(files.get(folder) ?? [])]),
    file: async (name) => {
      requireInnerPath(name)
      const found = entries.get(name)
      return found === undefined ? undefined : Promise.resolve(fileOf(archive, name, found))
    },
  }
}

function put(map: Map<string, Set<string>>, key: string, value: string): void {
  const values = map.get(key)
  if (values === undefined) map.set(key, new Set([value]))
  else values.add(value)
}

/** All entries by name; a name has several entries only in a faulty archive. */
async function readDirectory(path: string): Promise<{ entries: Map<string, Entry[]>; size: number }> {
  try {
    const archive = await openPromise(path)
    const entries = new Map<string, Entry[]>()
    for await (const entry of archive.eachEntry()) {
      // Kept as long as the archive is read: drops what reading does not need.
      Object.assign(entry, {
        fileNameRaw: NOTHING,
        extraFieldRaw: NOTHING,
        fileCommentRaw: NOTHING,
        extraFields: [],
      })
      const known = entries.get(entry.fileName)
      if (known === undefined) entries.set(entry.fileName, [entry])
      else known.push(entry)
    }
    return { entries, size: archive.fileSize }
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause)
    throw new ImportError(
      'IMPORT_SOURCE_UNREADABLE',
      `${path} is no ZIP archive to read: ${reason}`,
      {},
      { cause },
    )
  }
}

function fileOf(archive: ZipFile, name: string, [entry, ...others]: readonly Entry[]): TreeFile | undefined {
  const refuse = (reason: string, cause?: unknown): ImportError =>
    new ImportError('IMPORT_FILE_UNREADABLE', `${name} ${reason}`, { file: name }, { cause })
  if (entry === undefined) return undefined
  if (others.length > 0) throw refuse('is in the archive more than once')
  if (entry.isEncrypted()) throw refuse('is encrypted')
  if (!entry.canDecodeFileData()) throw refuse(`is compressed by method ${entry.compressionMethod}`)
  return {
    size: entry.uncompressedSize,
    open: async () => {
      const content = await archive.openReadStreamPromise(entry).catch((cause: unknown) => {
        throw refuse('is damaged', cause)
      })
      let checksum = 0
      return inspectStream(content, {
        update: (chunk) => {
          checksum = crc32(chunk, checksum)
        },
        finish: () => (checksum === entry.crc32 ? null : refuse('is damaged: its checksum does not fit')),
        failure: (cause) => refuse('is damaged', cause),
      })
    },
  }
}

/** Opens the archive for every reading, so that nothing stays open and nothing has to be closed. */
class ReopeningReader extends RandomAccessReader {
  readonly #path: string

  constructor(path: string) {
    super()
    this.#path = path
  }

  override _readStreamForRange(start: number, end: number): Readable {
    return createReadStream(this.#path, { start, end: end - 1 })
  }

  /** Without this, every header is read through a chain of streams. */
  override read(
    buffer: Buffer,
    offset: number,
    length: number,
    position: number,
    callback: (error: Error | null) => void,
  ): void {
    const target = buffer.subarray(offset, offset + length)
    callbackify(readFully)(this.#path, target, position, (error) => callback(error))
  }
}

async function readFully(path: string, buffer: Buffer, position: number): Promise<void> {
  await using handle = await open(path)
  for (let done = 0; done < buffer.length;) {
    const { bytesRead } = await handle.read(buffer, done, buffer.length - done, position + done)
    if (bytesRead === 0) throw new Error('the archive ends too early')
    done += bytesRead
  }
}

const NOTHING = Buffer.alloc(0)
