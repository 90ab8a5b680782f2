import { execFile } from 'node:child_process'
import { stat } from 'node:fs/promises'
import { promisify } from 'node:util'
import type { ClusterLayout } from './cluster-layout.ts'
import { hasErrorCode } from './has-error-code.ts'

/** The account that the database server runs as when that is not this process's own. */
export interface OperatingUser {
  readonly uid: number
  readonly gid: number
}

/**
 * PostgreSQL refuses to run as root. Started by root, the server runs as the owner of what is there already, else as
 * `postgres`, else as `nobody`; started by anybody else, as this process's user (`undefined`).
 */
export async function chooseOperatingUser(layout: ClusterLayout): Promise<OperatingUser | undefined> {
  if (process.getuid?.() !== 0) return undefined
  for (const path of [layout.data, layout.directory]) {
    const owner = await ownerOf(path)
    if (owner !== undefined && owner.uid !== 0) return owner
  }
  return (await lookUpUser('postgres')) ?? (await lookUpUser('nobody')) ?? NOBODY
}

/** What Linux systems agree on, for minimal containers without a user database. */
const NOBODY: OperatingUser = { uid: 65_534, gid: 65_534 }

async function ownerOf(path: string): Promise<OperatingUser | undefined> {
  try {
    const { uid, gid } = await stat(path)
    return { uid, gid }
  } catch (error) {
    if (hasErrorCode(error, 'ENOENT')) return undefined
    throw error
  }
}

/** Asks `id`, which knows every user source of the system; it fails for an unknown name. */
async function lookUpUser(name: string): Promise<OperatingUser | undefined> {
  const ask = promisify(execFile)
  try {
    const [uid, gid] = await Promise.all([ask('id', ['-u', name]), ask('id', ['-g', name])])
    return { uid: Number(uid.stdout), gid: Number(gid.stdout) }
  } catch {
    return undefined
  }
}
