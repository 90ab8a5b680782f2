import type { MetadataField } from '@hexapla/repository'
import { embedOne, type ResourceType } from '../hal/resource.ts'

const idOf = (field: MetadataField) => String(field.id)

/** Metadata fields (RestContract metadatafields.md). */
export const fieldResource: ResourceType<MetadataField> = {
  type: 'metadatafield',
  plural: 'metadatafields',
  id: idOf,
  path: (field) => `core/metadatafields/${field.id}`,
  properties: (field) => ({
    id: field.id,
    element: field.element,
    qualifier: field.qualifier,
    scopeNote: field.scopeNote,
    type: 'metadatafield',
    uniqueType: 'core.metadatafield',
  }),
  links: [
    {
      name: 'schema',
      embed: embedOne(
        'schema',
        idOf,
        (field: MetadataField) => field.schemaId,
        (view, ids) => view.related.schemas(ids),
      ),
    },
  ],
}
