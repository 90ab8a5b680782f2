import { execFile } from 'node:child_process'
import { stat } from 'node:fs/promises'
import { dirname } from 'node:path'
import { promisify } from 'node:util'
import { EmbeddedPostgresError } from './embedded-postgres-error.ts'
import type { OperatingUser } from './operating-user.ts'

/**
 * Makes sure that `user` can enter or execute every path.
 *
 * @throws EmbeddedPostgresError `DATABASE_USER_CANNOT_REACH`, naming the directory that bars the way
 */
export async function assertReachable(user: OperatingUser, paths: readonly string[]): Promise<void> {
  for (const path of paths) {
    // Tried as that user, since mode bits alone do not tell about access lists and mounts.
    const reachable = await promisify(execFile)('/bin/sh', ['-c', 'test -x "$1"', 'sh', path], {
      ...user,
      cwd: '/',
    }).then(
      () => true,
      () => false,
    )
    if (reachable) continue
    const closed = (await firstClosedAncestor(user, path)) ?? path
    throw new EmbeddedPostgresError(
      'DATABASE_USER_CANNOT_REACH',
      `Started by root, the database runs as user ${user.uid}, who cannot reach ${path} because ${closed} is closed: ` +
        `run "chmod o+x ${closed}", choose a directory elsewhere, start as an ordinary user, or set DATABASE_URL`,
      { uid: user.uid, path, closed },
    )
  }
}

async function firstClosedAncestor(user: OperatingUser, path: string): Promise<string | undefined> {
  const ancestors: string[] = []
  for (let at = path; at !== dirname(at); at = dirname(at)) ancestors.unshift(at)
  for (const ancestor of ancestors) {
    const { uid, gid, mode } = await stat(ancestor)
    const bit = uid === user.uid ? 0o100 : gid === user.gid ? 0o010 : 0o001
    if ((mode & bit) === 0) return ancestor
  }
  return undefined
}
