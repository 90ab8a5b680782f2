import { metadataValue, type Metadata } from '../domain/metadata/metadata.ts'

/** Metadata of texts; fields without any are left out. */
export function plainMetadata(
  fields: Readonly<Record<string, string | undefined | readonly string[]>>,
): Metadata {
  return Object.fromEntries(
    Object.entries(fields)
      .map(([field, texts]) => [field, [texts ?? []].flat().map((text) => metadataValue(text))] as const)
      .filter(([, values]) => values.length > 0),
  )
}
