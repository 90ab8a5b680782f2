import type { ExternalEntry, ExternalSource } from '../domain/external/external-source.ts'
import type { Ask } from '../outside/fetch-outside.ts'
import { parseStrictXml, StrictXmlError } from '../xml/strict-xml.ts'
import { askForJson } from './ask-service.ts'
import { at, countAt, listAt, textAt, textsAt } from './json-shape.ts'
import { plainMetadata } from './plain-metadata.ts'

/** Beyond this the service refuses. */
const LAST_OFFSET = 10_000

/**
 * Works that have a DOI of Crossref, by its REST API (`/works`).
 *
 * @param base the address that `/works` is below
 */
export function crossrefSource(ask: Ask, base: string): ExternalSource {
  return {
    id: 'crossref',
    entityTypes: ['Publication'],
    async search(query, { offset, limit }, signal) {
      const address = new URL(`${base}/works`)
      address.searchParams.set('query', query)
      address.searchParams.set('rows', String(offset > LAST_OFFSET ? 0 : limit))
      address.searchParams.set('offset', String(Math.min(offset, LAST_OFFSET)))
      const answer = await askForJson(ask, address, signal)
      return {
        entries: listAt(answer, 'message', 'items').flatMap((work) => entryOf(work) ?? []),
        total: countAt(answer, 'message', 'total-results'),
      }
    },
    async find(id, signal) {
      const answer = await askForJson(ask, new URL(`${base}/works/${encodeURIComponent(id)}`), signal)
      return entryOf(at(answer, 'message'))
    },
  }
}

function entryOf(work: unknown): ExternalEntry | undefined {
  const doi = textAt(work, 'DOI')
  if (doi === undefined) return undefined
  const titles = textsAt(work, 'title')
  const [startPage, endPage] = (textAt(work, 'page') ?? '').split('-')
  return {
    id: doi,
    source: 'crossref',
    display: titles[0] ?? doi,
    metadata: plainMetadata({
      'dc.title': titles[0],
      'dc.title.alternative': titles.slice(1),
      'dc.contributor.author': namesIn(work, 'author'),
      'dc.contributor.editor': namesIn(work, 'editor'),
      'dc.date.issued': dateOf(work),
      'dc.description.abstract': plainText(textAt(work, 'abstract')),
      'dc.identifier.doi': doi,
      'dc.identifier.uri': textAt(work, 'URL'),
      'dc.identifier.isbn': textsAt(work, 'ISBN'),
      'dc.identifier.issn': textsAt(work, 'ISSN'),
      'dc.language.iso': textAt(work, 'language'),
      'dc.publisher': textAt(work, 'publisher'),
      'dc.relation.ispartof': textsAt(work, 'container-title')[0],
      'dc.rights.uri': listAt(work, 'license').flatMap((license) => textAt(license, 'URL') ?? []),
      'dc.subject': textsAt(work, 'subject'),
      'dc.type': textAt(work, 'type'),
      'oaire.citation.volume': textAt(work, 'volume'),
      'oaire.citation.issue': textAt(work, 'issue'),
      'oaire.citation.startPage': startPage === '' ? undefined : startPage,
      'oaire.citation.endPage': endPage === '' ? undefined : endPage,
    }),
  }
}

/** People as `Family, Given`, organisations by their names. */
function namesIn(work: unknown, role: string): readonly string[] {
  return listAt(work, role).flatMap((one) => {
    const parts = [textAt(one, 'family'), textAt(one, 'given')].filter((part) => part !== undefined)
    return parts.length > 0 ? parts.join(', ') : (textAt(one, 'name') ?? [])
  })
}

/** Year, month and day, as far as they are known. */
function dateOf(work: unknown): string | undefined {
  const parts = listAt(listAt(work, 'issued', 'date-parts')[0])
  const known = parts.filter((part) => typeof part === 'number')
  return known.length === 0 ? undefined : known.map((part) => String(part).padStart(2, '0')).join('-')
}

/** Abstracts are pieces of XML (JATS). */
function plainText(piece: string | undefined): string | undefined {
  if (piece === undefined) return undefined
  try {
    return parseStrictXml(`<piece>${piece}</piece>`).text.trim().replaceAll(/\s+/g, ' ')
  } catch (error) {
    // Some are plain text with signs that XML does not let stand.
    if (error instanceof StrictXmlError) return piece
    throw error
  }
}
