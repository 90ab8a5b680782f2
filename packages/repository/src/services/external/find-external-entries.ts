import type { Actor } from '../../domain/access/actor.ts'
import { invalid, notFound } from '../../domain/errors.ts'
import type { ExternalEntry } from '../../domain/external/external-source.ts'
import type { Page, PageRequest } from '../../domain/page.ts'
import { readExternalSource, type ExternalDeps } from './find-external-sources.ts'

/** More at a time no source gives, and nobody looks at. */
const MOST_ENTRIES = 100

/**
 * Searches an external source, in its own order, for people who have signed in.
 *
 * @throws DomainError `NOT_SIGNED_IN`, `NOT_FOUND`, `INVALID` without words
 * @throws OutsideError, and the signal's reason
 */
export function searchExternalEntries(deps: ExternalDeps) {
  return async (
    actor: Actor,
    search: { readonly sourceId: string; readonly words: string; readonly signal?: AbortSignal },
    page: PageRequest,
  ): Promise<Page<ExternalEntry>> => {
    const source = readExternalSource(deps)(actor, search.sourceId)
    const words = search.words.trim()
    if (words === '') throw invalid('There is nothing to search for', 'query')
    const size = Math.min(page.size, MOST_ENTRIES)
    const window = { offset: page.number * size, limit: size }
    const { entries, total } = await source.search(words, window, search.signal)
    return { elements: entries, number: page.number, size, total }
  }
}

/**
 * One entry of an external source, for people who have signed in.
 *
 * @throws DomainError `NOT_SIGNED_IN`, `NOT_FOUND`
 * @throws OutsideError, and the signal's reason
 */
export function readExternalEntry(deps: ExternalDeps) {
  return async (
    actor: Actor,
    entry: { readonly sourceId: string; readonly id: string; readonly signal?: AbortSignal },
  ): Promise<ExternalEntry> => {
    const source = readExternalSource(deps)(actor, entry.sourceId)
    const found = await source.find(entry.id, entry.signal)
    if (found === undefined) throw notFound(`entry of ${source.id}`, entry.id)
    return found
  }
}
