import { permitted } from '../services/access/permitted.ts'
import { createAddress, replaceAddress } from '../services/datastreams/address-datastream.ts'
import { changeDatastream, replaceDatastream } from '../services/datastreams/change-datastream.ts'
import { createDatastream } from '../services/datastreams/create-datastream.ts'
import { deleteDatastream, deleteDatastreamVersion } from '../services/datastreams/delete-datastream.ts'
import { issueDatastreamToken, readByToken } from '../services/datastreams/datastream-tokens.ts'
import { readDatastream } from '../services/datastreams/read-datastream.ts'
import { thenReadDatastream } from '../services/datastreams/then-read-datastream.ts'
import type { UseCaseDeps } from './deps.ts'

/** What can be done with datastreams, and the permission that each takes. */
export function datastreamsUseCases(deps: UseCaseDeps) {
  const read = readDatastream(deps)
  return {
    change: permitted('ISLANDORA_REST_DATASTREAM_PUT_PERM', thenReadDatastream(changeDatastream(deps), read)),
    create: permitted('ISLANDORA_REST_DATASTREAM_POST_PERM', createDatastream(deps)),
    createAddress: permitted('ISLANDORA_REST_DATASTREAM_POST_PERM', createAddress(deps)),
    delete: permitted('ISLANDORA_REST_DATASTREAM_DELETE_PERM', deleteDatastream(deps)),
    deleteVersion: permitted('ISLANDORA_REST_DATASTREAM_DELETE_PERM', deleteDatastreamVersion(deps)),
    issueToken: permitted('ISLANDORA_REST_DATASTREAM_TOKEN_GET_PERM', issueDatastreamToken(deps)),
    read: permitted('ISLANDORA_REST_DATASTREAM_GET_PERM', read),
    readByToken: readByToken(deps),
    replace: permitted(
      'ISLANDORA_REST_DATASTREAM_PUT_PERM',
      thenReadDatastream(replaceDatastream(deps), read),
    ),
    replaceAddress: permitted(
      'ISLANDORA_REST_DATASTREAM_PUT_PERM',
      thenReadDatastream(replaceAddress(deps), read),
    ),
  }
}
