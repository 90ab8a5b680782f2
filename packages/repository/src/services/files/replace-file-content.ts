import type { Actor } from '../../domain/access/actor.ts'
import { dayOf, type Clock } from '../../domain/clock.ts'
import { invalid, notFound } from '../../domain/errors.ts'
import { metadataValue } from '../../domain/metadata/metadata.ts'
import { recordTitle, type Bitstream } from '../../domain/records/record.ts'
import type { Reading } from '../../domain/unit-of-work.ts'
import { requireAllowed } from '../access/require-allowed.ts'
import { requireVersion } from '../expected-version.ts'
import { changeBitstreamIn, type BitstreamChange } from './change-bitstream.ts'
import { guessFormat } from './guess-format.ts'
import type { IncomingFile } from './stage-file.ts'
import { storeFile, type StoreFileDeps } from './store-file.ts'

/**
 * Gives a file other bytes, for those who may WRITE it. It stays the same record: identifier, place, policies and
 * description remain, the version counts on. Right and version are checked before a byte is read, and again at the end.
 *
 * @param input.name a new name; without one the file keeps its own
 * @throws DomainError `NOT_FOUND`, `NOT_SIGNED_IN`, `NOT_ALLOWED`, `VERSION_CONFLICT`, `INVALID`, `CHECKSUM_MISMATCH`,
 * `TOO_LARGE`
 * @throws ContentStoreError
 */
export function replaceFileContent(
  deps: StoreFileDeps & { readonly reading: Pick<Reading, 'bitstreams'>; readonly clock: Clock },
) {
  return async (
    actor: Actor,
    input: BitstreamChange & IncomingFile & { readonly name?: string },
  ): Promise<Bitstream> => {
    const before = await deps.reading.bitstreams.find(input.id)
    if (before === undefined) throw notFound('bitstream', input.id)
    const what = { kind: 'bitstream', id: input.id }
    requireAllowed(actor, 'WRITE', before.access, dayOf(deps.clock()), what)
    requireVersion(before.value, input.expected)
    if (input.name?.trim() === '') throw invalid('A file has a name', 'name')

    return storeFile(deps, input, (tx, content, head) =>
      changeBitstreamIn(tx, actor, input, deps, async (_tx, { value: bitstream, itemId }) => {
        if (itemId !== null) await tx.homes.touch(itemId, deps.clock())
        const name = input.name ?? recordTitle(bitstream.metadata) ?? ''
        const metadata =
          input.name === undefined
            ? bitstream.metadata
            : { ...bitstream.metadata, 'dc.title': [metadataValue(name)] }
        const formatId = await guessFormat(tx.formats, { name, mimetype: input.mimetype, head })
        return { ...bitstream, content, metadata, formatId }
      }),
    )
  }
}
