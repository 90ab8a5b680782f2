import { chmod, mkdir, rm } from 'node:fs/promises'
import type { ContentStore } from '../domain/files/content-store.ts'
import { contentLayout } from './content-layout.ts'
import { createDirectorySync } from './directory-sync.ts'
import { createKeeper } from './keep-on-disk.ts'
import { createPartKeeper } from './part-keeper.ts'
import { contentSize, openContent, verifyContent } from './read-from-disk.ts'
import { listStaged, receiveOnDisk } from './stage-on-disk.ts'
import { createStagingLog } from './staging-log.ts'

/**
 * Opens the content store below a directory of the local disk, which is made if need be: `content/ab/<sha256>` and
 * `staging/<uuid>`, readable for their owner only. Small contents share files in staging (see staging-log.ts).
 *
 * @example
 * const store = await createDiskContentStore({ directory: '/srv/hexapla' })
 * const staged = await store.stage(request, { maxBytes: 1e9 })
 * await store.keep(staged.stagingName, staged.sha256)
 */
export async function createDiskContentStore(options: { readonly directory: string }): Promise<ContentStore> {
  const { directory } = options
  const layout = contentLayout(directory)
  // The directory itself may be shared with a database that runs as another user, who must get through.
  await mkdir(directory, { recursive: true, mode: 0o711 })
  for (const path of [layout.content, layout.staging]) {
    await mkdir(path, { recursive: true })
    await chmod(path, 0o700)
  }
  const { syncDirectory, close: closeDirectories } = createDirectorySync()
  await syncDirectory(directory)
  const log = createStagingLog({ layout, syncDirectory })
  const staging = { layout, syncDirectory, log }
  const partKeeper = createPartKeeper()
  const { keepAll, remove } = createKeeper(staging, partKeeper)
  return {
    receive: (source, limits) => receiveOnDisk(staging, source, limits),
    async stage(source, limits) {
      const { content, durable } = await receiveOnDisk(staging, source, limits)
      await durable
      return content
    },
    keep: (stagingName, sha256) => keepAll([{ stagingName, sha256 }]),
    keepAll,
    open: (reference, range) => openContent(staging, reference, range),
    size: (reference) => contentSize(staging, reference),
    async discard(stagingName) {
      const { path, part } = layout.stagedPlace(stagingName)
      await log.settle(stagingName)
      if (part === undefined) await rm(path, { force: true })
    },
    remove,
    listStaged: () => listStaged(layout),
    verify: (sha256) => verifyContent(layout, sha256),
    async close() {
      await partKeeper.close()
      await log.close()
      await closeDirectories()
    },
  }
}
