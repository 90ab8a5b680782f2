import { createSchema } from '../services/registries/create-schema.ts'
import { deleteSchema } from '../services/registries/delete-schema.ts'
import { listSchemas } from '../services/registries/list-schemas.ts'
import { readSchema } from '../services/registries/read-schema.ts'
import { updateSchema } from '../services/registries/update-schema.ts'
import type { UseCaseDeps } from './deps.ts'

/** What can be done with metadata schemas. */
export function schemasUseCases(deps: UseCaseDeps) {
  return {
    create: createSchema(deps),
    delete: deleteSchema(deps),
    list: listSchemas(deps),
    read: readSchema(deps),
    update: updateSchema(deps),
  }
}
