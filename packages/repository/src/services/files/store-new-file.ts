import type { Clock } from '../../domain/clock.ts'
import type { Checksum } from '../../domain/datastreams/datastream.ts'
import type { EnteredFile } from '../../domain/files/bitstream-store.ts'
import type { StoredContent } from '../../domain/records/record.ts'
import type { Reading, Transaction } from '../../domain/unit-of-work.ts'
import { committedTogether } from '../committed-together.ts'
import { gatheredWork } from '../gathered-work.ts'
import { sentTogether } from '../sent-together.ts'
import { addFileIn, addFilesIn, type BroughtFile } from './add-file.ts'
import { discardUnlessCommitted } from './discard-unless-committed.ts'
import { receiveFile, type IncomingFile } from './stage-file.ts'
import type { StoreFileDeps } from './store-file.ts'

/** A file whose bytes have arrived, with what is recorded beside it. */
export interface ArrivedFile extends BroughtFile {
  readonly checksum?: Checksum | undefined
}

interface Deps extends StoreFileDeps {
  readonly reading: Pick<Reading, 'formats'>
  readonly clock: Clock
}

/** A file that may come in. */
export interface AdmittedFile {
  readonly incoming: IncomingFile
  /** Tells what is recorded, once its bytes have arrived. */
  readonly describe: (content: StoredContent, head: Uint8Array) => ArrivedFile
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
  const enter = gatheredWork<ArrivedFile, EnteredFile>({
    keysOf: ({ file: { content, place } }) => [
      content.sha256,
      'bundleId' in place ? place.bundleId : place.itemId,
    ],
    together: (arrived) => enterTogether(deps, arrived),
    alone: (arrived) => enterAlone(deps, arrived),
  })
  return async (admit) => {
    const entered = await enter(async () => {
      const { incoming, describe } = await admit()
      const { content: received, durable } = await receiveFile(deps.contents, incoming)
      const { head, ...content } = received
      // While they are on their way to the disk, the records that they go into are found and locked.
      return { ...describe(content, head), durable }
    })
    await deps.keeper.keep(entered.bitstream.content)
    return entered
  }
}

function enterTogether(
  deps: Deps,
  arrived: readonly ArrivedFile[],
): Promise<readonly EnteredFile[] | undefined> {
  return committedTogether(deps.unitOfWork, async (tx) => {
    // The register's statement first: nobody locks a record before a content.
    const [, entered] = await sentTogether([
      tx.contents.registerMany(arrived.map(({ file }) => file.content)),
      addFilesIn(tx, arrived, { ...deps, isLast: bringsNoChecksum(arrived) }),
    ])
    // What was registered is not to stay.
    if (entered === undefined) throw new Error('These files do not go together')
    await addChecksums(tx, arrived)
    return entered
  })
}

async function enterAlone(deps: Deps, arrived: ArrivedFile): Promise<EnteredFile> {
  const { content } = arrived.file
  const { stagingName } = content
  return discardUnlessCommitted(deps, stagingName === null ? [] : [stagingName], async (tx) => {
    const [, entered] = await sentTogether([
      tx.contents.register(content),
      addFileIn(tx, arrived, { ...deps, isLast: bringsNoChecksum([arrived]) }),
    ])
    await addChecksums(tx, [arrived])
    return entered
  })
}

function bringsNoChecksum(arrived: readonly ArrivedFile[]): boolean {
  return arrived.every(({ checksum }) => checksum === undefined)
}

async function addChecksums(tx: Transaction, arrived: readonly ArrivedFile[]): Promise<void> {
  for (const { checksum } of arrived) if (checksum !== undefined) await tx.datastreams.addChecksum(checksum)
}
