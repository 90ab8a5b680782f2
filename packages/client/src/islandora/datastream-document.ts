/** Active, inactive, deleted. */
export type ObjectState = 'A' | 'I' | 'D'

/** Where Fedora keeps the content: inline XML, managed, referenced, redirected. */
export type ControlGroup = 'X' | 'M' | 'E' | 'R'

/** How the checksum is made. */
export type ChecksumType = 'DISABLED' | 'MD5' | 'SHA-1' | 'SHA-256' | 'SHA-384' | 'SHA-512'

/** What is told of a former content. */
export interface VersionDocument {
  readonly label: string
  readonly state: ObjectState
  /** Bytes; the example of document 004 has them as text. */
  readonly size: number | `${number}`
  readonly mimeType: string
  readonly controlGroup: ControlGroup
  /** `yyyy-MM-ddTHH:mm:ss.SSSZ`; names the version. */
  readonly created: string
}

/** A datastream (document 004, “Describe A Existing Datastream”), as the server gives it. */
export interface DatastreamDocument extends VersionDocument {
  readonly dsid: string
  /** Bytes. */
  readonly size: number
  readonly versionable: boolean
  /** Absent from what is told of a version. */
  readonly checksumType?: ChecksumType
  /** `none` where there is none. */
  readonly checksum?: string
  /** Former contents, newest first. */
  readonly versions: readonly VersionDocument[]
}

/** What may be said of a datastream. */
export interface DatastreamProperties {
  readonly label?: string
  readonly state?: ObjectState
  /** Without it the server guesses from the file. */
  readonly mimeType?: string
  readonly checksumType?: ChecksumType
  readonly versionable?: boolean
}
