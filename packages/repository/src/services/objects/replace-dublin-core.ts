import type { Actor } from '../../domain/access/actor.ts'
import { dayOf } from '../../domain/clock.ts'
import { withDublinCore, type GivenValue } from '../../domain/objects/with-dublin-core.ts'
import type { NamingConfig } from '../../domain/records/identifiers.ts'
import type { Collection, Community, Item } from '../../domain/records/record.ts'
import type { ItemChangeDeps } from '../items/change-item.ts'
import { requireKnownFields } from '../metadata/require-known-fields.ts'
import { within } from '../within.ts'
import { changeRecord } from './change-record.ts'
import { findObject } from './find-object.ts'

/**
 * Puts simple Dublin Core in the place of what an object's metadata say in it, for those who may WRITE the object; see
 * `withDublinCore` for what stays where.
 *
 * @throws DomainError `NOT_FOUND`, `NOT_SIGNED_IN`, `NOT_ALLOWED`, `FIELD_UNKNOWN` where the registry has lost a field of
 * Dublin Core
 */
export function replaceDublinCore(deps: ItemChangeDeps & { readonly naming: NamingConfig }) {
  return (
    actor: Actor,
    { pid, values }: { readonly pid: string; readonly values: readonly GivenValue[] },
  ): Promise<Community | Collection | Item> =>
    deps.unitOfWork(async (tx) => {
      const today = dayOf(deps.clock())
      const { record } = (await findObject(tx, actor, { pid, action: 'WRITE', today })).value
      const { kind, id, handle } = record
      const names = [pid, deps.naming.handleResolver + handle]
      return changeRecord(within(deps, tx), actor, { kind, id, expected: 'any' }, async (_tx, found) => {
        const metadata = withDublinCore(found.metadata, values, names)
        if (metadata === found.metadata) return found
        await requireKnownFields(
          tx.fields,
          Object.keys(metadata).filter((field) => !Object.hasOwn(found.metadata, field)),
        )
        return { ...found, metadata }
      })
    })
}
