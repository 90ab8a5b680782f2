import { ANONYMOUS_GROUP, type Actor } from '../../domain/access/actor.ts'
import { groupPolicy, ownerPolicy } from '../../domain/access/policy.ts'
import { dayOf, type Clock } from '../../domain/clock.ts'
import { metadataValue } from '../../domain/metadata/metadata.ts'
import { requireNamespace, requirePid } from '../../domain/objects/pid.ts'
import type { NamingConfig } from '../../domain/records/identifiers.ts'
import type { Reading, UnitOfWork } from '../../domain/unit-of-work.ts'
import { requirePermission } from '../access/require-allowed.ts'
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
export function createObject(deps: {
  reading: Pick<Reading, 'pids'>
  unitOfWork: UnitOfWork
  clock: Clock
  naming: NamingConfig
}) {
  return async (actor: Actor, input: NewObject): Promise<SeenObject> => {
    requirePermission(actor, 'ISLANDORA_REST_OBJECT_POST_PERM')
    if (input.pid !== undefined) requirePid(input.pid)
    if (input.namespace !== undefined) requireNamespace(input.namespace)
    const pid = await pidOf(deps, input)
    return deps.unitOfWork(async (tx) => {
      const title = input.label === undefined ? {} : { 'dc.title': [metadataValue(input.label)] }
      const owner = input.owner === undefined ? undefined : await findOwner(tx, input.owner)
      const names = await tx.identifiers.assign(pid === undefined ? {} : { pid })
      const now = deps.clock()
      const fresh = archivedItem(
        { owningCollectionId: null, metadata: title },
        { actor, names, now, naming: deps.naming },
      )
      const item = owner === undefined ? fresh : { ...fresh, submitterId: owner.submitterId }
      const ownerName = owner?.ownerName ?? null
      const [, , , created] = await sentTogether([
        tx.items.insert(item),
        tx.policies.insert([
          groupPolicy(item.id, 'READ', ANONYMOUS_GROUP),
          ...(actor.personId === null || actor.isAdministrator ? [] : [ownerPolicy(item.id, actor.personId)]),
        ]),
        ownerName === null ? Promise.resolve() : tx.objects.setOwnerName(item.id, ownerName),
        tx.objects.find(item.pid),
      ])
      if (created === undefined) throw new Error(`The object ${item.pid} was created and is not there`)
      return seenObject(actor, created.value, [], dayOf(now))
    })
  }
}

/** Undefined for the next pid of the repository's own namespace, which shares its number with the handle. */
async function pidOf(
  { reading, naming }: { readonly reading: Pick<Reading, 'pids'>; readonly naming: NamingConfig },
  { pid, namespace }: Pick<NewObject, 'pid' | 'namespace'>,
): Promise<string | undefined> {
  if (pid !== undefined || namespace === undefined || namespace === naming.pidNamespace) return pid
  return reading.pids.next(namespace)
}
