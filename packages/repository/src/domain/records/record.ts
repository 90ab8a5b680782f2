import type { Metadata } from '../metadata/metadata.ts'

/** What every record has. Dates have millisecond precision. */
export interface RecordBase {
  /** uuid */
  readonly id: string
  readonly metadata: Metadata
  /** Counts the changes of this record: the ETag, and what `If-Match` compares. */
  readonly version: number
  readonly createdAt: Date
  readonly modifiedAt: Date
}

/** Handle and pid, given at birth whichever dialect creates the record. */
export interface Identified {
  /** `prefix/suffix` */
  readonly handle: string
  /** `namespace:name` */
  readonly pid: string
}

/** The repository as a whole. There is exactly one. */
export interface Site extends RecordBase, Identified {
  readonly kind: 'site'
}

export interface Community extends RecordBase, Identified {
  readonly kind: 'community'
  /** The community that it is part of, or null at the top. */
  readonly parentId: string | null
  readonly logoId: string | null
}

export interface Collection extends RecordBase, Identified {
  readonly kind: 'collection'
  /** The community that holds it. */
  readonly parentId: string
  readonly logoId: string | null
}

export interface Item extends RecordBase, Identified {
  readonly kind: 'item'
  /** The owning collection; null for an unfiled item and for a template. */
  readonly owningCollectionId: string | null
  /** The collection whose new items start from this one, when it is a template. */
  readonly templateOfId: string | null
  readonly submitterId: string | null
  readonly inArchive: boolean
  readonly withdrawn: boolean
  readonly discoverable: boolean
}

/** Files of one purpose in an item (`ORIGINAL`, `THUMBNAIL`, `TEXT`, `LICENSE` …). */
export interface Bundle extends RecordBase {
  readonly kind: 'bundle'
  readonly itemId: string
  readonly name: string
  readonly primaryBitstreamId: string | null
}

/** A file. Its name is `dc.title`, its description `dc.description`. */
export interface Bitstream extends RecordBase {
  readonly kind: 'bitstream'
  /** Null for the logo of a community or collection. */
  readonly bundleId: string | null
  readonly bundleName: string | null
  /** Unique in its item, never given twice; null for a logo. */
  readonly sequenceId: number | null
  readonly formatId: number
  readonly content: StoredContent
}

/** Bytes in the content store. */
export interface StoredContent {
  /** hex */
  readonly sha256: string
  /** hex */
  readonly md5: string
  /** bytes */
  readonly size: number
  /** Set while the content is not yet permanent. */
  readonly stagingName: string | null
}

/** A row of the bitstream format registry. */
export interface BitstreamFormat {
  readonly id: number
  readonly shortDescription: string
  readonly description: string
  readonly mimetype: string
  readonly supportLevel: 'UNKNOWN' | 'KNOWN' | 'SUPPORTED'
  readonly internal: boolean
  /** Without dots, lower case. */
  readonly extensions: readonly string[]
}

/** The format of files of no known type. */
export const UNKNOWN_FORMAT_ID = 1

export interface MetadataSchema {
  readonly id: number
  readonly prefix: string
  readonly namespace: string
}

export interface MetadataField {
  readonly id: number
  readonly schemaId: number
  readonly schemaPrefix: string
  readonly element: string
  readonly qualifier: string | null
  readonly scopeNote: string | null
}

export interface Person extends RecordBase {
  readonly kind: 'person'
  /** Unique without regard to case. */
  readonly email: string
  readonly netid: string | null
  readonly canLogIn: boolean
  readonly requireCertificate: boolean
  readonly selfRegistered: boolean
  readonly lastActive: Date | null
}

export interface Group extends RecordBase {
  readonly kind: 'group'
  readonly name: string
  /** Anonymous and Administrator can be neither renamed nor deleted. */
  readonly permanent: boolean
}

/** Every kind of object that has a uuid. */
export type RecordKind =
  | 'site'
  | 'community'
  | 'collection'
  | 'item'
  | 'bundle'
  | 'bitstream'
  | 'person'
  | 'group'

/** What a record is called: `dc.title`, or a name of its own for bundles and groups. */
export function recordTitle(metadata: Metadata): string | null {
  return metadata['dc.title']?.[0]?.value ?? null
}
