import type { Dataset } from '@hexapla/repository'

const DAY = 86_400_000
/** Bundles of pictures that show what a dataset looks like. */
const BROWSE_BUNDLES: ReadonlySet<string> = new Set(['BRANDED_PREVIEW', 'THUMBNAIL'])

/** A dataset in the words of HySDS: what an import told, and what the repository knows of the item and its files. */
export function datasetDocument(dataset: Dataset, publicUrl: string): Readonly<Record<string, unknown>> {
  const { id, name, type, given, start, end, metadata } = dataset
  const document = {
    ...Object.fromEntries(Object.entries(derived(dataset)).filter(([, value]) => value !== null)),
    ...given,
  }
  const links = linksOf(dataset, publicUrl)
  return {
    ...document,
    id,
    objectid: id,
    ...(name !== null && { dataset: name }),
    dataset_type: type,
    label: dataset.title ?? given?.['label'] ?? id,
    ...(start !== null &&
      end !== null && { temporal_span: given?.['temporal_span'] ?? Math.floor((end - start) / DAY) }),
    urls: [...listOf(given?.['urls']), ...links.urls],
    browse_urls: [...listOf(given?.['browse_urls']), ...links.browseUrls],
    images: [...listOf(given?.['images']), ...links.images],
    metadata: given?.['metadata'] ?? valuesOf(metadata),
  }
}

function derived({ start, end, geometry, box }: Dataset) {
  return {
    starttime: start === null ? null : new Date(start).toISOString(),
    endtime: end === null ? null : new Date(end).toISOString(),
    location: geometry,
    center: box === null ? null : { type: 'point', coordinates: centreOf(box) },
  }
}

/** The middle of the box around a footprint, between -180 and 180 degrees. */
function centreOf({ west, south, east, north }: NonNullable<Dataset['box']>): readonly [number, number] {
  const longitude = (west + east) / 2e9
  return [longitude >= 180 ? longitude - 360 : longitude, (south + north) / 2e9]
}

function valuesOf(metadata: Dataset['metadata']) {
  return Object.fromEntries(
    Object.entries(metadata).map(([field, values]) => [field, values.map(({ value }) => value)]),
  )
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : []
}

/** Where the files can be downloaded. `NAME_small.png` is the small picture of `NAME.png`, as in products of HySDS. */
function linksOf({ files }: Dataset, publicUrl: string) {
  const link = ({ id }: { readonly id: string }) => `${publicUrl}/server/api/core/bitstreams/${id}/content`
  const browse = files.filter(({ bundle }) => BROWSE_BUNDLES.has(bundle))
  const [small = [], large = []] = [true, false].map((isSmall) =>
    browse.filter(({ name }) => SMALL.test(name) === isSmall),
  )
  const smallOf = new Map(small.map((file) => [file.name.replace(SMALL, '$1'), file]))
  return {
    urls: files.filter(({ bundle }) => bundle === 'ORIGINAL').map(link),
    browseUrls: large.map(link),
    images: large.map((file) => ({
      img: link(file),
      small_img: link(smallOf.get(file.name) ?? file),
      tooltip: file.name,
    })),
  }
}

const SMALL = /_small(\.[^.]*)$/
