import type { Actor } from '../../domain/access/actor.ts'
import { dayOf } from '../../domain/clock.ts'
import type { Checksum, Datastream, DatastreamFacts } from '../../domain/datastreams/datastream.ts'
import { holdsAddress, requireNoChecksum } from '../../domain/datastreams/location.ts'
import type { StagedContent } from '../../domain/files/content-store.ts'
import { withFirstValue } from '../../domain/metadata/with-first-value.ts'
import { recordTitle, type Bitstream, type StoredContent } from '../../domain/records/record.ts'
import type { Transaction } from '../../domain/unit-of-work.ts'
import { requireAllowed } from '../access/require-allowed.ts'
import { changeBitstreamIn } from '../files/change-bitstream.ts'
import { guessFormat } from '../files/guess-format.ts'
import type { IncomingFile } from '../files/stage-file.ts'
import { storeFile } from '../files/store-file.ts'
import { computeChecksum } from './compute-checksum.ts'
import type { DatastreamDeps } from './create-datastream.ts'
import { findDatastream, type DatastreamName } from './find-datastream.ts'
import { requireFittingContent } from './require-fitting-content.ts'

/** What is to be another; what is absent stays as it is. */
export interface DatastreamChange extends Partial<
  Pick<DatastreamFacts, 'state' | 'mimetype' | 'checksumType' | 'versionable'>
> {
  readonly label?: string
}

/** The bytes that take the place of those before, and their name. */
interface NewContent {
  readonly content: StoredContent
  readonly head: Uint8Array
  readonly filename: string
  readonly sentAs?: string
}

/** A new content as it arrives: what is said of it may be known only when its bytes are. */
export interface ArrivingContent
  extends Pick<IncomingFile, 'source' | 'maxBytes' | 'signal'>, DatastreamName {
  readonly describe: () => Promise<DatastreamChange & { readonly filename: string; readonly sentAs?: string }>
}

/**
 * Changes what is said of a datastream, for those who may WRITE its file.
 *
 * @throws DomainError `NOT_FOUND`, `NOT_SIGNED_IN`, `NOT_ALLOWED`
 * @throws ContentStoreError when a checksum is asked for that must be computed
 */
export function changeDatastream(deps: DatastreamDeps) {
  return async (
    actor: Actor,
    input: DatastreamName & { readonly change: DatastreamChange },
  ): Promise<void> => {
    const before = await changeable(deps, actor, input)
    if (holdsAddress(before.controlGroup)) requireNoChecksum(input.change.checksumType)
    const checksum = await computeChecksum(deps.contents, before.file.content, input.change.checksumType)
    await deps.unitOfWork(async (tx) => {
      await tx.homes.lock([before.file.id])
      await applyChange(tx, actor, { ...input, checksum }, deps)
    })
  }
}

/**
 * Gives a datastream other bytes, for those who may WRITE its file. The former ones stay readable where it is versionable.
 *
 * @throws DomainError `NOT_FOUND`, `NOT_SIGNED_IN`, `NOT_ALLOWED`, `INVALID` for what its control group cannot hold,
 * `TOO_LARGE`
 * @throws ContentStoreError, and what `describe` throws
 */
export function replaceDatastream(deps: DatastreamDeps) {
  return storeContent(deps, ({ controlGroup }, staged) =>
    requireFittingContent(deps.contents, controlGroup, staged),
  )
}

/** The same with another look at what has arrived. */
export function storeContent(
  deps: DatastreamDeps,
  check: (before: Datastream, staged: StagedContent) => Promise<void>,
) {
  return async (actor: Actor, input: ArrivingContent): Promise<void> => {
    const before = await changeable(deps, actor, input)
    let told: Awaited<ReturnType<ArrivingContent['describe']>> = { filename: '' }
    let checksum: Checksum | undefined
    const incoming: IncomingFile = {
      ...input,
      trailer: async (staged) => {
        told = await input.describe()
        await check(before, staged)
        checksum = await computeChecksum(deps.contents, staged, told.checksumType ?? before.checksumType)
        return {}
      },
    }
    await storeFile(deps, incoming, async (tx, content, head) => {
      await tx.homes.lock([before.file.id])
      const { filename, sentAs, ...change } = told
      const fresh = { content, head, filename, ...(sentAs === undefined ? {} : { sentAs }) }
      return applyChange(tx, actor, { ...input, change, checksum, fresh }, deps)
    })
  }
}

async function changeable(deps: DatastreamDeps, actor: Actor, name: DatastreamName): Promise<Datastream> {
  const { value, access } = await findDatastream(deps.reading, name)
  const what = { kind: 'datastream', id: `${name.pid}/${name.dsid}` }
  requireAllowed(actor, 'WRITE', access, dayOf(deps.clock()), what)
  return value
}

async function applyChange(
  tx: Transaction,
  actor: Actor,
  input: DatastreamName & {
    readonly change: DatastreamChange
    readonly checksum: Checksum | undefined
    readonly fresh?: NewContent
  },
  deps: Pick<DatastreamDeps, 'clock'>,
): Promise<Bitstream> {
  const { value: datastream, item } = await findDatastream(tx, input)
  const { label, ...facts } = input.change
  const wanted = { id: datastream.file.id, expected: 'any' } as const
  const changed = await changeBitstreamIn(tx, actor, wanted, deps, async (_tx, { value: file }) => {
    await tx.homes.touch(item.id, deps.clock())
    const named = label === undefined ? file : withLabel(file, label)
    const replaced = input.fresh === undefined ? named : withContent(named, input.fresh)
    // What an address leads to is not what the file with the address is.
    const formatId = holdsAddress(datastream.controlGroup) ? undefined : await newFormat(tx, replaced, input)
    return { ...replaced, formatId: formatId ?? file.formatId }
  })
  await tx.datastreams.describe(changed.id, facts)
  const { checksum } = input
  if (checksum !== undefined) await tx.datastreams.addChecksum(checksum)
  return changed
}

/** The format of a file whose media type or bytes have changed. */
async function newFormat(
  tx: Pick<Transaction, 'formats'>,
  file: Bitstream,
  { change, fresh }: { readonly change: DatastreamChange; readonly fresh?: NewContent },
): Promise<number | undefined> {
  const mimetype = change.mimetype ?? fresh?.sentAs
  if (mimetype === undefined && fresh === undefined) return undefined
  const name = recordTitle(file.metadata) ?? ''
  return guessFormat(tx.formats, { name, mimetype, head: fresh?.head ?? new Uint8Array() })
}

/** A datastream is called by the description of its file. */
export function withLabel(file: Bitstream, label: string): Bitstream {
  return { ...file, metadata: withFirstValue(file.metadata, 'dc.description', label) }
}

function withContent(file: Bitstream, { content, filename }: NewContent): Bitstream {
  if (filename === '') return { ...file, content }
  return { ...file, content, metadata: withFirstValue(file.metadata, 'dc.title', filename) }
}
