import { open, type FileHandle } from 'node:fs/promises'

/** DSpace's map file: a line `KEY<TAB>HANDLE` for each item that an import has brought. */
export interface MapFile {
  /** Whether a line names the item. */
  readonly has: (key: string) => boolean
  /** How many items are named. */
  readonly size: number
  /** Adds lines, durably, for the items that are not named yet. */
  readonly append: (
    items: readonly { readonly key: string; readonly handle: string | null }[],
  ) => Promise<void>
  readonly close: () => Promise<void>
}

/**
 * Opens a map file, or makes an empty one. A last line without its end, which a crash may leave, is taken away. Spaces
 * between key and handle do as well, as DSpace writes them.
 */
export async function openMapFile(path: string): Promise<MapFile> {
  const file = await open(path, 'a+', 0o644)
  try {
    return mapFile(file, await readKeys(file))
  } catch (error) {
    await file.close()
    throw error
  }
}

async function readKeys(file: FileHandle): Promise<Set<string>> {
  const text = await file.readFile('utf8')
  const whole = text.slice(0, text.lastIndexOf('\n') + 1)
  if (whole.length < text.length) await file.truncate(Buffer.byteLength(whole))
  const keys = whole.split('\n').map((line) => /^(.*\S)\s+\S+\s*$/.exec(line)?.[1])
  return new Set(keys.filter((key) => key !== undefined))
}

function mapFile(file: FileHandle, keys: Set<string>): MapFile {
  return {
    has: (key) => keys.has(key),
    get size() {
      return keys.size
    },
    async append(items) {
      const fresh = items.filter(({ key }) => !keys.has(key))
      if (fresh.length === 0) return
      await file.appendFile(fresh.map(({ key, handle }) => `${key}\t${handle ?? '-'}\n`).join(''))
      await file.datasync()
      for (const { key } of fresh) keys.add(key)
    },
    close: () => file.close(),
  }
}
