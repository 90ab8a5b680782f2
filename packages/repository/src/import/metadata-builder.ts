import type { Metadata, MetadataValue } from '../domain/metadata/metadata.ts'

/** Collects metadata in the order in which it is found. */
export interface MetadataBuilder {
  add(field: string, value: MetadataValue): void
  /** What was collected so far. */
  build(): Metadata
}

/** Begins without any metadata. */
export function createMetadataBuilder(): MetadataBuilder {
  const fields = new Map<string, MetadataValue[]>()
  return {
    add: (field, value) => {
      const values = fields.get(field)
      if (values === undefined) fields.set(field, [value])
      else values.push(value)
    },
    build: () => Object.fromEntries([...fields].map(([field, values]) => [field, [...values]])),
  }
}
