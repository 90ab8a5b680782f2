import { ClientError } from '../errors.ts'
import { addQuery, type Query } from '../request/query.ts'

/** Which pages to read and how. */
export interface PagesOptions {
  /** Records a page; the server may give fewer. */
  readonly size?: number
  /** Such as `dc.title,ASC`. */
  readonly sort?: string
  readonly embed?: string | readonly string[]
  /** Further query values. */
  readonly query?: Query
  readonly signal?: AbortSignal
}

/**
 * Reads a list page by page along its `next` links, without believing its counters.
 *
 * @throws {ClientError} `page_invalid` when a page is no JSON object or the links lead in a circle
 */
export async function* readPages(
  getJson: (path: string, signal: AbortSignal | undefined) => Promise<unknown>,
  start: URL,
  options: PagesOptions,
): AsyncGenerator<Record<string, unknown>, void, undefined> {
  const { size, sort, embed, query, signal } = options
  addQuery(start, { size, sort, embed, ...query })
  const seen = new Set<string>()
  for (let path: string | undefined = start.href; path !== undefined;) {
    if (seen.has(path)) throw new ClientError('page_invalid', `The pages lead back to ${path}`)
    seen.add(path)
    const page: unknown = await getJson(path, signal)
    if (!isObject(page)) throw new ClientError('page_invalid', `${path} is no page`)
    yield page
    path = nextLink(page) ?? nextLink(searchResult(page))
  }
}

/**
 * The records of a page: the list under whatever single key its `_embedded` has, nothing without one. Of a search result
 * (RestContract search-endpoint.md), the `indexableObject` of each hit.
 *
 * @throws {ClientError} `page_invalid` when there is more than one list
 */
export function pageItems(page: Record<string, unknown>): unknown[] {
  const result = searchResult(page)
  if (result === undefined) return singleList(page)
  return singleList(result).map((hit) => embedded(hit)?.['indexableObject'] ?? hit)
}

function singleList(page: Record<string, unknown>): unknown[] {
  const lists = Object.values(embedded(page) ?? {}).filter((value) => Array.isArray(value))
  if (lists.length > 1) throw new ClientError('page_invalid', 'The page has more than one list')
  return lists[0] ?? []
}

function searchResult(page: Record<string, unknown>): Record<string, unknown> | undefined {
  const result = embedded(page)?.['searchResult']
  return isObject(result) ? result : undefined
}

function embedded(resource: unknown): Record<string, unknown> | undefined {
  const inner = isObject(resource) ? resource['_embedded'] : undefined
  return isObject(inner) ? inner : undefined
}

function nextLink(page: Record<string, unknown> | undefined): string | undefined {
  const links = page?.['_links']
  const next = isObject(links) ? links['next'] : undefined
  const href = isObject(next) ? next['href'] : undefined
  return typeof href === 'string' ? href : undefined
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
