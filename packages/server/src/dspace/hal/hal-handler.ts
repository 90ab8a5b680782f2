import type { Actor, Page, PageRequest, Related } from '@hexapla/repository'
import { isNotModified, json, RestHandler, type SerializedJson } from '@hexapla/rest'
import { actorKey } from '../authn/actor-key.ts'
import { requirePersonToWrite } from '../http/require-person-to-write.ts'
import type { DocumentCache } from './document-cache.ts'
import { NO_EMBEDS, parseEmbeds, type EmbedTree } from './embed-tree.ts'
import { digest, digestTag, recordTag } from './etag.ts'
import { pageLinks } from './page-links.ts'
import { maxPageSize, parsePageRequest, type PageLimits } from './page-request.ts'
import { bareDocument, listDocument, render, type HalDocument } from './render.ts'
import type { ResourceTypes } from './resource-types.ts'
import { resource, type Resource, type ResourceType } from './resource.ts'
import { hrefOf, type View } from './view.ts'

/** What every resource of the dialect needs to answer. */
export interface HalDeps {
  /** Absolute address of the API's root, known once the server listens. */
  readonly api: () => string
  readonly related: (actor: Actor) => Related
  readonly pageLimits: PageLimits
  readonly types: ResourceTypes
  readonly documents: DocumentCache
}

/** A record read for {@link HalHandler.answerKept}. */
interface Seen<T> {
  readonly version: number
  /** The reader is not shown all that others are. */
  readonly withheld: boolean
  /** Absent when the record is at the version known. */
  readonly value: T | undefined
}

/** A resource of the DSpace dialect: the actor, the page and the embeds asked for, and answers as HAL. */
export abstract class HalHandler<Deps extends HalDeps> extends RestHandler<Deps> {
  /** Who asks, as the hook found out. */
  get actor(): Actor {
    return this.request.state.require(actorKey)
  }

  override prepare(): void {
    requirePersonToWrite(this.request, () => this.actor)
  }

  protected get view(): View {
    const { api, related, types } = this.deps
    return { actor: this.actor, api: api(), related: related(this.actor), types }
  }

  protected get maxPageSize(): number {
    return maxPageSize(this.actor, this.deps.pageLimits)
  }

  /** @throws HttpError 400 `page-invalid` */
  protected pageRequest(): PageRequest {
    return parsePageRequest(this.request.query, this.maxPageSize)
  }

  /**
   * Answers with one resource, or 304 when the caller has it. An absent one is 204 (dspace-ui H3).
   *
   * @param status of the answer, 200 unless something was created
   */
  protected async answer(
    found: Resource | null | undefined,
    status = 200,
  ): Promise<SerializedJson | undefined> {
    if (found === null || found === undefined) return undefined
    const embeds = this.#embeds()
    const version = found.type.version?.(found.value)
    if (version !== undefined && isEmpty(embeds)) {
      const tag = recordTag(version, this.#variant)
      // Decided on the version alone, before the document is written.
      this.response.etag(tag).status(status)
      if (this.#hasCurrent(tag)) return this.response.notModified()
      return json(JSON.stringify(bareDocument(this.view, found)))
    }
    const [document] = await render(this.view, [found], embeds)
    return this.#answerText(JSON.stringify(document), status, version)
  }

  /**
   * Answers with a record that is asked for often: while its version stays, the document is not written again.
   *
   * @param read reads the record unless it is at the version known; see `readChangedItem`
   */
  protected async answerKept<T>(
    type: ResourceType<T>,
    id: string,
    read: (known: number | null) => Promise<Seen<T>>,
  ): Promise<SerializedJson | undefined> {
    const key = `${this.#variant}/${id}`
    const isPlain = isEmpty(this.#embeds())
    const kept = isPlain ? this.deps.documents.get(key) : undefined
    let seen = await read(kept?.version ?? null)
    // What is kept is the whole document, which a reader who is not shown all must not get.
    if (kept !== undefined && seen.value === undefined && !seen.withheld) {
      return this.#answerPlain(kept.text, recordTag(seen.version, this.#variant))
    }
    if (seen.value === undefined) seen = await read(null)
    if (seen.value === undefined) throw new Error(`${type.type} ${id} has no version`)
    const found = resource(type, seen.value)
    if (!isPlain) return this.answer(found)
    const text = JSON.stringify(bareDocument(this.view, found))
    if (seen.withheld) return this.#answerPlain(text, recordTag(seen.version, 'withheld'))
    this.deps.documents.put(key, { version: seen.version, text })
    return this.#answerPlain(text, recordTag(seen.version, this.#variant))
  }

  #answerPlain(text: string, tag: string): SerializedJson | undefined {
    this.response.etag(tag)
    return this.#hasCurrent(tag) ? this.response.notModified() : json(text)
  }

  /** What else than the version a record's document depends on: administrators see hidden metadata. */
  get #variant(): string {
    return this.actor.isAdministrator ? 'all' : ''
  }

  /** Answers with a resource just created: 201 and its address. */
  protected async answerCreated(created: Resource): Promise<SerializedJson | undefined> {
    this.response.header('Location', hrefOf(this.view, created.type.path(created.value)))
    return this.answer(created, 201)
  }

  /**
   * Answers with a page of a list.
   *
   * @param plural the list's name in `_embedded`
   * @param options.searchable whether the list has search methods, to link to
   */
  protected async answerPage(
    page: Page<Resource>,
    plural: string,
    { searchable = false }: { searchable?: boolean } = {},
  ): Promise<SerializedJson | undefined> {
    const documents = await render(this.view, page.elements, this.#embeds())
    const links = {
      ...pageLinks(this.address, this.request.query, page),
      ...(searchable ? { search: { href: `${this.address}/search` } } : {}),
    }
    return this.#answerText(JSON.stringify(listDocument(plural, documents, page, links)))
  }

  /** Answers with a document that is no record's. */
  protected answerDocument(document: HalDocument, status = 200): SerializedJson | undefined {
    return this.#answerText(JSON.stringify(document), status)
  }

  /** The absolute address of this request, without query. */
  protected get address(): string {
    const { path } = this.request
    return this.deps.api() + path.slice(path.indexOf('/api') + '/api'.length)
  }

  #embeds(): EmbedTree {
    if (!this.request.url.includes('?')) return NO_EMBEDS
    return parseEmbeds(this.request.query, this.maxPageSize)
  }

  #answerText(text: string, status = 200, version?: number): SerializedJson | undefined {
    const tag = version === undefined ? digestTag(text) : recordTag(version, digest(text))
    this.response.etag(tag).status(status)
    if (this.#hasCurrent(tag)) return this.response.notModified()
    return json(text)
  }

  #hasCurrent(etag: string): boolean {
    return isNotModified(this.request, { etag })
  }
}

function isEmpty(embeds: EmbedTree): boolean {
  return embeds.children.size === 0 && embeds.everything === 0
}
