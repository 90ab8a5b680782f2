import type { ExternalEntry, ExternalSource } from '../domain/external/external-source.ts'
import type { Ask } from '../outside/fetch-outside.ts'
import { askForJson } from './ask-service.ts'
import { countAt, listAt, textAt } from './json-shape.ts'
import { plainMetadata } from './plain-metadata.ts'

const ORCID = /^\d{4}-\d{4}-\d{4}-\d{3}[\dX]$/
/** Beyond this the service refuses who has not registered with it. */
const LAST_OFFSET = 10_000

/**
 * People with an ORCID iD, by the public API 3.0 (`/expanded-search`, `/ORCID/person`).
 *
 * @param base the address that these are below
 */
export function orcidSource(ask: Ask, base: string): ExternalSource {
  return {
    id: 'orcid',
    entityTypes: ['Person'],
    async search(query, { offset, limit }, signal) {
      const address = new URL(`${base}/expanded-search/`)
      address.searchParams.set('q', query)
      address.searchParams.set('start', String(Math.min(offset, LAST_OFFSET)))
      address.searchParams.set('rows', String(offset > LAST_OFFSET ? 0 : limit))
      const answer = await askForJson(ask, address, signal)
      return {
        entries: listAt(answer, 'expanded-result').flatMap((found) => {
          const id = textAt(found, 'orcid-id')
          if (id === undefined) return []
          return entryOf(id, textAt(found, 'family-names'), textAt(found, 'given-names'))
        }),
        total: countAt(answer, 'num-found'),
      }
    },
    async find(id, signal) {
      if (!ORCID.test(id)) return undefined
      const person = await askForJson(ask, new URL(`${base}/${id}/person`), signal)
      if (person === undefined) return undefined
      const family = textAt(person, 'name', 'family-name', 'value')
      return entryOf(id, family, textAt(person, 'name', 'given-names', 'value'))
    },
  }
}

function entryOf(id: string, family: string | undefined, given: string | undefined): ExternalEntry {
  const name = [family, given].filter((part) => part !== undefined).join(', ')
  const display = name === '' ? id : name
  return {
    id,
    source: 'orcid',
    display,
    metadata: plainMetadata({
      'dc.title': display,
      'dc.identifier.uri': `https://orcid.org/${id}`,
      'person.familyName': family,
      'person.givenName': given,
      'person.identifier.orcid': id,
    }),
  }
}
