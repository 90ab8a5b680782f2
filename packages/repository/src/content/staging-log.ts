import { setImmediate } from 'node:timers/promises'
import type { ContentLayout } from './content-layout.ts'
import type { SyncDirectory } from './directory-sync.ts'
import { createLogFile, type LogFile } from './log-file.ts'

/** Contents that are written at once. */
const MOST_AT_ONCE = 64

/**
 * Where small contents are staged. A file of its own for each costs creating, syncing and closing it; those that come in the
 * same moment are written behind one another here, by one system call that syncs them, too.
 */
export interface StagingLog {
  /**
   * Writes bytes, durably.
   *
   * @returns their staging name
   */
  readonly append: (chunks: readonly Uint8Array[]) => Promise<string>
  /** The bytes of that name, while this log needs them; undefined for every other name. */
  readonly read: (stagingName: string) => Promise<Buffer | undefined>
  /**
   * Tells that these bytes, or with the name of a file all of its bytes, are no longer needed. A file goes away with the last
   * that are. May be repeated.
   */
  readonly settle: (stagingName: string) => Promise<void>
  /** Closes what is open; what is still needed stays on disk. */
  readonly close: () => Promise<void>
}

interface Waiting {
  readonly chunks: readonly Uint8Array[]
  readonly resolve: (stagingName: string) => void
  readonly reject: (error: unknown) => void
}

/** A log that has no file before there is something to write. */
export function createStagingLog(deps: {
  readonly layout: ContentLayout
  readonly syncDirectory: SyncDirectory
}): StagingLog {
  const files = new Map<string, LogFile>()
  const waiting: Waiting[] = []
  /** Where the next contents go. */
  let current: LogFile | undefined
  let writing: Promise<void> | undefined

  const fileOf = (stagingName: string) => files.get(stagingName.split('.', 1)[0] ?? '')

  async function writeWaiting(): Promise<void> {
    // Whoever comes in the same turn of the event loop comes along.
    await setImmediate()
    while (waiting.length > 0) await writeBatch(waiting.splice(0, MOST_AT_ONCE))
    writing = undefined
  }

  /** Never rejects: whoever waits is told. */
  async function writeBatch(batch: readonly Waiting[]): Promise<void> {
    try {
      const names = await append(batch.map(({ chunks }) => chunks))
      for (const [index, { resolve }] of batch.entries()) resolve(names[index] ?? '')
    } catch (error) {
      const failed = current
      current = undefined
      // A file that cannot be removed now is removed by the sweep of the next start.
      await removeUnneeded(failed).catch(() => undefined)
      for (const { reject } of batch) reject(error)
    }
  }

  async function append(contents: readonly (readonly Uint8Array[])[]): Promise<readonly string[]> {
    if (current === undefined || current.isFull()) {
      const full = current
      current = await createLogFile(deps)
      files.set(current.name, current)
      await removeUnneeded(full)
    }
    return current.append(contents)
  }

  async function removeUnneeded(file: LogFile | undefined): Promise<void> {
    const isWritten = file === current && writing !== undefined
    if (file === undefined || isWritten || file.isNeeded() || !files.delete(file.name)) return
    if (file === current) current = undefined
    await file.remove()
  }

  return {
    append: (chunks) =>
      new Promise((resolve, reject) => {
        waiting.push({ chunks, resolve, reject })
        writing ??= writeWaiting()
      }),
    read: async (stagingName) => fileOf(stagingName)?.read(stagingName),
    async settle(stagingName) {
      const file = fileOf(stagingName)
      file?.settle(stagingName)
      await removeUnneeded(file)
    },
    async close() {
      await writing
      await Promise.all([...files.values()].map((file) => file.close()))
      files.clear()
    },
  }
}
