import type { Actor } from '../../domain/access/actor.ts'
import type { Page, PageRequest } from '../../domain/page.ts'
import type { MetadataSchema } from '../../domain/records/record.ts'
import type { Reading } from '../../domain/unit-of-work.ts'

/**
 * All metadata schemas. Open to everybody.
 *
 * @throws DomainError `SORT_UNKNOWN`
 */
export function listSchemas(deps: { reading: Pick<Reading, 'schemas'> }) {
  return (_actor: Actor, page: PageRequest): Promise<Page<MetadataSchema>> => deps.reading.schemas.list(page)
}
