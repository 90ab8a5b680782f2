import { createHash } from 'node:crypto'
import { ANONYMOUS_GROUP, metadataValue, type Metadata, type Repository } from '@hexapla/repository'

/** Made-up words, the earlier ones the more frequent, as in any language. */
export const VOCABULARY: readonly string[] = Array.from({ length: 5000 }, (_, index) => wordOf(index))

const PORTION = 500
const AT_ONCE = 2

/** Writes many items that everybody may read, past the use cases, as rows. */
export async function fillWithItems(
  { database }: Repository,
  { collectionId, items }: { collectionId: string; items: number },
): Promise<void> {
  let next = 0
  const fill = async (): Promise<void> => {
    while (next < items) {
      const from = next
      next += PORTION
      const rows = Array.from({ length: Math.min(PORTION, items - from) }, (_, index) =>
        rowOf(from + index, collectionId),
      )
      await database.write.transaction().execute(async (trx) => {
        await trx.insertInto('record').values(rows).execute()
        const policies = rows.map(({ id }) => ({
          resource_id: id,
          action: 'READ' as const,
          group_id: ANONYMOUS_GROUP,
          origin: 'inherited' as const,
        }))
        await trx.insertInto('resource_policy').values(policies).execute()
      })
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, fill))
}

function rowOf(index: number, collectionId: string) {
  const moment = new Date(Date.UTC(2026, 0, 1) + index * 60_000)
  return {
    id: uuidOf(index),
    kind: 'item' as const,
    handle: `bench/${index}`,
    pid: `bench:${index}`,
    parent_id: collectionId,
    metadata: JSON.stringify(metadataOf(index)),
    created_at: moment,
    modified_at: moment,
  }
}

/** Of the size that metadata of repositories have. */
function metadataOf(index: number): Metadata {
  const text = (salt: string, count: number) =>
    Array.from({ length: count }, (_, place) => frequentWord(`${index} ${salt} ${place}`)).join(' ')
  const one = (value: string) => [metadataValue(value)]
  return {
    'dc.title': one(text('title', 8)),
    'dc.contributor.author': ['a', 'b', 'c'].map((salt) => metadataValue(text(salt, 2))),
    'dc.date.issued': one(String(1990 + (index % 37))),
    'dc.description.abstract': one(text('abstract', 60)),
    'dc.subject': ['s', 't', 'u'].map((salt) => metadataValue(frequentWord(`${index} ${salt}`))),
    'dc.language.iso': one('en'),
    'dc.publisher': one('Institute of the Sea'),
    'dc.identifier.uri': one(`https://hdl.handle.net/bench/${index}`),
    'dc.type': one(index % 3 === 0 ? 'Dataset' : 'Article'),
  }
}

/** Half of all words are among the first seventy of five thousand. */
function frequentWord(seed: string): string {
  const chance = digest(seed).readUInt32BE(0) / 2 ** 32
  return VOCABULARY[Math.floor(VOCABULARY.length ** chance) - 1] ?? ''
}

function wordOf(index: number): string {
  const bytes = digest(`word ${index}`)
  return [0, 2, 4]
    .map((place) => {
      const consonant = 'bcdfghklmnprstvw'[bytes.readUInt8(place) % 16] ?? ''
      return `${consonant}${'aeiou'[bytes.readUInt8(place + 1) % 5] ?? ''}`
    })
    .join('')
}

function uuidOf(index: number): string {
  return digest(`uuid ${index}`)
    .toString('hex')
    .slice(0, 32)
    .replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12}).*/, '$1-$2-4$3-8$4-$5')
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest()
}
