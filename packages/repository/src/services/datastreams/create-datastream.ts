import type { Actor } from '../../domain/access/actor.ts'
import { dayOf, type Clock } from '../../domain/clock.ts'
import { bundleOfDsid } from '../../domain/datastreams/bundle-of-dsid.ts'
import type { Checksum, DatastreamFacts } from '../../domain/datastreams/datastream.ts'
import { requireDsid } from '../../domain/datastreams/require-dsid.ts'
import { DomainError } from '../../domain/errors.ts'
import { metadataValue } from '../../domain/metadata/metadata.ts'
import type { Reading, Transaction } from '../../domain/unit-of-work.ts'
import { requireAllowed } from '../access/require-allowed.ts'
import { createBundleIn } from '../files/create-bundle.ts'
import type { IncomingFile } from '../files/stage-file.ts'
import { storeFile, type StoreFileDeps } from '../files/store-file.ts'
import { addBitstreamIn } from '../files/upload-bitstream.ts'
import { findItemObject } from '../objects/find-object.ts'
import { computeChecksum } from './compute-checksum.ts'
import { lockFiles } from './lock-files.ts'

/** What is said of a new datastream; its media type is guessed where none is given. */
export interface NewDatastream extends Partial<Omit<DatastreamFacts, 'dsid'>> {
  readonly dsid: string
  readonly label?: string
  /** The name of the file. */
  readonly filename: string
  /** The media type that the file came with; less telling than `mimetype`. */
  readonly sentAs?: string
}

/** A datastream as it arrives: what is said of it may be known only when its bytes are. */
export interface ArrivingDatastream extends Pick<IncomingFile, 'source' | 'maxBytes' | 'signal'> {
  readonly pid: string
  readonly describe: () => Promise<NewDatastream>
}

/** What changes of datastreams need. */
export interface DatastreamDeps extends StoreFileDeps {
  readonly reading: Pick<Reading, 'objects' | 'datastreams'>
  readonly clock: Clock
}

/**
 * Adds a file to an item under a name of its own, for those who may ADD to and WRITE the item. It comes to lie in the
 * bundle that its name tells, which is made where it is missing. Whether they may is decided before a byte is read.
 *
 * @returns the dsid
 * @throws DomainError `NOT_FOUND`, `NOT_SIGNED_IN`, `NOT_ALLOWED`, `INVALID` for the dsid, `CONFLICT` with
 * `field: 'dsid'` when the item has one of that name, `TOO_LARGE`
 * @throws ContentStoreError, and what `describe` throws
 */
export function createDatastream(deps: DatastreamDeps) {
  return async (actor: Actor, input: ArrivingDatastream): Promise<string> => {
    const { pid } = input
    const today = dayOf(deps.clock())
    const { value, access } = await findItemObject(deps.reading, actor, { pid, action: 'ADD', today })
    requireAllowed(actor, 'WRITE', access, today, { kind: 'object', id: pid })
    let told: NewDatastream = { dsid: '', filename: '' }
    let checksum: Checksum | undefined
    const incoming: IncomingFile = {
      ...input,
      trailer: async (staged) => {
        told = await input.describe()
        requireDsid(told.dsid)
        checksum = await computeChecksum(deps.contents, staged, told.checksumType)
        return {}
      },
    }
    await storeFile(deps, incoming, async (tx, content, head) => {
      const bundleId = await receivingBundle(
        tx,
        actor,
        { pid, itemId: value.record.id, dsid: told.dsid },
        deps,
      )
      const { label, filename, sentAs, ...facts } = told
      const mimetype = facts.mimetype ?? sentAs
      const file = await addBitstreamIn(
        tx,
        actor,
        {
          bundleId,
          name: filename === '' ? told.dsid : filename,
          metadata: label === undefined ? {} : { 'dc.description': [metadataValue(label)] },
          content,
          head,
          ...(mimetype === undefined ? {} : { mimetype }),
        },
        deps,
      )
      await tx.datastreams.describe(file.id, facts)
      if (checksum !== undefined) await tx.datastreams.addChecksum(checksum)
      return file
    })
    return told.dsid
  }
}

async function receivingBundle(
  tx: Transaction,
  actor: Actor,
  { pid, itemId, dsid }: { readonly pid: string; readonly itemId: string; readonly dsid: string },
  deps: Pick<DatastreamDeps, 'clock'>,
): Promise<string> {
  await lockFiles(tx, itemId)
  if ((await tx.datastreams.ofItem(itemId, dsid)).length > 0) {
    throw new DomainError('CONFLICT', `The object ${pid} has a datastream ${dsid} already`, { field: 'dsid' })
  }
  const name = bundleOfDsid(dsid)
  const bundle =
    (await tx.bundles.named(itemId, name)) ?? (await createBundleIn(tx, actor, { itemId, name }, deps))
  return bundle.id
}
