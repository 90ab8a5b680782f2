import { ClientError } from '../errors.ts'
import type { Query } from '../request/query.ts'
import type { RequestOptions } from '../session/request-options.ts'

/** Which pages to read and how. */
export interface PelePagesOptions {
  /** Of a search by POST, e.g. `{ polygon, start_time, end_time }`. */
  readonly json?: unknown
  readonly query?: Query
  /** Entries a page; the server may give fewer. Without it, as many as Pele gives at most. */
  readonly pageSize?: number
  readonly signal?: AbortSignal
}

/** A page as Pele answers it: beside these, the entries under a name of the list's own. */
export interface PelePage extends Readonly<Record<string, unknown>> {
  readonly total: number
  readonly count: number
  readonly offset: number
  readonly page_size: number
  /** Of servers that have one: leads on where offsets end. */
  readonly cursor?: string
}

const MOST = 100

/**
 * Reads a list page by page: by the server's cursor, where it gives one, else by offset.
 *
 * @throws {ClientError} `page_invalid`
 */
export async function* readPelePages(
  ask: (options: RequestOptions) => Promise<unknown>,
  options: PelePagesOptions,
): AsyncGenerator<PelePage, void, undefined> {
  const { json, signal, pageSize = MOST } = options
  let place: Query = { offset: 0 }
  for (;;) {
    const query = { ...options.query, page_size: pageSize, ...place }
    const page = checkPage(
      await ask({ query, ...(json !== undefined && { json }), ...(signal && { signal }) }),
    )
    yield page
    const read = page.offset + page.count
    if (page.count === 0) return
    if (page.cursor !== undefined) place = { cursor: page.cursor }
    else if ('cursor' in place || read >= page.total) return
    else place = { offset: read }
  }
}

/**
 * The entries of a page: its only list.
 *
 * @throws {ClientError} `page_invalid` when there is another number of lists
 */
export function itemsOf(page: PelePage): readonly unknown[] {
  const lists = Object.values(page).filter((value) => Array.isArray(value))
  if (lists.length !== 1) throw new ClientError('page_invalid', 'The page has no list, or several')
  return lists[0] ?? []
}

function checkPage(page: unknown): PelePage {
  if (isPage(page)) return page
  throw new ClientError('page_invalid', 'The answer is no page of a list')
}

function isPage(page: unknown): page is PelePage {
  if (typeof page !== 'object' || page === null) return false
  const { total, count, offset, cursor } = page as Readonly<Record<string, unknown>>
  const areNumbers = [total, count, offset].every((value) => typeof value === 'number')
  return areNumbers && (cursor === undefined || typeof cursor === 'string')
}
