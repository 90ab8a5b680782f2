import type { Actor } from '../../domain/access/actor.ts'
import type { Guarded } from '../../domain/access/guarded.ts'
import { dayOf } from '../../domain/clock.ts'
import type { ObjectState } from '../../domain/datastreams/datastream.ts'
import { withFirstValue } from '../../domain/metadata/with-first-value.ts'
import { stateOf } from '../../domain/objects/object-state.ts'
import type { Item } from '../../domain/records/record.ts'
import type { Reading, Transaction } from '../../domain/unit-of-work.ts'
import { requireAllowed } from '../access/require-allowed.ts'
import type { ExpectedVersion } from '../expected-version.ts'
import { changeItem, type ItemChangeDeps } from '../items/change-item.ts'
import { setWithdrawn } from '../items/set-withdrawn.ts'
import { findItemObject } from './find-object.ts'
import { findOwner } from './find-owner.ts'

/** What is to be another; what is absent stays as it is. */
export interface ObjectChange {
  readonly label?: string
  readonly owner?: string
  readonly state?: ObjectState
}

/**
 * Changes label, owner and state of an item, by its pid. Owner and state are its administrators'.
 *
 * @throws DomainError `CONFLICT` for a community or collection, and those of `changeItem`
 */
export function changeObject(deps: ItemChangeDeps & { readonly reading: Pick<Reading, 'objects'> }) {
  return async (
    actor: Actor,
    input: ObjectChange & { readonly pid: string; readonly expected: ExpectedVersion },
  ): Promise<Item> => {
    const today = dayOf(deps.clock())
    const { value } = await findItemObject(deps.reading, actor, { pid: input.pid, action: 'WRITE', today })
    return changeItem(deps, actor, { ...input, id: value.record.id }, async (tx, found, now) => {
      if (input.owner !== undefined || input.state !== undefined) {
        const what = { kind: 'object', id: input.pid }
        requireAllowed(actor, 'ADMIN', found.access, dayOf(now), what)
      }
      return applyChange(tx, found, input)
    })
  }
}

async function applyChange(tx: Transaction, found: Guarded<Item>, input: ObjectChange): Promise<Item> {
  let item: Item = found.value
  if (input.label !== undefined)
    item = { ...item, metadata: withFirstValue(item.metadata, 'dc.title', input.label) }
  if (input.owner !== undefined) {
    const owner = await findOwner(tx, input.owner)
    await tx.objects.setOwnerName(item.id, owner.ownerName)
    item = { ...item, submitterId: owner.submitterId }
  }
  return input.state === undefined ? item : withState(tx, item, input.state)
}

async function withState(tx: Transaction, item: Item, state: ObjectState): Promise<Item> {
  if (stateOf(item) === state) return item
  const placed = await setWithdrawn(tx, item, state === 'D', 0)
  // What is deleted is as findable as before, should it be taken back.
  return state === 'D' ? placed : { ...placed, discoverable: state === 'A' }
}
