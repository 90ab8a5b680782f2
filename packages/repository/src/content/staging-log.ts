import { setImmediate } from 'node:timers/promises'
import type { ContentLayout, FilePart } from './content-layout.ts'
import type { SyncDirectory } from './directory-sync.ts'
import { createLogFile, type LogFile } from './log-file.ts'
import { totalLength } from './write-all.ts'

/** Contents that are written at once. */
const MOST_AT_ONCE = 64

/**
 * Where small contents are staged. A file of its own for each costs creating, syncing and closing it; those that come in the
 * same moment are written behind one another here, by one system call that syncs them, too.
 */
export interface StagingLog {
  /** Gives bytes a place, where they are written soon. */
  readonly append: (chunks: readonly Uint8Array[]) => Appended
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

/** Bytes that have a place. */
interface Appended {
  readonly stagingName: string
  /** Resolves when they are written durably; where it rejects, they are no longer needed. */
  readonly durable: Promise<void>
}

interface Waiting {
  readonly file: LogFile
  readonly stagingName: string
  readonly part: FilePart
  readonly chunks: readonly Uint8Array[]
  readonly resolve: () => void
  readonly reject: (error: unknown) => void
}

/** A log that has no file before there is something to write. */
export function createStagingLog(deps: {
  readonly layout: ContentLayout
  readonly syncDirectory: SyncDirectory
}): StagingLog {
  const files = new Map<string, LogFile>()
  const waiting: Waiting[] = []
  /** What is not durable yet, by its name. */
  const pending = new Map<string, Promise<void>>()
  /** Where the next contents go. */
  let current: LogFile | undefined
  let writing: Promise<void> | undefined

  const fileOf = (stagingName: string) => files.get(stagingName.split('.', 1)[0] ?? '')
  /** Never rejects. */
  const written = (stagingName: string) => pending.get(stagingName)?.catch(() => undefined)

  function fileForMore(): LogFile {
    if (current !== undefined && !current.isFull()) return current
    const full = current
    current = createLogFile(deps)
    files.set(current.name, current)
    // What cannot be removed now is removed by the sweep of the next start.
    void removeUnneeded(full).catch(() => undefined)
    return current
  }

  async function writeWaiting(): Promise<void> {
    // Whoever comes in the same turn of the event loop comes along.
    await setImmediate()
    for (let batch = takeBatch(); batch !== undefined; batch = takeBatch()) await writeBatch(batch)
    writing = undefined
  }

  /** Those that wait for the same file, where they lie behind one another. */
  function takeBatch(): Batch | undefined {
    const [first] = waiting
    if (first === undefined) return undefined
    const other = waiting.findIndex(({ file }) => file !== first.file)
    const parts = waiting.splice(0, Math.min(MOST_AT_ONCE, other === -1 ? waiting.length : other))
    return { file: first.file, start: first.part.start, parts }
  }

  /** Never rejects: whoever waits is told. */
  async function writeBatch({ file, start, parts }: Batch): Promise<void> {
    try {
      await file.write(
        start,
        parts.flatMap(({ chunks }) => chunks),
      )
      for (const { resolve } of parts) resolve()
    } catch (error) {
      if (current === file) current = undefined
      for (const { stagingName } of parts) file.settle(stagingName)
      // What cannot be removed now is removed by the sweep of the next start.
      await removeUnneeded(file).catch(() => undefined)
      for (const { reject } of parts) reject(error)
    } finally {
      for (const { stagingName } of parts) pending.delete(stagingName)
    }
  }

  async function removeUnneeded(file: LogFile | undefined): Promise<void> {
    if (file === undefined || file.isNeeded() || !files.delete(file.name)) return
    if (file === current) current = undefined
    await file.remove()
  }

  return {
    append(chunks) {
      const file = fileForMore()
      const { stagingName, part } = file.reserve(totalLength(chunks))
      const durable = new Promise<void>((resolve, reject) => {
        waiting.push({ file, stagingName, part, chunks, resolve, reject })
      })
      // Its failure is met by whoever records these bytes; until then it must not count as unhandled.
      durable.catch(() => undefined)
      pending.set(stagingName, durable)
      writing ??= writeWaiting()
      return { stagingName, durable }
    },
    async read(stagingName) {
      await written(stagingName)
      return fileOf(stagingName)?.read(stagingName)
    },
    async settle(stagingName) {
      // A file is not removed below a write that goes on.
      await written(stagingName)
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

interface Batch {
  readonly file: LogFile
  /** In bytes. */
  readonly start: number
  readonly parts: readonly Waiting[]
}
