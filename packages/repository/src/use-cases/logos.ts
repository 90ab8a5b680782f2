import { deleteLogo, deleteLogoFile } from '../services/logos/delete-logo.ts'
import { setLogo } from '../services/logos/set-logo.ts'
import type { UseCaseDeps } from './deps.ts'

/** What can be done with logos. */
export function logosUseCases(deps: UseCaseDeps) {
  return {
    delete: deleteLogo(deps),
    deleteFile: deleteLogoFile(deps),
    set: setLogo(deps),
  }
}
