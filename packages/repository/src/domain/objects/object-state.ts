import type { ObjectState } from '../datastreams/datastream.ts'
import type { RepositoryObject } from './repository-object.ts'

/**
 * How Islandora marks a record: withdrawn is deleted; what is archived but not to be found, or not archived yet, is
 * inactive. Communities and collections are always active.
 */
export function stateOf(record: RepositoryObject['record']): ObjectState {
  if (record.kind !== 'item') return 'A'
  if (record.withdrawn) return 'D'
  return record.inArchive && record.discoverable ? 'A' : 'I'
}
