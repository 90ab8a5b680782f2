import type { Clock } from '../../domain/clock.ts'
import { ContentStoreError, type ContentStore } from '../../domain/files/content-store.ts'
import type { StoredContent } from '../../domain/records/record.ts'
import type { Reading, UnitOfWork } from '../../domain/unit-of-work.ts'
import { keepIfReferenced, keepTogether, type KeepContentDeps } from './keep-content.ts'

/** What {@link recoverStagedContent} found. */
export interface Recovery {
  /** Contents that were committed and are permanent now. */
  readonly kept: number
  /** How many leftovers were removed: of uploads that never were committed, or that hold nothing but what is permanent. */
  readonly removed: number
  /** Contents that files refer to and that are nowhere: the operator must be told. */
  readonly missing: readonly StoredContent[]
}

const DAY = 24 * 60 * 60 * 1000
const MOST_AT_ONCE = 256

/**
 * Puts in order, at start, what a crash left in staging: what was committed is made permanent, what was not is removed.
 * Call it before the process takes uploads.
 *
 * @param options.minimumAge how long, in milliseconds, leftovers must have lain unchanged to be removed: 0 for the only
 * process on the store; one that is not alone must not remove another's upload under way (default a day)
 */
export function recoverStagedContent(deps: {
  reading: Pick<Reading, 'contents'>
  unitOfWork: UnitOfWork
  contents: ContentStore
  clock: Clock
}) {
  const { reading, contents, clock } = deps
  return async (options: { readonly minimumAge?: number } = {}): Promise<Recovery> => {
    const before = clock().getTime() - (options.minimumAge ?? DAY)
    // Listed before the register is read, so that an upload committed in between is not taken for a leftover.
    const leftovers = new Set<string>()
    for await (const { stagingName, modifiedAt } of contents.listStaged()) {
      if (modifiedAt.getTime() <= before) leftovers.add(stagingName)
    }
    const staged = await reading.contents.staged()
    const missing: StoredContent[] = []
    for (let start = 0; start < staged.length; start += MOST_AT_ONCE) {
      missing.push(...(await keepPresent(deps, staged.slice(start, start + MOST_AT_ONCE))))
    }
    for (const { stagingName } of staged) if (stagingName !== null) leftovers.delete(stagingName)
    for (const { stagingName } of missing) {
      // The operator may find in it what was lost.
      for (const name of leftovers) if (stagingName?.startsWith(name) === true) leftovers.delete(name)
    }
    for (const stagingName of leftovers) await contents.discard(stagingName)
    return { kept: staged.length - missing.length, removed: leftovers.size, missing }
  }
}

/** Keeps what is there. @returns what is not */
async function keepPresent(
  deps: KeepContentDeps,
  staged: readonly StoredContent[],
): Promise<readonly StoredContent[]> {
  try {
    await keepTogether(deps, staged)
    return []
  } catch (error) {
    if (!isMissing(error)) throw error
  }
  const missing: StoredContent[] = []
  for (const content of staged) {
    try {
      await deps.unitOfWork((tx) => keepIfReferenced(tx, deps.contents, content))
    } catch (error) {
      if (!isMissing(error)) throw error
      missing.push(content)
    }
  }
  return missing
}

function isMissing(error: unknown): boolean {
  return error instanceof ContentStoreError && error.code === 'CONTENT_MISSING'
}
