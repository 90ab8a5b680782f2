import { execFile } from 'node:child_process'
import { stat } from 'node:fs/promises'
import { promisify } from 'node:util'
import type { ClusterLayout } from './cluster-layout.ts'
import { hasErrorCode } from '../../has-error-code.ts'

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
  const ofData = await ownerOf(layout.data)
  if (ofData !== undefined && ofData.uid !== 0) return ofData
  const ofDirectory = await ownerOf(layout.directory)
  if (ofDirectory !== undefined && ofDirectory.uid !== 0 && (await hasName(ofDirectory.uid)))
    return ofDirectory
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

/** initdb refuses to run as a user without a name (a directory mounted into a container); the server itself does not mind. */
async function hasName(uid: number): Promise<boolean> {
  return promisify(execFile)('id', ['-nu', String(uid)]).then(
    () => true,
    () => false,
  )
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
