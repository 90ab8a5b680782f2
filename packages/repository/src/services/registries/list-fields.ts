import type { Actor } from '../../domain/access/actor.ts'
import { invalid } from '../../domain/errors.ts'
import type { Page, PageRequest } from '../../domain/page.ts'
import type { MetadataField } from '../../domain/records/record.ts'
import type { FieldQuery } from '../../domain/registries/registry-store.ts'
import type { Reading } from '../../domain/unit-of-work.ts'

/**
 * Metadata fields, all or by parts of their names (RestContract metadatafields.md, "Search methods"). Open to everybody.
 *
 * @throws DomainError `SORT_UNKNOWN`, `INVALID` when a full name comes with other criteria
 */
export function listFields(deps: { reading: Pick<Reading, 'fields'> }) {
  return async (_actor: Actor, query: FieldQuery, page: PageRequest): Promise<Page<MetadataField>> => {
    const { exactName, ...others } = query
    if (exactName !== undefined && Object.values(others).some((value) => value !== undefined)) {
      throw invalid('A full name leaves nothing else to ask for', 'exactName')
    }
    return deps.reading.fields.list(query, page)
  }
}
