import { join } from 'node:path'
import { ContentStoreError } from '../domain/files/content-store.ts'

/** Where things lie on disk below a content store's directory. */
export interface ContentLayout {
  readonly content: string
  readonly staging: string
  /** @throws ContentStoreError `CONTENT_NAME_INVALID` */
  readonly stagedPlace: (stagingName: string) => StagedPlace
  /**
   * `content/ab`: few enough directories that contents kept together share their syncs, of some thousand files each in a
   * store of a million.
   *
   * @throws ContentStoreError `CONTENT_NAME_INVALID`
   */
  readonly keptDirectory: (sha256: string) => string
  /** @throws ContentStoreError `CONTENT_NAME_INVALID` */
  readonly keptFile: (sha256: string) => string
}

/** Where staged bytes lie: a whole file, or a part of one that small contents share (see staging-log.ts). */
export interface StagedPlace {
  readonly path: string
  readonly part: FilePart | undefined
}

/** Bytes of a file: where they begin, and how many they are. */
export interface FilePart {
  readonly start: number
  readonly length: number
}

/** The name that bytes of a file in staging have. */
export function nameOfPart(file: string, { start, length }: FilePart): string {
  return `${file}.${start}.${length}`
}

const STAGING_NAME =
  /^(?<file>[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})(?:\.(?<start>\d{1,9})\.(?<length>\d{1,9}))?$/

/** Names the parts of a store. Names that come from elsewhere are checked, so that none leads out of the directory. */
export function contentLayout(directory: string): ContentLayout {
  const content = join(directory, 'content')
  const staging = join(directory, 'staging')
  const keptDirectory = (sha256: string): string => {
    if (!/^[0-9a-f]{64}$/.test(sha256)) throw invalidName(sha256)
    return join(content, sha256.slice(0, 2))
  }
  return {
    content,
    staging,
    stagedPlace: (stagingName) => {
      const { file, start, length } = STAGING_NAME.exec(stagingName)?.groups ?? {}
      if (file === undefined) throw invalidName(stagingName)
      const part = length === undefined ? undefined : { start: Number(start), length: Number(length) }
      return { path: join(staging, file), part }
    },
    keptDirectory,
    keptFile: (sha256) => join(keptDirectory(sha256), sha256),
  }
}

function invalidName(name: string): ContentStoreError {
  return new ContentStoreError(
    'CONTENT_NAME_INVALID',
    `${JSON.stringify(name)} is no name of stored content`,
    { name },
  )
}
