import type { Actor } from '../../domain/access/actor.ts'
import type { Guarded } from '../../domain/access/guarded.ts'
import { badReference, DomainError, invalid } from '../../domain/errors.ts'
import type { GuardedBitstream } from '../../domain/files/bitstream-store.ts'
import type { Bitstream, Bundle, Item } from '../../domain/records/record.ts'
import type { Transaction } from '../../domain/unit-of-work.ts'
import { requireAllowed } from '../access/require-allowed.ts'
import { changeBitstreamIn, type BitstreamChange } from './change-bitstream.ts'
import type { FileChangeDeps } from './change-bundle.ts'
import { inheritAnew } from './inherit-policies.ts'

/**
 * Moves a file behind the others of another bundle of its item, for those who may WRITE the file, its item and both
 * bundles, REMOVE from the one and ADD to the other (RestContract bitstreams.md, "Bundle").
 *
 * @throws DomainError `REFERENCE_INVALID` when the item has no such bundle, `CONFLICT` when the file is in it already,
 * `INVALID` for a logo, and those of `changeBitstream`
 */
export function moveBitstream(deps: FileChangeDeps) {
  return (actor: Actor, input: BitstreamChange & { readonly bundleId: string }): Promise<Bitstream> =>
    deps.unitOfWork(async (tx) => {
      await tx.homes.lock([input.id])
      const moved = await changeBitstreamIn(tx, actor, input, deps, async (_tx, found, today) => {
        const { source, target, item } = await places(tx, found, input.bundleId)
        requireMovable(actor, { source, target, item }, today)
        if (source.value.primaryBitstreamId === input.id) {
          await tx.bundles.update({ ...source.value, primaryBitstreamId: null, modifiedAt: deps.clock() })
        }
        await tx.homes.touch(item.value.id, deps.clock())
        await inheritAnew(tx, input.id, { bundle: target.value, item, today })
        return { ...found.value, bundleId: target.value.id, bundleName: target.value.name }
      })
      const others = (await tx.bitstreams.orderOf(input.bundleId)).filter((id) => id !== input.id)
      await tx.bitstreams.reorder(input.bundleId, [...others, input.id])
      return moved
    })
}

interface Places {
  readonly source: Guarded<Bundle>
  readonly target: Guarded<Bundle>
  readonly item: Guarded<Item>
}

async function places(tx: Transaction, found: GuardedBitstream, targetId: string): Promise<Places> {
  const { bundleId } = found.value
  const source = bundleId === null ? undefined : await tx.bundles.find(bundleId)
  const item = source === undefined ? undefined : await tx.items.find(source.value.itemId)
  if (source === undefined || item === undefined) throw invalid(`File ${found.value.id} is in no bundle`)
  const target = await tx.bundles.find(targetId)
  // Sequence ids are unique in an item, so a file stays in its own.
  if (target === undefined || target.value.itemId !== item.value.id) {
    throw badReference(`The item has no bundle ${targetId}`, targetId)
  }
  if (source.value.id === targetId) {
    throw new DomainError('CONFLICT', 'The file is in that bundle already', { bundleId: targetId })
  }
  return { source, target, item }
}

/** The rights that `BundleServiceImpl.moveBitstreamToBundle` of the original asks for. */
function requireMovable(actor: Actor, { source, target, item }: Places, today: string): void {
  const from = { kind: 'bundle', id: source.value.id }
  const to = { kind: 'bundle', id: target.value.id }
  requireAllowed(actor, 'WRITE', source.access, today, from)
  requireAllowed(actor, 'REMOVE', source.access, today, from)
  requireAllowed(actor, 'WRITE', target.access, today, to)
  requireAllowed(actor, 'ADD', target.access, today, to)
  requireAllowed(actor, 'WRITE', item.access, today, { kind: 'item', id: item.value.id })
}
