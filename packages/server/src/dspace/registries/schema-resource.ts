import type { MetadataSchema } from '@hexapla/repository'
import type { ResourceType } from '../hal/resource.ts'

/** Metadata schemas (RestContract metadataschemas.md). */
export const schemaResource: ResourceType<MetadataSchema> = {
  type: 'metadataschema',
  plural: 'metadataschemas',
  id: (schema) => String(schema.id),
  path: (schema) => `core/metadataschemas/${schema.id}`,
  properties: (schema) => ({
    id: schema.id,
    prefix: schema.prefix,
    namespace: schema.namespace,
    type: 'metadataschema',
    uniqueType: 'core.metadataschema',
  }),
  links: [],
}
