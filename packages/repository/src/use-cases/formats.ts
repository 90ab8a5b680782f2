import { createFormat } from '../services/registries/create-format.ts'
import { deleteFormat } from '../services/registries/delete-format.ts'
import { listFormats } from '../services/registries/list-formats.ts'
import { readFormat } from '../services/registries/read-format.ts'
import { updateFormat } from '../services/registries/update-format.ts'
import type { UseCaseDeps } from './deps.ts'

/** What can be done with bitstream formats. */
export function formatsUseCases(deps: UseCaseDeps) {
  return {
    create: createFormat(deps),
    delete: deleteFormat(deps),
    list: listFormats(deps),
    read: readFormat(deps),
    update: updateFormat(deps),
  }
}
