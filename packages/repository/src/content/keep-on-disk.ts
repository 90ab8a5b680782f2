import { createHash, randomUUID } from 'node:crypto'
import { mkdir, rename, rm, stat } from 'node:fs/promises'
import { dirname } from 'node:path'
import { ContentStoreError, type StagedContent } from '../domain/files/content-store.ts'
import { hasErrorCode } from '../has-error-code.ts'
import { readLogged } from './read-from-disk.ts'
import type { Staging } from './staging-writer.ts'
import { writeSmallFile } from './write-small-file.ts'

type StagedName = Pick<StagedContent, 'stagingName' | 'sha256'>

interface Keeper {
  /** @throws ContentStoreError `CONTENT_MISSING` */
  readonly keepAll: (staged: readonly StagedName[]) => Promise<void>
  readonly remove: (sha256: string) => Promise<void>
}

/** Creates the two operations that change permanent content. */
export function createKeeper(staging: Staging): Keeper {
  const { layout, syncDirectory, log } = staging
  const durable = new Set<string>()

  /** Makes `content/ab`; once a process, because another call may have made it and not synced it yet. */
  async function makeDirectory(path: string): Promise<void> {
    if (durable.has(path)) return
    await mkdir(path, { recursive: true, mode: 0o700 })
    await syncDirectory(layout.content)
    durable.add(path)
  }

  /** @returns the directory whose names have changed */
  async function keepOne(one: StagedName): Promise<string> {
    const target = layout.keptFile(one.sha256)
    const directory = dirname(target)
    await makeDirectory(directory)
    const file = await fileOf(staging, one)
    // Over content with the same digest, if there is some: fresh bytes also heal a copy that went bad.
    const isMoved = file !== undefined && (await moveIfPresent(file, target))
    if (!isMoved && !(await isPresent(target))) throw missing(one)
    return directory
  }

  return {
    keepAll: async (staged) => {
      // One after the other: the threads that work on files are there for uploads, too, and those are waited for.
      const directories = new Set<string>()
      for (const one of staged) directories.add(await keepOne(one))
      for (const directory of directories) await syncDirectory(directory)
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

/** The file that holds the content alone, which is made where it lies in one with others; undefined where it is staged no more. */
async function fileOf(staging: Staging, { stagingName, sha256 }: StagedName): Promise<string | undefined> {
  const { path, part } = staging.layout.stagedPlace(stagingName)
  if (part === undefined) return path
  const bytes = await readLogged(staging, stagingName)
  // What is behind the end of a file that was cut short by a crash was never committed.
  if (bytes === undefined || createHash('sha256').update(bytes).digest('hex') !== sha256) return undefined
  const { path: own } = staging.layout.stagedPlace(randomUUID())
  await writeSmallFile(own, bytes)
  return own
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
