import { randomUUID } from 'node:crypto'
import { constants } from 'node:fs'
import { type FileHandle, open, rm } from 'node:fs/promises'
import { nameOfPart, type ContentLayout, type FilePart } from './content-layout.ts'
import type { SyncDirectory } from './directory-sync.ts'
import { readPart } from './read-part.ts'
import { SYNCED_WRITES, writeAll } from './write-all.ts'

/** A file in staging that holds several contents. */
export interface LogFile {
  /** What the staging names of its contents begin with. */
  readonly name: string
  /** A file that is long or old takes no more, so that it goes away once all that it holds is permanent. */
  readonly isFull: () => boolean
  /**
   * Gives a content its place, behind those that have one. It is needed from then on.
   *
   * @param length in bytes
   */
  readonly reserve: (length: number) => { readonly stagingName: string; readonly part: FilePart }
  /**
   * Writes chunks behind one another, durably. The first call makes the file. One call at a time.
   *
   * @param start where they begin, in bytes
   */
  readonly write: (start: number, chunks: readonly Uint8Array[]) => Promise<void>
  /** The bytes of that name, once they are written and while they are needed. */
  readonly read: (stagingName: string) => Promise<Buffer | undefined>
  /** Tells that these bytes are no longer needed; by the name of the file, that none are. */
  readonly settle: (stagingName: string) => void
  readonly isNeeded: () => boolean
  readonly close: () => Promise<void>
  /** Closes and removes the file. */
  readonly remove: () => Promise<void>
}

const LONGEST_BYTES = 8 * 1024 * 1024
const OLDEST_MS = 60_000

/** One that is not there before something is written to it. */
export function createLogFile(deps: {
  readonly layout: ContentLayout
  readonly syncDirectory: SyncDirectory
}): LogFile {
  const name = randomUUID()
  const { path } = deps.layout.stagedPlace(name)
  // By the clock that the sweep looks at, which goes on while the machine sleeps.
  const openedAt = Date.now()
  const needed = new Map<string, FilePart>()
  let handle: FileHandle | undefined
  let end = 0

  /** Makes the file, durably. */
  async function create(): Promise<FileHandle> {
    const file = await open(path, FLAGS, 0o600)
    try {
      await deps.syncDirectory(deps.layout.staging)
    } catch (error) {
      await file.close()
      await rm(path, { force: true })
      throw error
    }
    return (handle = file)
  }

  async function close(): Promise<void> {
    await handle?.close()
    handle = undefined
  }

  return {
    name,
    isFull: () => end > LONGEST_BYTES || Date.now() - openedAt > OLDEST_MS,
    reserve(length) {
      const part = { start: end, length }
      end += length
      const stagingName = nameOfPart(name, part)
      needed.set(stagingName, part)
      return { stagingName, part }
    },
    async write(start, chunks) {
      const file = handle ?? (await create())
      await writeAll(file, chunks, start)
      if (SYNCED_WRITES === 0) await file.datasync()
    },
    async read(stagingName) {
      const part = needed.get(stagingName)
      return part === undefined || handle === undefined ? undefined : readPart(handle, part)
    },
    settle(stagingName) {
      if (stagingName === name) needed.clear()
      needed.delete(stagingName)
    },
    isNeeded: () => needed.size > 0,
    close,
    async remove() {
      await close()
      await rm(path, { force: true })
    },
  }
}

const FLAGS = constants.O_RDWR | constants.O_CREAT | constants.O_EXCL | SYNCED_WRITES
