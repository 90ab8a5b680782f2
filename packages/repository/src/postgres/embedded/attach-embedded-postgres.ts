import { readFile, realpath } from 'node:fs/promises'
import { clusterLayout } from './cluster-layout.ts'
import { type DatabaseConnection, databaseConnection } from './database-connection.ts'
import { lockHolder } from './directory-lock.ts'
import { hasErrorCode } from '../../has-error-code.ts'
import { readPostmasterFile } from './postmaster-file.ts'
import { isNamedHere } from './process-identity.ts'

/**
 * The connection to a server that another Hexapla process runs on this directory, or `undefined` when none accepts
 * connections there. The server ends with its own process, not with this one.
 *
 * @throws Error the system's `EACCES`, when the directory belongs to another user
 */
export async function attachEmbeddedPostgres(directory: string): Promise<DatabaseConnection | undefined> {
  const real = await realpath(directory).catch((error: unknown) => {
    if (hasErrorCode(error, 'ENOENT')) return undefined
    throw error
  })
  if (real === undefined) return undefined
  const layout = clusterLayout(real)
  const holder = await lockHolder(layout.lock)
  // Another container's socket is not in this one's temporary directory.
  if (holder === undefined || !(await isNamedHere(holder))) return undefined
  const server = await readPostmasterFile(layout.data)
  if (server === undefined || !server.ready) return undefined
  const password = (await readFile(layout.password, 'utf8')).trim()
  const { port, socketDirectory } = server
  return databaseConnection(
    socketDirectory === '' ? { host: '127.0.0.1', port } : { socketDirectory, port },
    password,
  )
}
