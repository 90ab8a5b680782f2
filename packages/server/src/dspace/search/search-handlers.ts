import type { PageRequest, UseCases } from '@hexapla/repository'
import type { SerializedJson } from '@hexapla/rest'
import { parseEmbeds } from '../hal/embed-tree.ts'
import { HalHandler, type HalDeps } from '../hal/hal-handler.ts'
import { pageLinks } from '../hal/page-links.ts'
import { listDocument, render, type HalDocument } from '../hal/render.ts'
import { hrefOf } from '../hal/view.ts'
import { recordResource } from '../identifiers/record-resource.ts'
import { parseSearch } from './search-query.ts'

export interface SearchDeps extends HalDeps {
  readonly records: UseCases['records']
}

const SORT_OPTIONS = [
  { name: 'score', sortOrder: 'DESC' },
  { name: 'dc.title', sortOrder: 'ASC' },
  { name: 'dc.date.accessioned', sortOrder: 'DESC' },
  { name: 'lastModified', sortOrder: 'DESC' },
]

/** `discover`: what there is to search with (dspace-ui 5 e). */
export class DiscoverHandler extends HalHandler<SearchDeps> {
  override get(): SerializedJson | undefined {
    return this.answerDocument({
      type: 'discover',
      _links: {
        search: { href: hrefOf(this.view, 'discover/search') },
        self: { href: hrefOf(this.view, 'discover') },
      },
    })
  }
}

/** `discover/search`: how results can be filtered and sorted (RestContract search-endpoint.md, "Search Endpoint"). */
export class SearchConfigurationHandler extends HalHandler<SearchDeps> {
  override get(): SerializedJson | undefined {
    const { query } = this.request
    return this.answerDocument({
      scope: query.get('scope'),
      configuration: query.get('configuration'),
      filters: [],
      sortOptions: SORT_OPTIONS,
      type: 'discover',
      _links: {
        objects: { href: hrefOf(this.view, 'discover/search/objects') },
        self: { href: hrefOf(this.view, 'discover/search') },
      },
    })
  }
}

/** `discover/search/objects` (RestContract search-endpoint.md, "Search Objects"; shape of dspace-ui 5 e). */
export class SearchObjectsHandler extends HalHandler<SearchDeps> {
  override async get(): Promise<SerializedJson | undefined> {
    const { query } = this.request
    const request = this.pageRequest()
    const page = await this.deps.records.search(this.actor, parseSearch(query), request)
    const found = await render(
      this.view,
      page.elements.map((record) => recordResource(this.deps.types, record)),
      parseEmbeds(query, this.maxPageSize),
    )
    const links = pageLinks(this.address, query, page)
    return this.answerDocument({
      query: query.get('query'),
      scope: query.get('scope'),
      configuration: query.get('configuration'),
      appliedFilters: [],
      sort: sortDocument(request),
      type: 'discover',
      _links: { searchResult: links['self'], self: links['self'] },
      _embedded: {
        searchResult: {
          ...listDocument('objects', found, page, links),
          // Clients of a search read the list even when it is empty.
          _embedded: { objects: found.map(entryDocument) },
        },
      },
    })
  }
}

function sortDocument({ sort }: PageRequest): { by: string; order: string } {
  return sort === undefined ? { by: 'score', order: 'desc' } : { by: sort.by, order: sort.direction }
}

function entryDocument(found: HalDocument): HalDocument {
  const { self } = found._links
  return {
    hitHighlights: {},
    type: 'discover',
    _links: { indexableObject: self, self },
    _embedded: { indexableObject: found },
  }
}
