import type { Actor } from '../../domain/access/actor.ts'
import { notFound } from '../../domain/errors.ts'
import type { Site } from '../../domain/records/record.ts'
import type { Reading } from '../../domain/unit-of-work.ts'

/**
 * Reads the repository as a whole. Open to everybody: clients begin here.
 *
 * @throws DomainError `NOT_FOUND` before the first start has made it
 */
export function readSite(deps: { reading: Pick<Reading, 'site'> }) {
  return async (_actor: Actor): Promise<Site> => {
    const found = await deps.reading.site.find()
    if (found === undefined) throw notFound('site', 'site')
    return found.value
  }
}
