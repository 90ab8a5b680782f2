import { createHash } from 'node:crypto'
import { chown, lstat, mkdir, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { once } from 'node:events'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { assertReachable } from './assert-reachable.ts'
import { EmbeddedPostgresError } from './embedded-postgres-error.ts'
import { hasErrorCode } from '../../has-error-code.ts'
import type { OperatingUser } from './operating-user.ts'
import type { Listening } from './server-settings.ts'

/** The number is part of the socket's name only. */
const SOCKET_PORT = 5432

/** `sun_path` of unix(7) has 108 bytes, on macOS 104, with a closing zero byte. */
const LONGEST_SOCKET_PATH = 103

/**
 * Makes a private, empty directory for the server's Unix socket. Its name is a hash over the data directory and the
 * database's password: always the same, short, and not to be guessed by others who may write to the temporary directory.
 *
 * @throws EmbeddedPostgresError `SOCKET_DIRECTORY_UNSAFE`, `DATABASE_USER_CANNOT_REACH`
 */
export async function prepareSocket(
  data: string,
  password: string,
  user: OperatingUser | undefined,
): Promise<Listening> {
  const name = `hexapla-${createHash('sha256').update(`${data}\0${password}`).digest('hex').slice(0, 16)}`
  const inTemporary = join(tmpdir(), name)
  const longest = join(inTemporary, `.s.PGSQL.${SOCKET_PORT}.lock`)
  const path = Buffer.byteLength(longest) > LONGEST_SOCKET_PATH ? join('/tmp', name) : inTemporary
  await removeLeftover(path, user)
  await mkdir(path, { mode: 0o700 })
  if (user !== undefined) {
    await chown(path, user.uid, user.gid)
    await assertReachable(user, [path])
  }
  return { socketDirectory: path, port: SOCKET_PORT }
}

/** Finds a TCP port of 127.0.0.1 that is free at this moment. */
export async function prepareLoopback(): Promise<Listening> {
  const probe = createServer().listen(0, '127.0.0.1')
  await once(probe, 'listening')
  const address = probe.address()
  probe.close()
  await once(probe, 'close')
  if (address === null || typeof address === 'string') throw new TypeError('A TCP server has a port')
  return { host: '127.0.0.1', port: address.port }
}

/** What a killed run left: its socket and the socket's own lock file, whose pid may have been given again since. */
async function removeLeftover(path: string, user: OperatingUser | undefined): Promise<void> {
  const found = await lstat(path).catch((error: unknown) => {
    if (hasErrorCode(error, 'ENOENT')) return undefined
    throw error
  })
  if (found === undefined) return
  const owners = [process.getuid?.(), user?.uid]
  if (!found.isDirectory() || !owners.includes(found.uid)) {
    throw new EmbeddedPostgresError(
      'SOCKET_DIRECTORY_UNSAFE',
      `${path} belongs to somebody else: remove it`,
      { path },
    )
  }
  await rm(path, { recursive: true, force: true })
}
