import type { Actor } from '../../domain/access/actor.ts'
import { dayOf } from '../../domain/clock.ts'
import type { Datastream, DatastreamVersion } from '../../domain/datastreams/datastream.ts'
import { notFound } from '../../domain/errors.ts'
import type { Transaction } from '../../domain/unit-of-work.ts'
import { requireAllowed } from '../access/require-allowed.ts'
import { deleteBitstream } from '../files/delete-bitstreams.ts'
import { guessFormat } from '../files/guess-format.ts'
import { withLabel } from './change-datastream.ts'
import type { DatastreamDeps } from './create-datastream.ts'
import { findDatastream, type DatastreamName } from './find-datastream.ts'

/**
 * Deletes a datastream with its former contents, for those who may DELETE its file.
 *
 * @throws DomainError `NOT_FOUND`, `NOT_SIGNED_IN`, `NOT_ALLOWED`
 */
export function deleteDatastream(deps: DatastreamDeps) {
  const remove = deleteBitstream(deps)
  return async (actor: Actor, name: DatastreamName): Promise<void> => {
    const { value } = await findDatastream(deps.reading, name)
    await remove(actor, { id: value.file.id, expected: 'any' })
  }
}

/**
 * Deletes one content of a datastream: a former one, or the present one, whose place the newest former one takes. With
 * its last content the datastream goes.
 *
 * @param input.datedAt when the content came
 * @throws DomainError `NOT_FOUND`, `NOT_SIGNED_IN`, `NOT_ALLOWED`
 */
export function deleteDatastreamVersion(deps: DatastreamDeps) {
  const removeAll = deleteDatastream(deps)
  return async (actor: Actor, input: DatastreamName & { readonly datedAt: Date }): Promise<void> => {
    const wasLast = await deps.unitOfWork(async (tx) => {
      const id = `${input.pid}/${input.dsid}`
      await tx.homes.lock([(await findDatastream(tx, input)).item.id])
      const { value: datastream, access, item } = await findDatastream(tx, input)
      const now = deps.clock()
      requireAllowed(actor, 'DELETE', access, dayOf(now), { kind: 'datastream', id })
      const wanted = input.datedAt.getTime()
      const [newest] = datastream.versions
      if (datastream.datedAt.getTime() !== wanted) {
        if (!datastream.versions.some(({ datedAt }) => datedAt.getTime() === wanted)) {
          throw notFound('version of a datastream', `${id} of ${input.datedAt.toISOString()}`)
        }
        await tx.datastreams.deleteVersion(datastream.file.id, input.datedAt)
      } else if (newest === undefined) {
        return true
      } else {
        await goBack(tx, datastream, newest, now)
      }
      await tx.homes.touch(item.id, now)
      return false
    })
    if (wasLast) await removeAll(actor, input)
  }
}

async function goBack(
  tx: Transaction,
  { file, datedAt }: Datastream,
  former: DatastreamVersion,
  now: Date,
): Promise<void> {
  const clues = { name: '', mimetype: former.mimetype, head: new Uint8Array() }
  const formatId = await guessFormat(tx.formats, clues)
  await tx.bitstreams.update({
    ...withLabel(file, former.label),
    content: former.content,
    formatId,
    modifiedAt: now,
  })
  // What was present counts as former now, like every content that is replaced.
  await tx.datastreams.deleteVersion(file.id, datedAt)
  await tx.datastreams.deleteVersion(file.id, former.datedAt)
  await tx.datastreams.setDate(file.id, former.datedAt)
  const { state, mimetype } = former
  await tx.datastreams.describe(file.id, { state, mimetype })
}
