import { chmod, mkdir, readFile, realpath, stat } from 'node:fs/promises'
import { dirname } from 'node:path'
import { type ClusterLayout, clusterLayout } from './cluster-layout.ts'
import { type OperatingUser, chooseOperatingUser } from './operating-user.ts'

/** Makes the directory if need be and chooses the user that the server is to run as. */
export async function openDirectory(
  directory: string,
): Promise<{ readonly layout: ClusterLayout; readonly user: OperatingUser | undefined }> {
  const firstMade = await mkdir(directory, { recursive: true, mode: 0o700 })
  const layout = clusterLayout(await realpath(directory))
  const user = await chooseOperatingUser(layout)
  if (user !== undefined) await letThrough(layout.directory, firstMade)
  return { layout, user }
}

/** The password of the cluster's only role. */
export async function readPassword(layout: ClusterLayout): Promise<string> {
  return (await readFile(layout.password, 'utf8')).trim()
}

/** Opens what root made here for passing through, not for listing, so that the server's user reaches its own part. */
async function letThrough(directory: string, firstMade: string | undefined): Promise<void> {
  const made = firstMade === undefined ? directory : await realpath(firstMade)
  for (let at = directory; ; at = dirname(at)) {
    const { uid, mode } = await stat(at)
    if (uid === 0) await chmod(at, (mode & 0o777) | 0o011)
    if (at === made) return
  }
}
