import { COLLECTION_ROLES } from '../../domain/access/container-role.ts'
import { conflict } from '../../domain/errors.ts'
import { stateOf } from '../../domain/objects/object-state.ts'
import type { RepositoryObject } from '../../domain/objects/repository-object.ts'
import type { Collection } from '../../domain/records/record.ts'
import type { Transaction } from '../../domain/unit-of-work.ts'
import { requireEmpty } from '../objects/require-empty.ts'

/**
 * Refuses to make a record one of another kind while it has what that kind has not: files, items, places in collections,
 * relationships, a logo, groups with roles. Others who bring such things wait from here on, and then find what it has become.
 *
 * @throws DomainError `CONFLICT`
 */
export async function requireConvertible(tx: Transaction, object: RepositoryObject): Promise<void> {
  const { record } = object
  await tx.objects.lock(record.id)
  if (record.kind === 'item') await requirePlainItem(tx, object)
  if (record.kind === 'collection') await requirePlainCollection(tx, record)
}

async function requirePlainItem(tx: Transaction, object: RepositoryObject): Promise<void> {
  const { id, pid } = object.record
  const { bundles, bitstreams } = await tx.policies.resourcesOfItem(id)
  if (bitstreams.length > 0)
    throw conflict(`The object ${pid} has datastreams, so it stays an item`, 'object')
  const [parent] = object.parents
  if (parent !== undefined) {
    throw conflict(
      `The object ${pid} is in the collection ${parent.value.pid}, so it stays an item`,
      'object',
    )
  }
  if (stateOf(object.record) !== 'A') {
    throw conflict(`The object ${pid} is not active; collections and communities always are`, 'object')
  }
  if ((await tx.relationships.within(id)).length > 0) {
    throw conflict(`The object ${pid} is related to other items, so it stays one`, 'object')
  }
  for (const bundle of bundles) await tx.bundles.delete(bundle)
}

async function requirePlainCollection(tx: Transaction, collection: Collection): Promise<void> {
  const { id, pid } = collection
  await requireEmpty(tx, collection)
  // Their names tell what kind they are for.
  for (const role of COLLECTION_ROLES) {
    if ((await tx.groups.roleGroup(id, role)) !== undefined) {
      throw conflict(`The collection ${pid} has groups with roles, so it stays a collection`, 'object')
    }
  }
  if ((await tx.items.templatesOf([id])).size > 0) {
    throw conflict(`The collection ${pid} has a template for its items, so it stays a collection`, 'object')
  }
}
