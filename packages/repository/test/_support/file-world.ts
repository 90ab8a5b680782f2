import { randomUUID } from 'node:crypto'
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createDiskContentStore } from '../../src/content/disk-content-store.ts'
import { ANONYMOUS_GROUP, type Actor } from '../../src/domain/access/actor.ts'
import { groupPolicy } from '../../src/domain/access/policy.ts'
import type { OpenAddress } from '../../src/domain/datastreams/open-address.ts'
import type { ContentStore } from '../../src/domain/files/content-store.ts'
import type { Bitstream, Bundle, Item } from '../../src/domain/records/record.ts'
import { contentJobs } from '../../src/jobs/content-jobs.ts'
import { keepContentsBeside, type ContentKeeping } from '../../src/jobs/keep-contents.ts'
import { postgresOutbox } from '../../src/postgres/outbox/postgres-outbox.ts'
import { createBundle } from '../../src/services/files/create-bundle.ts'
import { openContent } from '../../src/services/files/open-content.ts'
import { uploadBitstream } from '../../src/services/files/upload-bitstream.ts'
import { createItem } from '../../src/services/items/create-item.ts'
import { openAddresses } from '../../src/outside/open-address.ts'
import { testRepository, type TestRepository } from './test-repository.ts'

const NAMING = { handlePrefix: '123456789', handleResolver: 'https://hdl.handle.net/', pidNamespace: 'test' }

/** A repository with a content store on disk and a collection that everybody may read. */
export interface FileWorld extends TestRepository {
  readonly contents: ContentStore
  readonly keeper: ContentKeeping
  readonly openAddress: OpenAddress
  readonly collectionId: string
  readonly anonymous: Actor
  readonly addItem: () => Promise<Item>
  /** A bundle of a new item. */
  readonly addBundle: (name?: string) => Promise<Bundle>
  readonly upload: (bundleId: string, name: string, bytes: string | Buffer) => Promise<Bitstream>
  /** What a person reads when downloading a file. */
  readonly download: (actor: Actor, id: string) => Promise<string>
  /** Names of the files in staging. */
  readonly staging: () => Promise<readonly string[]>
  /** Digests of the permanent contents. */
  readonly permanent: () => Promise<readonly string[]>
  /** Does all the work that is due in the outbox; fails with the first job that fails. */
  readonly workOff: () => Promise<void>
}

export async function fileWorld(): Promise<FileWorld> {
  const repository = await testRepository()
  const directory = await mkdtemp(join(tmpdir(), 'files-test-'))
  const contents = await createDiskContentStore({ directory })
  const { administrator, unitOfWork } = repository
  const failures: unknown[] = []
  const keeper = keepContentsBeside({ unitOfWork, contents, report: (error) => failures.push(error) })
  const deps = { ...repository, contents, keeper, openAddress: openAddresses([]), naming: NAMING }
  const settled = async () => {
    await keeper.settled()
    if (failures.length > 0) throw failures[0]
  }
  const collection = await repository.addCollection((await repository.addCommunity()).id)
  await unitOfWork((tx) =>
    tx.policies.insert([
      groupPolicy(collection.id, 'READ', ANONYMOUS_GROUP),
      groupPolicy(collection.id, 'DEFAULT_ITEM_READ', ANONYMOUS_GROUP),
      groupPolicy(collection.id, 'DEFAULT_BITSTREAM_READ', ANONYMOUS_GROUP),
    ]),
  )
  const addItem = () => createItem(deps)(administrator, { owningCollectionId: collection.id, metadata: {} })
  const outbox = postgresOutbox(repository.database.write)
  const handlers = contentJobs({ unitOfWork, contents })
  return {
    ...repository,
    contents,
    keeper,
    openAddress: deps.openAddress,
    collectionId: collection.id,
    anonymous: await repository.reading.actors.anonymous(),
    addItem,
    addBundle: async (name = 'ORIGINAL') =>
      createBundle(deps)(administrator, { itemId: (await addItem()).id, name }),
    upload: (bundleId, name, bytes) =>
      uploadBitstream(deps)(administrator, { bundleId, name, source: chunks(bytes) }),
    async download(actor, id) {
      const { open } = await openContent(deps)(actor, id)
      return (await (await open()).setEncoding('utf8').toArray()).join('')
    },
    async staging() {
      await settled()
      return readdir(join(directory, 'staging'))
    },
    async permanent() {
      await settled()
      const found = await readdir(join(directory, 'content'), { recursive: true, withFileTypes: true })
      return found.filter((entry) => entry.isFile()).map(({ name }) => name)
    },
    async workOff() {
      await settled()
      const options = { topics: Object.keys(handlers), delay: () => 0 }
      for (;;) {
        const outcome = await outbox.next(async (job) => handlers[job.topic]?.(job.payload), options)
        if (outcome.kind === 'none') return
        if (outcome.kind === 'failed') throw outcome.error
      }
    },
    async stop() {
      await settled()
      await repository.stop()
      await rm(directory, { recursive: true, force: true })
    },
  }
}

/** Bytes as they arrive, in several chunks. */
export async function* chunks(bytes: string | Buffer): AsyncGenerator<Uint8Array, void> {
  const buffer = Buffer.from(bytes)
  const middle = Math.ceil(buffer.length / 2)
  yield buffer.subarray(0, middle)
  yield buffer.subarray(middle)
}

/** Content that no other test has. */
export function freshBytes(): string {
  return `bytes of ${randomUUID()}`
}
