import { createHash } from 'node:crypto'
import { Readable } from 'node:stream'
import { ANONYMOUS_GROUP, metadataValue, SYSTEM_ACTOR, type Repository } from '@hexapla/repository'

const PORTION = 500
const WORDS = (
  'coast tide harbour map survey depth chart estuary reef lagoon current salinity plankton buoy station sediment ' +
  'wave storm drift gauge sounding shoal bay cape delta fjord marsh dune cliff island ocean vessel log record ' +
  'series profile sample core layer basin shelf slope trench ridge vent plume front gyre eddy swell surge'
).split(' ')
const LANGUAGES = ['en', 'de', 'fr', 'Ærøsk', '日本語']
const MODELS = ['islandora:pageCModel', 'islandora:sp_basic_image', 'islandora:bookCModel']
const PASSWORD = 'correct horse battery'

/** Somebody who searches. */
export interface Searcher {
  readonly email: string
  readonly password: string
}

export const READER: Searcher = { email: 'reader@example.org', password: PASSWORD }
export const CURATOR: Searcher = { email: 'curator@example.org', password: PASSWORD }

/**
 * Records with all kinds of fields: some withdrawn, some hidden, some for a person or for a time alone. What it makes is the
 * same every time, by its pids.
 */
export async function fillWithCorpus(repository: Repository, records: number): Promise<void> {
  const { useCases, database } = repository
  const [reader, curator] = await Promise.all(
    [READER, CURATOR].map((person) => addPerson(repository, person)),
  )
  if (reader === undefined || curator === undefined) throw new Error('There is nobody')
  const titled = (title: string) => ({ 'dc.title': [metadataValue(title)] })
  const community = await useCases.communities.create(SYSTEM_ACTOR, {
    parentId: null,
    metadata: titled('Sea'),
  })
  const collections: string[] = []
  for (const name of ['Charts', 'Logs', 'Samples']) {
    const made = await useCases.collections.create(SYSTEM_ACTOR, {
      parentId: community.id,
      metadata: titled(name),
    })
    collections.push(made.id)
  }
  const curated = { resource_id: collections[1] ?? '', action: 'ADMIN' as const, person_id: curator }
  await database.write
    .insertInto('resource_policy')
    .values({ ...curated, origin: 'custom' })
    .execute()
  for (let from = 0; from < records; from += PORTION) {
    const numbers = Array.from({ length: PORTION }, (_, index) => from + index)
    await database.write.transaction().execute(async (trx) => {
      await trx
        .insertInto('record')
        .values(numbers.map((number) => rowOf(number, collections)))
        .execute()
      await trx
        .insertInto('resource_policy')
        .values(numbers.flatMap((number) => policiesOf(number, reader)))
        .execute()
      await trx
        .insertInto('object_fact')
        .values(
          numbers.map((number) => ({
            record_id: uuidOf(number),
            owner: `owner ${number % 7}`,
            models: [MODELS[number % 3] ?? ''],
          })),
        )
        .execute()
      await trx
        .insertInto('mapped_collection')
        .values(
          numbers
            .filter((number) => number % 10 === 0)
            .map((number) => ({
              item_id: uuidOf(number),
              collection_id: collections[(number + 1) % 3] ?? '',
            })),
        )
        .execute()
    })
  }
  for (let number = 0; number < 40; number += 1) await addFiles(repository, number)
}

async function addPerson({ useCases }: Repository, { email, password }: Searcher): Promise<string> {
  return (await useCases.people.create(SYSTEM_ACTOR, { email, password, metadata: {} })).id
}

async function addFiles({ useCases }: Repository, number: number): Promise<void> {
  const names = number % 2 === 0 ? ['ORIGINAL', 'TEXT'] : ['ORIGINAL']
  for (const name of names) {
    const bundle = await useCases.bundles.create(SYSTEM_ACTOR, {
      itemId: uuidOf(number),
      name,
      metadata: {},
    })
    await useCases.bitstreams.upload(SYSTEM_ACTOR, {
      bundleId: bundle.id,
      name: 'a.txt',
      metadata: {},
      source: Readable.from([Buffer.from(`file ${number}`)]),
    })
  }
}

