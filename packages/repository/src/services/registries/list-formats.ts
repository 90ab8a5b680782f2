import type { Actor } from '../../domain/access/actor.ts'
import type { Page, PageRequest } from '../../domain/page.ts'
import type { BitstreamFormat } from '../../domain/records/record.ts'
import type { Reading } from '../../domain/unit-of-work.ts'

/**
 * All bitstream formats. Open to everybody.
 *
 * @throws DomainError `SORT_UNKNOWN`
 */
export function listFormats(deps: { reading: Pick<Reading, 'formats'> }) {
  return (_actor: Actor, page: PageRequest): Promise<Page<BitstreamFormat>> => deps.reading.formats.list(page)
}
