import type { Actor } from '../../domain/access/actor.ts'
import { badReference } from '../../domain/errors.ts'
import type { Bitstream } from '../../domain/records/record.ts'
import { withField } from '../../domain/patch/metadata-map.ts'
import { changeBitstream, type BitstreamChange } from './change-bitstream.ts'
import type { FileChangeDeps } from './change-bundle.ts'

/**
 * Gives a file another format of the registry. What `dc.format` said of the old one goes (RestContract bitstreams.md,
 * "Format").
 *
 * @throws DomainError `REFERENCE_INVALID` without such a format, and those of `changeBitstream`
 */
export function setFormat(deps: FileChangeDeps) {
  return (actor: Actor, input: BitstreamChange & { readonly formatId: number }): Promise<Bitstream> =>
    changeBitstream(deps, actor, input, async (tx, { value: bitstream }) => {
      if ((await tx.formats.find(input.formatId)) === undefined) {
        throw badReference(`No format has the identifier ${input.formatId}`, String(input.formatId))
      }
      const metadata = withField(bitstream.metadata, 'dc.format', [])
      return { ...bitstream, formatId: input.formatId, metadata }
    })
}
