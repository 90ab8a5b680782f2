import { text } from 'node:stream/consumers'
import type { ContentStore } from '../../domain/files/content-store.ts'
import type { Transaction, UnitOfWork } from '../../domain/unit-of-work.ts'
import { modsFields } from './mods-fields.ts'

/** The datastream that describes its object. */
const DSID = 'MODS'
/** Bytes; longer ones are not looked into. */
const LONGEST = 2 ** 20

/** Topic of items whose description was changed, written by triggers of the database; the payload is `{ itemId }`. */
export const OBJECT_DESCRIBED = 'object-described'

/** Puts what the MODS of an item says into the index, as it is now. */
export function describeObject({
  unitOfWork,
  contents,
}: {
  readonly unitOfWork: UnitOfWork
  readonly contents: Pick<ContentStore, 'open'>
}) {
  return (itemId: string): Promise<void> =>
    unitOfWork(async (tx) => {
      await tx.lock(`${OBJECT_DESCRIBED} ${itemId}`)
      await tx.searchIndex.describe(itemId, await fieldsOf(tx, contents, itemId))
    })
}

async function fieldsOf(
  tx: Transaction,
  contents: Pick<ContentStore, 'open'>,
  itemId: string,
): Promise<Readonly<Record<string, readonly string[]>>> {
  const [found] = await tx.datastreams.ofItem(itemId, DSID)
  if (found === undefined || found.value.file.content.size > LONGEST) return {}
  return modsFields(await text(await contents.open(found.value.file.content)))
}
