import { randomUUID } from 'node:crypto'
import type { Actor } from '../../domain/access/actor.ts'
import type { Guarded } from '../../domain/access/guarded.ts'
import { dayOf, type Clock } from '../../domain/clock.ts'
import { invalid, notFound } from '../../domain/errors.ts'
import type { EnteredFile, FileEntry } from '../../domain/files/bitstream-store.ts'
import type { BundlePlace, FileHome } from '../../domain/files/home-store.ts'
import { metadataValue, type Metadata } from '../../domain/metadata/metadata.ts'
import {
  UNKNOWN_FORMAT_ID,
  type Bitstream,
  type Bundle,
  type StoredContent,
} from '../../domain/records/record.ts'
import type { Reading, Transaction } from '../../domain/unit-of-work.ts'
import { requireAllowed } from '../access/require-allowed.ts'
import { newBundle } from './create-bundle.ts'
import { newBundlePolicies, newFilePolicies } from './file-policies.ts'
import { guessFormat, rememberGuesses } from './guess-format.ts'

/** A file to be, whose bytes have arrived. */
export interface NewFile {
  readonly place: BundlePlace
  /** Becomes `dc.title`. */
  readonly name: string
  /** In fields that the registry has. */
  readonly metadata?: Metadata
  readonly content: StoredContent
  /** The first bytes. */
  readonly head: Uint8Array
  /** The media type declared. */
  readonly mimetype?: string
  /** What is told of it as a datastream; without it it is named by its bundle. */
  readonly facts?: FileEntry['facts']
}

/** A file to be, and who brings it. */
export interface BroughtFile {
  readonly actor: Actor
  readonly file: NewFile
  /** Resolves when its bytes are on disk, where they are not yet: it is not recorded before. */
  readonly durable?: Promise<void>
}

interface Deps {
  readonly clock: Clock
  /** Whether the transaction does nothing behind it, so that the commit is sent with it. */
  readonly isLast?: boolean
}

/**
 * Records a file whose bytes are registered, within a transaction that does more; a bundle that its item does not
 * have is made. After the commit the bytes are to be kept.
 *
 * @throws DomainError `NOT_FOUND`, `NOT_SIGNED_IN`, `NOT_ALLOWED`, `INVALID` without a name, `CONFLICT` with `field: 'dsid'`
 */
export async function addFileIn(
  tx: Transaction,
  brought: BroughtFile,
  { clock, isLast = false }: Deps,
): Promise<EnteredFile> {
  const { file } = brought
  // Sent together, and done in this order: what is read is read under the lock.
  const [, homes, formatIds] = await Promise.all([
    tx.homes.lock([idOf(file.place)]),
    tx.homes.findAll([file.place]),
    formatsOf(tx, [file]),
  ])
  const [entered] = await enter(tx, [brought], { homes, formatIds, now: clock(), isLast })
  if (entered === undefined) throw new Error('A file was entered as none')
  return entered
}

/**
 * The same for files of different items, where no item is locked by anybody else: in as many statements as one of them takes.
 * Formats are those that are known outside of the transaction, where a guess may be remembered.
 *
 * @returns undefined when nothing was recorded: an item is locked, or is the home of several of the files
 * @throws DomainError as {@link addFileIn}, `REFERENCE_INVALID` when a format is gone
 */
export async function addFilesIn(
  tx: Transaction,
  brought: readonly BroughtFile[],
  { clock, isLast = false, reading }: Deps & { readonly reading: Pick<Reading, 'formats'> },
): Promise<readonly EnteredFile[] | undefined> {
  const files = brought.map(({ file }) => file)
  const places = files.map(({ place }) => place)
  const [locked, homes, formatIds] = await Promise.all([
    tx.homes.lockFree(places.map(idOf)),
    tx.homes.findAll(places),
    formatsOf(reading, files),
  ])
  const itemIds = new Set(homes.map((home) => home?.item.value.id ?? ''))
  if (itemIds.size < files.length || ![...itemIds].every((id) => locked.has(id))) return undefined
  return enter(tx, brought, { homes, formatIds, now: clock(), isLast })
}

