import { randomUUID } from 'node:crypto'
import { constants } from 'node:fs'
import { type FileHandle, open, rm } from 'node:fs/promises'
import type { ContentLayout } from './content-layout.ts'
import type { SyncDirectory } from './directory-sync.ts'
import type { StagingLog } from './staging-log.ts'
import { SYNCED_WRITES, totalLength, writeAll } from './write-all.ts'

/** What staging is made of. */
export interface Staging {
  readonly layout: ContentLayout
  readonly syncDirectory: SyncDirectory
  readonly log: StagingLog
}

/** Writes one content to staging. */
export interface StagingWriter {
  /** Resolves when the batch before is written, so that one is always under way. */
  readonly write: (batch: readonly Uint8Array[]) => Promise<void>
  /** Writes the last batch. What is small is given its place, and is durable a moment later. */
  readonly finish: (batch: readonly Uint8Array[]) => Promise<Finished>
  /** Removes what was written. */
  readonly discard: () => Promise<void>
}

interface Finished {
  readonly stagingName: string
  /** Resolves when all of it is durable. */
  readonly durable: Promise<void>
}

/** In bytes: what is larger gets a file of its own. */
const LARGEST_IN_LOG = 64 * 1024

/** Creates a writer, which opens no file before it has to. */
export function createStagingWriter({ layout, syncDirectory, log }: Staging): StagingWriter {
  const name = randomUUID()
  const { path } = layout.stagedPlace(name)
  let handle: FileHandle | undefined
  let position = 0
  let underWay: Promise<void> = Promise.resolve()
  let nameInLog: string | undefined

  async function append(file: FileHandle, batch: readonly Uint8Array[]): Promise<void> {
    const begin = position
    position += totalLength(batch)
    await writeAll(file, batch, begin)
  }

  async function close(): Promise<void> {
    // A handle is not closed below a write that goes on, and whose failure was told already.
    await underWay.catch(() => undefined)
    await handle?.close()
    handle = undefined
  }

  return {
    async write(batch) {
      await underWay
      const file = (handle ??= await open(path, CREATE, 0o600))
      underWay = append(file, batch)
      // Its failure is met at the next await; until then it must not count as unhandled.
      underWay.catch(() => undefined)
    },
    async finish(batch) {
      await underWay
      const length = totalLength(batch)
      // Two empty contents would have the same place in the log, and thus the same name.
      if (handle === undefined && length > 0 && length <= LARGEST_IN_LOG) {
        const appended = log.append(batch)
        nameInLog = appended.stagingName
        return appended
      }
      const syncs = handle === undefined && SYNCED_WRITES !== 0 && length > 0
      const file = (handle ??= await open(path, CREATE | (syncs ? SYNCED_WRITES : 0), 0o600))
      await append(file, batch)
      if (!syncs) await file.datasync()
      await close()
      await syncDirectory(layout.staging)
      return { stagingName: name, durable: Promise.resolve() }
    },
    async discard() {
      await close()
      if (nameInLog === undefined) await rm(path, { force: true })
      else await log.settle(nameInLog)
    },
  }
}

const CREATE = constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL
