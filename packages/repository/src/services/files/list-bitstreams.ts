import type { Actor } from '../../domain/access/actor.ts'
import { dayOf, type Clock } from '../../domain/clock.ts'
import { notFound } from '../../domain/errors.ts'
import type { Page, PageRequest } from '../../domain/page.ts'
import type { Bitstream } from '../../domain/records/record.ts'
import type { Reading } from '../../domain/unit-of-work.ts'
import { requireAllowed } from '../access/require-allowed.ts'

/**
 * The files of a bundle in their order, for those who may READ the bundle: also files whose bytes they may not read.
 *
 * @throws DomainError `NOT_FOUND`, `NOT_SIGNED_IN`, `NOT_ALLOWED`, `SORT_UNKNOWN`
 */
export function listBitstreams(deps: { reading: Pick<Reading, 'bitstreams' | 'bundles'>; clock: Clock }) {
  return async (actor: Actor, bundleId: string, page: PageRequest): Promise<Page<Bitstream>> => {
    const bundle = await deps.reading.bundles.find(bundleId)
    if (bundle === undefined) throw notFound('bundle', bundleId)
    requireAllowed(actor, 'READ', bundle.access, dayOf(deps.clock()), { kind: 'bundle', id: bundleId })
    return deps.reading.bitstreams.list({ bundleId }, page)
  }
}
