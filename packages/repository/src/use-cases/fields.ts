import { createField } from '../services/registries/create-field.ts'
import { deleteField } from '../services/registries/delete-field.ts'
import { listFields } from '../services/registries/list-fields.ts'
import { readField } from '../services/registries/read-field.ts'
import { updateField } from '../services/registries/update-field.ts'
import type { UseCaseDeps } from './deps.ts'

/** What can be done with metadata fields. */
export function fieldsUseCases(deps: UseCaseDeps) {
  return {
    create: createField(deps),
    delete: deleteField(deps),
    list: listFields(deps),
    read: readField(deps),
    update: updateField(deps),
  }
}
