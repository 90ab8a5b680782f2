import { readFile, realpath, stat } from 'node:fs/promises'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { env, platform } from 'node:process'
import type { Credentials } from '../auth/credentials.ts'
import { ClientError } from '../errors.ts'
import { findNetrcEntry } from '../netrc/find-netrc-entry.ts'
import { parseNetrc } from '../netrc/parse-netrc.ts'
import { putNetrcEntry, type NetrcAccount } from '../netrc/put-netrc-entry.ts'
import type { FindCredentials } from '../pele/pele-options.ts'
import { withFileLock } from './file-lock.ts'
import { ifThere } from './if-there.ts'
import { writePrivateFile } from './write-private-file.ts'

/** Where the `.netrc` is: as `NETRC` says, else in the home directory. */
export function netrcPath(): string {
  const { NETRC: named } = env
  return named === undefined || named === '' ? join(homedir(), '.netrc') : named
}

/**
 * Finds accounts in a `.netrc`, read anew each time.
 *
 * @param path without it, that of {@link netrcPath}
 * @returns rejects with `ClientError` `netrc_invalid`, and `netrc_unsafe` when others may read the file
 */
export function netrcCredentials(path?: string): FindCredentials {
  return async (server): Promise<Credentials | undefined> => {
    const place = path ?? netrcPath()
    const text = await ifThere(readFile(place, 'utf8'))
    if (text === undefined) return undefined
    await requirePrivate(place)
    const entry = findNetrcEntry(parseNetrc(text), server)
    if (entry?.login === undefined || entry.password === undefined) return undefined
    return { user: entry.login, password: entry.password }
  }
}

/**
 * Writes an account into a `.netrc`, which is made where there is none: readable by the owner alone, and whole or not at
 * all. What else is in it stays.
 *
 * @param path without it, that of {@link netrcPath}
 * @throws {ClientError} `netrc_invalid`, `netrc_unsafe`, `arguments_invalid`
 */
export async function saveNetrcAccount(
  account: NetrcAccount,
  options: { readonly path?: string; readonly signal?: AbortSignal } = {},
): Promise<void> {
  const path = options.path ?? netrcPath()
  // One that is linked from elsewhere stays there.
  const place = (await ifThere(realpath(path))) ?? path
  const signal = options.signal ?? new AbortController().signal
  await withFileLock(
    `${place}.lock`,
    async () => {
      const text = await ifThere(readFile(place, 'utf8'))
      if (text !== undefined) await requirePrivate(place)
      await writePrivateFile(place, putNetrcEntry(text ?? '', account))
    },
    signal,
  )
}

/** The rights of Windows are others, and its home directories are private. */
async function requirePrivate(path: string): Promise<void> {
  if (platform === 'win32') return
  const { mode } = await stat(path)
  if ((mode & 0o077) === 0) return
  throw new ClientError('netrc_unsafe', `Others may read or change ${path}: chmod 600 ${path}`)
}
