import type { Actor } from '../../domain/access/actor.ts'
import type { Clock } from '../../domain/clock.ts'
import { notFound } from '../../domain/errors.ts'
import { parseHandle } from '../../domain/records/handle.ts'
import type { NamingConfig } from '../../domain/records/identifiers.ts'
import type {
  Bitstream,
  Bundle,
  Collection,
  Community,
  Group,
  Item,
  Person,
  Site,
} from '../../domain/records/record.ts'
import type { FoundRecord } from '../../domain/records/record-finder.ts'
import type { Reading } from '../../domain/unit-of-work.ts'
import { readCollection } from '../collections/read-collection.ts'
import { readCommunity } from '../communities/read-community.ts'
import { readBitstream } from '../files/read-bitstream.ts'
import { readBundle } from '../files/read-bundle.ts'
import { readItem } from '../items/read-item.ts'
import { readGroup } from '../people/read-group.ts'
import { readPerson } from '../people/read-person.ts'
import { readSite } from '../site/read-site.ts'

/** Whatever has a uuid. */
export type FindableRecord = Site | Community | Collection | Item | Bundle | Bitstream | Person | Group

/** A uuid; or a handle, as itself, with `hdl:` or as a resolver's address. */
export type RecordName = { readonly uuid: string } | { readonly handle: string }

/**
 * Finds out what an identifier leads to, for those who may read that (UUIDLookupRestController of the original).
 *
 * @throws DomainError `NOT_FOUND`, `NOT_SIGNED_IN`, `NOT_ALLOWED`
 */
export function findRecord(deps: { reading: Reading; clock: Clock; naming: NamingConfig }) {
  const readers: { readonly [Kind in FindableRecord['kind']]: Reader } = {
    site: (actor) => readSite(deps)(actor),
    community: readCommunity(deps),
    collection: readCollection(deps),
    item: readItem(deps),
    bundle: readBundle(deps),
    bitstream: readBitstream(deps),
    person: readPerson(deps),
    group: readGroup(deps),
  }
  const find = async (name: RecordName): Promise<FoundRecord | undefined> => {
    if ('uuid' in name) return deps.reading.finder.byUuid(name.uuid)
    const handle = parseHandle(name.handle, deps.naming.handleResolver)
    return handle === undefined ? undefined : deps.reading.finder.byHandle(handle)
  }
  return async (actor: Actor, name: RecordName): Promise<FindableRecord> => {
    const found = await find(name)
    if (found === undefined) throw notFound('record', 'uuid' in name ? name.uuid : name.handle)
    return readers[found.kind](actor, found.id)
  }
}

type Reader = (actor: Actor, id: string) => Promise<FindableRecord>
