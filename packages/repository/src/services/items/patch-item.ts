import type { Actor } from '../../domain/access/actor.ts'
import { dayOf } from '../../domain/clock.ts'
import { applyItemMetadataPatch } from '../../domain/patch/item-metadata-patch.ts'
import { fieldsTouched } from '../../domain/patch/metadata-patch.ts'
import { formatPointer } from '../../domain/patch/json-pointer.ts'
import { PatchError } from '../../domain/patch/patch-error.ts'
import type { PatchOperation } from '../../domain/patch/parse-patch.ts'
import type { Item } from '../../domain/records/record.ts'
import type { Transaction } from '../../domain/unit-of-work.ts'
import { requireAllowed } from '../access/require-allowed.ts'
import type { ExpectedVersion } from '../expected-version.ts'
import { requireKnownFields } from '../metadata/require-known-fields.ts'
import { changeItem, type ItemChangeDeps } from './change-item.ts'
import { setWithdrawn } from './set-withdrawn.ts'

/**
 * Changes an item by JSON Patch (RFC 6902): its metadata (RestContract metadata-patch.md), `/withdrawn` and
 * `/discoverable` (items.md, "Patch operations"). All operations are applied, or none.
 *
 * @throws PatchError when an operation cannot be applied
 * @throws DomainError `FIELD_UNKNOWN`, and those of `changeItem`
 */
export function patchItem(deps: ItemChangeDeps) {
  return (
    actor: Actor,
    input: { id: string; patch: readonly PatchOperation[]; expected: ExpectedVersion },
  ): Promise<Item> =>
    changeItem(deps, actor, input, async (tx, found, now) => {
      const touched = input.patch.flatMap((operation, index) =>
        operation.path[0] === 'metadata' ? fieldsTouched(operation, { index }) : [],
      )
      await requireKnownFields(tx.fields, touched)
      let item = found.value
      for (const [index, operation] of input.patch.entries()) {
        if (operation.path[0] !== 'metadata') {
          // Withdrawing, reinstating and hiding are the administrators' (AuthorizeUtil of the original).
          requireAllowed(actor, 'ADMIN', found.access, dayOf(now), { kind: 'item', id: item.id })
        }
        item = await applyOperation(tx, item, operation, index)
      }
      return item
    })
}

async function applyOperation(
  tx: Transaction,
  item: Item,
  operation: PatchOperation,
  index: number,
): Promise<Item> {
  if (operation.path[0] === 'metadata') {
    return { ...item, metadata: applyItemMetadataPatch(item.metadata, operation, { index }) }
  }
  const path = formatPointer(operation.path)
  if (operation.op !== 'replace' || (path !== '/withdrawn' && path !== '/discoverable')) {
    throw new PatchError('PATCH_INVALID', `${operation.op} "${path}" is no change that an item knows`, index)
  }
  const value = booleanOf(operation.value)
  if (value === undefined) throw new PatchError('PATCH_INVALID', `"${path}" is true or false`, index)
  return path === '/withdrawn' ? setWithdrawn(tx, item, value, index) : { ...item, discoverable: value }
}

/** Clients send `true` as well as `"true"`. */
function booleanOf(value: unknown): boolean | undefined {
  if (typeof value === 'boolean') return value
  if (value === 'true') return true
  return value === 'false' ? false : undefined
}
