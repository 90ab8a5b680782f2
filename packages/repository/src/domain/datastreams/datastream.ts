import type { Bitstream, StoredContent } from '../records/record.ts'

/** Active, inactive, deleted: how Fedora marks objects and datastreams. */
export const OBJECT_STATES = ['A', 'I', 'D'] as const
export type ObjectState = (typeof OBJECT_STATES)[number]

/** Managed content, inline XML, an address that is fetched for readers, an address that readers are sent to. */
export const CONTROL_GROUPS = ['M', 'X', 'E', 'R'] as const
export type ControlGroup = (typeof CONTROL_GROUPS)[number]

/** The checksums that a datastream can show, `DISABLED` for none. */
export const CHECKSUM_TYPES = ['DISABLED', 'MD5', 'SHA-1', 'SHA-256', 'SHA-384', 'SHA-512'] as const
export type ChecksumType = (typeof CHECKSUM_TYPES)[number]

/** A checksum of a content, beside MD5 and SHA-256. */
export interface Checksum {
  /** Names the content. */
  readonly sha256: string
  readonly type: ChecksumType
  /** Hexadecimal, lower case. */
  readonly value: string
}

/** What is told of a file as a datastream, beside the file itself. */
export interface DatastreamFacts {
  /** Its name, unique in the item. */
  readonly dsid: string
  readonly state: ObjectState
  readonly controlGroup: ControlGroup
  /** Whether a content that is replaced stays readable. */
  readonly versionable: boolean
  readonly checksumType: ChecksumType
  /** The media type. */
  readonly mimetype: string
}

/** A content that a datastream had before. */
export interface DatastreamVersion {
  /** When it came; names it. */
  readonly datedAt: Date
  readonly label: string
  readonly state: ObjectState
  readonly mimetype: string
  readonly content: StoredContent
}

/** A file of an item under its name there. */
export interface Datastream extends DatastreamFacts {
  readonly file: Bitstream
  /** When the present content came. */
  readonly datedAt: Date
  /** Hexadecimal, of the type that it names; null for `DISABLED`, and where nobody has computed it. */
  readonly checksum: string | null
  /** The former contents, newest first. */
  readonly versions: readonly DatastreamVersion[]
}

/** What a datastream is called: its description, or else the name of its file. */
export function labelOf({ metadata }: Pick<Bitstream, 'metadata'>): string {
  return metadata['dc.description']?.[0]?.value ?? metadata['dc.title']?.[0]?.value ?? ''
}
