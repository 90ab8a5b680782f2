import { ANONYMOUS_GROUP, type Actor } from '../../domain/access/actor.ts'
import { groupPolicy, ownerPolicy, type NewPolicy } from '../../domain/access/policy.ts'
import { dayOf, type Clock } from '../../domain/clock.ts'
import { metadataValue } from '../../domain/metadata/metadata.ts'
import { requireNamespace, requirePid } from '../../domain/objects/pid.ts'
import type { NamingConfig } from '../../domain/records/identifiers.ts'
import type { Item } from '../../domain/records/record.ts'
import type { Reading, Transaction, UnitOfWork } from '../../domain/unit-of-work.ts'
import { requirePermission } from '../access/require-allowed.ts'
import { committedTogether } from '../committed-together.ts'
import { gatheredWork } from '../gathered-work.ts'
import { archivedItem } from '../items/create-item.ts'
import { sentTogether } from '../sent-together.ts'
import { findOwner } from './find-owner.ts'
import { seenObject, type SeenObject } from './read-object.ts'

export interface NewObject {
  /** Kept, or refused when it is taken. */
  readonly pid?: string
  /** Where no pid is given: the next free one of this namespace; of the repository's own without one. */
  readonly namespace?: string
  /** Becomes `dc.title`. */
  readonly label?: string
  /** A person, by netid or e-mail address, or any other name; without one the actor. */
  readonly owner?: string
}

/**
 * Creates an unfiled item: in no collection, readable for everybody, administered by whoever creates it, who is shown it. For
 * those who have the permission to ingest.
 *
 * @throws DomainError `INVALID` for the form of pid or namespace, `CONFLICT` with `field: 'pid'` when it is taken,
 * `NOT_SIGNED_IN`, `NOT_ALLOWED`
 */
export function createObject(deps: Deps) {
  const create = gatheredWork<WantedObject, SeenObject>({
    keysOf: ({ pid }) => (pid === undefined ? [] : [pid]),
    together: (wanted) => committedTogether(deps.unitOfWork, (tx) => createIn(tx, deps, wanted)),
    alone: (wanted) =>
      deps.unitOfWork(async (tx) => {
        const [created] = await createIn(tx, deps, [wanted])
        if (created === undefined) throw new Error('An object was created as none')
        return created
      }),
  })
  return async (actor: Actor, input: NewObject): Promise<SeenObject> => {
    requirePermission(actor, 'ISLANDORA_REST_OBJECT_POST_PERM')
    if (input.pid !== undefined) requirePid(input.pid)
    if (input.namespace !== undefined) requireNamespace(input.namespace)
    return create(async () => ({ actor, input, pid: await pidOf(deps, input) }))
  }
}

interface Deps {
  readonly reading: Pick<Reading, 'pids'>
  readonly unitOfWork: UnitOfWork
  readonly clock: Clock
  readonly naming: NamingConfig
}

interface WantedObject {
  readonly actor: Actor
  readonly input: NewObject
  readonly pid: string | undefined
}

/** Creates several in as many statements as one takes, but for those that bring the name of an owner. */
async function createIn(
  tx: Transaction,
  { clock, naming }: Deps,
  wanted: readonly WantedObject[],
): Promise<readonly SeenObject[]> {
  const now = clock()
  const names = await tx.identifiers.assignMany(wanted.map(({ pid }) => (pid === undefined ? {} : { pid })))
  const made: NewRows[] = []
  for (const [index, { actor, input }] of wanted.entries()) {
    const given = names[index]
    if (given === undefined) throw new Error('An object was given no names')
    const title = input.label === undefined ? {} : { 'dc.title': [metadataValue(input.label)] }
    const fresh = archivedItem(
      { owningCollectionId: null, metadata: title },
      { actor, names: given, now, naming },
    )
    const owner = input.owner === undefined ? undefined : await findOwner(tx, input.owner)
    const item = owner === undefined ? fresh : { ...fresh, submitterId: owner.submitterId }
    made.push({ actor, item, ownerName: owner?.ownerName ?? null })
  }
  const [, , , created] = await sentTogether([
    tx.items.insertMany(made.map(({ item }) => ({ item, files: 0 }))),
    tx.policies.insert(made.flatMap(({ item, actor }) => policiesOf(item, actor))),
    sentTogether(made.map(({ item, ownerName }) => nameOwner(tx, item, ownerName))),
    tx.last.objects.findAll(made.map(({ item }) => item.pid)),
  ])
  return made.map(({ actor, item }, index) => {
    const object = created[index]
    if (object === undefined) throw new Error(`The object ${item.pid} was created and is not there`)
    return seenObject(actor, object.value, [], dayOf(now))
  })
}

interface NewRows {
  readonly actor: Actor
  readonly item: Item
  readonly ownerName: string | null
}

async function nameOwner(tx: Transaction, item: Item, ownerName: string | null): Promise<void> {
  if (ownerName !== null) await tx.objects.setOwnerName(item.id, ownerName)
}

function policiesOf(item: Item, actor: Actor): readonly NewPolicy[] {
  return [
    groupPolicy(item.id, 'READ', ANONYMOUS_GROUP),
    ...(actor.personId === null || actor.isAdministrator ? [] : [ownerPolicy(item.id, actor.personId)]),
  ]
}

/** Undefined for the next pid of the repository's own namespace, which shares its number with the handle. */
async function pidOf(
  { reading, naming }: { readonly reading: Pick<Reading, 'pids'>; readonly naming: NamingConfig },
  { pid, namespace }: Pick<NewObject, 'pid' | 'namespace'>,
): Promise<string | undefined> {
  if (pid !== undefined || namespace === undefined || namespace === naming.pidNamespace) return pid
  return reading.pids.next(namespace)
}
