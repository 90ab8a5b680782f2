import { findDatasetIds, findDatasets } from '../services/datasets/find-datasets.ts'
import { findOverlapping } from '../services/datasets/find-overlapping.ts'
import { listDatasetNames, listDatasetTypes } from '../services/datasets/list-dataset-names.ts'
import { readDataset } from '../services/datasets/read-dataset.ts'
import type { UseCaseDeps } from './deps.ts'

/** What can be done with datasets. */
export function datasetsUseCases(deps: UseCaseDeps) {
  return {
    find: findDatasets(deps),
    findIds: findDatasetIds(deps),
    findOverlapping: findOverlapping(deps),
    listNames: listDatasetNames(deps),
    listTypes: listDatasetTypes(deps),
    read: readDataset(deps),
  }
}
