import { randomUUID } from 'node:crypto'
import { ANONYMOUS_GROUP } from '../../src/domain/access/actor.ts'
import { groupPolicy } from '../../src/domain/access/policy.ts'
import type { Metadata } from '../../src/domain/metadata/metadata.ts'
import type { Identifiers } from '../../src/domain/records/identifiers.ts'
import type { Item } from '../../src/domain/records/record.ts'
import { datasetItem } from '../../src/import/datasets/dataset-item.ts'
import type { Geometry, Position } from '../../src/domain/datasets/geometry/geojson.ts'
import type { DatasetQuery } from '../../src/services/datasets/find-datasets.ts'
import type { Chance } from '../_support/random.ts'
import { NOW, type TestRepository } from '../_support/test-repository.ts'
import { intersects, toJts, type JtsGeometry } from './jts.ts'
import { randomGeometry, randomPolygon, type Placed } from './random-geometry.ts'

/** A dataset as the reference knows it: plain values. */
export interface PlainDataset {
  readonly id: string
  readonly recordId: string
  readonly name: string
  readonly type: string
  readonly start: number | null
  readonly end: number | null
  readonly isOpen: boolean
  readonly shape: JtsGeometry | null
}

const NAMES = ['S1-SLC', 'S1-GRD', 'AOI', 'Ozean Ñ']
const TYPES = ['acquisition', 'area_of_interest', 'item']
const PORTION = 500

/** Writes random datasets as an import does. */
export async function writeDatasets(
  repository: TestRepository,
  { luck, count, collectionId }: { luck: Chance; count: number; collectionId: string },
): Promise<readonly PlainDataset[]> {
  const all: PlainDataset[] = []
  while (all.length < count) {
    const portion = Array.from({ length: Math.min(PORTION, count - all.length) }, (_, index) =>
      randomDataset(luck, all.length + index),
    )
    await repository.unitOfWork(async (tx) => {
      const names = await tx.identifiers.assignMany(portion.map(() => ({})))
      await tx.items.insertMany(
        portion.map(({ plain, document }, index) => {
          const { metadata, dataset } = datasetItem(document, { file: 'random' })
          const identifiers = names[index]
          if (identifiers === undefined) throw new Error('Too few names')
          return { item: itemOf(plain.recordId, collectionId, metadata, identifiers), files: 0, dataset }
        }),
      )
      const open = portion.filter(({ plain }) => plain.isOpen)
      await tx.policies.insert(open.map(({ plain }) => groupPolicy(plain.recordId, 'READ', ANONYMOUS_GROUP)))
    })
    all.push(...portion.map(({ plain }) => plain))
  }
  return all
}

function itemOf(id: string, owningCollectionId: string, metadata: Metadata, names: Identifiers): Item {
  return {
    kind: 'item',
    id,
    ...names,
    metadata,
    version: 1,
    createdAt: NOW,
    modifiedAt: NOW,
    owningCollectionId,
    templateOfId: null,
    submitterId: null,
    inArchive: true,
    withdrawn: false,
    discoverable: true,
  }
}

function randomDataset(luck: Chance, index: number) {
  const id = `dataset-${index}`
  // Of the same few days, so that starts and ends coincide.
  const start = luck.happens(0.9) ? Date.UTC(2017, 0, 1 + luck.integer(60), luck.integer(4) * 6) : null
  const end = start === null || luck.happens(0.05) ? null : start + luck.integer(10) * 6 * 3_600_000
  const placed = luck.happens(0.95) ? randomGeometry(luck, luck.of([2, 10, 40, 200])) : null
  const plain: PlainDataset = {
    id,
    recordId: randomUUID(),
    name: luck.of(NAMES),
    type: luck.of(TYPES),
    start,
    end,
    isOpen: luck.happens(0.9),
    shape: placed === null ? null : toJts(placed.planar),
  }
  const document = {
    id,
    dataset: plain.name,
    dataset_type: plain.type,
    ...(start !== null && { starttime: new Date(start).toISOString() }),
    ...(end !== null && { endtime: new Date(end).toISOString() }),
    ...(placed !== null && { location: placed.sent }),
    metadata: { number: index },
  }
  return { plain, document }
}

/** A question, and the same for the reference. */
export interface Question {
  readonly query: DatasetQuery
  readonly polygon: Placed | undefined
  readonly from: number | undefined
  readonly before: number | undefined
}

/** A random question about names, types, times and places. */
export function randomQuestion(luck: Chance): Question {
  const polygon = luck.happens(0.9) ? randomPolygon(luck, luck.of([5, 30, 90, 300])) : undefined
  const from = luck.happens(0.5) ? Date.UTC(2017, 0, 1 + luck.integer(60)) : undefined
  const before = luck.happens(0.5) ? Date.UTC(2017, 0, 10 + luck.integer(60)) : undefined
  const query = {
    ...(luck.happens(0.7) && { name: luck.of(NAMES) }),
    ...(luck.happens(0.5) && { type: luck.of(TYPES) }),
    ...(from !== undefined && { startTime: luck.of([from, new Date(from).toISOString()]) }),
    ...(before !== undefined && { endTime: new Date(before).toISOString().slice(0, 10) }),
    ...(polygon?.sent.type === 'Polygon' && { polygon: polygon.sent.coordinates }),
  }
  return { query, polygon, from, before }
}

/** The plain, slow answer: every dataset is looked at, the newest first, then by uuid. */
export function answerPlainly(
  all: readonly PlainDataset[],
  question: Question,
  isAdministrator: boolean,
): readonly string[] {
  const { query, polygon, from, before } = question
  const turns = polygon === undefined ? [] : [-360, 0, 360].map((by) => toJts(turned(polygon.planar, by)))
  return all
    .filter(({ isOpen }) => isOpen || isAdministrator)
    .filter(({ name }) => query.name === undefined || name === query.name)
    .filter(({ type }) => query.type === undefined || type === query.type)
    .filter(({ start }) => from === undefined || (start !== null && start >= from))
    .filter(({ end }) => before === undefined || (end !== null && end < before))
    .filter(
      ({ shape }) =>
        polygon === undefined || (shape !== null && turns.some((turn) => intersects(shape, turn))),
    )
    .toSorted((one, other) => {
      const byStart = (other.start ?? -Infinity) - (one.start ?? -Infinity)
      return one.start === other.start ? (one.recordId < other.recordId ? -1 : 1) : byStart
    })
    .map(({ id }) => id)
}

function turned(geometry: Geometry, by: number): Geometry {
  if (geometry.type !== 'Polygon') throw new Error('Questions are about polygons')
  const coordinates = geometry.coordinates.map((ring) => ring.map(([x, y]): Position => [x + by, y]))
  return { type: 'Polygon', coordinates }
}
