import { hash } from 'node:crypto'
import type { Harvest } from '../../domain/harvest/harvest.ts'
import { metadataValue, type Metadata } from '../../domain/metadata/metadata.ts'
import { withOwn } from '../../domain/metadata/virtual-values.ts'
import type { NamingConfig } from '../../domain/records/identifiers.ts'
import type { Item } from '../../domain/records/record.ts'
import type { SourceRecord } from '../../harvest/harvest-source.ts'
import { withIdentifierUri } from '../metadata/with-identifier-uri.ts'

/** A record that a source has. */
export type LiveRecord = Extract<SourceRecord, { kind: 'record' }>

const PROVENANCE = 'dc.description.provenance'

/**
 * What tells whether a record has changed. Of its files only the moment of the last change is known before they are
 * asked for.
 */
export function digestOf(record: LiveRecord, { type }: Pick<Harvest, 'type'>): string {
  const files = type === 'METADATA_ONLY' ? [] : [type, record.datestamp]
  return hash('sha256', JSON.stringify([record.metadata, ...files]), 'base64url')
}

/** The metadata of a new item, with a line on where it comes from, as the original writes it. */
export function arrivingMetadata(
  record: LiveRecord,
  { source }: Pick<Harvest, 'source'>,
  now: Date,
): Metadata {
  const told = `Item created via OAI harvest from source: ${source} on ${now.toISOString()}. Item's OAI Record identifier: ${record.oaiId}`
  return { ...record.metadata, [PROVENANCE]: [metadataValue(told)] }
}

/**
 * The metadata of an item whose record has changed: those of the record, and what this repository itself has added
 * (its handle's address, accession, availability and provenance). What it shows of related items stays.
 */
export function changedMetadata(
  item: Item,
  { metadata }: LiveRecord,
  naming: Pick<NamingConfig, 'handleResolver'>,
): Metadata {
  const kept = (field: string): Metadata => {
    const values = item.metadata[field]
    return values === undefined ? {} : { [field]: values }
  }
  const own = {
    ...kept('dc.date.available'),
    ...metadata,
    ...kept('dc.date.accessioned'),
    ...kept(PROVENANCE),
  }
  return withOwn(item.metadata, withIdentifierUri(own, item.handle, naming))
}
