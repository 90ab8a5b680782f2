import { type Download, download, type DownloadOptions } from '../session/download.ts'
import type { RequestOptions } from '../session/request-options.ts'
import { createIslandoraParts, type IslandoraParts } from './create-islandora-parts.ts'
import { type IslandoraDatastreams, islandoraDatastreams } from './datastreams.ts'
import { type IslandoraApi, islandoraApi, type IslandoraCallOptions } from './islandora-api.ts'
import type { IslandoraSessionOptions } from './islandora-session-options.ts'
import { type IslandoraObjects, islandoraObjects } from './objects.ts'
import { type IslandoraRelationships, islandoraRelationships } from './relationships.ts'
import { describeRepository, type RepositoryDocument } from './repository-document.ts'
import type { IslandoraSessionState } from './session-state.ts'
import { searchAllSolr, searchSolr, type SolrAnswer, type SolrDocument, type SolrOptions } from './solr.ts'

/**
 * A session with an Islandora 7 site that has the REST module, or with what speaks like one. With a password it logs in
 * with its first request, or with {@link IslandoraSession.login}, and again when the session has ended.
 *
 * Documents are handed over as the server gives them, not checked. Every method that asks the server rejects with a
 * `ClientError`; after an abort, with the signal's reason.
 *
 * A site answers who has no session as a visitor. That the session has ended is seen by the end of the cookie, by a 401,
 * and in a session of more than five minutes by a 403; an answer that only lacks what visitors do not see tells nothing.
 *
 * @example
 * const session = new IslandoraSession('https://islandora.example.org', { user, password })
 * const { pid } = await session.objects.create({ namespace: 'islandora', label: 'Letters' })
 * await session.datastreams.add(pid, 'OBJ', { file: await fileSource('letters.tif') })
 */
export class IslandoraSession {
  readonly objects: IslandoraObjects
  readonly datastreams: IslandoraDatastreams
  readonly relationships: IslandoraRelationships
  readonly #parts: IslandoraParts
  readonly #api: IslandoraApi

  /**
   * @param site the address of the site, such as `https://islandora.example.org`, before `/islandora/rest/v1`
   * @throws {EndpointError} `endpoint_invalid`
   * @throws {LoginError} `credentials_missing` when a part of the account is missing or blank
   * @throws {ClientError} `options_invalid`, `state_invalid`
   */
  constructor(site: string, options: IslandoraSessionOptions) {
    this.#parts = createIslandoraParts(site, options)
    this.#api = islandoraApi(this.#parts)
    this.objects = islandoraObjects(this.#api)
    this.datastreams = islandoraDatastreams(this.#api)
    this.relationships = islandoraRelationships(this.#api)
  }

  /** The address of the site, without a slash at its end. */
  get site(): string {
    return this.#parts.endpoint.href
  }

  /** Name of the account, where it is known. */
  get user(): string | undefined {
    return this.#parts.user
  }

  /**
   * Logs in, unless there is a cookie; a token is not tried.
   *
   * @throws {LoginError} `login_refused`, `login_failed`
   */
  async login(signal?: AbortSignal): Promise<void> {
    await this.#parts.auth.authorization({ certain: false, signal })
  }

  /**
   * Ends the session at the site, as Drupal's own link does, and forgets its cookie. Tokens stay what they are. A later
   * request logs in again.
   */
  async logout(signal?: AbortSignal): Promise<void> {
    await this.#parts.logout(signal)
  }

  /** Site, account and cookie for the option `state` of a later session. A secret. */
  state(): IslandoraSessionState {
    return this.#parts.state()
  }

  /**
   * Asks what the site is, and what the caller may do there.
   *
   * @throws {ClientError} `operation_unsupported` for an original Islandora
   */
  async describe(options: IslandoraCallOptions = {}): Promise<RepositoryDocument> {
    return describeRepository(this.#api, options)
  }

  /**
   * Searches once (document 004, “Search For Objects”).
   *
   * @example
   * const { response } = await session.solr('RELS_EXT_hasModel_uri_ms:*collectionCModel', { fl: ['PID', 'fgs_label_s'] })
   */
  async solr<T = SolrDocument>(query: string, options: SolrOptions = {}): Promise<SolrAnswer<T>> {
    return searchSolr<T>(this.#api, query, options)
  }

  /** All documents that a query finds. @throws {ClientError} `page_invalid` when the server gives no cursor */
  solrAll<T = SolrDocument>(
    query: string,
    options: Omit<SolrOptions, 'start'> = {},
  ): AsyncGenerator<T, void, undefined> {
    return searchAllSolr<T>(this.#api, query, options)
  }

  /**
   * Sends any request and resolves with the answer, its body unread.
   *
   * @param path after the site, beginning with `/`
   * @throws {HttpError} `http_error` for a status outside of 2xx and 304, or as `options.accept` says
   */
  async request(method: string, path: string, options: RequestOptions = {}): Promise<Response> {
    return this.#api.send(method, path, options)
  }

  /** Opens a file, or a range of it, for reading; resolves when its first bytes may come. */
  async download(path: string, options: DownloadOptions = {}): Promise<Download> {
    return download((file, how) => this.#api.send('GET', file, how), path, options)
  }
}
