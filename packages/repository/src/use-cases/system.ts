import { readHealth } from '../services/system/read-health.ts'
import { readInfo } from '../services/system/read-info.ts'
import type { UseCaseDeps } from './deps.ts'

/** How the repository fares. */
export function systemUseCases(deps: UseCaseDeps) {
  return {
    health: readHealth(deps),
    info: readInfo(deps),
  }
}
