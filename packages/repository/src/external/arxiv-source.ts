import type { XmlElement } from '@rgrove/parse-xml'
import type { ExternalEntry, ExternalMatches, ExternalSource } from '../domain/external/external-source.ts'
import { invalidAnswer } from '../domain/outside-error.ts'
import { decodeXml } from '../outside/decode-xml.ts'
import type { Ask } from '../outside/fetch-outside.ts'
import { childNamed, childrenNamed, qualifiedName } from '../xml/qualified-names.ts'
import { askService } from './ask-service.ts'
import { plainMetadata } from './plain-metadata.ts'

const ATOM = 'http://www.w3.org/2005/Atom'
const ARXIV = 'http://arxiv.org/schemas/atom'
const OPEN_SEARCH = 'http://a9.com/-/spec/opensearch/1.1/'

/** Both forms of identifiers (arXiv, "Understanding the arXiv identifier"), without a version. */
const IDENTIFIER = /^(?:\d{4}\.\d{4,5}|[a-z-]+(?:\.[A-Z]{2})?\/\d{7})$/

const NOTHING: ExternalMatches = { entries: [], total: 0 }

/**
 * Preprints of arXiv, by its API, which answers in Atom.
 *
 * @param base the address of the API's one method, `query`
 */
export function arxivSource(ask: Ask, base: string): ExternalSource {
  const request = async (
    words: Readonly<Record<string, string>>,
    signal: AbortSignal | undefined,
  ): Promise<ExternalMatches> => {
    const address = new URL(base)
    for (const [name, value] of Object.entries(words)) address.searchParams.set(name, value)
    const bytes = await askService(ask, address, { accept: 'application/atom+xml', signal })
    return bytes === undefined ? NOTHING : readFeed(decodeXml(bytes).root)
  }
  return {
    id: 'arxiv',
    entityTypes: ['Publication'],
    async search(query, { offset, limit }, signal) {
      const words = searchQuery(query)
      // Signs alone are no search, and an error to the service.
      if (words === '') return NOTHING
      return request({ search_query: words, start: String(offset), max_results: String(limit) }, signal)
    },
    async find(id, signal) {
      if (!IDENTIFIER.test(id)) return undefined
      const { entries } = await request({ id_list: id, max_results: '1' }, signal)
      return entries.find((entry) => entry.id === id)
    },
  }
}

/** Words are looked for everywhere, all of them; a query that names fields itself is left as it is. */
function searchQuery(query: string): string {
  if (/\b(?:ti|au|abs|co|jr|cat|rn|id|all):/.test(query)) return query
  const words = query.split(/[\s"():]+/).filter((word) => word !== '')
  return words.map((word) => `all:${word}`).join(' AND ')
}

function readFeed(feed: XmlElement): ExternalMatches {
  const name = qualifiedName(feed)
  if (name.namespace !== ATOM || name.local !== 'feed') throw invalidAnswer('The answer is no feed of Atom')
  const total = Number(childNamed(feed, OPEN_SEARCH, 'totalResults')?.text.trim() ?? 0)
  return {
    entries: childrenNamed(feed, ATOM, 'entry').flatMap((entry) => entryOf(entry) ?? []),
    total: Number.isSafeInteger(total) && total >= 0 ? total : 0,
  }
}

/** @returns undefined for the entries by which the API tells of errors */
function entryOf(entry: XmlElement): ExternalEntry | undefined {
  const address = textOf(entry, ATOM, 'id')
  const id = /^https?:\/\/arxiv\.org\/abs\/(.+?)(?:v\d+)?$/.exec(address ?? '')?.[1]
  if (id === undefined) return undefined
  const title = textOf(entry, ATOM, 'title')
  return {
    id,
    source: 'arxiv',
    display: title ?? id,
    metadata: plainMetadata({
      'dc.title': title,
      'dc.contributor.author': childrenNamed(entry, ATOM, 'author').flatMap(
        (author) => textOf(author, ATOM, 'name') ?? [],
      ),
      'dc.date.issued': textOf(entry, ATOM, 'published')?.slice(0, 10),
      'dc.description.abstract': textOf(entry, ATOM, 'summary'),
      'dc.identifier.arxiv': id,
      'dc.identifier.citation': textOf(entry, ARXIV, 'journal_ref'),
      'dc.identifier.doi': textOf(entry, ARXIV, 'doi'),
      'dc.identifier.uri': `https://arxiv.org/abs/${id}`,
      'dc.subject': childrenNamed(entry, ATOM, 'category').flatMap(
        ({ attributes }) => attributes['term'] ?? [],
      ),
    }),
  }
}

/** Texts are broken into lines at will. */
function textOf(parent: XmlElement, namespace: string, local: string): string | undefined {
  const text = childNamed(parent, namespace, local)?.text.trim().replaceAll(/\s+/g, ' ') ?? ''
  return text === '' ? undefined : text
}
