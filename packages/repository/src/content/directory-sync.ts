import { type FileHandle, open } from 'node:fs/promises'

/** Makes the names in a directory durable: what was created, renamed or removed in it before the call. */
export type SyncDirectory = (path: string) => Promise<void>

/** A {@link SyncDirectory} that is ended with its store. */
interface DirectorySync {
  readonly syncDirectory: SyncDirectory
  /** Closes the directories that are still open. */
  readonly close: () => Promise<void>
}

interface Line {
  readonly running: Promise<void>
  /** Shared by all who came while `running` was under way, which need not cover their changes. */
  waiting: Promise<void> | undefined
}

/** Serves all who wait for the same directory with one fsync. */
export function createDirectorySync(): DirectorySync {
  const lines = new Map<string, Line>()
  const directories = openDirectories()

  function begin(path: string): Promise<void> {
    const running = syncOnce(path).finally(() => {
      if (lines.get(path)?.waiting === undefined) lines.delete(path)
    })
    lines.set(path, { running, waiting: undefined })
    return running
  }

  async function syncOnce(path: string): Promise<void> {
    // Windows has no handles on directories to sync.
    if (process.platform !== 'win32') await (await directories.open(path)).sync()
  }

  return {
    syncDirectory: (path) => {
      const line = lines.get(path)
      if (line === undefined) return begin(path)
      const beginAgain = (): Promise<void> => begin(path)
      // The running one's failure is told to those who wait for it.
      return (line.waiting ??= line.running.then(beginAgain, beginAgain))
    },
    close: () => directories.close(),
  }
}

/** A directory is closed when nobody has asked for it for so long: opening and closing one cost more than its sync. */
const IDLE_MS = 5000

/** Directories that are open, none twice where each is asked for by one at a time. */
function openDirectories() {
  const known = new Map<string, { readonly handle: FileHandle; readonly idle: NodeJS.Timeout }>()

  /** A sync that is under way is waited for. */
  async function close(path: string): Promise<void> {
    const directory = known.get(path)
    known.delete(path)
    clearTimeout(directory?.idle)
    await directory?.handle.close()
  }

  return {
    async open(path: string): Promise<FileHandle> {
      const directory = known.get(path)
      if (directory !== undefined) {
        directory.idle.refresh()
        return directory.handle
      }
      const handle = await open(path, 'r')
      // Nothing hangs on it any more: what was to be durable was synced.
      const idle = setTimeout(() => void close(path).catch(() => undefined), IDLE_MS).unref()
      known.set(path, { handle, idle })
      return handle
    },
    async close(): Promise<void> {
      await Promise.all([...known.keys()].map(close))
    },
  }
}
