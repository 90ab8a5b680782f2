import { readFile } from 'node:fs/promises'
import { extname } from 'node:path'
import { parseShp, parseZip } from 'shpjs'
import { ClientError } from '../../errors.ts'
import { ifThere } from '../if-there.ts'
import type { ExtentOptions } from './extent-of.ts'

/**
 * Reads the geometries of a Shapefile, or of those in an archive; where they tell their projection, as longitudes and
 * latitudes.
 *
 * @throws {ClientError} `file_unsupported` when a layer is meant that is not there
 */
export async function readShapefile(path: string, { layer }: ExtentOptions): Promise<unknown> {
  const bytes = await readFile(path)
  if (extname(path).toLowerCase() === '.zip') {
    const layers = [await parseZip(bytes)].flat()
    if (layer === undefined) return layers
    const wanted = layers.find(({ fileName }) => fileName === layer)
    if (wanted !== undefined) return wanted
    throw new ClientError('file_unsupported', `There is no layer ${layer} in ${path}`)
  }
  const projection = await ifThere(readFile(`${path.slice(0, -4)}.prj`, 'utf8'))
  return parseShp(bytes, projection)
}
