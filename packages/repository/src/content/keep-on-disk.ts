import { mkdir, rename, rm, stat } from 'node:fs/promises'
import { dirname } from 'node:path'
import { ContentStoreError, type StagedContent } from '../domain/files/content-store.ts'
import { hasErrorCode } from '../has-error-code.ts'
import type { ContentLayout } from './content-layout.ts'
import type { SyncDirectory } from './directory-sync.ts'

type StagedName = Pick<StagedContent, 'stagingName' | 'sha256'>

interface Keeper {
  /** @throws ContentStoreError `CONTENT_MISSING` */
  readonly keepAll: (staged: readonly StagedName[]) => Promise<void>
  readonly remove: (sha256: string) => Promise<void>
}

/** Creates the two operations that change permanent content. */
export function createKeeper(deps: {
  readonly layout: ContentLayout
  readonly syncDirectory: SyncDirectory
}): Keeper {
  const { layout, syncDirectory } = deps
  const durable = new Set<string>()

  /** Makes `content/ab`; once a process, because another call may have made it and not synced it yet. */
  async function makeDirectory(path: string): Promise<void> {
    if (durable.has(path)) return
    await mkdir(path, { recursive: true, mode: 0o700 })
    await syncDirectory(layout.content)
    durable.add(path)
  }

  /** @returns the directory whose names have changed */
  async function move({ stagingName, sha256 }: StagedName): Promise<string> {
    const target = layout.keptFile(sha256)
    const staged = layout.stagedFile(stagingName)
    await makeDirectory(dirname(target))
    try {
      // Over content with the same digest, if there is some: fresh bytes also heal a copy that went bad.
      await rename(staged, target)
    } catch (error) {
      if (!hasErrorCode(error, 'ENOENT') || !(await exists(target))) throw missing(error, sha256, stagingName)
    }
    return dirname(target)
  }

  return {
    keepAll: async (staged) => {
      // One after the other: the threads that work on files are there for uploads, too, and those are waited for.
      const directories = new Set<string>()
      for (const one of staged) directories.add(await move(one))
      for (const directory of directories) await syncDirectory(directory)
    },
    remove: async (sha256) => {
      const target = layout.keptFile(sha256)
      try {
        await rm(target)
      } catch (error) {
        if (hasErrorCode(error, 'ENOENT')) return
        throw error
      }
      await syncDirectory(dirname(target))
    },
  }
}

function missing(error: unknown, sha256: string, stagingName: string): unknown {
  if (!hasErrorCode(error, 'ENOENT')) return error
  return new ContentStoreError(
    'CONTENT_MISSING',
    `Staged content ${stagingName} is gone and was not made permanent as ${sha256}`,
    { sha256, stagingName },
  )
}

async function exists(path: string): Promise<boolean> {
  try {
    await stat(path)
    return true
  } catch (error) {
    if (hasErrorCode(error, 'ENOENT')) return false
    throw error
  }
}
