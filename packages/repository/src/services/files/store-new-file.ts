import type { Actor } from '../../domain/access/actor.ts'
import type { Clock } from '../../domain/clock.ts'
import type { Checksum } from '../../domain/datastreams/datastream.ts'
import type { EnteredFile } from '../../domain/files/bitstream-store.ts'
import type { StoredContent } from '../../domain/records/record.ts'
import type { Reading, Transaction } from '../../domain/unit-of-work.ts'
import { committedTogether } from '../committed-together.ts'
import { gatheredWork } from '../gathered-work.ts'
import { sentTogether } from '../sent-together.ts'
import { addFileIn, addFilesIn, type NewFile } from './add-file.ts'
import { discardUnlessCommitted } from './discard-unless-committed.ts'
import { stageFile, type IncomingFile } from './stage-file.ts'
import type { StoreFileDeps } from './store-file.ts'

/** A file whose bytes are staged, with what is recorded beside it. */
export interface StagedFile {
  readonly actor: Actor
  readonly file: NewFile
  readonly checksum?: Checksum | undefined
}

interface Deps extends StoreFileDeps {
  readonly reading: Pick<Reading, 'formats'>
  readonly clock: Clock
}

/** A file that may come in. */
export interface AdmittedFile {
  readonly incoming: IncomingFile
  /** Tells what is recorded, once its bytes are staged. */
  readonly describe: (content: StoredContent, head: Uint8Array) => StagedFile
}

/** Takes a new file in; `admit` decides whether it may come, before a byte is read. */
export type StoreNewFile = (admit: () => Promise<AdmittedFile>) => Promise<EnteredFile>

/**
 * Takes files in as `storeFile` does, for files that enter bundles. Those that arrive in the same moment share a transaction, as
 * long as they go into different items; where that fails for one of them, each is recorded in a transaction of its own.
 *
 * @throws what `addFileIn`, `admit` and `describe` throw, and the errors of `stageFile`
 */
export function storeNewFile(deps: Deps): StoreNewFile {
  const enter = gatheredWork<StagedFile, EnteredFile>({
    keysOf: ({ file: { content, place } }) => [
      content.sha256,
      'bundleId' in place ? place.bundleId : place.itemId,
    ],
    together: (staged) => enterTogether(deps, staged),
    alone: (staged) => enterAlone(deps, staged),
  })
  return async (admit) => {
    const entered = await enter(async () => {
      const { incoming, describe } = await admit()
      const { head, ...content } = await stageFile(deps.contents, incoming)
      return describe(content, head)
    })
    await deps.keeper.keep(entered.bitstream.content)
    return entered
  }
}

function enterTogether(
  deps: Deps,
  staged: readonly StagedFile[],
): Promise<readonly EnteredFile[] | undefined> {
  return committedTogether(deps.unitOfWork, async (tx) => {
    // The register's statement first: nobody locks a record before a content.
    const [, entered] = await sentTogether([
      tx.contents.registerMany(staged.map(({ file }) => file.content)),
      addFilesIn(tx, staged, { ...deps, isLast: bringsNoChecksum(staged) }),
    ])
    // What was registered is not to stay.
    if (entered === undefined) throw new Error('These files do not go together')
    await addChecksums(tx, staged)
    return entered
  })
}

async function enterAlone(deps: Deps, staged: StagedFile): Promise<EnteredFile> {
  const { actor, file } = staged
  const { stagingName } = file.content
  return discardUnlessCommitted(deps, stagingName === null ? [] : [stagingName], async (tx) => {
    const [, entered] = await sentTogether([
      tx.contents.register(file.content),
      addFileIn(tx, actor, file, { ...deps, isLast: bringsNoChecksum([staged]) }),
    ])
    await addChecksums(tx, [staged])
    return entered
  })
}

function bringsNoChecksum(staged: readonly StagedFile[]): boolean {
  return staged.every(({ checksum }) => checksum === undefined)
}

async function addChecksums(tx: Transaction, staged: readonly StagedFile[]): Promise<void> {
  for (const { checksum } of staged) if (checksum !== undefined) await tx.datastreams.addChecksum(checksum)
}
