import { execFile } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'

const run = promisify(execFile)

/** Whether this process may mount disks of its own. */
export const MAY_MOUNT = await canMount()

/** Mounts a disk of four megabytes. */
export async function smallDisk(): Promise<AsyncDisposable & { readonly path: string }> {
  const path = await mkdtemp(join(tmpdir(), 'small-disk-'))
  await run('mount', ['-t', 'tmpfs', '-o', 'size=4m', 'tmpfs', path])
  return {
    path,
    async [Symbol.asyncDispose]() {
      await run('umount', [path])
      await rm(path, { recursive: true })
    },
  }
}

async function canMount(): Promise<boolean> {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return false
  try {
    await (await smallDisk())[Symbol.asyncDispose]()
    return true
  } catch {
    return false
  }
}
