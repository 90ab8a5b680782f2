import { randomInt, randomUUID } from 'node:crypto'
import { type DSpaceSession, NetworkError } from '@hexapla/client'
import { createBundle, createItem } from '../programs/records.ts'
import { type Ledger, type LedgerFile, type LedgerItem, noteItem } from './ledger.ts'
import { randomContent } from './random-content.ts'

const WORKERS = 4
const ITEMS_A_WORKER = 3
const FILES_AN_ITEM = 4

/** What a load did. */
export interface LoadReport {
  readonly acknowledged: number
  readonly uploadedBytes: number
}

/**
 * Creates, changes and deletes items and files, several at a time, until `ended` tells that the server was killed.
 * Everything is noted in the ledger before it is asked for, and settled when its answer came.
 *
 * @throws Error when the server refuses something, or breaks a connection before it was killed
 */
export async function loadUntilKilled(
  session: DSpaceSession,
  options: { readonly ledger: Ledger; readonly collection: string; readonly killed: () => boolean },
): Promise<LoadReport> {
  const { ledger, collection, killed } = options
  const present = [...ledger.values()].filter((item) => item.fate === 'there')
  const workers = Array.from({ length: WORKERS }, async (_, index) => {
    const report = { acknowledged: 0, uploadedBytes: 0 }
    const own = present.filter((_, place) => place % WORKERS === index)
    try {
      while (!killed()) report.uploadedBytes += await act(session, { own, ledger, collection }, report)
    } catch (error) {
      if (!killed() || !(error instanceof NetworkError)) throw error
    }
    return report
  })
  const reports = await Promise.all(workers)
  return {
    acknowledged: reports.reduce((sum, report) => sum + report.acknowledged, 0),
    uploadedBytes: reports.reduce((sum, report) => sum + report.uploadedBytes, 0),
  }
}

interface Worker {
  readonly own: LedgerItem[]
  readonly ledger: Ledger
  readonly collection: string
}

/** One thing of those that are possible now; resolves with the bytes that were uploaded. */
async function act(
  session: DSpaceSession,
  worker: Worker,
  report: { acknowledged: number },
): Promise<number> {
  const { own } = worker
  const item = own[randomInt(Math.max(1, own.length))]
  const dice = randomInt(100)
  let bytes = 0
  if (item === undefined || (own.length < ITEMS_A_WORKER && dice < 30)) await addItem(session, worker)
  else if (dice < 35) await describe(session, item)
  else if (dice < 40) await removeItem(session, own, item)
  else bytes = await changeFiles(session, item)
  report.acknowledged += 1
  return bytes
}

async function addItem(session: DSpaceSession, { own, ledger, collection }: Worker): Promise<void> {
  const item = noteItem(ledger, `Item ${randomUUID()}`)
  item.uuid = await createItem(session, collection, item.title)
  item.fate = 'there'
  own.push(item)
}

async function describe(session: DSpaceSession, item: LedgerItem): Promise<void> {
  const description = randomUUID()
  item.descriptions.push(description)
  await session.patch(`/api/core/items/${item.uuid}`, {
    json: [{ op: 'add', path: '/metadata/dc.description', value: [{ value: description }] }],
  })
  item.descriptions = [description]
}

async function removeItem(session: DSpaceSession, own: LedgerItem[], item: LedgerItem): Promise<void> {
  own.splice(own.indexOf(item), 1)
  item.fate = 'doubtful'
  await session.delete(`/api/core/items/${item.uuid}`)
  item.fate = 'gone'
}

async function changeFiles(session: DSpaceSession, item: LedgerItem): Promise<number> {
  const files = [...item.files.values()].filter((file) => file.fate === 'there')
  const [oldest] = files
  if (oldest !== undefined && files.length >= FILES_AN_ITEM) {
    await removeFile(session, oldest)
    return 0
  }
  return addFile(session, item)
}

async function removeFile(session: DSpaceSession, file: LedgerFile): Promise<void> {
  file.fate = 'doubtful'
  await session.delete(`/api/core/bitstreams/${file.uuid}`)
  file.fate = 'gone'
}

async function addFile(session: DSpaceSession, item: LedgerItem): Promise<number> {
  item.bundle ??= await createBundle(session, item.uuid ?? '')
  const { bytes, size, sha256 } = randomContent()
  const file: LedgerFile = { name: `${randomUUID()}.bin`, size, sha256, fate: 'doubtful', uuid: undefined }
  item.files.set(file.name, file)
  const path = `/api/core/bundles/${item.bundle}/bitstreams`
  const answer = await session.upload(path, { file: bytes, name: file.name })
  file.uuid = ((await answer.json()) as { uuid: string }).uuid
  file.fate = 'there'
  return size
}
