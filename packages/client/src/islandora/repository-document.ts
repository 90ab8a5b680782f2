import { ClientError, HttpError } from '../errors.ts'
import type { IslandoraApi, IslandoraCallOptions } from './islandora-api.ts'

/** How many there are; `exact` is false for a number that was estimated. */
export interface CountDocument {
  readonly count: number
  readonly exact: boolean
}

/** What a site is, as the server gives it. */
export interface RepositoryDocument {
  readonly name: string
  readonly versions: { readonly rest: string; readonly [part: string]: string }
  readonly namespaces: {
    /** Of new objects without another one. */
    readonly default: string
    /** The only ones that there are for this API; all, where it is empty. */
    readonly restrictedTo: readonly string[]
  }
  /** By kind: communities, collections, items. */
  readonly objects: Readonly<Record<string, CountDocument>>
  readonly user: {
    /** Null for a visitor. */
    readonly name: string | null
    /** As in document 004, “Permission Mappings”. */
    readonly permissions: readonly string[]
  }
  /** Every address, as a template (RFC 6570). */
  readonly links: Readonly<Record<string, string>>
}

/**
 * Asks what the site is: document 004, “Todo”, which the original leaves undone.
 *
 * @throws {ClientError} `operation_unsupported` for an original Islandora
 */
export async function describeRepository(
  api: IslandoraApi,
  options: IslandoraCallOptions,
): Promise<RepositoryDocument> {
  try {
    return (await api.read('/islandora/rest/v1/', options)) as RepositoryDocument
  } catch (error) {
    if (!(error instanceof HttpError) || error.status !== 404) throw error
    throw new ClientError('operation_unsupported', 'This server does not describe itself', { cause: error })
  }
}
