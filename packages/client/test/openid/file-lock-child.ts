import { withFileLock } from '../../src/node/file-lock.ts'

// Takes the lock and keeps it until killed.
const [path = ''] = process.argv.slice(2)
await withFileLock(
  path,
  async () => {
    console.log('held')
    await new Promise((resolve) => setTimeout(resolve, 60_000))
  },
  new AbortController().signal,
)
