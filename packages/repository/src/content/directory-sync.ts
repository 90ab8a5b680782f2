import { open } from 'node:fs/promises'

/** Makes the names in a directory durable: what was created, renamed or removed in it before the call. */
export type SyncDirectory = (path: string) => Promise<void>

interface Line {
  readonly running: Promise<void>
  /** Shared by all who came while `running` was under way, which need not cover their changes. */
  waiting: Promise<void> | undefined
}

/** Creates a {@link SyncDirectory} that serves all who wait for the same directory with one fsync. */
export function createDirectorySync(): SyncDirectory {
  const lines = new Map<string, Line>()

  function begin(path: string): Promise<void> {
    const running = syncOnce(path).finally(() => {
      if (lines.get(path)?.waiting === undefined) lines.delete(path)
    })
    lines.set(path, { running, waiting: undefined })
    return running
  }

  return (path) => {
    const line = lines.get(path)
    if (line === undefined) return begin(path)
    const beginAgain = (): Promise<void> => begin(path)
    // The running one's failure is told to those who wait for it.
    return (line.waiting ??= line.running.then(beginAgain, beginAgain))
  }
}

async function syncOnce(path: string): Promise<void> {
  // Windows has no handles on directories to sync.
  if (process.platform === 'win32') return
  const directory = await open(path, 'r')
  try {
    await directory.sync()
  } finally {
    await directory.close()
  }
}
