import { readExternalEntry, searchExternalEntries } from '../services/external/find-external-entries.ts'
import {
  listExternalSources,
  listTypesOfExternalSource,
  readExternalSource,
} from '../services/external/find-external-sources.ts'
import { importExternalEntry } from '../services/external/import-external-entry.ts'
import type { UseCaseDeps } from './deps.ts'

/** What can be done with services of others that know metadata. */
export function externalSourcesUseCases(deps: UseCaseDeps) {
  return {
    import: importExternalEntry(deps),
    list: listExternalSources(deps),
    listTypes: listTypesOfExternalSource(deps),
    read: readExternalSource(deps),
    readEntry: readExternalEntry(deps),
    search: searchExternalEntries(deps),
  }
}
