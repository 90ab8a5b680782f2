import type { MetadataField } from '../records/record.ts'

/** The full name of a field, `schema.element[.qualifier]`. */
export function fieldName(field: Pick<MetadataField, 'schemaPrefix' | 'element' | 'qualifier'>): string {
  const { schemaPrefix, element, qualifier } = field
  return qualifier === null ? `${schemaPrefix}.${element}` : `${schemaPrefix}.${element}.${qualifier}`
}
