import { changeObject } from '../services/objects/change-object.ts'
import { addTriple, removeTriples } from '../services/objects/change-triples.ts'
import { createObject } from '../services/objects/create-object.ts'
import { deleteObject } from '../services/objects/delete-object.ts'
import { readObject } from '../services/objects/read-object.ts'
import { readTriples } from '../services/objects/read-triples.ts'
import type { UseCaseDeps } from './deps.ts'

/** What can be done with objects, as Islandora sees records. */
export function objectsUseCases(deps: UseCaseDeps) {
  return {
    addTriple: addTriple(deps),
    change: changeObject(deps),
    create: createObject(deps),
    delete: deleteObject(deps),
    read: readObject(deps),
    readTriples: readTriples(deps),
    removeTriples: removeTriples(deps),
  }
}