function idOf(place: BundlePlace): string {
  return 'bundleId' in place ? place.bundleId : place.itemId
}

function formatsOf(stores: Pick<Reading, 'formats'>, files: readonly NewFile[]): Promise<readonly number[]> {
  const formats = rememberGuesses(stores.formats)
  return Promise.all(files.map((file) => guessFormat(formats, file)))
}

interface EntryFacts {
  readonly homes: readonly (FileHome | undefined)[]
  readonly formatIds: readonly number[]
  readonly now: Date
  readonly isLast: boolean
}

async function enter(
  tx: Transaction,
  brought: readonly BroughtFile[],
  { homes, formatIds, now, isLast }: EntryFacts,
): Promise<readonly EnteredFile[]> {
  const entries = brought.map((one, index) =>
    entryOf(one, { home: homes[index], formatId: formatIds[index] ?? UNKNOWN_FORMAT_ID, now }),
  )
  await Promise.all(brought.flatMap(({ durable }) => durable ?? []))
  return (isLast ? tx.last : tx).bitstreams.enter(entries)
}

function entryOf(
  { actor, file }: BroughtFile,
  { home: found, formatId, now }: { home: FileHome | undefined; formatId: number; now: Date },
): FileEntry {
  const today = dayOf(now)
  const home = receivingHome(found, file.place, now)
  requireMayAdd(actor, home, today)
  requireName(file.name)
  const { bundle, item, bundlePolicies, isNew } = home
  const bitstream = newBitstream(file, { bundle: bundle.value, formatId, now })
  const from = {
    bundleName: bundle.value.name,
    inherited: bundlePolicies,
    item,
    collection: home.collectionPolicies,
  }
  return {
    bitstream,
    itemId: item.value.id,
    policies: [...(isNew ? bundlePolicies : []), ...newFilePolicies(bitstream.id, from, today)],
    ...(isNew && { newBundle: bundle.value }),
    ...(file.facts !== undefined && { facts: file.facts }),
  }
}

/** A home whose bundle may be about to be made. */
interface ReceivingHome extends FileHome {
  readonly bundle: Guarded<Bundle>
  readonly isNew: boolean
}

function receivingHome(found: FileHome | undefined, place: BundlePlace, now: Date): ReceivingHome {
  if (found === undefined) {
    throw 'bundleId' in place ? notFound('bundle', place.bundleId) : notFound('item', place.itemId)
  }
  const { item, itemPolicies, bundle } = found
  if (bundle !== undefined) return { ...found, bundle, isNew: false }
  if (!('name' in place)) throw notFound('bundle', place.bundleId)
  const fresh = newBundle(place, now)
  const bundlePolicies = newBundlePolicies(fresh, item.value, itemPolicies)
  const access = { ...item.access, policies: bundlePolicies, above: itemPolicies }
  return { ...found, bundle: { value: fresh, access }, bundlePolicies, isNew: true }
}

/**
 * Refuses whoever may not ADD to a bundle, and ADD to and WRITE its item (RestContract bundles.md, "Bitstreams").
 *
 * @throws DomainError `NOT_SIGNED_IN`, `NOT_ALLOWED`
 */
export function requireMayAdd(actor: Actor, { item, bundle }: FileHome, today: string): void {
  if (bundle !== undefined) {
    requireAllowed(actor, 'ADD', bundle.access, today, { kind: 'bundle', id: bundle.value.id })
  }
  const what = { kind: 'item', id: item.value.id }
  requireAllowed(actor, 'ADD', item.access, today, what)
  requireAllowed(actor, 'WRITE', item.access, today, what)
}

/** A file that is about to enter a bundle; its sequence id is given when it does. */
export function newBitstream(
  input: Pick<NewFile, 'name' | 'metadata' | 'content'>,
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

/** @throws DomainError `INVALID` */
export function requireName(name: string): void {
  if (name.trim() === '') throw invalid('A file has a name', 'name')
}
