import { metadataValue, type Metadata } from '../../domain/metadata/metadata.ts'
import type { NamingConfig } from '../../domain/records/identifiers.ts'

/** The metadata with the address of a handle as its last `dc.identifier.uri`, unless it is there already. */
export function withIdentifierUri(
  metadata: Metadata,
  handle: string,
  naming: Pick<NamingConfig, 'handleResolver'>,
): Metadata {
  const uri = naming.handleResolver + handle
  const uris = metadata['dc.identifier.uri'] ?? []
  if (uris.some((known) => known.value === uri)) return metadata
  return { ...metadata, 'dc.identifier.uri': [...uris, metadataValue(uri)] }
}
