import { readFile } from 'node:fs/promises'
import { extname } from 'node:path'
import { ClientError } from '../../errors.ts'
import { boundsOf, extentFrom, type Extent } from '../../extent/bounds.ts'
import { readShapefile } from './read-shapefile.ts'
import { readWkt } from './read-wkt.ts'
import { readXml } from './read-xml.ts'

/** How a file is read. */
export interface ExtentOptions {
  /** Which layer is meant, where there are several: the name of a Shapefile in an archive. */
  readonly layer?: string
}

/**
 * The rectangle around everything in a GeoJSON, WKT, KML, GPX or Shapefile (`.shp`, with its `.prj`, or a `.zip` of them),
 * for searches of Pele: what `getPeleExtentFromOGRFile` of `pele_client` gives.
 *
 * @example
 * pele.items('pele/dataset/L2_L_GSLC/dataset_ids', { json: { polygon: await extentOf('boundary.geojson') } })
 * @throws {ClientError} `file_unsupported` when the file is none of these, or has no coordinates
 */
export async function extentOf(path: string, options: ExtentOptions = {}): Promise<Extent> {
  let document: unknown
  try {
    document = await readFeatures(path, options)
  } catch (cause) {
    if (cause instanceof ClientError || (cause instanceof Error && 'syscall' in cause)) throw cause
    throw new ClientError('file_unsupported', `${path} cannot be read: ${String(cause)}`, { cause })
  }
  const bounds = boundsOf(document)
  if (bounds !== undefined) return extentFrom(bounds)
  throw new ClientError('file_unsupported', `There are no coordinates in ${path}`)
}

async function readFeatures(path: string, options: ExtentOptions): Promise<unknown> {
  const ending = extname(path).toLowerCase()
  if (ending === '.shp' || ending === '.zip') return readShapefile(path, options)
  const text = (await readFile(path, 'utf8')).replace(/^\uFEFF/, '').trim()
  if (text.startsWith('{')) return JSON.parse(text)
  return text.startsWith('<') ? readXml(text) : readWkt(text)
}
