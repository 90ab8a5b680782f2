import type { Actor } from '../../domain/access/actor.ts'
import { dayOf, type Clock } from '../../domain/clock.ts'
import { bundleOfDsid } from '../../domain/datastreams/bundle-of-dsid.ts'
import type {
  Checksum,
  ChecksumType,
  Datastream,
  DatastreamFacts,
} from '../../domain/datastreams/datastream.ts'
import { ADDRESS_BUNDLE, holdsAddress } from '../../domain/datastreams/location.ts'
import { requireDsid } from '../../domain/datastreams/require-dsid.ts'
import { DomainError } from '../../domain/errors.ts'
import type { EnteredFile } from '../../domain/files/bitstream-store.ts'
import type { StagedContent } from '../../domain/files/content-store.ts'
import { metadataValue } from '../../domain/metadata/metadata.ts'
import type { Reading } from '../../domain/unit-of-work.ts'
import { requireAllowed } from '../access/require-allowed.ts'
import type { NewFile } from '../files/add-file.ts'
import type { IncomingFile } from '../files/stage-file.ts'
import type { StoreFileDeps } from '../files/store-file.ts'
import { storeNewFile } from '../files/store-new-file.ts'
import { findItemObject } from '../objects/find-object.ts'
import { computeChecksum } from './compute-checksum.ts'
import { requireFittingContent } from './require-fitting-content.ts'

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
  readonly reading: Pick<Reading, 'objects' | 'datastreams' | 'formats'>
  readonly clock: Clock
}

/**
 * Adds a file to an item under a name of its own, for those who may ADD to and WRITE the item. It comes to lie in the
 * bundle that its name tells, which is made where it is missing. Whether they may is decided before a byte is read.
 *
 * @throws DomainError `NOT_FOUND`, `NOT_SIGNED_IN`, `NOT_ALLOWED`, `INVALID` for the dsid and for what its control group
 * cannot hold, `CONFLICT` with `field: 'dsid'` when the item has one of that name, `TOO_LARGE`
 * @throws ContentStoreError, and what `describe` throws
 */
export function createDatastream(deps: DatastreamDeps) {
  return storeDatastream(deps, ({ controlGroup }, staged) =>
    requireFittingContent(deps.contents, controlGroup, staged),
  )
}

/** The same with another look at what has arrived. */
export function storeDatastream(
  deps: DatastreamDeps,
  check: (told: NewDatastream, staged: StagedContent) => Promise<void>,
) {
  const store = storeNewFile(deps)
  return async (actor: Actor, input: ArrivingDatastream): Promise<Datastream> => {
    const { pid } = input
    const today = dayOf(deps.clock())
    let told: NewDatastream = { dsid: '', filename: '' }
    let checksum: Checksum | undefined
    const trailer = async (staged: StagedContent) => {
      told = await input.describe()
      requireDsid(told.dsid)
      await check(told, staged)
      checksum = await computeChecksum(deps.contents, staged, told.checksumType)
      return {}
    }
    const entered = await store(async () => {
      const { value, access } = await findItemObject(deps.reading, actor, { pid, action: 'ADD', today })
      requireAllowed(actor, 'WRITE', access, today, { kind: 'object', id: pid })
      return {
        incoming: { ...input, trailer },
        describe: (content, head) => ({
          actor,
          file: { ...fileOf(told, value.record.id), content, head },
          checksum,
        }),
      }
    }).catch((error: unknown) => {
      throw isTaken(error) ? takenDsid(pid, told.dsid, error) : error
    })
    return datastreamOf(entered, told, checksum)
  }
}

function isTaken(error: unknown): error is DomainError {
  return error instanceof DomainError && error.code === 'CONFLICT' && error.data['field'] === 'dsid'
}

function takenDsid(pid: string, dsid: string, cause: DomainError): DomainError {
  const message = `The object ${pid} has a datastream ${dsid} already`
  return new DomainError('CONFLICT', message, { field: 'dsid' }, { cause })
}

function fileOf(told: NewDatastream, itemId: string): Omit<NewFile, 'content' | 'head'> {
  const { label, filename, sentAs, ...facts } = told
  // What an address leads to is not what the file with the address is.
  const mimetype = holdsAddress(facts.controlGroup ?? 'M') ? sentAs : (facts.mimetype ?? sentAs)
  return {
    place: { itemId, name: bundleOf(told) },
    name: filename === '' ? told.dsid : filename,
    metadata: label === undefined ? {} : { 'dc.description': [metadataValue(label)] },
    facts,
    ...(mimetype === undefined ? {} : { mimetype }),
  }
}

function bundleOf({ dsid, controlGroup = 'M' }: NewDatastream): string {
  return holdsAddress(controlGroup) ? ADDRESS_BUNDLE : bundleOfDsid(dsid)
}

function datastreamOf(
  { bitstream: file, mimetype }: EnteredFile,
  told: NewDatastream,
  checksum: Checksum | undefined,
): Datastream {
  const { dsid, state = 'A', controlGroup = 'M', versionable = true, checksumType = 'DISABLED' } = told
  const known: Partial<Record<ChecksumType, string>> = {
    MD5: file.content.md5,
    'SHA-256': file.content.sha256,
  }
  return {
    file,
    dsid,
    state,
    controlGroup,
    versionable,
    checksumType,
    mimetype,
    datedAt: file.createdAt,
    checksum: known[checksumType] ?? checksum?.value ?? null,
    versions: [],
  }
}
