import { randomUUID } from 'node:crypto'
import { mkdir, open, rename, rm } from 'node:fs/promises'
import { dirname } from 'node:path'

/** Replaces a file that its owner alone may read, whole or not at all, also when the machine fails. */
export async function writePrivateFile(path: string, text: string): Promise<void> {
  const directory = dirname(path)
  await mkdir(directory, { recursive: true, mode: 0o700 })
  const aside = `${path}.${randomUUID()}`
  try {
    await using handle = await open(aside, 'wx', 0o600)
    await handle.writeFile(text)
    await handle.sync()
    await rename(aside, path)
  } finally {
    await rm(aside, { force: true })
  }
  // Windows opens no directories.
  if (process.platform === 'win32') return
  await using handle = await open(directory)
  await handle.sync()
}
