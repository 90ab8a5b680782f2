import { changeDatastream, replaceDatastream } from '../services/datastreams/change-datastream.ts'
import { createDatastream } from '../services/datastreams/create-datastream.ts'
import { deleteDatastream, deleteDatastreamVersion } from '../services/datastreams/delete-datastream.ts'
import { readDatastream } from '../services/datastreams/read-datastream.ts'
import type { UseCaseDeps } from './deps.ts'

/** What can be done with datastreams. */
export function datastreamsUseCases(deps: UseCaseDeps) {
  return {
    change: changeDatastream(deps),
    create: createDatastream(deps),
    delete: deleteDatastream(deps),
    deleteVersion: deleteDatastreamVersion(deps),
    read: readDatastream(deps),
    replace: replaceDatastream(deps),
  }
}
