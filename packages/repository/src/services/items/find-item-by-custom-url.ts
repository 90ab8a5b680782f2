import type { Actor } from '../../domain/access/actor.ts'
import type { Clock } from '../../domain/clock.ts'
import { notFound } from '../../domain/errors.ts'
import type { Item } from '../../domain/records/record.ts'
import type { Reading } from '../../domain/unit-of-work.ts'
import { readItem } from './read-item.ts'

/**
 * The item whose `dspace.customurl` is the given one (RestContract items.md, "findByCustomURL").
 *
 * @throws DomainError `NOT_FOUND`, `NOT_SIGNED_IN`, `NOT_ALLOWED`
 * @throws Error when several items have it: nobody's fault but the repository's
 */
export function findItemByCustomUrl(deps: { reading: Pick<Reading, 'items'>; clock: Clock }) {
  return async (actor: Actor, url: string): Promise<Item> => {
    const [id, another] = await deps.reading.items.withCustomUrl(url)
    if (id === undefined) throw notFound('item', url)
    if (another !== undefined) throw new Error(`Items ${id} and ${another} have the same custom URL ${url}`)
    return readItem(deps)(actor, id)
  }
}
