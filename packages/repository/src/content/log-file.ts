import { randomUUID } from 'node:crypto'
import { constants } from 'node:fs'
import { open, rm } from 'node:fs/promises'
import { nameOfPart, type ContentLayout, type FilePart } from './content-layout.ts'
import type { SyncDirectory } from './directory-sync.ts'
import { readPart } from './read-part.ts'
import { SYNCED_WRITES, totalLength, writeAll } from './write-all.ts'

/** A file in staging that holds several contents. */
export interface LogFile {
  /** What the staging names of its contents begin with. */
  readonly name: string
  /** A file that is long or old takes no more, so that it goes away once all that it holds is permanent. */
  readonly isFull: () => boolean
  /**
   * Writes contents, each in chunks, durably behind what is there. They are needed from then on. One call at a time.
   *
   * @returns their staging names
   */
  readonly append: (contents: readonly (readonly Uint8Array[])[]) => Promise<readonly string[]>
  /** The bytes of that name, while they are needed. */
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

/** Creates an empty one, durably. */
export async function createLogFile(deps: {
  readonly layout: ContentLayout
  readonly syncDirectory: SyncDirectory
}): Promise<LogFile> {
  const name = randomUUID()
  const { path } = deps.layout.stagedPlace(name)
  // By the clock that the sweep looks at, which goes on while the machine sleeps.
  const openedAt = Date.now()
  const handle = await open(path, FLAGS, 0o600)
  const needed = new Map<string, FilePart>()
  let end = 0

  async function remove(): Promise<void> {
    await handle.close()
    await rm(path, { force: true })
  }

  try {
    await deps.syncDirectory(deps.layout.staging)
  } catch (error) {
    await remove()
    throw error
  }
  return {
    name,
    isFull: () => end > LONGEST_BYTES || Date.now() - openedAt > OLDEST_MS,
    async append(contents) {
      await writeAll(handle, contents.flat(), end)
      if (SYNCED_WRITES === 0) await handle.datasync()
      return contents.map((chunks) => {
        const part = { start: end, length: totalLength(chunks) }
        end += part.length
        const stagingName = nameOfPart(name, part)
        needed.set(stagingName, part)
        return stagingName
      })
    },
    async read(stagingName) {
      const part = needed.get(stagingName)
      return part === undefined ? undefined : readPart(handle, part)
    },
    settle(stagingName) {
      if (stagingName === name) needed.clear()
      needed.delete(stagingName)
    },
    isNeeded: () => needed.size > 0,
    close: () => handle.close(),
    remove,
  }
}

const FLAGS = constants.O_RDWR | constants.O_CREAT | constants.O_EXCL | SYNCED_WRITES
