import { firstValue, type Metadata } from '@hexapla/repository'
import { metadataDocument } from './metadata-document.ts'
import type { View } from './view.ts'

/** The properties that every DSpace object has, in the original's order. */
export function recordProperties(
  record: { readonly id: string; readonly metadata: Metadata },
  view: View,
  own: { readonly name?: string | null; readonly handle?: string | null } = {},
): Record<string, unknown> {
  return {
    id: record.id,
    uuid: record.id,
    name: own.name ?? firstValue(record.metadata, 'dc.title') ?? '',
    handle: own.handle ?? null,
    metadata: metadataDocument(record.metadata, view.actor.isAdministrator),
  }
}
