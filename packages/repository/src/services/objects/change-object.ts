import type { Actor } from '../../domain/access/actor.ts'
import type { Guarded } from '../../domain/access/guarded.ts'
import { dayOf } from '../../domain/clock.ts'
import type { ObjectState } from '../../domain/datastreams/datastream.ts'
import { conflict } from '../../domain/errors.ts'
import { withFirstValue } from '../../domain/metadata/with-first-value.ts'
import { stateOf } from '../../domain/objects/object-state.ts'
import type { Collection, Community, Item } from '../../domain/records/record.ts'
import type { Transaction } from '../../domain/unit-of-work.ts'
import { requireAllowed } from '../access/require-allowed.ts'
import type { ExpectedVersion } from '../expected-version.ts'
import { changeItem, type ItemChangeDeps } from '../items/change-item.ts'
import { setWithdrawn } from '../items/set-withdrawn.ts'
import { within } from '../within.ts'
import { changeRecord } from './change-record.ts'
import { findObject } from './find-object.ts'
import { findOwner } from './find-owner.ts'

/** What is to be another; what is absent stays as it is. */
export interface ObjectChange {
  readonly label?: string
  readonly owner?: string
  readonly state?: ObjectState
}

/**
 * Changes label, owner and state of an object, by its pid. Owner and state are its administrators'; communities and collections
 * are always active.
 *
 * @throws DomainError `CONFLICT` with `field: 'state'` for a community or collection that is to be inactive, and those of
 * `changeItem`
 */
export function changeObject(deps: ItemChangeDeps) {
  return (
    actor: Actor,
    input: ObjectChange & { readonly pid: string; readonly expected: ExpectedVersion },
  ): Promise<Community | Collection | Item> =>
    deps.unitOfWork(async (tx) => {
      const { pid, expected } = input
      const today = dayOf(deps.clock())
      const { value, access } = await findObject(tx, actor, { pid, action: 'WRITE', today })
      if (input.owner !== undefined || input.state !== undefined) {
        requireAllowed(actor, 'ADMIN', access, today, { kind: 'object', id: pid })
      }
      const { kind, id } = value.record
      if (kind === 'item') {
        const change = (_tx: Transaction, found: Guarded<Item>) => changeItemFacts(tx, found.value, input)
        return changeItem(within(deps, tx), actor, { id, expected }, change)
      }
      if ((input.state ?? 'A') !== 'A') throw conflict(`A ${kind} is always active`, 'state')
      return changeRecord(within(deps, tx), actor, { kind, id, expected }, async (_tx, record) => {
        if (input.owner !== undefined) {
          await tx.objects.setSubmitter(id, await setOwner(tx, id, input.owner))
        }
        return withLabel(record, input)
      })
    })
}

function withLabel<R extends Community | Collection | Item>(record: R, { label }: ObjectChange): R {
  return label === undefined
    ? record
    : { ...record, metadata: withFirstValue(record.metadata, 'dc.title', label) }
}

async function changeItemFacts(tx: Transaction, found: Item, input: ObjectChange): Promise<Item> {
  let item = withLabel(found, input)
  if (input.owner !== undefined) {
    item = { ...item, submitterId: await setOwner(tx, item.id, input.owner) }
  }
  return input.state === undefined ? item : withState(tx, item, input.state)
}

/** @returns the owner, where it is somebody known */
async function setOwner(tx: Transaction, id: string, text: string): Promise<string | null> {
  const { submitterId, ownerName } = await findOwner(tx, text)
  await tx.objects.setOwnerName(id, ownerName)
  return submitterId
}

async function withState(tx: Transaction, item: Item, state: ObjectState): Promise<Item> {
  if (stateOf(item) === state) return item
  const placed = await setWithdrawn(tx, item, state === 'D', 0)
  // What is deleted is as findable as before, should it be taken back.
  return state === 'D' ? placed : { ...placed, discoverable: state === 'A' }
}
