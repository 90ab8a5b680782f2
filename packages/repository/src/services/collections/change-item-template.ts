import type { Actor } from '../../domain/access/actor.ts'
import { dayOf } from '../../domain/clock.ts'
import { notFound } from '../../domain/errors.ts'
import type { PatchOperation } from '../../domain/patch/parse-patch.ts'
import type { Item } from '../../domain/records/record.ts'
import type { Transaction } from '../../domain/unit-of-work.ts'
import { requireAllowed } from '../access/require-allowed.ts'
import { requireVersion, type ExpectedVersion } from '../expected-version.ts'
import { patchMetadata } from '../metadata/patch-metadata.ts'
import type { CollectionChangeDeps } from './change-collection.ts'

/**
 * Changes the metadata of a collection's template by JSON Patch, for whoever may edit the collection. Nothing else of
 * it can be changed (RestContract itemtemplates.md, "Updating item template metadata").
 *
 * @throws PatchError when an operation cannot be applied
 * @throws DomainError `NOT_FOUND`, `NOT_SIGNED_IN`, `NOT_ALLOWED`, `VERSION_CONFLICT`, `FIELD_UNKNOWN`
 */
export function patchItemTemplate({ unitOfWork, clock }: CollectionChangeDeps) {
  return (
    actor: Actor,
    input: { id: string; patch: readonly PatchOperation[]; expected: ExpectedVersion },
  ): Promise<Item> =>
    unitOfWork(async (tx) => {
      const now = clock()
      const template = await findChangeable(tx, actor, input, dayOf(now))
      const metadata = await patchMetadata(tx.fields, template.metadata, input.patch)
      return tx.items.update({ ...template, metadata, modifiedAt: now })
    })
}

/**
 * Deletes a collection's template, for whoever may edit the collection.
 *
 * @throws DomainError `NOT_FOUND`, `NOT_SIGNED_IN`, `NOT_ALLOWED`, `VERSION_CONFLICT`
 */
export function deleteItemTemplate({ unitOfWork, clock }: CollectionChangeDeps) {
  return (actor: Actor, input: { id: string; expected: ExpectedVersion }): Promise<void> =>
    unitOfWork(async (tx) => {
      const template = await findChangeable(tx, actor, input, dayOf(clock()))
      await tx.items.delete(template.id)
    })
}

async function findChangeable(
  tx: Transaction,
  actor: Actor,
  { id, expected }: { id: string; expected: ExpectedVersion },
  today: string,
): Promise<Item> {
  const template = (await tx.items.find(id))?.value
  const collectionId = template?.templateOfId ?? null
  const collection = collectionId === null ? undefined : await tx.collections.find(collectionId)
  if (template === undefined || collection === undefined) throw notFound('item template', id)
  requireAllowed(actor, 'WRITE', collection.access, today, collection.value)
  requireVersion(template, expected)
  return template
}
