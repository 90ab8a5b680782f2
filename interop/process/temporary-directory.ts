import { chmod, mkdtemp, realpath, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** Runs `work` with a fresh directory, which is removed afterwards. */
export async function withTemporaryDirectory<T>(
  name: string,
  work: (directory: string) => Promise<T>,
): Promise<T> {
  const directory = await realpath(await mkdtemp(join(tmpdir(), `hexapla-${name}-`)))
  // Root's temporary directories are closed to the user that PostgreSQL then runs as.
  await chmod(directory, 0o755)
  try {
    return await work(directory)
  } finally {
    await rm(directory, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 })
  }
}
