import { randomUUID } from 'node:crypto'
import type { Actor } from '../../domain/access/actor.ts'
import type { ContainerReference } from '../../domain/access/container-role.ts'
import type { Guarded } from '../../domain/access/guarded.ts'
import { dayOf, type Clock } from '../../domain/clock.ts'
import { invalid } from '../../domain/errors.ts'
import { metadataValue } from '../../domain/metadata/metadata.ts'
import type { Bitstream, Collection, Community, StoredContent } from '../../domain/records/record.ts'
import type { Reading, Transaction } from '../../domain/unit-of-work.ts'
import { findContainer } from '../access/find-container.ts'
import { requireAllowed } from '../access/require-allowed.ts'
import { guessFormat } from '../files/guess-format.ts'
import type { IncomingFile } from '../files/stage-file.ts'
import { storeFile, type StoreFileDeps } from '../files/store-file.ts'
import type { FileTrailer } from '../files/upload-bitstream.ts'
import { saveContainer } from './save-container.ts'

/** A logo to be, beside its bytes. */
export interface NewLogo {
  readonly of: ContainerReference
  /** `new` where there is none so far, `replacement` where there is one; the other case is refused. */
  readonly as: 'new' | 'replacement'
  /** Becomes `dc.title`. */
  readonly name?: string
}

/** A logo as it arrives; its name may be left to the trailer, whose metadata do not matter. */
export interface ArrivingLogo extends NewLogo, IncomingFile {
  readonly trailer?: () => Promise<FileTrailer>
}

/**
 * Gives a community or collection a logo, for whoever may WRITE it; whoever may READ it may read the logo. A replaced
 * one is deleted (RestContract communities.md and collections.md, "Logo"). Whether all that is so is decided before a
 * byte is read, and again when all have arrived.
 *
 * @throws DomainError `NOT_FOUND`, `NOT_SIGNED_IN`, `NOT_ALLOWED`, `INVALID` when there is a logo already, or none to
 * replace, `CHECKSUM_MISMATCH`, `TOO_LARGE`
 * @throws ContentStoreError
 */
export function setLogo(
  deps: StoreFileDeps & {
    readonly reading: Pick<Reading, 'communities' | 'collections'>
    readonly clock: Clock
  },
) {
  return async (actor: Actor, input: ArrivingLogo): Promise<Bitstream> => {
    await findOpen(deps.reading, actor, input, dayOf(deps.clock()))
    let told: Pick<FileTrailer, 'name' | 'mimetype'> = {}
    const trailer = async (): Promise<FileTrailer> => {
      const all = (await input.trailer?.()) ?? {}
      const { name, mimetype } = all
      told = { ...(name === undefined ? {} : { name }), ...(mimetype === undefined ? {} : { mimetype }) }
      return all
    }
    return storeFile(deps, { ...input, trailer }, (tx, content, head) =>
      recordLogo(tx, actor, { ...input, ...told, content, head }, deps.clock()),
    )
  }
}

async function recordLogo(
  tx: Transaction,
  actor: Actor,
  input: NewLogo & { mimetype?: string; content: StoredContent; head: Uint8Array },
  now: Date,
): Promise<Bitstream> {
  const { value: container } = await findOpen(tx, actor, input, dayOf(now))
  const name = input.name?.trim() ?? ''
  const logo = await tx.bitstreams.insert({
    kind: 'bitstream',
    id: randomUUID(),
    bundleId: null,
    bundleName: null,
    sequenceId: null,
    formatId: await guessFormat(tx.formats, { ...input, name }),
    content: input.content,
    metadata: name === '' ? {} : { 'dc.title': [metadataValue(name)] },
    version: 1,
    createdAt: now,
    modifiedAt: now,
  })
  const policies = await tx.policies.ofResources([container.id])
  await tx.policies.insert(
    policies
      .filter((policy) => policy.action === 'READ')
      .map(({ id: _id, ...policy }) => ({ ...policy, resourceId: logo.id })),
  )
  await saveContainer(tx, { ...container, logoId: logo.id, modifiedAt: now })
  if (container.logoId !== null) await tx.bitstreams.delete([container.logoId])
  return logo
}

async function findOpen(
  reading: Pick<Reading, 'communities' | 'collections'>,
  actor: Actor,
  { of, as }: NewLogo,
  today: string,
): Promise<Guarded<Community | Collection>> {
  const found = await findContainer(reading, of)
  requireAllowed(actor, 'WRITE', found.access, today, of)
  if (as === 'new' && found.value.logoId !== null) throw invalid(`The ${of.kind} has a logo already`, 'logo')
  if (as === 'replacement' && found.value.logoId === null) throw invalid(`The ${of.kind} has no logo`, 'logo')
  return found
}
