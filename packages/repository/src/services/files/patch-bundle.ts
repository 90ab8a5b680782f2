import type { Actor } from '../../domain/access/actor.ts'
import { firstValue } from '../../domain/metadata/metadata.ts'
import { arrayPosition, formatPointer, type JsonPointer } from '../../domain/patch/json-pointer.ts'
import { isMetadataPath } from '../../domain/patch/metadata-location.ts'
import { PatchError } from '../../domain/patch/patch-error.ts'
import type { PatchOperation } from '../../domain/patch/parse-patch.ts'
import type { Bundle } from '../../domain/records/record.ts'
import type { Transaction } from '../../domain/unit-of-work.ts'
import type { ExpectedVersion } from '../expected-version.ts'
import { changeBundle, type FileChangeDeps } from './change-bundle.ts'
import { requireFreeName } from './create-bundle.ts'
import { patchMetadata } from './patch-metadata.ts'

/**
 * Changes a bundle by JSON Patch: its metadata, whose `dc.title` is the bundle's name, and the order of its files by
 * `move` from `/_links/bitstreams/N/href` to another such place (RestContract bundles.md, "Ordering bitstreams").
 *
 * @throws PatchError when an operation cannot be applied
 * @throws DomainError `INVALID` and `CONFLICT` for the name, `FIELD_UNKNOWN`, and those of `changeBundle`
 */
export function patchBundle(deps: FileChangeDeps) {
  return (
    actor: Actor,
    input: { id: string; patch: readonly PatchOperation[]; expected: ExpectedVersion },
  ): Promise<Bundle> =>
    changeBundle(deps, actor, input, async (tx, { value: bundle }) => {
      const isReordered = input.patch.some((operation) => !isMetadataPath(operation.path))
      if (isReordered) {
        await tx.homes.touch(bundle.itemId, deps.clock())
        await reorder(tx, bundle.id, input.patch)
      }
      const metadata = await patchMetadata(tx, bundle.metadata, input.patch)
      const name = firstValue(metadata, 'dc.title') ?? ''
      if (name !== bundle.name) await requireFreeName(tx, bundle.itemId, name)
      return input.patch.length === 0 ? bundle : { ...bundle, name, metadata }
    })
}

async function reorder(tx: Transaction, bundleId: string, patch: readonly PatchOperation[]): Promise<void> {
  const before = await tx.bitstreams.orderOf(bundleId)
  const after = patch.reduce(
    (order, operation, index) => (isMetadataPath(operation.path) ? order : move(order, operation, index)),
    before,
  )
  await tx.bitstreams.reorder(bundleId, after)
}

function move(order: readonly string[], operation: PatchOperation, index: number): readonly string[] {
  if (operation.op !== 'move') {
    const place = formatPointer(operation.path)
    throw new PatchError(
      'PATCH_INVALID',
      `${operation.op} "${place}" is no change that a bundle knows`,
      index,
    )
  }
  const from = placeOf(operation.from, order, index)
  const to = placeOf(operation.path, order, index)
  return order.toSpliced(from, 1).toSpliced(to, 0, ...order.slice(from, from + 1))
}

function placeOf(path: JsonPointer, order: readonly string[], index: number): number {
  const [links, bitstreams, token = '', ...rest] = path
  const place = arrayPosition(token)
  const isPlace = links === '_links' && bitstreams === 'bitstreams' && rest.join('/') === 'href'
  if (!isPlace || place === null) {
    throw new PatchError('PATCH_INVALID', `"${formatPointer(path)}" is no place of a file`, index)
  }
  if (place >= order.length) {
    throw new PatchError('PATCH_PATH_MISSING', `the bundle has ${order.length} files`, index)
  }
  return place
}
