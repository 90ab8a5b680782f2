import { metadataValue, type Metadata } from './metadata.ts'

/** Metadata with another first value of a field; those behind it stay. */
export function withFirstValue(metadata: Metadata, field: string, value: string): Metadata {
  const [, ...others] = metadata[field] ?? []
  return { ...metadata, [field]: [metadataValue(value), ...others] }
}
