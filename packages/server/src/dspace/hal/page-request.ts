import type { Actor, PageRequest } from '@hexapla/repository'
import { HttpError, type FieldFault } from '@hexapla/rest'

/** The largest pages, by who asks. Larger ones are cut to these without an error. */
export interface PageLimits {
  readonly anonymous: number
  readonly person: number
  readonly administrator: number
}

const DEFAULT_SIZE = 20
/** A page number beyond this overflows the database's offset with the largest page. */
const MAX_NUMBER = 2 ** 31

/** The largest page that an actor may have. */
export function maxPageSize(actor: Actor, limits: PageLimits): number {
  if (actor.isAdministrator) return limits.administrator
  return actor.personId === null ? limits.anonymous : limits.person
}

/**
 * Reads `page`, `size` and `sort` (RestContract README, "Request parameters").
 *
 * @throws HttpError 400 `page-invalid` naming each parameter that is out of bounds or not understood
 */
export function parsePageRequest(query: URLSearchParams, maxSize: number): PageRequest {
  const faults: FieldFault[] = []
  const wholeNumber = (name: string, least: number, fallback: number): number => {
    const text = query.get(name)
    if (text === null || text === '') return fallback
    const value = Number(text)
    if (/^\d+$/.test(text) && value >= least && value <= MAX_NUMBER) return value
    faults.push({ name, message: `${name} must be a whole number of at least ${least}, not "${text}"` })
    return fallback
  }
  const number = wholeNumber('page', 0, 0)
  const size = Math.min(wholeNumber('size', 1, DEFAULT_SIZE), maxSize)
  const sort = parseSort(query.get('sort'), faults)
  if (faults.length > 0) {
    throw new HttpError(400, 'page-invalid', faults.map((fault) => fault.message).join('; '), {
      fields: faults,
    })
  }
  return sort === undefined ? { number, size } : { number, size, sort }
}

function parseSort(text: string | null, faults: FieldFault[]): PageRequest['sort'] | undefined {
  if (text === null || text === '') return undefined
  const [by = '', direction = 'asc', ...rest] = text.split(',')
  const order = direction.toLowerCase()
  if (by !== '' && rest.length === 0 && (order === 'asc' || order === 'desc')) return { by, direction: order }
  faults.push({ name: 'sort', message: `sort must be CRITERION,asc or CRITERION,desc, not "${text}"` })
  return undefined
}
