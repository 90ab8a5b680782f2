import type { Readable } from 'node:stream'
import { text } from 'node:stream/consumers'
import type { Actor } from '../../domain/access/actor.ts'
import { dayOf, type Clock } from '../../domain/clock.ts'
import { labelOf, type Datastream, type DatastreamVersion } from '../../domain/datastreams/datastream.ts'
import type { AskedAddress, OpenAddress, OpenedAddress } from '../../domain/datastreams/open-address.ts'
import { holdsAddress, parseLocation } from '../../domain/datastreams/location.ts'
import { notFound } from '../../domain/errors.ts'
import type { ByteRange, ContentStore } from '../../domain/files/content-store.ts'
import type { Reading } from '../../domain/unit-of-work.ts'
import { requireAllowed } from '../access/require-allowed.ts'
import { findDatastream, type DatastreamName } from './find-datastream.ts'

/** As much of a file as an address takes, whatever somebody has made of it. */
const ADDRESS_RANGE: ByteRange = { start: 0, end: 16_383 }

/** Where the content of a datastream is. */
export interface HeldAddress {
  /** @throws DomainError `INVALID` when somebody wrote something else into the file */
  readonly location: () => Promise<string>
  /** Fetches what is there. @throws DomainError as `location`, and OutsideError as {@link OpenAddress} */
  readonly open: (asked: AskedAddress) => Promise<OpenedAddress>
}

/** What a datastream holds, or held once. */
export interface DatastreamContent {
  readonly datastream: Datastream
  readonly version: DatastreamVersion
  /** Whether it is the present one. */
  readonly isCurrent: boolean
  /**
   * Opens the bytes, or a range of them. The stream must be read to its end or destroyed.
   *
   * @throws ContentStoreError
   */
  readonly open: (range?: ByteRange) => Promise<Readable>
  /** Of a datastream that holds an address (`E`, `R`); undefined for any other. */
  readonly address: HeldAddress | undefined
}

/** What reading needs. */
export interface ReadDatastreamDeps {
  readonly reading: Pick<Reading, 'objects' | 'datastreams'>
  readonly contents: Pick<ContentStore, 'open'>
  readonly openAddress: OpenAddress
  readonly clock: Clock
}

/**
 * Reads a datastream as it is, or as it was, for those who may READ its file.
 *
 * @param input.datedAt when the content wanted came; the present one without it
 * @throws DomainError `NOT_FOUND`, `NOT_SIGNED_IN`, `NOT_ALLOWED`
 */
export function readDatastream(deps: ReadDatastreamDeps) {
  return async (
    actor: Actor,
    input: DatastreamName & { readonly datedAt?: Date },
  ): Promise<DatastreamContent> => {
    const { value: datastream, access } = await findDatastream(deps.reading, input)
    const id = `${input.pid}/${input.dsid}`
    requireAllowed(actor, 'READ', access, dayOf(deps.clock()), { kind: 'datastream', id })
    const current = currentVersion(datastream)
    const wanted = input.datedAt?.getTime() ?? current.datedAt.getTime()
    const version = [current, ...datastream.versions].find(({ datedAt }) => datedAt.getTime() === wanted)
    if (version === undefined) {
      throw notFound('version of a datastream', `${id} of ${input.datedAt?.toISOString()}`)
    }
    const open = (range?: ByteRange): Promise<Readable> => deps.contents.open(version.content, range)
    const location = async (): Promise<string> => parseLocation(await text(await open(ADDRESS_RANGE)))
    const address: HeldAddress = {
      location,
      open: async (asked) => deps.openAddress(await location(), asked),
    }
    return {
      datastream,
      version,
      isCurrent: version === current,
      open,
      address: holdsAddress(datastream.controlGroup) ? address : undefined,
    }
  }
}

function currentVersion(datastream: Datastream): DatastreamVersion {
  const { datedAt, state, mimetype, file } = datastream
  return { datedAt, label: labelOf(file), state, mimetype, content: file.content }
}
