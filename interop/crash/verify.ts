import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import type { DSpaceSession } from '@hexapla/client'
import type { Ledger, LedgerItem } from './ledger.ts'

interface SeenFile {
  readonly uuid: string
  readonly name: string
  readonly sizeBytes: number
  readonly checkSum: { readonly value: string; readonly checkSumAlgorithm: string }
}

interface SeenBundle {
  readonly uuid: string
  readonly name: string
  readonly _embedded: { readonly bitstreams: { readonly _embedded?: { readonly bitstreams: SeenFile[] } } }
}

interface SeenItem {
  readonly uuid: string
  readonly name: string
  readonly metadata: Readonly<Record<string, readonly { readonly value: string }[]>>
  readonly _embedded: { readonly bundles: { readonly _embedded?: { readonly bundles: SeenBundle[] } } }
}

/**
 * Compares the repository with what its client was told, and reads every file. What was in doubt is settled by what is seen.
 *
 * @returns digests of all files that there are
 * @throws AssertionError when something acknowledged is lost or changed, or something is there by half
 */
export async function verifyRepository(session: DSpaceSession, ledger: Ledger): Promise<Set<string>> {
  const digests = new Set<string>()
  const seen = new Set<string>()
  const list = '/api/core/items?size=50&embed=bundles/bitstreams&embed.size=bitstreams=100'
  for await (const found of session.items<SeenItem>(list)) {
    const item = ledger.get(found.name)
    assert.ok(item !== undefined, `an item that nobody made: ${found.name}`)
    assert.notEqual(item.fate, 'gone', `${found.name} is back`)
    assert.ok(!seen.has(found.name), `${found.name} is there twice`)
    seen.add(found.name)
    for (const digest of await verifyItem(session, found, item)) digests.add(digest)
  }
  for (const item of ledger.values()) {
    if (seen.has(item.title)) continue
    assert.notEqual(item.fate, 'there', `${item.title} is lost`)
    item.fate = 'gone'
  }
  return digests
}

async function verifyItem(session: DSpaceSession, found: SeenItem, item: LedgerItem): Promise<string[]> {
  item.uuid ??= found.uuid
  assert.equal(found.uuid, item.uuid)
  item.fate = 'there'
  const description = found.metadata['dc.description']?.[0]?.value
  assert.ok(item.descriptions.includes(description), `${item.title} is described as ${description}`)
  item.descriptions = [description]

  const bundles = found._embedded.bundles._embedded?.bundles ?? []
  assert.ok(bundles.length <= 1, `${item.title} has ${bundles.length} bundles`)
  const [bundle] = bundles
  if (item.bundle !== undefined)
    assert.equal(bundle?.uuid, item.bundle, `the bundle of ${item.title} is lost`)
  item.bundle = bundle?.uuid
  const files = bundle?._embedded.bitstreams._embedded?.bitstreams ?? []
  const names = new Set(files.map((file) => file.name))
  assert.equal(names.size, files.length, `a file of ${item.title} is there twice`)
  for (const file of item.files.values()) {
    if (names.has(file.name)) continue
    assert.notEqual(file.fate, 'there', `${file.name} is lost`)
    file.fate = 'gone'
  }
  return Promise.all(files.map((file) => verifyFile(session, file, item)))
}

async function verifyFile(session: DSpaceSession, found: SeenFile, item: LedgerItem): Promise<string> {
  const file = item.files.get(found.name)
  assert.ok(file !== undefined, `a file that nobody sent: ${found.name}`)
  assert.notEqual(file.fate, 'gone', `${found.name} is back`)
  file.uuid ??= found.uuid
  assert.equal(found.uuid, file.uuid)
  file.fate = 'there'
  const answer = await session.get(`/api/core/bitstreams/${found.uuid}/content`)
  const content = Buffer.from(await answer.arrayBuffer())
  assert.equal(content.length, file.size, `${found.name} has another length`)
  assert.equal(found.sizeBytes, file.size)
  assert.equal(createHash('sha256').update(content).digest('hex'), file.sha256, `${found.name} changed`)
  assert.equal(found.checkSum.value, createHash('md5').update(content).digest('hex'))
  return file.sha256
}
