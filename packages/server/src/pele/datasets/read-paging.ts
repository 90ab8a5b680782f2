import type { DatasetPaging } from '@hexapla/repository'
import { HttpError, type RestRequest } from '@hexapla/rest'

/** Which part of a list a caller wants. */
export interface Paging {
  readonly offset: number
  readonly pageSize: number
  /** In place of an offset: goes on without limit. */
  readonly cursor: string | undefined
}

const PAGE_SIZE = 10
const MOST = 100
/** As far as Elasticsearch looks. */
const WINDOW = 10_000

/**
 * Reads `offset`, `page_size` and `cursor`, with the bounds and the messages of the original.
 *
 * @throws HttpError 400 `invalid-arguments`
 */
export function readPaging({ query }: Pick<RestRequest, 'query'>): Paging {
  const pageSize = readCount(query, 'page_size', PAGE_SIZE)
  const offset = readCount(query, 'offset', 0)
  const cursor = query.get('cursor') ?? undefined
  if (pageSize > MOST) throw refused('page_size', `Maximum page size is ${MOST}.`)
  if (cursor !== undefined && offset > 0) throw refused('offset', 'A cursor takes the place of an offset')
  if (pageSize + offset > WINDOW) {
    throw refused('offset', 'Elasticsearch does not allow page_size + offset to be > 10,000')
  }
  return { offset, pageSize, cursor }
}

/** The same for a use case. */
export function toDatasetPaging({ offset, pageSize, cursor }: Paging): DatasetPaging {
  return { offset, size: pageSize, ...(cursor !== undefined && { cursor }) }
}

function readCount(query: URLSearchParams, name: string, fallback: number): number {
  const text = query.get(name)
  if (text === null) return fallback
  if (/^\d{1,9}$/.test(text)) return Number(text)
  throw refused(name, `invalid literal for int() with base 10: '${text}'`)
}

function refused(name: string, message: string): HttpError {
  return new HttpError(400, 'invalid-arguments', message, { fields: [{ name, message }] })
}
