import type { Guarded } from '../../domain/access/guarded.ts'
import type { Datastream } from '../../domain/datastreams/datastream.ts'
import { notFound } from '../../domain/errors.ts'
import type { Item } from '../../domain/records/record.ts'
import type { Reading } from '../../domain/unit-of-work.ts'

/** A datastream by the pid of its object and its name there. */
export interface DatastreamName {
  readonly pid: string
  readonly dsid: string
}

/**
 * Finds a datastream. That it exists may be told to everybody who asks; what it holds is decided on afterwards.
 *
 * @throws DomainError `NOT_FOUND`
 */
export async function findDatastream(
  stores: Pick<Reading, 'objects' | 'datastreams'>,
  { pid, dsid }: DatastreamName,
): Promise<Guarded<Datastream> & { readonly item: Item }> {
  const record = (await stores.objects.find(pid))?.value.record
  if (record === undefined) throw notFound('object', pid)
  const [found] = record.kind === 'item' ? await stores.datastreams.ofItem(record.id, dsid) : []
  if (record.kind !== 'item' || found === undefined) throw notFound('datastream', `${pid}/${dsid}`)
  return { ...found, item: record }
}
