import { importItems } from '../services/import/import-items.ts'
import { listImported } from '../services/import/list-imported.ts'
import type { UseCaseDeps } from './deps.ts'

/** What can be done with imports. */
export function importsUseCases(deps: UseCaseDeps) {
  return {
    list: listImported(deps),
    run: importItems(deps),
  }
}
