import { readFile } from 'node:fs/promises'
import type { RefreshTokenStore } from '../openid/refresh-token-store.ts'
import { withFileLock } from './file-lock.ts'
import { ifThere } from './if-there.ts'
import { writePrivateFile } from './write-private-file.ts'

/**
 * Keeps a refresh token, and nothing else, in a file of mode 0600, as the Python original does. Processes that share the
 * file take turns by `FILE.lock`, and each begins with the token that the one before left: a rotated token is not spent
 * twice.
 */
export function refreshTokenFile(path: string): RefreshTokenStore {
  return {
    exchange: (work, signal) =>
      withFileLock(
        `${path}.lock`,
        async () => {
          const stored = (await ifThere(readFile(path, 'utf8')))?.trim()
          const exchanged = await work(stored)
          const { refreshToken } = exchanged
          if (refreshToken !== undefined && refreshToken !== stored)
            await writePrivateFile(path, refreshToken)
          return exchanged
        },
        signal,
      ),
  }
}
