import type { Actor } from '../../domain/access/actor.ts'
import { dayOf, type Clock } from '../../domain/clock.ts'
import { notFound } from '../../domain/errors.ts'
import type { Metadata } from '../../domain/metadata/metadata.ts'
import type { Bitstream } from '../../domain/records/record.ts'
import type { Reading } from '../../domain/unit-of-work.ts'
import { requireKnownMetadata } from '../metadata/require-known-fields.ts'
import { requireMayAdd, requireName } from './add-file.ts'
import type { DeclaredContent, IncomingFile } from './stage-file.ts'
import type { StoreFileDeps } from './store-file.ts'
import { storeNewFile } from './store-new-file.ts'

/** A file to be, beside its bytes. */
export interface NewBitstream {
  readonly bundleId: string
  /** Becomes `dc.title`. */
  readonly name: string
  readonly metadata?: Metadata
}

/** What is told of a file only behind its bytes; it replaces what was said before. */
export interface FileTrailer {
  readonly name?: string
  readonly metadata?: Metadata
  readonly mimetype?: string
  readonly declared?: DeclaredContent
}

/** A file as it arrives; its name may be left to the trailer. */
export interface ArrivingBitstream extends IncomingFile, Omit<NewBitstream, 'name'> {
  readonly name?: string
  readonly trailer?: () => Promise<FileTrailer>
}

/**
 * Adds a file behind a bundle's others, for those who may ADD to the bundle, and ADD to and WRITE its item (RestContract
 * bundles.md, "Bitstreams"). Whether they may is decided before a byte is read, and again when all have arrived.
 *
 * @throws DomainError `NOT_FOUND`, `NOT_SIGNED_IN`, `NOT_ALLOWED`, `INVALID` without a name, `FIELD_UNKNOWN`,
 * `CHECKSUM_MISMATCH`, `TOO_LARGE`
 * @throws ContentStoreError
 * @example
 * const upload = uploadBitstream({ reading, unitOfWork, contents, clock })
 * await upload(actor, { bundleId, name: 'data.csv', source: request.body, declared: { size: 1024 } })
 */
export function uploadBitstream(
  deps: StoreFileDeps & {
    readonly reading: Pick<Reading, 'homes' | 'fields' | 'formats'>
    readonly clock: Clock
  },
) {
  const store = storeNewFile(deps)
  return async (actor: Actor, input: ArrivingBitstream): Promise<Bitstream> => {
    const { bundleId } = input
    const name = input.name ?? ''
    let told: FileTrailer = {}
    const trailer = async (): Promise<FileTrailer> => {
      told = (await input.trailer?.()) ?? {}
      await requireKnownMetadata(deps.reading.fields, told.metadata ?? {})
      return told
    }
    const { bitstream } = await store(async () => {
      const home = await deps.reading.homes.find({ bundleId })
      if (home === undefined) throw notFound('bundle', bundleId)
      requireMayAdd(actor, home, dayOf(deps.clock()))
      if (input.trailer === undefined) requireName(name)
      await requireKnownMetadata(deps.reading.fields, input.metadata ?? {})
      return {
        incoming: { ...input, trailer },
        describe: (content, head) => ({
          actor,
          file: { ...input, name, ...told, content, head, place: { bundleId } },
        }),
      }
    })
    return bitstream
  }
}
