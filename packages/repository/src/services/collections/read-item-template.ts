import type { Actor } from '../../domain/access/actor.ts'
import { dayOf, type Clock } from '../../domain/clock.ts'
import { notFound } from '../../domain/errors.ts'
import type { Item } from '../../domain/records/record.ts'
import type { Reading } from '../../domain/unit-of-work.ts'
import { requireAllowed } from '../access/require-allowed.ts'

interface TemplateReadDeps {
  readonly reading: Pick<Reading, 'collections' | 'items'>
  readonly clock: Clock
}

/**
 * The item that new items of a collection start from, for whoever may edit the collection.
 *
 * @returns undefined when the collection has none
 * @throws DomainError `NOT_FOUND`, `NOT_SIGNED_IN`, `NOT_ALLOWED` for the collection
 */
export function readTemplateOfCollection({ reading, clock }: TemplateReadDeps) {
  return async (actor: Actor, collectionId: string): Promise<Item | undefined> => {
    const collection = await reading.collections.find(collectionId)
    if (collection === undefined) throw notFound('collection', collectionId)
    requireAllowed(actor, 'WRITE', collection.access, dayOf(clock()), collection.value)
    return (await reading.items.templatesOf([collectionId])).get(collectionId)
  }
}

/**
 * The same by the template's own identifier (RestContract itemtemplates.md).
 *
 * @throws DomainError `NOT_FOUND`, also for an item that is no template; `NOT_SIGNED_IN`, `NOT_ALLOWED`
 */
export function readItemTemplate(deps: TemplateReadDeps) {
  return async (actor: Actor, id: string): Promise<Item> => {
    const collectionId = (await deps.reading.items.find(id))?.value.templateOfId ?? null
    const template =
      collectionId === null ? undefined : await readTemplateOfCollection(deps)(actor, collectionId)
    if (template === undefined) throw notFound('item template', id)
    return template
  }
}
