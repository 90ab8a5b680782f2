import type { Actor } from '../../domain/access/actor.ts'
import { dayOf } from '../../domain/clock.ts'
import { badReference, invalid } from '../../domain/errors.ts'
import { requirePid } from '../../domain/objects/pid.ts'
import { COLLECTION_MODEL } from '../../domain/objects/repository-object.ts'
import { isMeant, kindOf, triplesOf, type Triple, type TripleFilter } from '../../domain/objects/triple.ts'
import type { Transaction } from '../../domain/unit-of-work.ts'
import { requireAllowed } from '../access/require-allowed.ts'
import { changeItem, type ItemChangeDeps } from '../items/change-item.ts'
import { mapItem, unmapItem } from '../items/map-item.ts'
import { moveItem } from '../items/move-item.ts'
import { findItemObject, type ItemObject } from './find-object.ts'

/**
 * Says of an item that it is in a collection, or of a content model. The first collection becomes the owning one, further
 * ones show the item; the rights are those of moving and mapping it.
 *
 * @throws DomainError `NOT_FOUND`, `NOT_SIGNED_IN`, `NOT_ALLOWED`, `CONFLICT` for a community or collection, `INVALID` for
 * another predicate, `REFERENCE_INVALID` when there is no such collection
 */
export function addTriple(deps: ItemChangeDeps) {
  return (
    actor: Actor,
    { pid, triple }: { readonly pid: string; readonly triple: Triple },
  ): Promise<void> => {
    const add = { model: addModel, membership: addMembership }[kindOf(triple)]
    return changing(deps, actor, pid, (work) => add(work, triple.object))
  }
}

/**
 * Takes back what {@link addTriple} says, for every triple that is meant. When the owning collection goes, the first of
 * those that show the item takes its place; without one the item is unfiled, and who may read it stays as it is.
 *
 * @throws DomainError as {@link addTriple}
 */
export function removeTriples(deps: ItemChangeDeps) {
  return (
    actor: Actor,
    { pid, filter }: { readonly pid: string; readonly filter: TripleFilter },
  ): Promise<void> =>
    changing(deps, actor, pid, async (work) => {
      const { object } = work
      const parents = object.parents.map(({ value }) => value)
      const meant = triplesOf(object, parents).filter((triple) => isMeant(triple, filter))
      const gone = new Set(meant.map((triple) => `${kindOf(triple)} ${triple.object}`))
      const models = object.givenModels.filter((model) => !gone.has(`model ${model}`))
      if (models.length < object.givenModels.length) await setModels(work, models)
      const leaving = parents.filter((parent) => gone.has(`membership ${parent.pid}`))
      await leave(work, new Set(leaving.map(({ id }) => id)))
    })
}

/** A change under way: all of it happens in one transaction. */
interface Work {
  readonly tx: Transaction
  readonly deps: ItemChangeDeps
  readonly actor: Actor
  readonly object: ItemObject
}

function changing(
  deps: ItemChangeDeps,
  actor: Actor,
  pid: string,
  change: (work: Work) => Promise<void>,
): Promise<void> {
  return deps.unitOfWork(async (tx) => {
    const wanted = { pid, action: 'READ', today: dayOf(deps.clock()) } as const
    const before = await findItemObject(tx, actor, wanted)
    // Which collection is the first is asked and answered by one at a time.
    await tx.lock(`collections of ${before.value.record.id}`)
    const { value: object } = await findItemObject(tx, actor, wanted)
    await change({ tx, deps: { ...deps, unitOfWork: (work) => work(tx) }, actor, object })
  })
}

async function addMembership({ tx, deps, actor, object }: Work, pid: string): Promise<void> {
  if (object.parents.some(({ value }) => value.pid === pid)) return
  const collection = (await tx.objects.find(pid))?.value.record
  if (collection?.kind !== 'collection') throw badReference(`No collection has the pid ${pid}`, pid)
  const { id, owningCollectionId } = object.record
  if (owningCollectionId === null) {
    const target = { id, collectionId: collection.id, inheritPolicies: true, expected: 'any' } as const
    await moveItem(deps)(actor, target)
  } else {
    await mapItem(deps)(actor, { itemId: id, collectionIds: [collection.id] })
  }
}

async function leave({ deps, actor, object }: Work, leaving: ReadonlySet<string>): Promise<void> {
  const { id, owningCollectionId } = object.record
  const mapped = object.parents.map(({ value }) => value.id).filter((one) => one !== owningCollectionId)
  const unmapped = mapped.filter((one) => leaving.has(one))
  if (unmapped.length > 0) await unmapItem(deps)(actor, { itemId: id, collectionIds: unmapped })
  if (owningCollectionId === null || !leaving.has(owningCollectionId)) return
  const next = mapped.find((one) => !leaving.has(one))
  if (next === undefined) await unfile(deps, actor, id)
  else await moveItem(deps)(actor, { id, collectionId: next, inheritPolicies: false, expected: 'any' })
}

async function unfile(deps: ItemChangeDeps, actor: Actor, id: string): Promise<void> {
  await changeItem(deps, actor, { id, expected: 'any' }, async (_tx, found, now) => {
    requireAllowed(actor, 'ADMIN', found.access, dayOf(now), { kind: 'item', id })
    return { ...found.value, owningCollectionId: null }
  })
}

async function addModel(work: Work, model: string): Promise<void> {
  requirePid(model)
  if (model === COLLECTION_MODEL) throw invalid('An item does not become a collection by its model', 'object')
  const { givenModels } = work.object
  if (!givenModels.includes(model)) await setModels(work, [...givenModels, model])
}

async function setModels({ deps, actor, object }: Work, models: readonly string[]): Promise<void> {
  const { id } = object.record
  await changeItem(deps, actor, { id, expected: 'any' }, async (tx, { value }) => {
    await tx.objects.setModels(id, models)
    return { ...value }
  })
}
