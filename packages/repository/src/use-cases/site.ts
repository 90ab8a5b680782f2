import { patchSite } from '../services/site/patch-site.ts'
import { readSite } from '../services/site/read-site.ts'
import type { UseCaseDeps } from './deps.ts'

/** What can be done with the repository itself. */
export function siteUseCases(deps: UseCaseDeps) {
  return {
    patch: patchSite(deps),
    read: readSite(deps),
  }
}
