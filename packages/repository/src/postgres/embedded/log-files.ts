import { readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'

/** Keeps the newest `keep` of the server's log files (each ends at 10 MB); their names sort by time. */
export async function pruneLogFiles(directory: string, keep = 5): Promise<void> {
  const files = (await readdir(directory)).filter((name) => name.startsWith('postgresql-')).sort()
  for (const name of files.slice(0, -keep)) await rm(join(directory, name), { force: true })
}
