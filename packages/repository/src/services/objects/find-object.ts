import type { Actor } from '../../domain/access/actor.ts'
import type { Guarded } from '../../domain/access/guarded.ts'
import type { Action } from '../../domain/access/policy.ts'
import { DomainError, notFound } from '../../domain/errors.ts'
import type { RepositoryObject } from '../../domain/objects/repository-object.ts'
import type { Item } from '../../domain/records/record.ts'
import type { Reading } from '../../domain/unit-of-work.ts'
import { requireAllowed } from '../access/require-allowed.ts'

/** An object that is an item: one that has files, and may be changed and deleted by its pid. */
export type ItemObject = RepositoryObject & { readonly record: Item }

/**
 * Finds what a pid names, for those who may do something to it.
 *
 * @param today the current day, `YYYY-MM-DD`
 * @throws DomainError `NOT_FOUND`, `NOT_SIGNED_IN`, `NOT_ALLOWED`
 */
export async function findObject(
  stores: Pick<Reading, 'objects'>,
  actor: Actor,
  { pid, action, today }: { readonly pid: string; readonly action: Action; readonly today: string },
): Promise<Guarded<RepositoryObject>> {
  const found = await stores.objects.find(pid)
  if (found === undefined) throw notFound('object', pid)
  requireAllowed(actor, action, found.access, today, { kind: 'object', id: pid })
  return found
}

/**
 * The same for an item.
 *
 * @throws DomainError as {@link findObject}, `CONFLICT` for a community or collection
 */
export async function findItemObject(
  stores: Pick<Reading, 'objects'>,
  actor: Actor,
  wanted: { readonly pid: string; readonly action: Action; readonly today: string },
): Promise<Guarded<ItemObject>> {
  const { value, access } = await findObject(stores, actor, wanted)
  const { record } = value
  if (record.kind !== 'item') {
    throw new DomainError('CONFLICT', `The object ${wanted.pid} is a ${record.kind}`, { pid: wanted.pid })
  }
  return { value: { ...value, record }, access }
}
