import { permitted } from '../services/access/permitted.ts'
import { readObjectByToken } from '../services/datastreams/datastream-tokens.ts'
import { changeObject } from '../services/objects/change-object.ts'
import { addTriple, removeTriples, replaceTriples } from '../services/objects/change-triples.ts'
import { countObjects } from '../services/objects/count-objects.ts'
import { createObject } from '../services/objects/create-object.ts'
import { deleteObject } from '../services/objects/delete-object.ts'
import { readObject } from '../services/objects/read-object.ts'
import { readTriples } from '../services/objects/read-triples.ts'
import { replaceDublinCore } from '../services/objects/replace-dublin-core.ts'
import { thenRead } from '../services/objects/then-read.ts'
import { queryRecords } from '../services/search/query-records.ts'
import type { UseCaseDeps } from './deps.ts'

/** What can be done with objects, as Islandora sees records, and the permission that each takes. */
export function objectsUseCases(deps: UseCaseDeps) {
  const read = readObject(deps)
  return {
    addTriple: permitted('ISLANDORA_REST_RELATIONSHIP_POST_PERM', addTriple(deps)),
    change: permitted('ISLANDORA_REST_OBJECT_PUT_PERM', thenRead(changeObject(deps), read)),
    count: countObjects(deps),
    // No policy decides on what is not there yet, so it asks for its permission, ISLANDORA_REST_OBJECT_POST_PERM, itself.
    create: createObject(deps),
    delete: permitted('ISLANDORA_REST_OBJECT_DELETE_PERM', deleteObject(deps)),
    read: permitted('ISLANDORA_REST_OBJECT_GET_PERM', read),
    /** The same for what a virtual datastream is written from. */
    readForDatastream: permitted('ISLANDORA_REST_DATASTREAM_GET_PERM', read),
    /** The same by a token, which says in whose name. */
    readForDatastreamByToken: readObjectByToken(deps),
    readTriples: permitted('ISLANDORA_REST_RELATIONSHIP_GET_PERM', readTriples(deps)),
    replaceDublinCore: permitted(
      'ISLANDORA_REST_DATASTREAM_PUT_PERM',
      thenRead(replaceDublinCore(deps), read),
    ),
    replaceTriples: permitted('ISLANDORA_REST_DATASTREAM_PUT_PERM', thenRead(replaceTriples(deps), read)),
    removeTriples: permitted('ISLANDORA_REST_RELATIONSHIP_DELETE_PERM', removeTriples(deps)),
    search: permitted('ISLANDORA_SOLR_SEARCH_PERM', queryRecords(deps)),
  }
}