function rowOf(number: number, collections: readonly string[]) {
  const moment = new Date(Date.UTC(2020, 0, 1) + number * 3_600_000 * 7)
  return {
    id: uuidOf(number),
    kind: 'item' as const,
    handle: `solr/${number}`,
    pid: `${number % 4 === 0 ? 'islandora' : 'sea-1'}:${number}`,
    parent_id: collections[number % 3] ?? '',
    withdrawn: number % 31 === 0,
    discoverable: number % 29 !== 0,
    metadata: JSON.stringify(metadataOf(number)),
    created_at: moment,
    modified_at: new Date(moment.getTime() + (number % 100) * 1000),
  }
}

function metadataOf(number: number) {
  const words = (salt: string, count: number) =>
    Array.from({ length: count }, (_, place) => wordOf(`${number} ${salt} ${place}`)).join(' ')
  const several = (...values: string[]) => values.map((value) => metadataValue(value))
  return {
    'dc.title': several(`${capital(words('title', 2 + (number % 5)))} ${number}`),
    ...(number % 6 !== 0 && {
      'dc.contributor.author': several(
        `${capital(words('family', 1))}, ${capital(words('given', 1))}`,
        ...(number % 4 === 0 ? [`O'${capital(words('other', 1))}, A.`] : []),
      ),
    }),
    'dc.date.issued': several(
      String(1900 + (number % 120)) + (number % 2 === 0 ? '' : `-0${1 + (number % 9)}`),
    ),
    'dc.description.abstract': several(words('abstract', 5 + (number % 30))),
    'dc.subject': several(...new Set(['s', 't', 'u'].map((salt) => wordOf(`${number} ${salt}`)))),
    'dc.language.iso': several(LANGUAGES[number % LANGUAGES.length] ?? ''),
    'dc.type': several(number % 3 === 0 ? 'Dataset' : number % 3 === 1 ? 'Article' : 'Map'),
    'dc.rights': several('May be "used" (freely): yes? no!'),
    // No word of what is for curators is found, nor told.
    'dc.description.provenance': several(`provenance ${number}`),
  }
}

function capital(text: string): string {
  return `${text.slice(0, 1).toUpperCase()}${text.slice(1)}`
}

interface PolicyRow {
  readonly resource_id: string
  readonly action: 'READ'
  readonly origin: 'inherited'
  readonly group_id: string | null
  readonly person_id: string | null
  readonly start_date: string | null
  readonly end_date: string | null
}

/** Most are for everybody; the rest for the reader, for nobody, or for a time that is over, goes on, or has not begun. */
function policiesOf(number: number, reader: string): PolicyRow[] {
  const read = { resource_id: uuidOf(number), action: 'READ' as const, origin: 'inherited' as const }
  const everybody = { ...read, group_id: ANONYMOUS_GROUP, person_id: null }
  const always = { start_date: null, end_date: null }
  switch (number % 17) {
    case 0:
      return [{ ...read, group_id: null, person_id: reader, ...always }]
    case 1:
      return []
    case 2:
      return [{ ...everybody, start_date: null, end_date: '2020-12-31' }]
    case 3:
      return [{ ...everybody, start_date: '2020-12-31', end_date: null }]
    case 4:
      return [{ ...everybody, start_date: '2990-01-01', end_date: null }]
    default:
      return [{ ...everybody, ...always }]
  }
}

/** The earlier words are the more frequent ones. */
function wordOf(seed: string): string {
  const chance = digest(seed).readUInt32BE(0) / 2 ** 32
  return WORDS[Math.floor(WORDS.length * chance ** 2)] ?? ''
}

/** The uuid of a record of the corpus. */
export function uuidOf(number: number): string {
  return digest(`uuid ${number}`)
    .toString('hex')
    .slice(0, 32)
    .replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12}).*/, '$1-$2-4$3-8$4-$5')
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest()
}
