import { randomUUID } from 'node:crypto'
import type { Actor } from '../../domain/access/actor.ts'
import type { Guarded } from '../../domain/access/guarded.ts'
import { dayOf, type Clock } from '../../domain/clock.ts'
import { invalid, notFound } from '../../domain/errors.ts'
import { metadataValue, type Metadata } from '../../domain/metadata/metadata.ts'
import type { Bitstream, Bundle, Item, StoredContent } from '../../domain/records/record.ts'
import type { Reading, Transaction } from '../../domain/unit-of-work.ts'
import { requireAllowed } from '../access/require-allowed.ts'
import { requireKnownMetadata } from '../metadata/require-known-fields.ts'
import { guessFormat } from './guess-format.ts'
import { inheritPolicies } from './inherit-policies.ts'
import type { DeclaredContent, IncomingFile } from './stage-file.ts'
import { storeFile, type StoreFileDeps } from './store-file.ts'
import { touchItem } from './touch-item.ts'

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
    readonly reading: Pick<Reading, 'bundles' | 'items' | 'fields'>
    readonly clock: Clock
  },
) {
  return async (actor: Actor, input: ArrivingBitstream): Promise<Bitstream> => {
    await receivingBundle(deps.reading, actor, input.bundleId, dayOf(deps.clock()))
    const name = input.name ?? ''
    if (input.trailer === undefined) requireName(name)
    await requireKnownMetadata(deps.reading.fields, input.metadata ?? {})
    let told: FileTrailer = {}
    const trailer = async (): Promise<FileTrailer> => {
      told = (await input.trailer?.()) ?? {}
      return told
    }
    return storeFile(deps, { ...input, trailer }, (tx, content, head) =>
      addBitstreamIn(tx, actor, { ...input, name, ...told, content, head }, deps),
    )
  }
}

/**
 * Records a file whose bytes are staged and registered, within a transaction that does more. After its commit the
 * bytes are to be made permanent with `keepContent`.
 */
export async function addBitstreamIn(
  tx: Transaction,
  actor: Actor,
  input: NewBitstream & { content: StoredContent; head: Uint8Array; mimetype?: string },
  { clock }: { readonly clock: Clock },
): Promise<Bitstream> {
  const now = clock()
  const { bundle, item } = await receivingBundle(tx, actor, input.bundleId, dayOf(now))
  requireName(input.name)
  const fresh = newBitstream(input, { bundle, formatId: await guessFormat(tx.formats, input), now })
  await requireKnownMetadata(tx.fields, fresh.metadata)
  const bitstream = await tx.bitstreams.insert(fresh)
  await touchItem(tx, item.value.id, now)
  await inheritPolicies(tx, bitstream.id, { bundle, item, today: dayOf(now) })
  return bitstream
}

/** A file that is about to enter a bundle; its sequence id is given when it does. */
export function newBitstream(
  input: Pick<NewBitstream, 'name' | 'metadata'> & { readonly content: StoredContent },
  place: { readonly bundle: Bundle; readonly formatId: number; readonly now: Date },
): Bitstream {
  return {
    kind: 'bitstream',
    id: randomUUID(),
    bundleId: place.bundle.id,
    bundleName: place.bundle.name,
    sequenceId: null,
    formatId: place.formatId,
    content: input.content,
    metadata: { ...input.metadata, 'dc.title': [metadataValue(input.name)] },
    version: 1,
    createdAt: place.now,
    modifiedAt: place.now,
  }
}

async function receivingBundle(
  stores: Pick<Reading, 'bundles' | 'items'>,
  actor: Actor,
  id: string,
  today: string,
): Promise<{ bundle: Bundle; item: Guarded<Item> }> {
  const bundle = await stores.bundles.find(id)
  const item = bundle === undefined ? undefined : await stores.items.find(bundle.value.itemId)
  if (bundle === undefined || item === undefined) throw notFound('bundle', id)
  requireAllowed(actor, 'ADD', bundle.access, today, { kind: 'bundle', id })
  const what = { kind: 'item', id: item.value.id }
  requireAllowed(actor, 'ADD', item.access, today, what)
  requireAllowed(actor, 'WRITE', item.access, today, what)
  return { bundle: bundle.value, item }
}

function requireName(name: string): void {
  if (name.trim() === '') throw invalid('A file has a name', 'name')
}
