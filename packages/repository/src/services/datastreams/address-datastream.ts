import type { Actor } from '../../domain/access/actor.ts'
import type { Datastream } from '../../domain/datastreams/datastream.ts'
import {
  holdsAddress,
  locationFile,
  requireLocation,
  requireNoChecksum,
} from '../../domain/datastreams/location.ts'
import { invalid } from '../../domain/errors.ts'
import { guessFormat } from '../files/guess-format.ts'
import { storeContent, type DatastreamChange } from './change-datastream.ts'
import { storeDatastream, type DatastreamDeps, type NewDatastream } from './create-datastream.ts'
import type { DatastreamName } from './find-datastream.ts'

/** A datastream that holds an address, `E` or `R`; the media type is that of what is there. */
export interface NewAddress extends Omit<NewDatastream, 'filename' | 'sentAs'> {
  readonly pid: string
  readonly location: string
}

/**
 * Adds a datastream that holds the address of its content, for those who may ADD to and WRITE the item. It is a file with the
 * address in it, in a bundle of such files: in DSpace it is what it is.
 *
 * @throws DomainError `INVALID` for the url, another control group and a checksum, and those of `createDatastream`
 */
export function createAddress(deps: DatastreamDeps) {
  const store = storeDatastream(deps, async () => undefined)
  return async (actor: Actor, input: NewAddress): Promise<Datastream> => {
    const { pid, location: text, ...told } = input
    requireAddressGroup(told.controlGroup ?? 'M')
    requireNoChecksum(told.checksumType)
    const location = requireLocation(text)
    const mimetype = told.mimetype ?? (await typeOf(deps, location))
    const { dsid } = told
    return store(actor, {
      pid,
      source: inOneChunk(locationFile(location)),
      describe: async () => ({ ...told, mimetype, filename: `${dsid}.txt`, sentAs: 'text/plain' }),
    })
  }
}

/**
 * Gives such a datastream another address, for those who may WRITE its file. The former one stays readable where it is
 * versionable.
 *
 * @throws DomainError `INVALID` for the url, a checksum, and a datastream that holds none, and those of `replaceDatastream`
 */
export function replaceAddress(deps: DatastreamDeps) {
  const store = storeContent(deps, async ({ controlGroup }) => requireAddressGroup(controlGroup))
  return async (
    actor: Actor,
    input: DatastreamName & { readonly location: string; readonly change: DatastreamChange },
  ): Promise<void> => {
    const { pid, dsid, change } = input
    requireNoChecksum(change.checksumType)
    const location = requireLocation(input.location)
    const mimetype = change.mimetype ?? (await typeOf(deps, location))
    await store(actor, {
      pid,
      dsid,
      source: inOneChunk(locationFile(location)),
      describe: async () => ({ ...change, mimetype, filename: '' }),
    })
  }
}

function requireAddressGroup(controlGroup: Datastream['controlGroup']): void {
  if (holdsAddress(controlGroup)) return
  throw invalid(`A datastream of the control group ${controlGroup} has a file and no url`, 'url')
}

/** What is probably there, by the end of the address's path. */
async function typeOf({ reading }: Pick<DatastreamDeps, 'reading'>, location: string): Promise<string> {
  const name = new URL(location).pathname
  const id = await guessFormat(reading.formats, { name, head: new Uint8Array() })
  return (await reading.formats.find(id))?.mimetype ?? 'application/octet-stream'
}

async function* inOneChunk(bytes: Uint8Array): AsyncGenerator<Uint8Array, void> {
  yield bytes
}
