import { randomUUID } from 'node:crypto'
import { mkdir, rename, rm, stat } from 'node:fs/promises'
import { dirname } from 'node:path'
import { ContentStoreError, type StagedContent } from '../domain/files/content-store.ts'
import { hasErrorCode } from '../has-error-code.ts'
import type { ContentLayout } from './content-layout.ts'
import type { PartKeeper, PartToKeep } from './part-keeper.ts'
import type { Staging } from './staging-writer.ts'

type StagedName = Pick<StagedContent, 'stagingName' | 'sha256'>

interface Keeper {
  /** @throws ContentStoreError `CONTENT_MISSING` */
  readonly keepAll: (staged: readonly StagedName[]) => Promise<void>
  readonly remove: (sha256: string) => Promise<void>
}

/** Creates the two operations that change permanent content. */
export function createKeeper({ layout, syncDirectory, log }: Staging, partKeeper: PartKeeper): Keeper {
  const durable = new Set<string>()

  /** Makes `content/ab`; once a process, because another call may have made it and not synced it yet. */
  async function makeDirectory(path: string): Promise<void> {
    if (durable.has(path)) return
    await mkdir(path, { recursive: true, mode: 0o700 })
    await syncDirectory(layout.content)
    durable.add(path)
  }

  /** @returns what is staged no more */
  async function keep(staged: readonly StagedName[]): Promise<readonly StagedName[]> {
    const parts = staged.flatMap((one) => partOf(layout, one) ?? [])
    const gone = new Set(parts.length === 0 ? [] : await partKeeper.keep(parts))
    const directories = new Set<string>()
    // One after the other: the threads that work on files are there for uploads, too, and those are waited for.
    for (const { stagingName, sha256 } of staged) {
      const { path, part } = layout.stagedPlace(stagingName)
      if (part !== undefined) continue
      // Over content with the same digest, if there is some: fresh bytes also heal a copy that went bad.
      if (await moveIfPresent(path, layout.keptFile(sha256))) directories.add(layout.keptDirectory(sha256))
      else gone.add(sha256)
    }
    for (const directory of directories) await syncDirectory(directory)
    return staged.filter(({ sha256 }) => gone.has(sha256))
  }

  return {
    keepAll: async (staged) => {
      const directories = new Set(staged.map(({ sha256 }) => layout.keptDirectory(sha256)))
      for (const directory of directories) await makeDirectory(directory)
      for (const one of await keep(staged)) {
        if (!(await isPresent(layout.keptFile(one.sha256)))) throw missing(one)
        // Whoever has moved it there may not have made its name durable yet.
        await syncDirectory(layout.keptDirectory(one.sha256))
      }
      for (const { stagingName } of staged) await log.settle(stagingName)
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

/** What is to be done for content that lies in a file with others. */
function partOf(layout: ContentLayout, { stagingName, sha256 }: StagedName): PartToKeep | undefined {
  const { path: source, part } = layout.stagedPlace(stagingName)
  if (part === undefined) return undefined
  const { path: temporary } = layout.stagedPlace(randomUUID())
  return { source, ...part, sha256, temporary, target: layout.keptFile(sha256) }
}

async function moveIfPresent(from: string, to: string): Promise<boolean> {
  try {
    await rename(from, to)
    return true
  } catch (error) {
    if (hasErrorCode(error, 'ENOENT')) return false
    throw error
  }
}

async function isPresent(path: string): Promise<boolean> {
  try {
    await stat(path)
    return true
  } catch (error) {
    if (hasErrorCode(error, 'ENOENT')) return false
    throw error
  }
}

function missing({ sha256, stagingName }: StagedName): ContentStoreError {
  return new ContentStoreError(
    'CONTENT_MISSING',
    `Staged content ${stagingName} is gone and was not made permanent as ${sha256}`,
    { sha256, stagingName },
  )
}
